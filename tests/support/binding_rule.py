"""Binds names as docs/semantics.md says, word by word, with nothing remembered from one question to the next: the
oracle of the edges that both databases give.
"""
import json

SEPARATORS = (".", "::", "#", "/")
CLASSES = {"class", "struct", "interface", "trait", "enum", "union", "record", "object", "type"}
MEMBERS = {"method", "field", "property", "member"}
MOST_PATHS = 1000
BY_NAME = 0.6  # of the saved confidence


def divide(path):
    """(owner, separator, member), or None."""
    places = [(path.rfind(separator), separator) for separator in SEPARATORS]
    at, separator = max(places, key=lambda place: place[0])
    if at <= 0 or at + len(separator) == len(path):
        return None
    return path[:at], separator, path[at + len(separator):]


def family(language):
    language = "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in language)
    if language in ("c", "c++", "cpp", "objc"):
        return "c"
    return "javascript" if language in ("javascript", "typescript", "jsx", "tsx") else language


def as_json(candidates, to_name=None):
    """What was saved, as the column `candidates` has it."""
    return json.dumps(list(candidates) + ([{"name": to_name}] if to_name else []), ensure_ascii=False,
                      separators=(",", ":"))


class TooMuch(Exception):
    """A question would evaluate more than MOST_PATHS paths."""


class Binding:
    """Live chunks in reader order, each a dictionary with id, fqn, name, kind, visibility, language; aliases, files by
    path, each (fqn, targets, members)."""

    def __init__(self, chunks, aliases):
        self.chunks, self.defined, self.by_id = chunks, {}, {}
        for chunk in chunks:
            self.by_id[chunk["id"]] = chunk
            if chunk["fqn"] is not None:
                self.defined.setdefault(chunk["fqn"], []).append(chunk)
        self.exact, self.members = {}, {}
        for fqn, targets, members in aliases:
            (self.members if members else self.exact).setdefault(fqn, []).extend(targets)

    def resolve(self, path):
        """One question: the FQN that the path stands for, or None."""
        self.results, self.open, self.count = {}, set(), 0
        try:
            return self._res(path)
        except TooMuch:
            return None

    def _res(self, path):
        if path in self.open:
            return None
        if path not in self.results:
            self.count += 1
            if self.count > MOST_PATHS:
                raise TooMuch
            self.open.add(path)
            self.results[path] = self._evaluate(path)
            self.open.remove(path)
        return self.results[path]

    def _first(self, paths):
        return next((result for result in map(self._res, paths) if result is not None), None)

    def _evaluate(self, path):
        if path in self.defined:
            return path
        found = self._first(self.exact.get(path, ()))
        if found is not None:
            return found
        if path.endswith("()") and path != "()":
            found = self._call(path)
            if found is not None:
                return found
        divided = divide(path)
        return self._member(*divided) if divided else None

    def _call(self, path):
        o = self._res(path[:-2])
        if o is None:
            return None
        if o + "()" != path:
            found = self._first(self.exact.get(o + "()", ()))
            if found is not None:
                return found
        return o if self.defined[o][0]["kind"] in CLASSES else None

    def _member(self, owner, separator, member):
        o = self._res(owner)
        if o is not None and o != owner:
            found = self._res(o + separator + member)
            if found is not None:
                return found
        for of in ([o] if o is not None else []) + ([owner] if owner != o else []):
            for target in self.members.get(of, ()):
                found = self._res(target + separator + member)
                if found is not None and any(c["visibility"] != "private" for c in self.defined[found]):
                    return found
        return None

    def bind(self, candidates, to_name, language):
        """(symbol or None, whether it was bound by its name)."""
        for candidate in candidates:
            if candidate in self.by_id:
                chunk = self.by_id[candidate]
                return (chunk["id"] if chunk["fqn"] is None else chunk["fqn"]), False
            found = self.resolve(candidate)
            if found is not None:
                return found, False
        if to_name:
            fqns = {c["fqn"] for c in self.chunks
                    if c["name"] == to_name and c["kind"] in MEMBERS and c["visibility"] != "local"
                    and c["fqn"] is not None and family(c["language"]) == family(language)}
            if len(fqns) == 1:
                return fqns.pop(), True
        return (candidates[0] if candidates else None), False
