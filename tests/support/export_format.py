"""Computes the hashes in the lines of an export, from docs/storage.md alone and with none of the product's code. Tests
check exports with it, and forge lines whose hashes fit."""

import hashlib
import json
import re
import struct


def _field(tag, value):
    data = value if isinstance(value, bytes) else value.encode()
    return bytes([tag]) + len(data).to_bytes(8, "big") + data


def _integer(tag, value, default=None):
    return b"" if value == default else _field(tag, value.to_bytes(8, "big"))


def _real(tag, value, default):
    return b"" if value == default else _field(tag, struct.pack(">d", value + 0.0))


def _text(tag, value, default=None):
    return b"" if value == default else _field(tag, value)


def _attrs(tag, value):
    return b"" if not value else _field(tag, json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def _chunk(chunk):
    number = b"" if "chunk_id" in chunk else _integer(4, chunk.get("number", 1), 1)
    return b"".join([
        _integer(1, chunk.get("start_line", 1), 1), _integer(2, chunk["end_line"]), _text(3, chunk["name"]), number,
        _text(5, chunk.get("chunk_id")), _text(6, chunk.get("kind", "unknown"), "unknown"), _text(7, chunk.get("fqn")),
        _text(8, chunk.get("language", "unknown"), "unknown"), _text(9, chunk.get("symbol_visibility")),
        _field(10, bytes.fromhex(chunk["content_hash"])), _text(11, chunk.get("summary")),
        _real(12, chunk.get("importance", 0.5), 0.5), _attrs(13, chunk.get("attrs")),
        _integer(14, int(chunk.get("is_deleted", False)), 0), _text(15, chunk.get("signature"))])


def has_computed_form(repo_id, name):
    match = re.fullmatch(re.escape(repo_id) + r":.+:.+:[1-9]\d*-[1-9]\d*(?:#([1-9]\d*))?", name, re.S)
    return bool(match) and match[1] != "1"


def _candidate(name, repo_id):
    return _field(3, name[len(repo_id) + 1:]) if has_computed_form(repo_id, name) else _field(2, name)


def _dependency(dependency, repo_id):
    candidates = dependency["to"] if isinstance(dependency.get("to"), list) else [dependency["to"]] if "to" in dependency else []
    sites = b"".join(part.to_bytes(8, "big") for site in dependency.get("sites", []) for part in (site + [0, 0])[:3])
    return (_integer(1, dependency["from"]) + b"".join(_candidate(name, repo_id) for name in candidates[:1])
            + _text(4, dependency.get("relationship", "CALLS"), "CALLS") + _real(5, dependency.get("confidence", 1), 1)
            + b"".join(_field(6, _candidate(name, repo_id)) for name in candidates[1:]) + _text(7, dependency.get("to_name"))
            + (_field(8, sites) if sites else b""))


def _alias(alias):
    return (_field(1, alias["fqn"]) + b"".join(_field(2, target) for target in alias["to"])
            + _integer(3, int(alias.get("members", False)), 0))


def file_digest(file, repo_id):
    """Of the object of a `file` line, in the order in which it is."""
    parts = [_text(1, file["file_path"]), _text(2, file.get("file_hash")), _attrs(3, file.get("attrs")),
             _integer(4, int(file.get("is_deleted", False)), 0)]
    parts += [_field(5, _chunk(chunk)) for chunk in file["chunks"]]
    parts += [_field(6, _dependency(dependency, repo_id)) for dependency in file["dependencies"]]
    parts += [_field(7, _alias(alias)) for alias in file.get("aliases", [])]
    return hashlib.sha256(b"\1" + b"".join(parts)).hexdigest()


def _varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def node_hash(node):
    """Of the object of a `tree_node` line."""
    body, before = bytes([1, node["level"]]) + _varint(len(node["entries"])), b""
    for name, digest, number in node["entries"]:
        key, shared = name.encode(), 0
        while shared < min(len(key), len(before)) and key[shared] == before[shared]:
            shared += 1
        body += _varint(shared) + _varint(len(key) - shared) + key[shared:] + bytes.fromhex(digest) + _varint(number)
        before = key
    return hashlib.sha256(body).hexdigest()


def with_its_hash(line):
    """The parsed line with the hash that fits what it holds."""
    if "content" in line:
        line["content"]["hash"] = hashlib.sha256(line["content"]["text"].encode()).hexdigest()
    if "file" in line:
        line["file"]["digest"] = file_digest(line["file"], line["repo_id"])
    if "tree_node" in line:
        line["tree_node"]["hash"] = node_hash(line["tree_node"])
    return line
