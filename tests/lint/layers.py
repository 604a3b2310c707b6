#!/usr/bin/python3
"""Checks that includes inside shared/ point one way, that no two statements have one name, and that shared/sources.txt lists
exactly the sources there are.

registry -> operations -> (storage, diff, graph, search) -> (tree, model) -> engine -> base. Folders of one layer may
include each other as long as that makes no circle. shared/ includes no database; pg_ext/ sees the core through
engine/port.h alone.
"""
import pathlib
import re
import sys

LAYERS = [["base"], ["engine"], ["tree", "model"], ["storage", "diff", "graph", "search"], ["operations"], ["registry"]]
LAYER_OF = {folder: number for number, folders in enumerate(LAYERS) for folder in folders}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
DATABASE = re.compile(r"^(postgres|sqlite3|libpq|fmgr|access/|catalog/|executor/|utils/|nodes/|funcapi)")


def includes(path):
    return [(match[1], match[2]) for match in INCLUDE.finditer(path.read_text())]


def check_shared(root):
    problems, siblings = [], {}
    for path in sorted((root / "shared").rglob("*.[ch]*")):
        name, folder = path.relative_to(root), path.relative_to(root / "shared").parts[0]
        if folder not in LAYER_OF:
            problems.append(f"{name}: the folder {folder} is in no layer (tests/lint/layers.py)")
            continue
        for mark, target in includes(path):
            if DATABASE.match(target):
                problems.append(f"{name}: the core includes {target}")
            if mark != '"':
                continue
            to = target.split("/")[0]
            if not (root / "shared" / target).is_file():
                problems.append(f'{name}: "{target}" is not a path inside shared/')
            elif LAYER_OF.get(to, 99) > LAYER_OF[folder]:
                problems.append(f"{name}: {folder} must not include {to} ({target})")
            elif to != folder and LAYER_OF[to] == LAYER_OF[folder]:
                siblings.setdefault((folder, to), name)
    for (one, other), name in siblings.items():
        if (other, one) in siblings and one < other:
            problems.append(f"{name}, {siblings[other, one]}: {one} and {other} include each other")
    return problems


def check_adapters(root):
    problems = []
    for path in sorted((root / "pg_ext").rglob("*.[ch]")):
        for mark, target in includes(path):
            if mark == '"' and (root / "shared" / target).is_file() and target != "engine/port.h":
                problems.append(f"{path.relative_to(root)}: pg_ext uses the core through engine/port.h, not {target}")
    return problems


def check_statements(root):
    """Two constants of one name would be one to the linker, in whichever header it finds first."""
    places = {}
    for path in sorted((root / "shared").rglob("*.h")):
        for name in re.findall(r"^inline constexpr (?:Cg)?Statement (\w+)", path.read_text(), re.M):
            places.setdefault(name, []).append(path.relative_to(root))
    return [f"{', '.join(map(str, where))}: each has a statement {name}" for name, where in places.items() if len(where) > 1]


def check_sources(root):
    listed = (root / "shared/sources.txt").read_text().split()
    there = {str(path.relative_to(root)) for path in (root / "shared").rglob("*.c*")}
    problems = [f"shared/sources.txt: {name} is not there" for name in sorted(set(listed) - there)]
    problems += [f"shared/sources.txt: {name} is missing" for name in sorted(there - set(listed))]
    if listed != sorted(set(listed)):
        problems.append("shared/sources.txt: not sorted, or a line twice")
    return problems


if __name__ == "__main__":
    root = pathlib.Path(__file__).resolve().parents[2]
    found = check_shared(root) + check_adapters(root) + check_statements(root) + check_sources(root)
    print("\n".join(found), end="\n" if found else "")
    sys.exit(bool(found))
