"""Models the store slowly and plainly, from the documentation. A state is a dict of files, a file a dict of chunks, and
a snapshot a list of states. A writer changes the model and returns what the SQL function must return, or raises Refused.
A reader returns the rows that the SQL function must give, as text."""

import collections
import copy
import hashlib
import json
import re

import comparison_rule
from binding_rule import as_json
from content_digest import computed_form, file_digest, tree

UNKNOWN, STATE, TWICE, INVALID, TOO_FEW, MALFORMED = "42704", "55000", "23505", "22023", "22004", "22P02"
COUNTS = ["files_checked", "files_skipped", "files_analyzed", "files_replaced", "files_deleted", "chunks_inserted",
          "chunks_updated", "chunks_deleted", "chunks_unchanged", "dependencies"]
FIELDS = ["start_line", "end_line", "kind", "fqn", "name", "language", "symbol_visibility", "content", "summary",
          "importance", "attrs"]


class Refused(Exception):
    """The call must be refused with this SQLSTATE; with one of these where it has several faults."""

    def __init__(self, *codes):
        super().__init__(*codes)
        self.codes = codes


def paths_of(files):
    """Of files as a call is given them. A path twice is refused before the call looks at the store."""
    paths = [file if isinstance(file, str) else file["file_path"] for file in files]
    if len(set(paths)) < len(paths):
        raise Refused(INVALID)
    return paths


def compact(value):
    return json.dumps(value, separators=(",", ":"))


def sha(content):
    return hashlib.sha256(content.encode()).hexdigest()


def number_text(value):
    return str(int(value)) if value == int(value) else repr(float(value))


def text(value):
    return None if value is None else number_text(value) if isinstance(value, float) else str(value)


def null_first(value):
    return value is not None, (value or "").encode()


def default_id(repo, path, chunk):
    return f"{repo}:{path}:{chunk['name']}:{chunk['start_line']}-{chunk['end_line']}"


def completed(given):
    """A chunk with its defaults."""
    feeds = given["content"].count("\n") - given["content"].endswith("\n")
    start, fqn = given.get("start_line", 1), given.get("fqn")
    return {"start_line": start, "end_line": given.get("end_line", start + feeds), "kind": given.get("kind", "unknown"),
            "fqn": fqn, "name": given.get("name") or (re.split(r"[./#]|::", fqn)[-1] or fqn if fqn else "unknown"),
            "language": given.get("language", "unknown"), "symbol_visibility": given.get("symbol_visibility"),
            "content": given["content"], "content_hash": sha(given["content"]),
            "summary": given.get("summary"), "importance": float(given.get("importance", 0.5)),
            "attrs": compact(given.get("attrs", {})), "deleted": False}


def with_ids(repo, path, chunks):
    """(id, chunk) of each chunk of one call in one file, the k-th of equal default ids having #k."""
    seen, result = collections.Counter(), []
    for given in chunks:
        chunk = completed(given)
        computed = default_id(repo, path, chunk)
        seen[computed] += 1
        chunk_id = given.get("chunk_id") or computed + (f"#{seen[computed]}" if seen[computed] > 1 else "")
        number = re.fullmatch(re.escape(computed) + r"(?:#([1-9]\d*))?", chunk_id)
        chunk["number"] = int(number[1] or 1) if number and number[1] != "1" else 0  # 0: none, and first
        chunk["explicit_id"] = None if chunk["number"] else chunk_id
        result.append((chunk_id, chunk))
    if len({chunk_id for chunk_id, _ in result}) < len(result):
        raise Refused(TWICE)
    return result


def reader_order(item):
    chunk_id, chunk = item
    return (chunk["start_line"], chunk["end_line"], chunk["name"].encode(), chunk["number"], chunk_id.encode())


class File:
    """One version of a file. Only made and copied: a State changes copies before it shows them."""

    def __init__(self):
        self.file_hash, self.attrs, self.deleted, self.chunks, self.dependencies = None, "{}", False, {}, {}

    def copy(self):
        other = File()
        other.file_hash, other.attrs, other.deleted = self.file_hash, self.attrs, self.deleted
        other.chunks, other.dependencies = dict(self.chunks), dict(self.dependencies)
        return other

    def ordered(self):
        return sorted(self.chunks.items(), key=reader_order)

    def live(self):
        return [] if self.deleted else [item for item in self.ordered() if not item[1]["deleted"]]

    def hide(self, deleted):
        """Sets the flag of all chunks; how many had another."""
        changed = [chunk_id for chunk_id, chunk in self.chunks.items() if chunk["deleted"] != deleted]
        for chunk_id in changed:
            self.chunks[chunk_id] = {**self.chunks[chunk_id], "deleted": deleted}
        return len(changed)

    def digest(self, repo, path):
        if not hasattr(self, "_digest"):
            ordinal = {chunk_id: i for i, (chunk_id, _) in enumerate(self.ordered())}
            edges = sorted(((ordinal[source], target, relationship, confidence)
                            for (source, target, relationship), confidence in self.dependencies.items()),
                           key=lambda edge: (edge[0], edge[1].encode(), edge[2].encode()))
            self._digest = file_digest(repo, path, self.file_hash, self.attrs, self.deleted,
                                       [chunk for _, chunk in self.ordered()], edges)
        return self._digest

    def names(self, repo, path):
        """What `symbols` and `definitions` hold for this version: names, and (name, as_id, path)."""
        names, definitions = set(), set()
        for chunk_id, chunk in self.chunks.items():
            names |= {chunk["kind"], chunk["fqn"] if chunk["fqn"] is not None else chunk_id}
            if chunk["fqn"] is not None:
                definitions.add((chunk["fqn"], "0", path))
            if chunk["explicit_id"] is not None:
                definitions.add((chunk_id, "1", path))
                if computed_form(repo, chunk_id):
                    definitions.add(("", "1", path))
        for _, target, relationship in self.dependencies:
            names |= {target, relationship}
        return names | {name for name, _, _ in definitions}, definitions


class State:
    """The content of a snapshot."""

    def __init__(self, repo, files=None):
        self.repo, self.files = repo, files or {}

    def copy(self):
        return State(self.repo, dict(self.files))

    def key(self):
        return {path: file.digest(self.repo, path) for path, file in self.files.items()}

    def tree(self):
        if not hasattr(self, "_tree"):
            self._tree = tree((path, file.digest(self.repo, path), len(file.live())) for path, file in self.files.items())
        return self._tree

    def root(self):
        return self.tree()[0]

    def differing(self, other):
        """How many files differ."""
        mine, others = self.key(), other.key()
        return sum(mine.get(path) != others.get(path) for path in mine.keys() | others.keys())

    # ---- what it shows

    def paths(self):
        return sorted(self.files, key=str.encode)

    def live(self):
        """(path, id, chunk) of live chunks in reader order."""
        if not hasattr(self, "_live"):
            self._live = [(path, chunk_id, chunk) for path in self.paths() for chunk_id, chunk in self.files[path].live()]
        return self._live

    def symbols(self):
        """by id, and the first chunk of each symbol"""
        by_id, first_of = {}, {}
        for _, chunk_id, chunk in self.live():
            by_id[chunk_id] = chunk
            first_of.setdefault(chunk["fqn"] if chunk["fqn"] is not None else chunk_id, chunk_id)
        return by_id, first_of

    def symbol(self, name):
        by_id, _ = self.symbols()
        return by_id[name]["fqn"] if name in by_id and by_id[name]["fqn"] is not None else name

    def row(self, path, chunk_id, chunk, deleted=False):
        return tuple(map(text, (
            chunk_id, path, chunk["start_line"], chunk["end_line"], chunk["kind"], chunk["fqn"], chunk["name"],
            chunk["language"], chunk["symbol_visibility"], chunk["content"], chunk["content_hash"], chunk["summary"],
            chunk["importance"], int(deleted or chunk["deleted"]), chunk["attrs"])))

    def chunks(self, include_deleted=False):
        if not include_deleted:
            return [self.row(*found) for found in self.live()]
        return [self.row(path, chunk_id, chunk, self.files[path].deleted) for path in self.paths()
                for chunk_id, chunk in self.files[path].ordered()]

    def chosen(self, name):
        """The live chunks that a chunk argument means."""
        by_id, _ = self.symbols()
        return [found for found in self.live() if (found[1] == name if name in by_id else found[2]["fqn"] == name)]

    def file_rows(self):
        rows = []
        for path in self.paths():
            file = self.files[path]
            if file.deleted:
                continue
            live = dict(file.live())
            languages = collections.Counter(chunk["language"] for chunk in live.values())
            language = min(languages, key=lambda name: (-languages[name], name.encode()), default=None)
            edges = sum(source in live for source, _, _ in file.dependencies)
            rows.append((path, file.file_hash, language, str(len(live)), str(edges), file.attrs))
        return rows

    def file_hash(self, path):
        file = self.files.get(path)
        return file.file_hash if file and not file.deleted else None

    def changed_files(self, manifest):
        present = {row[0]: row[1] for row in self.file_rows()}
        given = {path: file_hash for path, file_hash in manifest.items() if file_hash is not None}
        status = lambda path: ("added" if path not in present else "deleted" if path not in given
                               else "modified" if present[path] != given[path] else None)
        return [(path, status(path)) for path in sorted(present.keys() | given.keys(), key=str.encode) if status(path)]

    def dependency_rows(self, sources=None, to=None):
        by_id, first_of = self.symbols()
        rows = []
        for path, chunk_id, chunk in self.live():
            own = []
            for (source, target, relationship), confidence in self.files[path].dependencies.items():
                if source != chunk_id or (sources is not None and chunk_id not in sources):
                    continue
                symbol = self.symbol(target)
                external = symbol not in first_of
                if to is None or symbol == to:
                    own.append((symbol.encode(), relationship.encode(), as_json([target]).encode(),
                                (chunk_id, chunk["fqn"], first_of.get(symbol),
                                 target if external else by_id[first_of[symbol]]["fqn"], relationship,
                                 number_text(confidence), str(int(external)))))
            rows += [row for *_, row in sorted(own, key=lambda edge: edge[:3])]
        return rows

    def saved_by(self, path, chunk_id):
        """The dependencies of a chunk, as comparison_rule has them."""
        return {(relationship, as_json([target])): confidence
                for (source, target, relationship), confidence in self.files[path].dependencies.items() if source == chunk_id}

    def compared(self):
        """The live chunks as comparison_rule has them."""
        return [comparison_rule.Chunk(
            path, chunk_id, chunk["start_line"], chunk["end_line"], chunk["number"], chunk["kind"], chunk["name"],
            chunk["fqn"], chunk["symbol_visibility"], None, chunk["content"], self.saved_by(path, chunk_id))
            for path, chunk_id, chunk in self.live()]

    def compared_with_file(self, chunk_id):
        """A live chunk, and those of its file."""
        chunk = next(chunk for chunk in self.compared() if chunk.id == chunk_id)
        return chunk, [other for other in self.compared() if other.path == chunk.path]

    # ---- what changes it; each on a copy of the state

    def _own(self, path):
        file = self.files[path] = self.files[path].copy() if path in self.files else File()
        return file

    def _check_ids(self):
        self.__dict__.pop("_live", None)
        live = [chunk_id for _, chunk_id, _ in self.live()]
        if len(set(live)) < len(live):
            raise Refused(TWICE)

    def _target(self, dependency):
        by_id, _ = self.symbols()
        if "to_chunk_id" in dependency and dependency["to_chunk_id"] not in by_id:
            raise Refused(UNKNOWN)
        return self.symbol(dependency["to_chunk_id"]) if "to_chunk_id" in dependency else dependency["to_fqn"]

    def _source(self, dependency, path=None):
        for at, chunk_id, chunk in self.live():
            if path in (None, at) and (dependency.get("from_chunk_id") == chunk_id if "from_chunk_id" in dependency
                                       else dependency["from_fqn"] == chunk["fqn"]):
                return at, chunk_id
        raise Refused(UNKNOWN)

    def save_dependencies(self, dependencies, path=None):
        added = [(*self._source(dependency, path), self._target(dependency), dependency) for dependency in dependencies]
        for at in {at for at, *_ in added}:
            self._own(at)
        for at, source, target, dependency in added:
            key = (source, target, dependency.get("relationship", "CALLS"))
            self.files[at].dependencies[key] = float(dependency.get("confidence", 1))
        return len(dependencies)

    def save_chunks(self, chunks):
        by_path = {}
        for chunk in chunks:
            by_path.setdefault(chunk["file_path"], []).append(chunk)
        ids = []
        for path, given in by_path.items():
            file = self._own(path)
            if file.deleted:  # its other chunks stay soft-deleted
                file.deleted, file.file_hash = False, None
            for chunk_id, chunk in with_ids(self.repo, path, given):
                file.chunks[chunk_id] = chunk
                ids.append(chunk_id)
        self._check_ids()
        return ids

    def replace_files(self, entries):
        """Counts, the number of entries being that of checked files."""
        before, counts = self.copy(), dict.fromkeys(COUNTS, 0)
        try:
            self._replace_chunks(entries)
        except Refused as refused:  # which of the chunks that its dependencies name there are is then open
            raise Refused(*refused.codes, *[UNKNOWN for entry in entries if entry.get("dependencies")][:1]) from None
        for entry in entries:
            self.save_dependencies(entry.get("dependencies", []), entry["file_path"])
        counts["files_checked"] = len(entries)
        for entry in entries:
            self._count(before.files.get(entry["file_path"]), self.files.get(entry["file_path"]), entry["file_path"], counts)
        return counts

    def _replace_chunks(self, entries):
        for entry in entries:
            path = entry["file_path"]
            self.files.pop(path, None)
            if entry.get("deleted"):
                continue
            file = self.files[path] = File()
            file.chunks, file.attrs = dict(with_ids(self.repo, path, entry["chunks"])), compact(entry.get("attrs", {}))
            file.file_hash = entry.get("file_hash")
            if file.file_hash is None:
                hashes = "".join(chunk["content_hash"] + "\n" for _, chunk in file.live())
                file.file_hash = hashlib.sha256(hashes.encode()).hexdigest()
        self._check_ids()

    def _count(self, old, new, path, counts):
        was = dict(old.live()) if old else {}
        now = dict(new.live()) if new else {}
        same = {chunk_id for chunk_id in was.keys() & now.keys()
                if all(was[chunk_id][field] == now[chunk_id][field] for field in FIELDS)}
        counts["chunks_inserted"] += len(now.keys() - was.keys())
        counts["chunks_updated"] += len(was.keys() & now.keys()) - len(same)
        counts["chunks_deleted"] += len(was.keys() - now.keys())
        counts["chunks_unchanged"] += len(same)
        if new is None:
            counts["files_deleted"] += old is not None and not old.deleted
        elif old is None or old.digest(self.repo, path) != new.digest(self.repo, path):
            counts["files_replaced"] += 1
            counts["dependencies"] += len(new.dependencies)

    def incremental(self, changed, analyses):
        """`analyses` is what the analyzer answers by path: an object without file_path, or None."""
        paths = paths_of(changed)
        entries, skipped = [], 0
        for path, given in zip(paths, changed):
            given_hash = given.get("file_hash") if isinstance(given, dict) else None
            if given_hash is not None and given_hash == self.file_hash(path):
                skipped += 1
                continue
            answer = analyses[path]
            if answer is None:
                entries.append({"file_path": path, "deleted": True})
            else:
                entries.append({"chunks": [], **answer, "file_path": path, "file_hash": answer.get("file_hash") or given_hash})
        counts = self.replace_files(entries)
        counts.update(files_checked=len(paths), files_skipped=skipped, files_analyzed=len(entries))
        return counts

    def soft_delete(self, path):
        if path not in self.files or self.files[path].deleted:
            return 0
        file = self._own(path)
        file.deleted = True
        return file.hide(True)

    def restore(self, path):
        if path not in self.files:
            return 0
        file = self._own(path)
        file.deleted = False
        restored = file.hide(False)
        self._check_ids()
        return restored

    def update_file_metadata(self, path, file_hash):
        file = self._own(path)
        file.deleted, file.file_hash = False, file_hash
        return file_hash


# ---- comparing two states

def compare_files(before, after):
    rows = []
    for path in sorted(before.files.keys() | after.files.keys(), key=str.encode):
        old, new = before.files.get(path), after.files.get(path)
        old, new = (None if file is None or file.deleted else file for file in (old, new))
        if old is None and new is None or old and new and old.digest(before.repo, path) == new.digest(after.repo, path):
            continue
        change = "added" if old is None else "deleted" if new is None else "modified"
        rows.append((change, path, old and old.file_hash, new and new.file_hash))
    return rows


def commit_rows(before, after, min_similarity=0.6):
    """The rows of cg_compare_commits, of two lists of comparison_rule.Chunk."""
    rows = []
    for change in comparison_rule.compare_commits(before, after, min_similarity):
        side = lambda chunk: (chunk and chunk.id, chunk and chunk.path, chunk and sha(chunk.content))
        (old_id, old_path, old_hash), (new_id, new_path, new_hash) = side(change.old), side(change.new)
        at = change.new or change.old
        rows.append(tuple(map(text, (change.change, change.aspects, at.fqn, change.old and change.old.fqn, at.kind, old_id, new_id,
                                     old_path, new_path, old_hash, new_hash, change.similarity, change.added, change.removed))))
    return rows


def dependency_rows(before, after):
    """The rows of cg_compare_dependencies, of the same."""
    return [tuple(map(text, (change, at.id, at.fqn, candidates, relationship) + tuple(confidences)))
            for change, at, candidates, relationship, *confidences in comparison_rule.compare_dependencies(before, after)]


def compare_commits(before, after, min_similarity=0.6):
    return commit_rows(before.compared(), after.compared(), min_similarity)


def compare_dependencies(before, after):
    return dependency_rows(before.compared(), after.compared())


# ---- snapshots, repositories, the store

Revision = collections.namedtuple("Revision", "operation state file_count root_before root_after")


class Snapshot:
    def __init__(self, id, number, state, base=None):
        self.id, self.number, self.base = id, number, base
        self.commit = self.branch = self.committed_at = None
        self.attrs, self.sealed = "{}", False
        self.revisions = {0: Revision("create", state, len(state.files), None, state.root())}  # those that are kept
        self.created_at, self.logged_at = {}, {}  # by database: what its clock said; of revisions, by (database, number)

    def copy(self):
        other = copy.copy(self)
        other.revisions, other.created_at, other.logged_at = dict(self.revisions), dict(self.created_at), dict(self.logged_at)
        return other

    @property
    def revision(self):
        return max(self.revisions)

    @property
    def state(self):
        return self.revisions[self.revision].state

    def is_blank(self):
        return self.revision == 0 and not self.state.files

    def advance(self, operation, state):
        """The next revision, when the content is another."""
        if state.root() == self.state.root():
            return
        number = self.revision + 1
        before = self.state
        for old in [key for key in self.logged_at if key[1] == number]:
            del self.logged_at[old]
        self.revisions[number] = Revision(operation, state, before.differing(state), before.root(), state.root())

    def created(self, database):
        return self.committed_at or self.created_at[database], self.number

    def at(self, database, moment):
        """The last kept revision that was logged by then."""
        known = [number for number in self.revisions if self.logged_at[database, number] <= moment]
        return max(known, default=None)

    def row(self):
        return (self.id, self.commit, self.branch, self.base, self.state.root(), str(self.revision), str(int(self.sealed)),
                self.committed_at, self.attrs)

    def log_rows(self):
        return [(self.id, str(number), r.operation, str(r.file_count), r.root_before, r.root_after)
                for number, r in sorted(self.revisions.items())]


class Repository:
    def __init__(self, id):
        self.id, self.name, self.remote_url, self.local_path, self.default_branch = id, id, None, None, "main"
        self.snapshots, self.refs = {}, {}  # refs: the ids of their snapshots

    def copy(self):
        other = copy.copy(self)
        other.snapshots = {id: snapshot.copy() for id, snapshot in self.snapshots.items()}
        other.refs = dict(self.refs)
        return other

    def by_creation(self, database, branch=None):
        chosen = [s for s in self.snapshots.values() if branch is None or s.branch == branch]
        return sorted(chosen, key=lambda snapshot: snapshot.created(database))

    def default_snapshot(self, database):
        """That of the ref of the default branch, else the newest snapshot of that branch, else the newest."""
        if self.default_branch in self.refs:
            return self.snapshots[self.refs[self.default_branch]]
        chosen = self.by_creation(database, self.default_branch) or self.by_creation(database)
        return chosen[-1] if chosen else None

    def find(self, argument, database):
        return self.find_snapshot(argument, database)[1]

    def find_snapshot(self, argument, database):
        """The id and the state that a snapshot argument of a reader means."""
        if argument in self.snapshots:
            return argument, self.snapshots[argument].state
        of = re.fullmatch(r"(.+)@\{(?:(\d+)|(\d{4}-[^{}]*))\}", argument, re.DOTALL)
        name, number, by = (of[1], of[2], of[3] and of[3].replace("+00:00", "Z")) if of else (argument, None, None)
        of_branch = by is not None and name not in self.snapshots and self.by_creation(database, name)
        if of_branch:
            snapshot = next((s for s in reversed(of_branch) if s.created(database)[0] <= by), None)
        else:
            snapshot = self.named_or_behind(name, database)
        if snapshot is None:
            raise Refused(UNKNOWN)
        revision = snapshot.revision if number is None else int(number)
        if by is not None:
            revision = snapshot.at(database, by)
            if revision is None and of_branch:
                revision = snapshot.revision
        if revision not in snapshot.revisions:
            raise Refused(UNKNOWN)
        return snapshot.id, snapshot.revisions[revision].state

    def named(self, name, database):
        """The snapshot of a name without anything behind it, or None."""
        if name in self.snapshots:
            return self.snapshots[name]
        if name in self.refs:
            return self.snapshots[self.refs[name]]
        of_branch = self.by_creation(database, name)
        if of_branch:
            return of_branch[-1]
        found = [s for s in self.snapshots.values() if s.commit == name]
        if not found and re.fullmatch("[0-9a-fA-F]{7,}", name):
            found = [s for s in self.snapshots.values() if (s.commit or "").startswith(name.lower())]
        if len(found) > 1:
            raise Refused(INVALID)
        return found[0] if found else None

    def named_or_behind(self, name, database):
        """The same, also with steps behind the name."""
        snapshot = self.named(name, database)
        steps = re.fullmatch(r"(.+)~(\d*)", name, re.DOTALL)
        if snapshot or not steps:
            return snapshot
        snapshot, count = self.named(steps[1], database), int(steps[2] or 1)
        if count > len(self.snapshots):
            return None
        for _ in range(count):
            snapshot = snapshot and self.snapshots.get(snapshot.base)
        return snapshot

    def states(self):
        """All that a snapshot or a kept revision reaches."""
        return [revision.state for snapshot in self.snapshots.values() for revision in snapshot.revisions.values()]

    def chunk_history(self, name, branch, database):
        snapshots = self.by_creation(database, branch)
        as_id = any(chunk_id == name for s in snapshots for _, chunk_id, _ in s.state.live())
        rows, before = [], None
        for s in snapshots:
            now = next((found for found in s.state.live() if (found[1] if as_id else found[2]["fqn"]) == name), None)
            now = now and now + s.state.compared_with_file(now[1])
            change = (None if not before and not now else "added" if not before else "deleted" if not now else
                      "modified" if comparison_rule.is_modified(*before[3:], *now[3:]) else
                      "moved" if before[0] != now[0] else None)
            before = now
            if change:
                at = (now[1], now[2]["content_hash"], now[0]) if now else (None, None, None)
                rows.append((s.id, s.commit, s.committed_at, change) + at)
        return rows


class Stored:
    """What the tables of a repository must hold when nothing unreachable is left: exact sets of rows."""

    def __init__(self, repository):
        repo, states = repository.id, repository.states()
        versions = {file.digest(repo, path).hex(): (path, file) for state in states for path, file in state.files.items()}
        self.files, self.tree_nodes = set(versions), set().union(*(state.tree()[1] for state in states))
        self.contents = {chunk["content_hash"] for _, file in versions.values() for chunk in file.chunks.values()}
        self.chunks = sum(len(file.chunks) for _, file in versions.values())
        self.dependencies = sum(len(file.dependencies) for _, file in versions.values())
        self.symbols, self.definitions = set(), set()
        for path, file in versions.values():
            names, definitions = file.names(repo, path)
            self.symbols |= names
            self.definitions |= definitions


class Store:
    """Writers, by the functions' names; each changes the store or leaves it as it was."""

    def __init__(self):
        self.repositories, self.made = {}, 0

    def copy(self):
        other = copy.copy(self)
        other.repositories = {id: repository.copy() for id, repository in self.repositories.items()}
        return other

    def repository(self, repo):
        if repo not in self.repositories:
            raise Refused(UNKNOWN)
        return self.repositories[repo]

    def snapshot(self, repo, id):
        repository = self.repository(repo)
        if id not in repository.snapshots:
            raise Refused(UNKNOWN)
        return repository.snapshots[id]

    def open_snapshot(self, repo, id):
        snapshot = self.snapshot(repo, id)
        if snapshot.sealed:
            raise Refused(STATE)
        return snapshot

    def _make(self, repo, id, state, base=None):
        self.made += 1
        snapshot = self.repository(repo).snapshots[id] = Snapshot(id, self.made, state, base)
        return snapshot

    def _change(self, repo, id, operation, change):
        """A writer in place: change(state) on a copy, the next revision."""
        snapshot = self.open_snapshot(repo, id)
        state = snapshot.state.copy()
        result = change(state)
        snapshot.advance(operation, state)
        return result

    def _replace(self, repo, base, new, operation, change):
        """A writer of the replacing kind."""
        if base == new:
            return compact(self._change(repo, new, operation, change))
        source, snapshot = self.snapshot(repo, base), self.repository(repo).snapshots.get(new)
        if snapshot and snapshot.sealed:
            raise Refused(STATE)
        adopted = snapshot is None or snapshot.is_blank() and snapshot.base in (None, base)
        if not adopted and snapshot.base != base:
            raise Refused(STATE)
        state = (source.state if adopted else snapshot.state).copy()
        result = change(state)
        if snapshot is None:
            snapshot = self._make(repo, new, source.state, base)
        if snapshot.is_blank():
            snapshot.base = base
        snapshot.advance(operation, state)
        return compact(result)

    def cg_save_repository(self, repo, name=None, remote_url=None, local_path=None, default_branch=None):
        repository = self.repositories.setdefault(repo, Repository(repo))
        for field in "name", "remote_url", "local_path", "default_branch":
            if locals()[field] is not None:
                setattr(repository, field, locals()[field])
        return repo

    def cg_delete_repository(self, repo):
        gone = self.repositories.pop(repo, None)
        return len(gone.snapshots) if gone else 0

    def cg_create_snapshot(self, repo, id, commit=None, branch=None, base=None, committed_at=None, attrs=None):
        repository = self.repository(repo)
        snapshot, source = repository.snapshots.get(id), None
        if base == id:
            raise Refused(INVALID)
        changes = {field: value for field, value in dict(commit=commit, branch=branch, committed_at=committed_at,
                   attrs=attrs and compact(json.loads(attrs))).items() if value is not None}
        if base is not None and (snapshot is None or snapshot.base != base):
            if snapshot and (snapshot.sealed or not snapshot.is_blank() or snapshot.base is not None):
                raise Refused(STATE)
            source = self.snapshot(repo, base)
        if snapshot and snapshot.sealed and any(getattr(snapshot, field) != value for field, value in changes.items()):
            raise Refused(STATE)
        if snapshot is None:
            snapshot = self._make(repo, id, source.state if source else State(repo), base)
        elif source:
            snapshot.base = base
            snapshot.advance("create_snapshot", source.state)
        for field, value in changes.items():
            setattr(snapshot, field, value)
        return id

    def cg_delete_snapshot(self, repo, id):
        repository = self.repositories.get(repo)
        if not repository or id not in repository.snapshots:
            return 0
        del repository.snapshots[id]
        repository.refs = {ref: of for ref, of in repository.refs.items() if of != id}
        return 1

    def cg_set_ref(self, repo, ref, id=None):
        if not 1 <= len(ref.encode()) <= 200 or "~" in ref or "@{" in ref:
            raise Refused(INVALID)
        repository = self.repository(repo)
        if id is None:
            repository.refs.pop(ref, None)
        else:
            repository.refs[ref] = self.snapshot(repo, id).id
        return id

    def cg_seal_snapshot(self, repo, id):
        self.snapshot(repo, id).sealed = True
        return id

    def cg_rollback(self, repo, id, revision):
        snapshot = self.open_snapshot(repo, id)
        if revision not in snapshot.revisions:
            raise Refused(UNKNOWN)
        snapshot.advance("rollback", snapshot.revisions[revision].state)
        return snapshot.revision

    def cg_save_chunk(self, repo, id, chunk):
        return self._change(repo, id, "save_chunk", lambda state: state.save_chunks([json.loads(chunk)])[0])

    def cg_save_chunks(self, repo, id, chunks):
        return self._change(repo, id, "save_chunks", lambda state: len(state.save_chunks(json.loads(chunks))))

    def cg_save_dependency(self, repo, id, dependency):
        return self._change(repo, id, "save_dependency", lambda state: state.save_dependencies([json.loads(dependency)]))

    def cg_save_dependencies(self, repo, id, dependencies):
        return self._change(repo, id, "save_dependencies", lambda state: state.save_dependencies(json.loads(dependencies)))

    def cg_replace_file(self, repo, base, new, path, chunks, dependencies="[]", file_hash=None, attrs=None):
        entry = {"file_path": path, "chunks": json.loads(chunks), "dependencies": json.loads(dependencies),
                 "file_hash": file_hash, "attrs": json.loads(attrs or "{}")}
        return self._replace(repo, base, new, "replace_file", lambda state: state.replace_files([entry]))

    def cg_replace_files(self, repo, base, new, files):
        entries = json.loads(files)
        paths_of(entries)
        return self._replace(repo, base, new, "replace_files", lambda state: state.replace_files(entries))

    def cg_create_incremental_snapshot(self, repo, base, new, changed, analyzer, analyses):
        files = json.loads(changed)
        paths_of(files)
        return self._replace(repo, base, new, "create_incremental_snapshot",
                             lambda state: state.incremental(files, analyses))

    def cg_soft_delete_file_chunks(self, repo, id, path):
        return self._change(repo, id, "soft_delete_file_chunks", lambda state: state.soft_delete(path))

    def cg_restore_file_chunks(self, repo, id, path):
        return self._change(repo, id, "restore_file_chunks", lambda state: state.restore(path))

    def cg_update_file_metadata(self, repo, id, path, file_hash):
        return self._change(repo, id, "update_file_metadata", lambda state: state.update_file_metadata(path, file_hash))

    def prune(self, repo, keep, older_than, database):
        """The revisions of each snapshot that a prune forgets, by (snapshot id, number), by one database's clock."""
        forgotten = set()
        for snapshot in self.repository(repo).snapshots.values() if keep is not None or older_than is not None else ():
            kept = sorted(snapshot.revisions)
            for place, number in enumerate(kept[:-1]):
                old = older_than is None or snapshot.logged_at[database, kept[place + 1]] < older_than
                if old and (keep is None or number <= snapshot.revision - keep):
                    forgotten.add((snapshot.id, number))
        return forgotten

    def forget(self, repo, forgotten):
        for id, number in forgotten:
            del self.repositories[repo].snapshots[id].revisions[number]
