#!/usr/bin/python3
"""Every graph reader against a brute force in Python over the facts of the files, in both databases.

Random small snapshots (cycles, self-loops, duplicate FQNs, externals, chunks without FQN, targets by chunk id, several
components, candidates, last resorts by name, aliases, soft deletion), each followed by changes of one file, so that most
graphs are derived from the one before. Each is asked warm, just after it was made, and again with the graph cache off.
What dependencies mean is bound by the naive rule of binding_rule.py. At the end the files of the last snapshot are saved
again one by one, in several orders: the edges must be the same. Ends with `N passed, N failed`.
"""
import argparse
import collections
import json
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from binding_rule import BY_NAME, Binding, as_json  # noqa: E402
from databases import Failure, Postgres, Report, Sqlite, call, default_module, quoted  # noqa: E402
from randomness import Random, parse_arguments  # noqa: E402

Chunk = collections.namedtuple("Chunk", "id path start end kind fqn symbol row")
Edge = collections.namedtuple("Edge", "source target relationship confidence")
RELATIONSHIPS = ["CALLS", "EXTENDS", "IMPORTS", "FLOWS"]
FILTERS = [(None, 0), ("CALLS", 0), ("CALLS,IMPORTS", 0.5), ("EXTENDS, FLOWS", 0), (None, 0.75), ("TYPED_BY", 0)]
FLAGS = {"t": "1", "f": "0"}


def order(value):
    """NULL first; Python compares text by code point, which is the order of UTF-8's bytes."""
    return (value is not None, value or "")


class Contents:
    """Makes the files of one repository's snapshots."""

    def __init__(self, rng, repo):
        self.rng, self.repo = rng, repo
        self.paths = [f"d{f % 3}/f{f}" for f in range(rng.randrange(3, 11))]
        self.groups = [[f"g{g}.{i}" for i in range(rng.randrange(1, 9))] + ["\u00e9", "Z"][:rng.randrange(3)]
                       for g in range(rng.randrange(1, 4))]
        self.ids = [f"{repo}:{path}:c{line}:{line}-{line}" for path in self.paths for line in (1, 2)]
        self.ids += [f"id-{path}-{line}" for path in self.paths for line in (1, 2, 3)]
        self.density = rng.choice([0, 1, 3, 6])
        self.has_candidates, self.has_aliases = rng.random() < 0.7, rng.random() < 0.6
        self.odd = [".f", "m.", "operator/", "()", "a b", "a\"b", "a\\", "a\n.b", "a::b#c"]

    def path(self, group):
        """A path that an alias or a candidate may have."""
        rng = self.rng
        if rng.random() < 0.05:
            return rng.choice(self.odd)
        path = rng.choice(group)
        if rng.random() < 0.2:
            path = path.rsplit(".", 1)[0]
        if rng.random() < 0.3:
            path += rng.choice([".", "::", "#"]) + rng.choice(["0", "1", "x"])
        return path + "()" * rng.choices([0, 1, 2], [75, 20, 5])[0]

    def target(self, group):
        if self.has_candidates and self.rng.random() < 0.5:
            return self.path(group)
        return self.rng.choice(self.rng.choices([group, sum(self.groups, []), self.ids, ["ext.a", "ext.b"]],
                                                [70, 5, 15, 10])[0])

    def targets(self, group):
        return list(dict.fromkeys(self.target(group) for _ in range(self.rng.randrange(1, 4))))

    def dependency(self, group, own, chunks):
        rng, source = self.rng, self.rng.randrange(len(chunks))
        dependency = {"from_chunk_id": own[source]}
        if "fqn" in chunks[source] and rng.random() < 0.5:
            dependency = {"from_fqn": chunks[source]["fqn"]}
        if self.has_candidates and rng.random() < 0.3:
            dependency["to_name"] = f"c{rng.randrange(1, 5)}"
        if rng.random() < 0.15 and "to_name" not in dependency:
            dependency["to_chunk_id"] = rng.choice(own)
        elif self.has_candidates and rng.random() < 0.5:
            dependency["to_fqns"] = self.targets(group)
        elif "to_name" not in dependency or rng.random() < 0.7:
            dependency["to_fqn"] = self.target(group)
        dependency.update(relationship=rng.choice(RELATIONSHIPS), confidence=rng.choice([0, 0.25, 0.3, 0.5, 0.7, 0.75, 1]))
        return dependency

    def file(self, path):
        rng, chunks = self.rng, []
        group = rng.choice(self.groups)
        for line in range(1, 1 + rng.randrange(5)):
            chunk = {"content": rng.choice("xyz"), "start_line": line, "end_line": line, "name": f"c{line}",
                     "kind": rng.choice(["function", "class", "method", "field"]),
                     "language": rng.choice(["python", "C++", "c"])}
            if rng.random() < 0.4:
                chunk["symbol_visibility"] = rng.choice(["public", "private", "local"])
            if rng.random() < 0.75:
                chunk["fqn"] = rng.choice(group) if rng.random() < 0.8 else self.path(group)
            if rng.random() < 0.2:
                chunk["chunk_id"] = f"id-{path}-{line}"
            elif path == self.paths[0] and line == 1 and rng.random() < 0.3:
                chunk["chunk_id"] = rng.choice(group)  # a chunk id that is an FQN elsewhere
            chunks.append(chunk)
        own = [self.id_of(path, chunk) for chunk in chunks]
        dependencies = [self.dependency(group, own, chunks)
                        for _ in range(rng.randrange(self.density + 1) * len(chunks))]
        aliases = []
        for _ in range(rng.randrange(5) if self.has_aliases else 0):
            alias = {"fqn": self.path(group), "to_fqns": self.targets(group)}
            if rng.random() < 0.5:
                alias["members"] = True
            aliases.append(alias)
        return {"file_path": path, "chunks": chunks, "dependencies": dependencies, "aliases": aliases}

    def id_of(self, path, chunk):
        line = chunk["start_line"]
        return chunk.get("chunk_id", f"{self.repo}:{path}:{chunk['name']}:{line}-{line}")

    def change(self):
        path = self.rng.choice(self.paths)
        return {"file_path": path, "deleted": True} if self.rng.random() < 0.2 else self.file(path)


class Facts:
    """The live files of a snapshot, as they were given, and what follows from them."""

    def __init__(self, contents, entries):
        self.contents = contents
        self.entries = [entries[path] for path in sorted(entries, key=str.encode)]
        self.chunks = [self.chunk(entry["file_path"], chunk) for entry in self.entries for chunk in entry["chunks"]]
        self.by_id = {chunk["id"]: chunk for chunk in self.chunks}
        self.first_of = {}
        for chunk in self.chunks:
            self.first_of.setdefault(chunk["id"] if chunk["fqn"] is None else chunk["fqn"], chunk)
        self.binding = Binding(self.chunks, [(alias["fqn"], alias["to_fqns"], alias.get("members", False))
                                             for alias in self.aliases()])

    def chunk(self, path, given):
        return {"id": self.contents.id_of(path, given), "fqn": given.get("fqn"), "name": given["name"],
                "kind": given["kind"], "visibility": given.get("symbol_visibility"), "language": given["language"],
                "path": path, "line": given["start_line"]}

    def aliases(self, with_path=False):
        """Each alias of a file once, at its first place."""
        for entry in self.entries:
            seen = []
            for alias in entry["aliases"]:
                key = (alias["fqn"], alias["to_fqns"], alias.get("members", False))
                if key not in seen:
                    seen.append(key)
                    yield (entry["file_path"], alias) if with_path else alias

    def saved(self, entry):
        """(chunk, candidates, to_name, relationship) -> confidence."""
        chunks = [self.by_id[self.contents.id_of(entry["file_path"], chunk)] for chunk in entry["chunks"]]
        by_id = {chunk["id"]: chunk for chunk in chunks}
        saved = {}
        for d in entry["dependencies"]:
            source = (by_id[d["from_chunk_id"]] if "from_chunk_id" in d
                      else next(chunk for chunk in chunks if chunk["fqn"] == d["from_fqn"]))
            candidates = d.get("to_fqns", [d["to_fqn"]] if "to_fqn" in d else [])
            if "to_chunk_id" in d:
                to = by_id[d["to_chunk_id"]]
                candidates = [to["id"] if to["fqn"] is None else to["fqn"]]
            saved[source["id"], tuple(candidates), d.get("to_name"), d["relationship"]] = d["confidence"]
        return saved

    def dependency_rows(self):
        rows = []
        for entry in self.entries:
            of_chunk = collections.defaultdict(list)
            for (source, candidates, to_name, relationship), confidence in self.saved(entry).items():
                chunk = self.by_id[source]
                symbol, by_name = self.binding.bind(candidates, to_name, chunk["language"])
                first = self.first_of.get(symbol)
                of_chunk[source].append((order(symbol), relationship, as_json(candidates, to_name), (
                    source, chunk["fqn"], first and first["id"], first["fqn"] if first else symbol, relationship,
                    confidence * (BY_NAME if by_name else 1.0), "0" if first else "1",
                    as_json(candidates, to_name))))
            for chunk in entry["chunks"]:
                rows += [row for *_, row in sorted(of_chunk[self.contents.id_of(entry["file_path"], chunk)],
                                                   key=lambda item: item[:3])]
        return rows

    def alias_rows(self):
        rows = []
        for path, alias in self.aliases(with_path=True):
            members = alias.get("members", False)
            found = [self.binding.resolve(name) for name in (alias["to_fqns"] if members else [alias["fqn"]])]
            rows.append((path, alias["fqn"], as_json(alias["to_fqns"]), "1" if members else "0",
                         next((fqn for fqn in found if fqn is not None), None)))
        return rows

    def symbol_rows(self, kind):
        return [(chunk["id"], chunk["path"], str(chunk["line"]), str(chunk["line"]), chunk["kind"], chunk["fqn"],
                 chunk["name"]) for chunk in self.chunks if kind in (None, chunk["kind"])]

    def reference_rows(self, symbol, dependencies, confidence):
        """Without sites: a row for each dependency on the symbol, at the line of its chunk."""
        place = {chunk["id"]: number for number, chunk in enumerate(self.chunks)}
        rows = []
        for source, fqn, to_id, to_fqn, relationship, of_edge, _, candidates in dependencies:
            if symbol is not None and symbol == (to_id if to_fqn is None else to_fqn) and of_edge >= confidence:
                chunk = self.by_id[source]
                rows.append(((chunk["path"], chunk["line"], place[source], relationship, candidates),
                             (chunk["path"], str(chunk["line"]), None, None, source, fqn, relationship, of_edge)))
        return [row for _, row in sorted(rows, key=lambda item: item[0])]


MATTERS = {"signature", "body", "visibility", "kind"}  # of the aspects of what is modified: to those who depend on it


class Brute:
    """The definitions, word by word, over the rows of one snapshot."""

    def __init__(self, chunks, dependencies):
        self.chunks = [Chunk(r[0], r[1], r[2], r[3], r[4], r[5], r[0] if r[5] is None else r[5], r) for r in chunks]
        self.by_id = {chunk.id: chunk for chunk in self.chunks}
        self.defined = collections.defaultdict(list)
        for chunk in self.chunks:
            self.defined[chunk.symbol].append(chunk)
        self.edges = [Edge(r[0] if r[1] is None else r[1], r[2] if r[3] is None else r[3], r[4], float(r[5]))
                      for r in dependencies if r[2] is not None or r[3] is not None]
        self.symbols = set(self.defined) | {edge.target for edge in self.edges}

    def resolve(self, name):
        if name in self.by_id:
            return self.by_id[name].symbol
        return name if name in self.symbols else None

    def chosen(self, relationships, confidence=0):
        names = relationships and [name.strip() for name in relationships.split(",")]
        return [e for e in self.edges if (not names or e.relationship in names) and e.confidence >= confidence]

    def levels(self, starts, edges, against=False, joining=()):
        """symbol -> (depth, via, relationship, score), of all that is reached from the starts but themselves. The edges of
        `joining`, against the arrows, reach the first level."""
        if against:
            edges = [Edge(e.target, e.source, e.relationship, e.confidence) for e in edges]
        reached, level, depth = {}, set(starts), 0
        scores = dict.fromkeys(starts, 1.0)
        while level or depth == 0:
            depth += 1
            found = {}
            for edge in joining if depth == 1 else ():
                came = (edge.target, edge.relationship)
                found[edge.source] = min(came, found.get(edge.source, came))
                scores[edge.source] = max(edge.confidence, scores.get(edge.source, edge.confidence))
            for edge in edges:
                if edge.source in level and edge.target not in starts and edge.target not in reached:
                    came = (edge.source, edge.relationship)
                    found[edge.target] = min(came, found.get(edge.target, came))
                    product = scores[edge.source] * edge.confidence
                    scores[edge.target] = max(product, scores.get(edge.target, product))
            reached.update({symbol: (depth,) + came + (scores[symbol],) for symbol, came in found.items()})
            level = set(found)
        return reached

    def rows_of(self, reached, max_depth):
        rows = []
        for symbol, (depth, via, relationship, score) in sorted(reached.items(), key=lambda item: (item[1][0], item[0])):
            if max_depth is not None and depth > max_depth:
                continue
            for chunk in self.defined.get(symbol, ()):
                rows.append((str(depth), chunk.id, chunk.fqn, chunk.kind, chunk.path, chunk.start, chunk.end, via,
                             relationship, score, "0"))
            if symbol not in self.defined:
                rows.append((str(depth), None, symbol, None, None, None, None, via, relationship, score, "1"))
        return rows

    def traversal(self, name, against, max_depth, relationships, confidence):
        start = self.resolve(name)
        if start is None:
            return None
        return self.rows_of(self.levels({start}, self.chosen(relationships, confidence), against), max_depth)

    def count(self, name, against, max_depth, relationships, confidence):
        start = self.resolve(name)
        if start is None:
            return None
        reached = self.levels({start}, self.chosen(relationships, confidence), against)
        return [(str(sum(max_depth is None or depth <= max_depth for depth, *_ in reached.values())),)]

    def path(self, source, target, relationships):
        source, target = self.resolve(source), self.resolve(target)
        if source is None:
            return None
        reached = self.levels({source}, self.chosen(relationships))
        if target != source and target not in reached:
            return []
        steps = []
        while target != source:
            steps.append((target, reached[target][2]))
            target = reached[target][1]
        steps.append((source, None))
        rows = []
        for step, (symbol, relationship) in enumerate(reversed(steps)):
            first = self.defined[symbol][0] if symbol in self.defined else None
            rows.append((str(step), first and first.id, first.fqn if first else symbol, relationship,
                         "0" if first else "1"))
        return rows

    def cycles(self, relationships):
        edges = self.chosen(relationships)
        reach = {symbol: set(self.levels({symbol}, edges)) | {symbol} for symbol in self.defined}
        loops = {edge.source for edge in edges if edge.source == edge.target}
        rows, number, seen = [], 0, set()
        for symbol in sorted(self.defined):
            component = {other for other in reach[symbol] if symbol in reach.get(other, ())}
            if symbol in seen or (len(component) < 2 and symbol not in loops):
                continue
            seen |= component
            number += 1
            rows += [(str(number), chunk.fqn, chunk.id, chunk.path)
                     for member in sorted(component) for chunk in self.defined[member]]
        return rows

    def importance(self, relationships):
        out = collections.defaultdict(set)
        for edge in self.chosen(relationships):
            out[edge.source].add(edge.target)
        count = len(self.symbols)
        score = {symbol: 1 / count for symbol in self.symbols}
        for _ in range(100):
            spread = sum(score[symbol] for symbol in self.symbols if not out[symbol])
            after = {symbol: 0.15 / count + 0.85 * spread / count for symbol in self.symbols}
            for symbol, targets in out.items():
                for target in targets:
                    after[target] += 0.85 * score[symbol] / len(targets)
            change = sum(abs(after[symbol] - score[symbol]) for symbol in self.symbols)
            score = after
            if change < 1e-9:
                break
        return {chunk.id: score[chunk.symbol] for chunk in self.chunks}

    def unreferenced(self, relationships):
        used = {edge.target for edge in self.chosen(relationships) if edge.source != edge.target}
        return [chunk.row for chunk in self.chunks if chunk.symbol not in used]

    def impact(self, before, comparison, max_depth, relationships, confidence):
        """`before` is the Brute of the other snapshot, `comparison` the rows of cg_compare_commits."""
        starts, left = set(), set()
        for change, aspects, fqn, old_fqn, _, old_id, new_id, *_ in comparison:
            matters = change in ("added", "deleted", "renamed") or change == "modified" and not MATTERS.isdisjoint(aspects.split(","))
            if not matters:
                continue
            old = None if old_id is None else old_id if old_fqn is None else old_fqn
            starts |= {old, None if new_id is None else new_id if fqn is None else fqn} & self.symbols
            left |= {old} if change in ("deleted", "renamed") else set()
        lost = left - set(self.defined)
        joining = [e for e in before.chosen(relationships, confidence)
                   if e.target in lost and e.source in self.symbols and e.source not in starts]
        return self.rows_of(self.levels(starts, self.chosen(relationships, confidence), True, joining), max_depth)


class Asked:
    """One database's answers, with booleans as 0 and 1, times left out, and an error as its text."""

    CHUNKS = ("chunk_id, file_path, start_line, end_line, kind, fqn, name, language, symbol_visibility, content, "
              "content_hash, summary, importance, attrs")

    def __init__(self, database):
        self.database, self.name = database, database.name

    def __call__(self, question):
        function, arguments = question[0], ", ".join(map(quoted, question[1:]))
        columns = self.CHUNKS if function in ("cg_chunks", "cg_unreferenced") else "*"
        scalar = function.startswith("cg_count") or function == "cg_resolve"
        try:
            rows = self.database.rows(f"SELECT {function}({arguments})" if scalar
                                      else f"SELECT {columns} FROM {function}({arguments})")
        except Failure as error:
            return str(error).split(": ", 1)[-1]
        if function in ("cg_transitive_dependencies", "cg_transitive_dependents", "cg_impact"):
            rows = [row[:-2] + (float(row[-2]), FLAGS.get(row[-1], row[-1])) for row in rows]
        if function == "cg_dependency_path":
            rows = [row[:-1] + (FLAGS.get(row[-1], row[-1]),) for row in rows]
        if function.startswith("cg_dependencies"):
            rows = [row[:5] + (float(row[5]), FLAGS.get(row[6], row[6]), row[7]) for row in rows]
        if function == "cg_aliases":
            rows = [row[:3] + (FLAGS.get(row[3], row[3]), row[4]) for row in rows]
        if function == "cg_references":
            rows = [row[:7] + (float(row[7]),) for row in rows]
        return rows

    def reached(self, repo, snapshot, start):
        """The reached symbols by a recursive query instead of the traversal."""
        return {symbol for (symbol,) in self.database.rows(f"""
            WITH RECURSIVE edge AS MATERIALIZED (
                SELECT coalesce(from_fqn, from_chunk_id) AS source, coalesce(to_fqn, to_chunk_id) AS target
                FROM cg_dependencies({quoted(repo)}, {quoted(snapshot)})),
            reached(symbol) AS (
                SELECT target FROM edge WHERE source = {quoted(start)}
                UNION SELECT target FROM reached JOIN edge ON source = symbol)
            SELECT symbol FROM reached WHERE symbol <> {quoted(start)}""")}


def questions(rng, contents, facts, brute, dependencies, snapshot, before):
    """Pairs of a question and what the brute force says; importance apart."""
    repo = contents.repo
    names = sorted(brute.symbols | set(brute.by_id))
    yield ("cg_aliases", repo, snapshot), facts.alias_rows()
    kind = rng.choice([None, "class", "method"])
    yield ("cg_symbols", repo, snapshot, kind), facts.symbol_rows(kind)
    for _ in range(4):
        path = contents.path(rng.choice(contents.groups))
        yield ("cg_resolve", repo, snapshot, path), [(facts.binding.resolve(path),)]
    for name in rng.sample(names, min(3, len(names))) + ["nowhere"]:
        symbol, confidence = brute.resolve(name), rng.choice([0, 0, 0.5])
        yield ("cg_references", repo, snapshot, name, confidence), facts.reference_rows(symbol, dependencies, confidence)
        to = [row for row in dependencies if symbol is not None and symbol == (row[2] if row[3] is None else row[3])]
        yield ("cg_dependencies_to", repo, snapshot, name), to
        sources = [name] if name in brute.by_id else [chunk.id for chunk in brute.defined.get(name, ())]
        yield (("cg_dependencies_from", repo, snapshot, name),
               [row for row in dependencies if row[0] in sources])
    starts = (rng.sample(names, min(4, len(names))) + [rng.choice(contents.ids), "nowhere"])
    for start in starts:
        for direction, against in ("dependencies", False), ("dependents", True):
            limits = (rng.choice([None, None, 0, 1, 2]),) + rng.choice(FILTERS)
            for prefix, answer in ("cg_transitive_", brute.traversal), ("cg_count_", brute.count):
                yield (prefix + direction, repo, snapshot, start) + limits, answer(start, against, *limits)
        target, relationships = rng.choice(names + ["nowhere"]), rng.choice([None, None, "CALLS,IMPORTS"])
        yield (("cg_dependency_path", repo, snapshot, start, target, relationships),
               brute.path(start, target, relationships))
    for relationships in None, rng.choice(FILTERS)[0]:
        yield ("cg_cycles", repo, snapshot, relationships), brute.cycles(relationships)
        yield ("cg_unreferenced", repo, snapshot, relationships), brute.unreferenced(relationships)
        yield ("cg_importance", repo, snapshot, relationships), brute.importance(relationships)
    for comparison_from in before:
        limits = (rng.choice([None, None, 1]),) + rng.choice(FILTERS)
        yield ("cg_impact", repo, comparison_from, snapshot) + limits, limits


class Run:
    """The rounds, and the problems that they show, by kind."""

    def __init__(self, databases, rng):
        self.asked, self.rng = [Asked(database) for database in databases], rng
        self.problems, self.count = collections.defaultdict(list), collections.Counter()
        self.rows = collections.Counter()

    def note(self, kind, wrong, detail):
        self.count[kind] += 1
        if wrong:
            self.problems[kind].append(detail)

    def write(self, function, *arguments):
        for asked in self.asked:
            try:
                asked.database.rows(call(function, *arguments))
            except Failure as error:
                self.note("writers", True, (asked.name, function, arguments, str(error)))
            else:
                self.note("writers", False, None)

    def step(self, contents, number, current):
        """One change of one file, in a new snapshot or in place; the snapshot that it is in."""
        repo, change = contents.repo, contents.change()
        new = current if self.rng.random() < 0.25 else f"s{number}"
        path = change["file_path"]
        if self.rng.random() < 0.2:
            if new != current:
                self.write("cg_create_snapshot", repo, new, None, None, current)
            restore = self.rng.random() < 0.5 and self.hidden or self.rng.random() < 0.3
            path = self.rng.choice(sorted(self.hidden) if restore and self.hidden else contents.paths)
            self.write("cg_restore_file_chunks" if restore else "cg_soft_delete_file_chunks", repo, new, path)
            gone, back = (self.hidden, self.files) if restore else (self.files, self.hidden)
            if path in gone:
                back[path] = gone.pop(path)
        else:
            self.write("cg_replace_files", repo, current, new, json.dumps([change]))
            self.hidden.pop(path, None)
            self.files.pop(path, None)
            if not change.get("deleted"):
                self.files[path] = change
        return new

    def replay(self, contents, current):
        """Saves the live files again one by one, in several orders, and asks meanwhile."""
        repo, facts = contents.repo, Facts(contents, self.files)
        expected, roots = facts.dependency_rows(), set()
        for number in range(3):
            snapshot, entries = f"replay{number}", list(self.files.values())
            self.rng.shuffle(entries)
            self.write("cg_create_snapshot", repo, snapshot)
            for entry in entries:
                if self.rng.random() < 0.3:  # first another version of the file
                    other = {**contents.file(entry["file_path"]), "chunks": [], "dependencies": []}
                    self.write("cg_replace_files", repo, snapshot, snapshot, json.dumps([other]))
                self.write("cg_replace_files", repo, snapshot, snapshot, json.dumps([entry]))
                for asked in self.asked:
                    asked(("cg_count_dependencies", repo, snapshot, "nowhere"))
            for asked in self.asked:
                rows = asked(("cg_dependencies", repo, snapshot))
                self.note(f"{asked.name}: edges whatever the order of saving", rows != expected,
                          (repo, snapshot, "got", rows, "expected", expected))
                roots.add(asked.database.rows(f"SELECT cg_snapshot_root({quoted(repo)}, {quoted(snapshot)})")[0])
        self.note("roots whatever the order of saving", len(roots) != 1, (repo, roots))

    def ask(self, contents, snapshot, before):
        """Asks all, compares, and returns the questions with their answers."""
        repo = contents.repo
        first = self.asked[0]
        facts = Facts(contents, self.files)
        dependencies = facts.dependency_rows()
        for asked in self.asked:
            rows = asked(("cg_dependencies", repo, snapshot))
            self.note(f"{asked.name}: cg_dependencies", rows != dependencies,
                      (repo, snapshot, "got", rows, "expected", dependencies))
            self.rows["cg_dependencies"] += len(rows)
        brute = Brute(first(("cg_chunks", repo, snapshot)), dependencies)
        for asked in self.asked[1:]:
            question = ("cg_chunks", repo, snapshot)
            self.note("rows read", first(question) != asked(question), question)
        kept = [(("cg_dependencies", repo, snapshot), [dependencies for _ in self.asked])]
        for question, expected in questions(self.rng, contents, facts, brute, dependencies, snapshot, before):
            answers = [asked(question) for asked in self.asked]
            kept.append((question, answers))
            self.note("all databases the same", answers[0] != answers[-1], (question, answers))
            for asked, answer in zip(self.asked, answers):
                right = expected
                if question[0] == "cg_impact":
                    comparison = asked(("cg_compare_commits",) + question[1:4])
                    others = question[1:3]
                    brute_before = Brute(first(("cg_chunks",) + others), first(("cg_dependencies",) + others))
                    right = brute.impact(brute_before, comparison, *expected)
                if question[0] == "cg_importance":
                    wrong = self.wrong_importance(brute, expected, answer)
                elif right is None:
                    wrong = not isinstance(answer, str) or "nowhere" not in answer and question[3] not in answer
                else:
                    wrong = answer != right
                self.rows[question[0]] += 0 if isinstance(answer, str) else len(answer)
                self.note(f"{asked.name}: {question[0]}", wrong, (question, "got", answer, "expected", right))
        for start in self.rng.sample(sorted(brute.symbols), min(2, len(brute.symbols))):
            if start in brute.by_id and brute.by_id[start].symbol != start:
                continue  # as an argument this name means another symbol
            for asked in self.asked:
                rows = asked(("cg_transitive_dependencies", repo, snapshot, start))
                got = {row[1] if row[2] is None else row[2] for row in rows}
                self.note(f"{asked.name}: the reached set by a recursive query",
                          got != asked.reached(repo, snapshot, start), (repo, snapshot, start, rows))
        return kept

    @staticmethod
    def wrong_importance(brute, expected, answer):
        if isinstance(answer, str):
            return True
        place = {chunk.id: number for number, chunk in enumerate(brute.chunks)}
        rows = [(-float(score), brute.by_id[chunk_id].symbol, place[chunk_id]) for _, chunk_id, score in answer]
        return (rows != sorted(rows) or sorted(row[1] for row in answer) != sorted(expected)
                or any(fqn != brute.by_id[chunk_id].fqn or abs(float(score) - expected[chunk_id]) > 1e-7
                       for fqn, chunk_id, score in answer))

    def round(self, repo, steps):
        contents = Contents(self.rng, repo)
        for asked in self.asked:
            asked.database.rows(call("cg_config", "graph_cache_size", "64MB"))
        self.write("cg_save_repository", repo)
        self.write("cg_create_snapshot", repo, "s0")
        self.files, self.hidden = {path: contents.file(path) for path in contents.paths}, {}
        self.write("cg_replace_files", repo, "s0", "s0", json.dumps(list(self.files.values())))
        current, seen, kept = "s0", [], []
        for number in range(1, steps + 2):
            kept += self.ask(contents, current, seen[-1:] + seen[:1])
            seen.append(current)
            changed = self.step(contents, number, current)
            if changed == current:  # in place: what was answered about it no longer holds
                seen.remove(current)
                kept = [(question, answers) for question, answers in kept if current not in question[2:4]]
            current = changed
        self.replay(contents, current)
        for asked in self.asked:
            asked.database.rows(call("cg_config", "graph_cache_size", "0"))
        for question, answers in kept:
            for asked, warm in zip(self.asked, answers):
                cold = asked(question)
                self.note(f"{asked.name}: the same answers without a graph cache", cold != warm,
                          (question, "cold", cold, "warm", warm))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--sqlite", default=default_module())
    parser.add_argument("--sqlite-alone", action="store_true")
    arguments = parse_arguments(parser, 20261126)
    databases = [Sqlite(arguments.sqlite)]
    if not arguments.sqlite_alone:
        databases.append(Postgres("codegraph_graph_oracle"))
    run = Run(databases, Random(arguments.seed))
    for number in range(arguments.rounds):
        run.round(f"r{number}", arguments.steps)
    report = Report()
    for kind, count in sorted(run.count.items()):
        report.check(f"{kind} ({count})", run.problems[kind])
    print("rows compared:", dict(run.rows))
    report.check("there were rows to compare", [name for name, rows in run.rows.items() if rows < 2 * arguments.rounds])
    for database in databases:
        database.close()
    return report.close()


if __name__ == "__main__":
    sys.exit(main())
