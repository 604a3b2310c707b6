#!/usr/bin/python3
"""Checks where code stands: which folder may include which, and which file declares and defines what.

Layers    Includes inside shared/ point one way: registry -> operations -> (storage, diff, graph, search, binding)
          -> (tree, model) -> signatures -> engine -> base. Folders of one layer may include each other as long as that
          makes no circle. signatures serves operations and registry alone. shared/ includes no database.
Rooms     Every source of shared/operations is in a room, and a room includes only the rooms that ROOMS lists for it.
Adapters  ADAPTER_MAY_INCLUDE lists the headers of the core that an adapter may include, and docs/architecture.md names
          each of them.
Sources   A header that declares a function or a variable without defining it has the .cpp of its name beside it, and
          that file defines what the header declares. A coroutine that is no template stands in no header. The headers
          are parsed by a heuristic that knows declarations, not types.
Names     No two statements, no two macros and no two classes of a namespace have one name. shared/sources.txt lists
          exactly the sources there are.

usage: layers.py                lists the offences of this tree, one a line
       layers.py --self-test    checks that samples of each offence are refused and that a good tree is accepted
"""
import pathlib
import re
import sys
import tempfile
from collections import namedtuple

sys.dont_write_bytecode = True
from co_await_forms import matching, tokens_of

LAYERS = [["base"], ["engine"], ["signatures"], ["tree", "model"], ["storage", "diff", "graph", "search", "binding"],
          ["operations"], ["registry"]]
LAYER_OF = {folder: number for number, folders in enumerate(LAYERS) for folder in folders}
SERVES_ONLY = {"signatures": {"operations", "registry"}}

# The rooms of shared/operations, and which other rooms each may include.
ROOMS = {
    "common": set(),
    "read": {"common"},
    "search": {"common", "read"},
    "graph": {"common", "read"},
    "write": {"common", "read", "search"},
    "verify": {"common"},
    "move": {"common"},
}

# The headers of shared/ that an adapter may include, and does. docs/architecture.md says the same.
ADAPTER_MAY_INCLUDE = {
    "pg_ext": ["engine/port.h"],
    "sqlite_ext": ["base/time.h", "engine/function.h", "engine/port.h", "registry/registry.h", "registry/type_names.h",
                   "storage/schema.h"],
}

# The C face of the core: its functions are defined where what they make is at home, each once.
C_FACE = "engine/port.h"

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)
DATABASE = re.compile(r"^(postgres|sqlite3|libpq|fmgr|access/|catalog/|executor/|utils/|nodes/|funcapi)")


def includes(path):
    return [(match[1], match[2]) for match in INCLUDE.finditer(path.read_text())]


def files(root, folders, *endings):
    return sorted(path for folder in folders for ending in endings for path in (root / folder).rglob("*" + ending))


# --- who may include whom

def room_of(parts):
    """The room of a path inside shared/, or None where it is in no room."""
    return parts[1] if parts[0] == "operations" and len(parts) == 3 and parts[1] in ROOMS else None


def check_include(name, parts, target):
    """What is wrong with an include of `target`, a path inside shared/, by the file of `parts`; or None."""
    folder, target_parts = parts[0], tuple(target.split("/"))
    to = target_parts[0]
    if to not in LAYER_OF:
        return None  # the target itself is reported
    if LAYER_OF[to] > LAYER_OF[folder]:
        return f"{name}: {folder} must not include {to} ({target})"
    if to != folder and folder not in SERVES_ONLY.get(to, {folder}):
        return f"{name}: {to} serves {' and '.join(sorted(SERVES_ONLY[to]))} alone, not {folder} ({target})"
    room, to_room = room_of(parts), room_of(target_parts)
    if room and to_room and to_room != room and to_room not in ROOMS[room]:
        return f"{name}: the room {room} must not include the room {to_room} ({target})"
    return None


def check_shared(root):
    problems, siblings = [], {}
    for path in files(root, ["shared"], ".h", ".cpp", ".c"):
        name, parts = path.relative_to(root), path.relative_to(root / "shared").parts
        folder = parts[0]
        if folder not in LAYER_OF:
            problems.append(f"{name}: the folder {folder} is in no layer (tests/lint/layers.py)")
            continue
        if folder == "operations" and not room_of(parts):
            problems.append(f"{name}: is in no room of operations ({', '.join(ROOMS)})")
        for mark, target in includes(path):
            if DATABASE.match(target):
                problems.append(f"{name}: the core includes {target}")
            if mark != '"':
                continue
            if not (root / "shared" / target).is_file():
                problems.append(f'{name}: "{target}" is not a path inside shared/')
                continue
            problem = check_include(name, parts, target)
            if problem:
                problems.append(problem)
            to = target.split("/")[0]
            if to != folder and LAYER_OF.get(to) == LAYER_OF[folder]:
                siblings.setdefault((folder, to), name)
    for (one, other), name in siblings.items():
        if (other, one) in siblings and one < other:
            problems.append(f"{name}, {siblings[other, one]}: {one} and {other} include each other")
    return problems


def check_adapters(root):
    problems, page = [], root / "docs/architecture.md"
    text = page.read_text()
    for adapter, allowed in ADAPTER_MAY_INCLUDE.items():
        used = set()
        for path in files(root, [adapter], ".h", ".cpp", ".c"):
            for mark, target in includes(path):
                if mark != '"' or not (root / "shared" / target).is_file():
                    continue
                used.add(target)
                if target not in allowed:
                    problems.append(f"{path.relative_to(root)}: {adapter} may include of the core "
                                    f"{', '.join(allowed)}, not {target}")
        problems += [f"tests/lint/layers.py: {adapter} does not include {target}, though it may"
                     for target in allowed if target not in used]
        problems += [f"docs/architecture.md: does not say that {adapter} may include {target}"
                     for target in allowed if not re.search(rf"(?<!\w){re.escape(target)}", text)]
    return problems


# --- who declares and defines what

Name = namedtuple("Name", "owner name")  # owner: the class, "" for a free function or a variable
NOT_NAMES = {"alignas", "__attribute__", "decltype", "noexcept", "requires", "explicit", "sizeof", "void", "bool",
             "int", "char", "double", "float", "long", "auto", "const", "return", "co_return", "operator"}
CLASS = {"class", "struct", "union"}
SPACE_WORDS = {"namespace", "inline", "extern"}
NAMELESS = "(nameless)"
COROUTINE = {"co_await", "co_return", "co_yield"}
NO_DECLARATION = {"using", "typedef", "friend", "static_assert", "template", "concept"}


def before(words, sign):
    return words[:words.index(sign)] if sign in words else words


class Declarations:
    """The functions and variables that a source declares without defining them, and those that it defines."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.declared = {}  # Name: line
        self.defined = set()
        self.namespaces = {"", "std"}
        self.coroutines = {}  # defined, and no templates; Name: line
        self.classes = {}  # defined in namespaces that have a name: "namespace::class": line
        self.scopes = []  # class names; "" for a namespace
        self.spaces = []  # the name of each of these; NAMELESS for a namespace without one
        self.templates = []  # which of these are templates
        self.begin(0)
        self.read()

    def begin(self, at):
        self.start, self.head = at, []  # head: the statement's tokens outside parentheses and angle brackets
        self.angle, self.paren, self.assigned, self.initializes = 0, None, False, False

    def text(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ";"

    def read(self):
        i = 0
        while i < len(self.tokens):
            i = self.read_token(i, self.text(i))

    def read_token(self, i, word):
        if word == "operator":
            end = i + 1
            while self.text(end) != "(" or end == i + 1 and self.text(end + 1) == ")":
                end += 2 if self.text(end) == "(" else 1
            self.head.append("operator")
            self.paren = self.paren or end
            return matching(self.tokens, end, 1) + 1
        if word in "([" and len(word) == 1:
            if word == "(" and self.paren is None and not self.angle and not self.assigned and \
                    self.text(i - 1) not in NOT_NAMES:
                self.paren = i
            return matching(self.tokens, i, 1) + 1
        if word == "<" and re.match(r"\w", self.text(i - 1)) and not self.assigned:
            self.angle += 1
        elif word == ">" and self.angle:
            self.angle -= 1
        elif word == "{":
            return self.read_brace(i)
        elif word == "}":
            if self.scopes:
                self.scopes.pop()
                self.spaces.pop()
                self.templates.pop()
            self.begin(i + 1)
        elif word == ";":
            self.read_declaration(i)
            self.begin(i + 1)
        elif word == ":" and self.head and self.head[-1] in {"public", "private", "protected"} and len(self.head) == 1:
            self.begin(i + 1)
        elif not self.angle:
            self.assigned |= word == "="
            self.initializes |= word == ":" and self.paren is not None
            self.head.append(word)
        return i + 1

    def read_brace(self, i):
        """Goes into namespaces and classes, and over everything else in braces. Returns where the reading goes on."""
        end = matching(self.tokens, i, 1) + 1
        is_class = self.paren is None and not self.assigned and CLASS & set(self.head) and "enum" not in self.head
        if "namespace" in self.head or self.head == ["extern", '""']:
            self.namespaces |= set(self.head)
            space = "::".join(word for word in self.head if re.match(r"\w", word) and word not in SPACE_WORDS)
            return self.enter("", i + 1, space or (NAMELESS if "namespace" in self.head else ""))
        if is_class:
            names = [word for word in before(self.head, ":") if re.match(r"\w", word) and word != "final"]
            self.note_class(names[-1], i)
            return self.enter(names[-1], i + 1, names[-1])
        if self.paren is None or self.assigned:
            return end  # values or an initializer: the statement goes on behind them
        if self.initializes and re.match(r"\w", self.text(i - 1)):
            return end  # a member's initializer in front of a constructor's body
        name = self.name_before(self.paren)
        self.defined.add(name)
        is_template = "template" in self.head or any(self.templates)
        if name and not is_template and any(token.text in COROUTINE for token in self.tokens[i:end]):
            self.coroutines[name] = self.tokens[i].line
        self.begin(end)
        return end

    def note_class(self, name, end):
        is_specialization = any(self.text(k) == name and self.text(k + 1) == "<" for k in range(self.start, end))
        if name not in CLASS and not any(self.scopes) and NAMELESS not in self.spaces and not is_specialization:
            self.classes["::".join([*filter(None, self.spaces), name])] = self.tokens[end].line

    def enter(self, name, at, space):
        self.scopes.append(name)
        self.spaces.append(space)
        self.templates.append("template" in self.head)
        self.begin(at)
        return at

    def before_template_arguments(self, i):
        """Where the name stands whose template arguments end at `i`; `i` itself where none do."""
        depth = {">": 1, ">>": 2}.get(self.text(i), 0)
        while depth > 0 and i >= 0:
            i -= 1
            depth += {">": 1, ">>": 2, "<": -1}.get(self.text(i), 0)
            if depth == 0:
                return i - 1
        return i

    def name_before(self, paren):
        """The function whose parameters begin at `paren`, or None where that is a pointer to a function or a macro."""
        i = paren - 1
        if "operator" in self.head:
            while self.text(i) != "operator":
                i -= 1
            name = "".join(self.text(k) for k in range(i, paren))
        else:
            name = self.text(i)
            if not re.match(r"[A-Za-z_]", name) or name in NOT_NAMES or self.text(paren + 1) == "*":
                return None
        if self.text(i - 1) == "~":
            i, name = i - 1, "~" + name
        owner = self.scopes[-1] if self.scopes else ""
        if self.text(i - 1) == "::":
            owner = self.text(self.before_template_arguments(i - 2))
        elif i == self.start and not owner:
            return None  # a macro
        return Name("" if owner in self.namespaces else owner, name)

    def initializes_variable(self):
        """Is what stands in parentheses the value of a variable, not the parameters of a function?"""
        return "constexpr" in self.head or re.match(r'""|\d', self.text(self.paren + 1))

    def read_declaration(self, end):
        words = set(self.head)
        if words & NO_DECLARATION:
            return
        line = self.tokens[end].line
        if self.paren is not None and not self.initializes_variable():
            name = self.name_before(self.paren)
            if self.assigned and name and self.text(end - 1) == "default":
                self.defined.add(name)
            elif not self.assigned and name:
                self.declared.setdefault(name, line)
            return
        is_extern = self.head[:1] == ["extern"] and self.head[1:2] != ['""']
        is_static_member = "static" in words and self.scopes and self.scopes[-1] and not words & {"inline", "constexpr"}
        names = [word for word in before(self.head, "=") if re.match(r"[A-Za-z_]", word)]
        if (is_extern or is_static_member) and not self.assigned:
            self.declared.setdefault(Name("", names[-1]), line)
        elif names and not any(self.scopes):
            self.defined.add(Name("", names[-1]))

    def undefined(self):
        return {name: line for name, line in self.declared.items() if name not in self.defined}


def shown(name):
    return f"{name.owner}::{name.name}" if name.owner else name.name


def listed(names, most=4):
    words = [shown(name) for name in names]
    return ", ".join(words[:most]) + (f" and {len(words) - most} more" if len(words) > most else "")


def homes_of(name, sources, root):
    homes = [str(path.relative_to(root)) for path, source in sources.items() if name in source.defined]
    return ", ".join(homes) or "no file"


def check_header(path, sources, root):
    header, name, own = Declarations(path.read_text()), path.relative_to(root), path.with_suffix(".cpp")
    problems = [f"{name}:{line}: the coroutine {shown(function)} is no template and belongs into a .cpp"
                for function, line in header.coroutines.items()]
    declared = header.undefined()
    if path == root / "shared" / C_FACE:
        return problems + [f"{name}:{line}: {shown(function)} is defined in {homes_of(function, sources, root)}"
                           for function, line in declared.items()
                           if sum(function in source.defined for source in sources.values()) != 1]
    if declared and own not in sources:
        return problems + [f"{name}: has no {own.name}, though it declares {listed(declared)}"]
    return problems + [f"{name}:{line}: {shown(function)} is defined in {homes_of(function, sources, root)}, "
                       f"not in {own.name}"
                       for function, line in declared.items() if function not in sources[own].defined]


def check_sources_of_headers(root):
    sources = {path: Declarations(path.read_text()) for path in files(root, ["shared", "sqlite_ext"], ".cpp")}
    headers = files(root, ["shared", "sqlite_ext"], ".h")
    return [problem for path in headers for problem in check_header(path, sources, root)]


# --- names that there are once

def check_statements(root):
    """Two constants of one name would be one to the linker, in whichever header it finds first."""
    places = {}
    for path in files(root, ["shared"], ".h"):
        for name in re.findall(r"^inline constexpr (?:Cg)?Statement (\w+)", path.read_text(), re.M):
            places.setdefault(name, []).append(path.relative_to(root))
    return [f"{', '.join(map(str, where))}: each has a statement {name}"
            for name, where in places.items() if len(where) > 1]


def check_classes(root):
    """Two classes of one name would be one to the linker: their functions get mixed up without a word."""
    places = {}
    for path in files(root, ["shared", "sqlite_ext", "pg_ext"], ".h", ".cpp", ".c"):
        for name, line in Declarations(path.read_text()).classes.items():
            places.setdefault(name, []).append(f"{path.relative_to(root)}:{line}")
    return [f"{', '.join(where)}: each has a class {name}" for name, where in places.items() if len(where) > 1]


def macros(text):
    """(name, line, branches) of each #define that is no header guard. branches: each #if around it, and which part."""
    found, branches, guard, counter = [], [], None, 0
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r"\s*#\s*(\w+)\s*(\w*)", line)
        if not match:
            continue
        word, name = match.groups()
        if word in {"if", "ifdef", "ifndef"}:
            counter += 1
            branches.append((counter, 0))
        elif word in {"else", "elif"} and branches:
            branches[-1] = (branches[-1][0], branches[-1][1] + 1)
        elif word == "endif" and branches:
            branches.pop()
        elif word == "define" and name != guard:
            found.append((name, number, list(branches)))
        guard = name if word == "ifndef" else None
    return found


def are_alternatives(one, other):
    return any(a[0] == b[0] and a[1] != b[1] for a in one for b in other)


def check_macros(root):
    places, problems = {}, []
    for path in files(root, ["shared", "sqlite_ext", "pg_ext"], ".h", ".cpp", ".c"):
        for name, line, branches in macros(path.read_text()):
            for other, other_line, other_branches in places.setdefault(name, []):
                if other != path or not are_alternatives(branches, other_branches):
                    problems.append(f"{path.relative_to(root)}:{line}: "
                                    f"{other.relative_to(root)}:{other_line} has a macro {name} too")
                    break
            places[name].append((path, line, branches))
    return problems


def check_sources(root):
    listed_there = (root / "shared/sources.txt").read_text().split()
    there = {str(path.relative_to(root)) for path in files(root, ["shared"], ".c", ".cpp")}
    problems = [f"shared/sources.txt: {name} is not there" for name in sorted(set(listed_there) - there)]
    problems += [f"shared/sources.txt: {name} is missing" for name in sorted(there - set(listed_there))]
    if listed_there != sorted(set(listed_there)):
        problems.append("shared/sources.txt: not sorted, or a line twice")
    return problems


def check(root):
    return (check_shared(root) + check_adapters(root) + check_sources_of_headers(root) + check_statements(root) +
            check_classes(root) + check_macros(root) + check_sources(root))


# --- samples

GOOD = {
    "shared/base/time.h": "std::string format_time(int64_t);\n",
    "shared/base/time.cpp": '#include "base/time.h"\nstd::string format_time(int64_t) { return {}; }\n',
    "shared/base/bytes.h": """#pragma once
namespace codegraph {
inline int one() { return 1; }
template <class T> T two(T value) { return value; }
template <class T> Task<T> later(T value) { co_return value; }
template <class T> struct Box { T value; Task<T> take() { co_return value; } };
struct Plain { int x = 0; std::vector<int> values{}; std::function<void(const std::string&)> call; void (*body)(int); };
struct Row { virtual int column(size_t column) const = 0; Row() = default; Row(const Row&) = delete; ~Row(); };
inline Row::~Row() {}
class Cut { public: explicit Cut(int x) : x_(x), y_{1} { f(); } bool operator<(const Cut& o) const { return x_ < o.x_; }
    bool operator()(int) const { return true; } static constexpr int most = 4; private: int x_; int y_; };
enum class Kind { one, two };
constexpr int five = f(5);
inline constexpr Statement find_b("it", R"(SELECT 1)");
inline const Name path("path");
struct List { consteval Place operator[](std::string_view name) const { return {}; }
    constexpr operator std::span<const int>() const { return items; } };
typedef void (*Callback)(int);
using Other = int(int);
class Later;
}
""",
    "shared/base/file.h": """namespace codegraph {
extern int live_files;
struct [[nodiscard]] File { explicit File(int); ~File(); int read() const; static int opened;
    struct Lock { void undo(); }; };
template <class T> struct Held { Held(); T take(); struct Row { T x; }; };
class Cut;
}
namespace codegraph::other { struct Cut { int x; }; }
template <> struct std::hash<codegraph::Cut> { int operator()() const { return 1; } };
""",
    "shared/base/file.cpp": """#include "base/file.h"
template <> struct std::hash<codegraph::Plain> { int operator()() const { return 1; } };
namespace codegraph {
namespace {
struct Plain { struct Row { int x; }; };
}
int live_files = 0;
template <class T> Held<T>::Held() {} template <class T> T Held<T>::take() { return {}; }
File::File(int) {} File::~File() {} int File::read() const { return 0; }
int File::opened = 0;
void File::Lock::undo() {}
static int own() { return 1; }
}
""",
    "shared/engine/port.h": """#ifndef CODEGRAPH_PORT_H
#define CODEGRAPH_PORT_H
#ifdef __cplusplus
#define CG_NOEXCEPT noexcept
extern "C" {
#else
#define CG_NOEXCEPT
#endif
CgStep codegraph_step(CgOperation*) CG_NOEXCEPT;
#ifdef __cplusplus
}
#endif
#endif
""",
    "shared/engine/function.h": "struct CgFunction { int rows; codegraph::Task<> (*body)(const Arguments&); };\n",
    "shared/engine/operation.cpp": 'extern "C" {\nCgStep codegraph_step(CgOperation*) noexcept { return {}; }\n}\n',
    "shared/signatures/chunks.h": '#include "engine/function.h"\nenum class ChunkColumn { id };\n',
    "shared/storage/schema.h": '#include "model/names.h"\ninline constexpr Statement find_a = {"a", nullptr, ""};\n',
    "shared/model/names.h": '#include "base/bytes.h"\n',
    "shared/operations/common/session.h": '#include "storage/schema.h"\n',
    "shared/operations/read/chunks.h": '#include "operations/common/session.h"\n#include "signatures/chunks.h"\n',
    "shared/operations/search/search.h": '#include "operations/read/chunks.h"\n',
    "shared/operations/graph/impact.h": '#include "operations/read/chunks.h"\n',
    "shared/operations/write/written_snapshot.h": '#include "operations/search/search.h"\n#include "operations/read/chunks.h"\n',
    "shared/operations/verify/verify.h": '#include "operations/common/session.h"\n',
    "shared/operations/move/export.h": '#include "operations/common/session.h"\n',
    "shared/registry/registry.h": '#include "operations/verify/verify.h"\n#include "signatures/chunks.h"\n',
    "shared/registry/type_names.h": '#include "engine/function.h"\n',
    "sqlite_ext/call.h": "".join(f'#include "{header}"\n' for header in ADAPTER_MAY_INCLUDE["sqlite_ext"]),
    "pg_ext/call.h": '#include "engine/port.h"\n#include "postgres.h"\n',
    "docs/architecture.md": "pg_ext: `engine/port.h`. sqlite_ext: " +
                            ", ".join(f"`{header}`" for header in ADAPTER_MAY_INCLUDE["sqlite_ext"]) + "\n",
}

# What is laid over the good tree, and words of the one problem that it makes.
BAD = [
    ({"shared/rest/a.h": ""}, "in no layer"),
    ({"shared/base/a.h": '#include "engine/port.h"\n'}, "base must not include engine"),
    ({"shared/engine/a.h": '#include "signatures/chunks.h"\n'}, "engine must not include signatures"),
    ({"shared/storage/a.h": '#include "signatures/chunks.h"\n'}, "signatures serves operations and registry alone"),
    ({"shared/model/a.h": '#include "signatures/chunks.h"\n'}, "signatures serves operations and registry alone"),
    ({"shared/signatures/a.h": '#include "model/names.h"\n'}, "signatures must not include model"),
    ({"shared/operations/common/a.h": '#include "registry/registry.h"\n'}, "operations must not include registry"),
    ({"shared/base/a.h": "#include <sqlite3.h>\n"}, "the core includes sqlite3.h"),
    ({"shared/base/a.h": '#include "bytes.h"\n'}, "not a path inside shared/"),
    ({"shared/graph/a.h": '#include "diff/a.h"\n', "shared/diff/a.h": '#include "graph/a.h"\n'}, "include each other"),
    ({"shared/operations/a.h": ""}, "in no room"),
    ({"shared/operations/attic/a.h": ""}, "in no room"),
    ({"shared/operations/read/deep/a.h": ""}, "in no room"),
    ({"shared/operations/common/a.h": '#include "operations/read/chunks.h"\n'}, "room common must not"),
    ({"shared/operations/read/a.h": '#include "operations/search/search.h"\n'}, "room read must not"),
    ({"shared/operations/read/a.h": '#include "operations/graph/impact.h"\n'}, "room read must not"),
    ({"shared/operations/search/a.h": '#include "operations/write/written_snapshot.h"\n'}, "room search must not"),
    ({"shared/operations/graph/a.h": '#include "operations/search/search.h"\n'}, "room graph must not"),
    ({"shared/operations/write/a.h": '#include "operations/graph/impact.h"\n'}, "room write must not"),
    ({"shared/operations/write/a.h": '#include "operations/move/export.h"\n'}, "room write must not"),
    ({"shared/operations/verify/a.h": '#include "operations/read/chunks.h"\n'}, "room verify must not"),
    ({"shared/operations/move/a.h": '#include "operations/write/written_snapshot.h"\n'}, "room move must not"),
    ({"pg_ext/a.c": '#include "engine/function.h"\n'}, "engine/port.h, not engine/function.h"),
    ({"sqlite_ext/a.cpp": '#include "model/names.h"\n'}, "not model/names.h"),
    ({"sqlite_ext/call.h": "".join(f'#include "{header}"\n' for header in ADAPTER_MAY_INCLUDE["sqlite_ext"][1:])},
     "does not include base/time.h, though it may"),
    ({"docs/architecture.md": GOOD["docs/architecture.md"].replace("`storage/schema.h`", "and so on")},
     "does not say that sqlite_ext may include storage/schema.h"),
    ({"shared/base/a.h": "namespace codegraph {\nTask<> version(const Arguments&);\n}\n"}, "has no a.cpp"),
    ({"shared/base/a.h": "std::optional<int> f(std::vector<std::pair<int, int>> x = {}) noexcept;\n"}, "has no a.cpp"),
    ({"shared/base/a.h": "[[nodiscard]] const char* f();\n"}, "has no a.cpp"),
    ({"shared/base/a.h": "struct A { int x = 0; void f(); };\n"}, "has no a.cpp, though it declares A::f"),
    ({"shared/base/a.h": "struct A { A(); };\n"}, "has no a.cpp, though it declares A::A"),
    ({"shared/base/a.h": "struct A { bool operator==(const A&) const; };\n"}, "A::operator=="),
    ({"shared/base/a.h": "struct A { static int x; };\n"}, "has no a.cpp, though it declares x"),
    ({"shared/base/a.h": "extern std::atomic<long> live;\n"}, "has no a.cpp, though it declares live"),
    ({"shared/base/a.h": 'extern "C" int f(int);\n'}, "has no a.cpp, though it declares f"),
    ({"sqlite_ext/a.h": "int f(int);\n"}, "has no a.cpp"),
    ({"shared/base/a.h": "struct A { Task<> f() const { co_await g(); } };\n"}, "the coroutine A::f is no template"),
    ({"shared/base/a.h": "extern int live;\n", "shared/base/a.cpp": "int f() { return live; }\n"},
     "live is defined in no file, not in a.cpp"),
    ({"shared/base/a.h": "int f();\n", "shared/base/a.cpp": "int g() { return f(); }\n"}, "f is defined in no file"),
    ({"shared/base/a.h": "int f();\n", "shared/base/a.cpp": "", "shared/base/b.cpp": "int f() { return 1; }\n"},
     "f is defined in shared/base/b.cpp, not in a.cpp"),
    ({"shared/base/a.h": "struct A { int f(); };\n", "shared/base/a.cpp": "int f() { return 1; }\n"},
     "A::f is defined in no file, not in a.cpp"),
    ({"shared/engine/operation.cpp": ""}, "codegraph_step is defined in no file"),
    ({"shared/base/a.cpp": "CgStep codegraph_step(CgOperation*) noexcept { return {}; }\n"},
     "codegraph_step is defined in shared/base/a.cpp, shared/engine/operation.cpp"),
    ({"shared/tree/a.h": 'inline constexpr CgStatement find_a = {"b", nullptr, ""};\n'}, "each has a statement find_a"),
    ({"shared/tree/a.h": 'inline constexpr Statement find_b("i", "SELECT 2");\n'}, "each has a statement find_b"),
    ({"shared/base/a.h": "#define A_B 1\n", "pg_ext/a.c": "#define A_B 2\n"}, "has a macro A_B too"),
    ({"shared/base/a.h": "#define A_B(x) 1\n#undef A_B\n#define A_B(x) 2\n"}, "has a macro A_B too"),
    ({"shared/base/a.h": "namespace codegraph {\nstruct Plain final : Box<int> {};\n}\n"},
     "each has a class codegraph::Plain"),
    ({"sqlite_ext/a.cpp": "namespace codegraph {\nnamespace {\nint x;\n}\nclass alignas(8) Row { int x; };\n}\n"},
     "each has a class codegraph::Row"),
    ({"pg_ext/a.h": "typedef struct Key { int x; } Key;\n", "pg_ext/a.c": "struct Key { long x; };\n"},
     "each has a class Key"),
    ({"shared/base/a.h": "namespace codegraph::one {\ntemplate <class T> struct A { T x; };\n}\n",
      "shared/base/b.h": "namespace codegraph { namespace one {\nstruct A { int x; };\n}}\n"},
     "each has a class codegraph::one::A"),
    ({"shared/sources.txt": "shared/base/time.cpp\n"}, "shared/sources.txt: shared/base/file.cpp is missing"),
]


def problems_of(tree):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        if "shared/sources.txt" not in tree:
            sources = sorted(name for name in tree if name.startswith("shared/") and name.endswith(".cpp"))
            tree = {**tree, "shared/sources.txt": "\n".join(sources) + "\n"}
        for name, text in tree.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        return check(root)


def self_test():
    wrong = [f"a good tree: {problem}" for problem in problems_of(GOOD)]
    for files_laid_over, words in BAD:
        found = problems_of({**GOOD, **files_laid_over})
        if not any(words in problem for problem in found):
            wrong.append(f"not found: {words} in {files_laid_over}")
        if len(found) > 1 and "shared/sources.txt" not in files_laid_over:
            wrong += [f"instead of one problem ({words}): {problem}" for problem in found]
    print("\n".join(wrong), end="\n" if wrong else "")
    return bool(wrong)


def main(words):
    if words == ["--self-test"]:
        return self_test()
    if words:
        print(__doc__)
        return 2
    found = check(pathlib.Path(__file__).resolve().parents[2])
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
