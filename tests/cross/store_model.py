"""The store as a slow and obvious model: a snapshot is a dict of files, a file a dict of chunks. It is told of calls that
succeeded and says which chunks and dependencies the snapshot must then have."""

import copy
import hashlib
import re


def default_id(repo, path, chunk):
    return f"{repo}:{path}:{chunk['name']}:{chunk['start_line']}-{chunk['end_line']}"


def completed(given):
    """A chunk with its defaults."""
    chunk = {"start_line": 1, "kind": "unknown", "fqn": None, **given}
    feeds = chunk["content"].count("\n") - chunk["content"].endswith("\n")
    chunk.setdefault("end_line", chunk["start_line"] + feeds)
    chunk.setdefault("name", re.split(r"[./#]|::", chunk["fqn"])[-1] if chunk["fqn"] else "unknown")
    chunk["deleted"] = False
    return chunk


def with_ids(repo, path, chunks):
    """(id, chunk) of each chunk of one call in one file, the k-th of equal default ids having #k."""
    seen, result = {}, []
    for given in chunks:
        chunk = completed(given)
        computed = default_id(repo, path, chunk)
        seen[computed] = seen.get(computed, 0) + 1
        chunk_id = chunk.pop("chunk_id", None) or computed + (f"#{seen[computed]}" if seen[computed] > 1 else "")
        number = re.fullmatch(re.escape(computed) + r"(?:#([1-9]\d*))?", chunk_id)
        chunk["number"] = int(number[1] or 1) if number and number[1] != "1" else 0  # 0: none, and first
        result.append((chunk_id, chunk))
    return result


class File:
    def __init__(self):
        self.file_hash, self.chunks, self.dependencies = None, {}, {}
        self.deleted = False


class Snapshot:
    def __init__(self, repo, files=None):
        self.repo, self.files = repo, files or {}

    def copy(self):
        return Snapshot(self.repo, copy.deepcopy(self.files))

    # ---- what it shows

    def live(self):
        """(path, id, chunk) of live chunks in reader order."""
        rows = [(path, chunk_id, chunk) for path, file in self.files.items() for chunk_id, chunk in file.chunks.items()
                if not file.deleted and not chunk["deleted"]]
        return sorted(rows, key=lambda row: (row[0].encode(), row[2]["start_line"], row[2]["end_line"],
                                             row[2]["name"].encode(), row[2]["number"], row[1].encode()))

    def chunk_rows(self):
        return [(chunk_id, path, str(c["start_line"]), str(c["end_line"]), c["kind"], c["fqn"], c["name"],
                 hashlib.sha256(c["content"].encode()).hexdigest()) for path, chunk_id, c in self.live()]

    def file_rows(self):
        live = self.live()
        return [(path, file.file_hash, str(sum(row[0] == path for row in live)))
                for path, file in sorted(self.files.items(), key=lambda item: item[0].encode()) if not file.deleted]

    def dependency_rows(self):
        live = self.live()
        by_id = {chunk_id: chunk for _, chunk_id, chunk in live}
        first_of = {}
        for _, chunk_id, chunk in live:
            first_of.setdefault(chunk["fqn"] or chunk_id, chunk_id)
        rows = []
        for path, chunk_id, chunk in live:
            for (source, target, relationship), confidence in self.files[path].dependencies.items():
                if source != chunk_id:
                    continue
                symbol = (by_id[target]["fqn"] or target) if target in by_id else target
                external = symbol not in first_of
                to_fqn = target if external else by_id[first_of[symbol]]["fqn"]
                rows.append((chunk_id, chunk["fqn"], first_of.get(symbol), to_fqn, relationship, confidence,
                             str(int(external))))
        return sorted(rows, key=repr)

    # ---- what changes it

    def _target(self, dependency):
        name = dependency.get("to_chunk_id") or dependency["to_fqn"]
        for _, chunk_id, chunk in self.live():
            if chunk_id == name:
                return chunk["fqn"] or name
        return name

    def _source(self, dependency, path=None):
        for at, chunk_id, chunk in self.live():
            if path in (None, at) and (dependency.get("from_chunk_id") == chunk_id
                                       or dependency.get("from_fqn") == chunk["fqn"] is not None):
                return at, chunk_id
        raise AssertionError(f"no source of {dependency}")

    def _add_dependencies(self, dependencies, path=None):
        for dependency in dependencies:
            at, source = self._source(dependency, path)
            key = (source, self._target(dependency), dependency.get("relationship", "CALLS"))
            self.files[at].dependencies[key] = str(dependency.get("confidence", 1))

    def save_chunks(self, chunks):
        by_path = {}
        for chunk in chunks:
            by_path.setdefault(chunk["file_path"], []).append(chunk)
        for path, given in by_path.items():
            file = self.files.setdefault(path, File())
            if file.deleted:  # its other chunks stay soft-deleted
                file.deleted, file.file_hash = False, None
            for chunk_id, chunk in with_ids(self.repo, path, given):
                file.chunks[chunk_id] = chunk

    def save_dependencies(self, dependencies):
        self._add_dependencies(dependencies)

    def replace_files(self, entries):
        for entry in entries:
            self.files.pop(entry["file_path"], None)
            if entry.get("deleted"):
                continue
            file = self.files[entry["file_path"]] = File()
            file.chunks = dict(with_ids(self.repo, entry["file_path"], entry["chunks"]))
            file.file_hash = entry.get("file_hash")
            if file.file_hash is None:
                hashes = [hashlib.sha256(c["content"].encode()).hexdigest() for p, _, c in self.live() if p == entry["file_path"]]
                file.file_hash = hashlib.sha256("".join(h + "\n" for h in hashes).encode()).hexdigest()
        for entry in entries:
            self._add_dependencies(entry.get("dependencies", []), entry["file_path"])

    def soft_delete(self, path):
        file = self.files.get(path)
        if file and not file.deleted:
            file.deleted = True
            for chunk in file.chunks.values():
                chunk["deleted"] = True

    def restore(self, path):
        file = self.files.get(path)
        if file:
            file.deleted = False
            for chunk in file.chunks.values():
                chunk["deleted"] = False

    def update_file_metadata(self, path, file_hash):
        file = self.files.setdefault(path, File())
        file.deleted, file.file_hash = False, file_hash
