"""Computes the digests and roots of described files, as docs/storage.md describes them and with none of the product's code,
so that two independent implementations must agree."""

import functools
import hashlib
import re
import struct

MASK = (1 << 64) - 1
WINDOW = 11


def sha256(data):
    return hashlib.sha256(data).digest()


def computed_form(repo, name):
    """Has the name the form of a computed chunk id of the repository?"""
    number = "(?:0|[1-9][0-9]*)"
    found = re.fullmatch(re.escape(repo) + f":(?:.+):(?:.+):{number}-{number}(?:#([1-9][0-9]*))?", name, re.DOTALL)
    return bool(found) and found[1] != "1"


def _field(tag, value):
    return bytes([tag]) + len(value).to_bytes(8, "big") + value


def _fields(values):
    """Fields from (tag, value, default); what is NULL or the default is left out."""
    parts = []
    for tag, value, default in values:
        if value is None or value == default:
            continue
        if isinstance(value, bool) or isinstance(value, int) and not isinstance(default, float):
            value = int(value).to_bytes(8, "big")
        elif isinstance(value, (int, float)):
            value = struct.pack(">d", value + 0.0)
        elif isinstance(value, str):
            value = value.encode()
        parts.append(_field(tag, value))
    return b"".join(parts)


def _candidate(repo, name):
    return _field(3, name[len(repo) + 1:].encode()) if computed_form(repo, name) else _field(2, name.encode())


def _dependency(repo, ordinal, target, relationship, confidence, alternatives=(), to_name=None, sites=()):
    """target: the first candidate, None where there is none; sites: (line, column, end column), 0 where not known."""
    parts = [_fields([(1, ordinal, None)]), _candidate(repo, target) if target else b"",
             _fields([(4, relationship, "CALLS"), (5, confidence, 1.0)])]
    parts += [_field(6, _candidate(repo, name)) for name in alternatives]
    parts.append(_fields([(7, to_name, None)]))
    if sites:
        parts.append(_field(8, b"".join(part.to_bytes(8, "big") for site in sites for part in site)))
    return b"".join(parts)


def _alias(fqn, targets, members):
    return b"".join([_field(1, fqn.encode()), *(_field(2, target.encode()) for target in targets),
                     _fields([(3, members, False)])])


def file_digest(repo, path, file_hash, attrs, deleted, chunks, dependencies, aliases=()):
    """chunks: dicts in canonical order; dependencies: (ordinal, target, relationship, confidence) and what _dependency()
    takes besides, in canonical order; aliases: (fqn, targets, members) in the order given."""
    parts = [_fields([(1, path, None), (2, file_hash, None), (3, attrs, "{}"), (4, deleted, False)])]
    for c in chunks:
        parts.append(_field(5, _fields([
            (1, c["start_line"], 1), (2, c["end_line"], None), (3, c["name"], None), (4, c["number"] or 1, 1),
            (5, c["explicit_id"], None), (6, c["kind"], "unknown"), (7, c["fqn"], None), (8, c["language"], "unknown"),
            (9, c["symbol_visibility"], None), (10, bytes.fromhex(c["content_hash"]), None), (11, c["summary"], None),
            (12, c["importance"], 0.5), (13, c["attrs"], "{}"), (14, c["deleted"], False), (15, c.get("signature"), None)])))
    parts += [_field(6, _dependency(repo, *dependency)) for dependency in dependencies]
    parts += [_field(7, _alias(*alias)) for alias in aliases]
    return sha256(b"\x01" + b"".join(parts))


# ---- the snapshot tree

def _varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


@functools.lru_cache(None)
def _key_hash(key):
    return int.from_bytes(sha256(b"codegraph tree 1\0" + key)[:8], "big")


@functools.lru_cache(None)
def _item_hash(key, level):
    z = (_key_hash(key) + (level + 1) * 0x9E3779B97F4A7C15) & MASK
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def _cut_after(keys, level):
    hashes = [(_item_hash(key, level), key) for key in keys]
    cuts = [i for i in range(WINDOW, len(keys) - WINDOW)
            if all(hashes[i] < hashes[j] for j in range(i - WINDOW, i + WINDOW + 1) if j != i)]
    return cuts + [len(keys) - 1]


def _body(level, items):
    parts, before = [b"\x01", bytes([level]), _varint(len(items))], b""
    for key, value, number in items:
        shared = 0
        while shared < min(len(key), len(before)) and key[shared] == before[shared]:
            shared += 1
        parts += [_varint(shared), _varint(len(key) - shared), key[shared:], value, _varint(number)]
        before = key
    return b"".join(parts)


def tree(entries):
    """The root's hash, and the hashes of all nodes that are stored, of (path, digest, live chunks)."""
    items, level, nodes = sorted((path.encode(), digest, live) for path, digest, live in entries), 0, set()
    if not items:
        return sha256(b"\x01\0\0").hex(), nodes
    while True:
        above, first = [], 0
        for last in _cut_after([key for key, _, _ in items], level):
            node = items[first:last + 1]
            value = sha256(_body(level, node))
            nodes.add(value.hex())
            above.append((node[-1][0], value, sum(n for _, _, n in node) if level else len(node)))
            first = last + 1
        if len(above) == 1:
            return above[0][1].hex(), nodes
        items, level = above, level + 1
