"""What cg_compare_commits calls a change, from the reference alone: by comparing all with all, over plain lists.

A snapshot is a list of Chunks in reader order. `dependencies` is a dict from (relationship, candidates as JSON) to the
confidence."""
import collections
import re
from typing import NamedTuple, Optional


class Chunk(NamedTuple):
    path: str
    id: str
    start: int
    end: int
    number: int
    kind: str
    name: str
    fqn: Optional[str]
    visibility: Optional[str]
    signature: Optional[str]
    content: str
    dependencies: dict


TOKEN = re.compile(rb"[A-Za-z0-9_\x80-\xff]+|[^ \t\n\v\f\r]")
LEAST_TOKENS = 8


def tokens(text):
    return TOKEN.findall(text.encode())


def with_name(found, name):
    return [b"\0" if token == name.encode() else token for token in found]


def lines_of(content):
    """Of a content: with their line feeds, a final one making no line of its own."""
    lines = content.split("\n")
    if len(lines) > 1 and lines[-1] == "":
        lines.pop()
        return [line + "\n" for line in lines]
    return [line + "\n" for line in lines[:-1]] + lines[-1:]


def own_content(chunk, file):
    lines = lines_of(chunk.content)
    if len(lines) != chunk.end - chunk.start + 1:
        return chunk.content
    nested = [other for other in file if chunk.start <= other.start and other.end <= chunk.end
              and (other.start, other.end) != (chunk.start, chunk.end)]
    return "".join(line for number, line in enumerate(lines, chunk.start)
                   if not any(other.start <= number <= other.end for other in nested))


class Side:
    def __init__(self, chunks):
        files = collections.defaultdict(list)
        for chunk in chunks:
            files[chunk.path].append(chunk)
        self.chunks = chunks
        self.own = [own_content(chunk, files[chunk.path]) for chunk in chunks]
        self.tokens = [with_name(tokens(own), chunk.name) for own, chunk in zip(self.own, chunks)]
        self.bags = [collections.Counter(own) for own in self.tokens]
        self.free = [True] * len(chunks)


def similarity(a, b):
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 1.0


def pair_equal(old, new, key_of, pairs):
    """The k-th with the k-th of those that are free and have an equal key; None is no key."""
    waiting = collections.defaultdict(list)
    for i, chunk in enumerate(old.chunks):
        if old.free[i] and key_of(old, i, chunk) is not None:
            waiting[key_of(old, i, chunk)].append(i)
    for j, chunk in enumerate(new.chunks):
        key = key_of(new, j, chunk) if new.free[j] else None
        if key is not None and waiting[key]:
            i = waiting[key].pop(0)
            old.free[i] = new.free[j] = False
            pairs.append((i, j))


def pair(before, after, min_similarity=0.6):
    """The two sides, and which of them pair."""
    old, new, pairs = Side(before), Side(after), []
    named = lambda make: lambda side, i, chunk: None if chunk.fqn is None else make(side, i, chunk)
    enough = lambda make: named(lambda side, i, chunk: make(side, i, chunk) if len(side.tokens[i]) >= LEAST_TOKENS else None)
    for key in (named(lambda side, i, chunk: (chunk.fqn, chunk.kind, chunk.content, chunk.path)),
                named(lambda side, i, chunk: (chunk.fqn, chunk.kind, chunk.content)),
                named(lambda side, i, chunk: (chunk.fqn, chunk.kind, chunk.path)),
                named(lambda side, i, chunk: (chunk.fqn, chunk.kind)),
                named(lambda side, i, chunk: chunk.fqn),
                enough(lambda side, i, chunk: (chunk.kind, chunk.name, tuple(side.tokens[i]))),
                enough(lambda side, i, chunk: (chunk.kind, tuple(side.tokens[i]))),
                lambda side, i, chunk: (chunk.path, chunk.kind, chunk.content) if chunk.fqn is None else None):
        pair_equal(old, new, key, pairs)
    if min_similarity is not None:
        left = lambda side: [i for i, chunk in enumerate(side.chunks)
                             if side.free[i] and chunk.fqn is not None and len(side.tokens[i]) >= LEAST_TOKENS]
        right = left(new)
        similar = [(-value, i, j) for i in left(old) for j in right if before[i].kind == after[j].kind
                   for value in [similarity(old.bags[i], new.bags[j])] if value >= min_similarity]
        for _, i, j in sorted(similar):
            if old.free[i] and new.free[j]:
                old.free[i] = new.free[j] = False
                pairs.append((i, j))
    return old, new, pairs


def without_run(found, run):
    at = next((i for i in range(len(found) - len(run) + 1) if found[i:i + len(run)] == run), None)
    return None if at is None else found[:at] + found[at + len(run):]


def has_same_body(was, now, old_tokens, new_tokens):
    if was.signature is not None and now.signature is not None:
        cut = [without_run(found, with_name(tokens(chunk.signature), chunk.name))
               for chunk, found in ((was, old_tokens), (now, new_tokens))]
        if None not in cut:
            return cut[0] == cut[1]
    return old_tokens == new_tokens


def has_other_signature(was, now):
    return (was.signature is not None and now.signature is not None and
            with_name(tokens(was.signature), was.name) != with_name(tokens(now.signature), now.name))


def is_modified(was, old_file, now, new_file):
    """As cg_chunk_history has it."""
    own = was.content != now.content and own_content(was, old_file) != own_content(now, new_file)
    return own or has_other_signature(was, now) or was.visibility != now.visibility


def describe(old, new, i, j):
    """The change, the aspects and the similarity of a pair; the change is None where it is not listed."""
    was, now = old.chunks[i], new.chunks[j]
    content = was.content != now.content
    own = content and old.own[i] != new.own[j]
    raw = tokens(old.own[i]) != tokens(new.own[j])
    signature = has_other_signature(was, now)
    visibility, kind, path = was.visibility != now.visibility, was.kind != now.kind, was.path != now.path
    dependencies = was.dependencies.keys() != now.dependencies.keys()
    aspects = [("name", was.name != now.name), ("path", path), ("signature", signature),
               ("body", own and raw and not has_same_body(was, now, old.tokens[i], new.tokens[j])),
               ("whitespace", own and not raw), ("visibility", visibility), ("kind", kind),
               ("nested", content and not own), ("dependencies", dependencies)]
    change = (None if was.fqn is None else "renamed" if was.fqn != now.fqn else
              "modified" if own or signature or visibility or kind else "moved" if path else
              "enclosing" if content else "relinked" if dependencies else None)
    return change, ",".join(name for name, differs in aspects if differs), similarity(old.bags[i], new.bags[j])


def null_first(value):
    return (0, b"") if value is None else (1, value.encode())


class Change(NamedTuple):
    change: str
    aspects: Optional[str]
    old: Optional[Chunk]
    new: Optional[Chunk]
    similarity: Optional[float]
    added: int
    removed: int

    def order(self):
        at = self.new or self.old
        return (at.path.encode(), null_first(at.fqn), self.change, null_first(self.old and self.old.id),
                null_first(self.new and self.new.id))


def compare_commits(before, after, min_similarity=0.6):
    """Changes, in order."""
    old, new, pairs = pair(before, after, min_similarity)
    changes = []
    for i, j in pairs:
        change, aspects, value = describe(old, new, i, j)
        was, now = old.chunks[i].dependencies.keys(), new.chunks[j].dependencies.keys()
        if change:
            changes.append(Change(change, aspects, old.chunks[i], new.chunks[j], value, len(now - was), len(was - now)))
    for i, chunk in enumerate(before):
        if old.free[i]:
            changes.append(Change("deleted", None, chunk, None, None, 0, len(chunk.dependencies)))
    for j, chunk in enumerate(after):
        if new.free[j]:
            changes.append(Change("added", None, None, chunk, None, len(chunk.dependencies), 0))
    return sorted(changes, key=Change.order)


def compare_dependencies(before, after):
    """(change, chunk, candidates, relationship, old confidence, new confidence), in order."""
    old, new, pairs = pair(before, after)
    sides = [(old.chunks[i], new.chunks[j]) for i, j in pairs]
    sides += [(chunk, None) for i, chunk in enumerate(before) if old.free[i]]
    sides += [(None, chunk) for j, chunk in enumerate(after) if new.free[j]]
    rows = []
    for was, now in sides:
        left, right = was.dependencies if was else {}, now.dependencies if now else {}
        for relationship, candidates in left.keys() | right.keys():
            confidences = left.get((relationship, candidates)), right.get((relationship, candidates))
            if confidences[0] == confidences[1]:
                continue
            change = "added" if confidences[0] is None else "removed" if confidences[1] is None else "changed"
            rows.append((change, now or was, candidates, relationship) + confidences)

    def order(row):
        change, at, candidates, relationship, *confidences = row
        return (at.path.encode(), at.start, at.end, at.name.encode(), at.number, at.id.encode(), null_first(at.fqn),
                candidates.encode(), relationship, change, *((value is not None, value or 0) for value in confidences))
    return sorted(rows, key=order)
