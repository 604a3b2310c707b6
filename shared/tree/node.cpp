// The body of a node, format 1. Integers are minimal LEB128 varints unless said:
//
//     01            format
//     level         1 byte, 0 for leaves
//     n             number of entries
//     n times:
//       shared      length of the longest common prefix with the key before it in this node; 0 for the first
//       rest        length of what follows of the key, at least 1
//       bytes       the key after that prefix
//       32 bytes    level 0: the value's digest; above: the hash of the node below
//       count       level 0: how many live chunks the file version has; above: how many map entries are below
//
// There is one body for a node, so equal hashes mean equal nodes and the other way round. The node hash is SHA-256 of
// the body; the empty map's root is that of `01 00 00`.
#include "tree/node.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"

namespace codegraph {

static constexpr char format = 1;
static constexpr size_t least_entry_bytes = 1 + 1 + 1 + 32 + 1;
// A hostile body can make a megabyte of keys out of every 37 bytes. Honest nodes, of a hundred keys or so, stay below.
static constexpr size_t max_node_key_bytes = size_t(256) << 20;

static size_t common_prefix(std::string_view a, std::string_view b) {
    return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

std::string encode_node(const TreeNode& node) {
    std::string body = {format, static_cast<char>(node.level)};
    append_varint(body, node.entries.size());
    std::string_view before;
    size_t key_bytes = 0;
    for (const TreeEntry& entry : node.entries) {
        key_bytes += entry.key.size();
        if (key_bytes > max_node_key_bytes) throw invalid("the keys of one tree node exceed 256 MB");
        size_t shared = common_prefix(before, entry.key);
        append_varint(body, shared);
        append_varint(body, entry.key.size() - shared);
        body.append(entry.key, shared);
        body += entry.value.digest.view();
        append_varint(body, entry.value.count);
        before = entry.key;
    }
    return body;
}

static std::string decode_key(ByteReader& in, std::string_view before) {
    uint64_t shared = in.varint();
    uint64_t rest = in.varint();
    if (shared > before.size()) in.fail("a key shares more than the key before it has");
    if (rest == 0) in.fail("a key adds nothing to the key before it");
    if (rest > max_tree_key - shared) in.fail("a key is too long");
    std::string_view bytes = in.take(rest);
    // This one test proves both the order of the keys and that `shared` is the longest.
    if (shared < before.size() && static_cast<uint8_t>(bytes[0]) <= static_cast<uint8_t>(before[shared]))
        in.fail("keys are out of order");
    std::string key;
    key.reserve(shared + rest);
    key.append(before.substr(0, shared)).append(bytes);
    return key;
}

TreeNode decode_node(std::string_view body) {
    ByteReader in(body, "a tree node");
    if (in.byte() != format) in.fail("its format is unknown");
    TreeNode node;
    node.level = in.byte();
    uint64_t count = in.varint();
    if (count == 0) in.fail("it has no entries");
    if (count == 1 && node.level > 0) in.fail("it stands above a single node");
    if (count > in.bytes_left() / least_entry_bytes) in.fail("it ends early");
    node.entries.reserve(count);
    std::string_view before;
    size_t key_bytes = 0;
    for (uint64_t i = 0; i < count; i++) {
        TreeEntry& entry = node.entries.emplace_back();
        entry.key = decode_key(in, before);
        entry.value.digest = Digest::from_bytes(in.take(32), "a digest in a tree node");
        entry.value.count = in.varint();
        if (entry.value.count > INT64_MAX) in.fail("a count is out of range");
        key_bytes += entry.key.size();
        if (key_bytes > max_node_key_bytes) in.fail("its keys exceed 256 MB");
        before = entry.key;
    }
    if (!in.at_end()) in.fail("bytes are left over");
    return node;
}

uint64_t entries_below(const TreeNode& node) {
    if (node.level == 0) return node.entries.size();
    uint64_t sum = 0;
    for (const TreeEntry& entry : node.entries) {
        if (__builtin_add_overflow(sum, entry.value.count, &sum) || sum > INT64_MAX)
            throw corrupt("a tree node counts more entries than there can be");
    }
    return sum;
}

Digest empty_root() {
    static const Digest root = Sha256().hash(encode_node({}));
    return root;
}

}  // namespace codegraph
