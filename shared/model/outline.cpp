// Format 1. Integers are minimal LEB128 varints, keys are those of codegraph_symbols:
//     byte 1 (the format)
//     kinds: count, then each key, ascending
//     chunks: count, then for each in canonical order:
//         symbol key, index into kinds, start line minus that of the chunk before (0 before the first), end line minus
//         start line, flags: 1 has an FQN, 2 soft-deleted, 4 name follows, 8 number follows, 16 explicit id follows
//         [name: length, bytes]  [number, at least 2]  [explicit id: length, bytes]
//     relationships: count, then each key, ascending
//     dependencies: count, then for each, sorted by (from, target, relationship):
//         from minus that of the dependency before, target key (minus that before when from is the same),
//         2 * index into relationships + (1 when a confidence follows)  [confidence: IEEE 754 binary64, big-endian, not
//         1]
#include "model/outline.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "base/bytes.h"
#include "base/error.h"

namespace codegraph {

namespace {

constexpr char format = 1;
constexpr uint64_t flag_fqn = 1, flag_deleted = 2, flag_name = 4, flag_number = 8, flag_explicit = 16, flags_end = 32;

// The distinct keys of a few kinds or relationships, which entries then name by a small index.
class Dictionary {
public:
    void add(int64_t key) { keys_.push_back(key); }
    void close() {
        std::ranges::sort(keys_);
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    }
    uint64_t index(int64_t key) const {
        return static_cast<uint64_t>(std::ranges::lower_bound(keys_, key) - keys_.begin());
    }
    void append_to(std::string& out) const {
        append_varint(out, keys_.size());
        for (int64_t key : keys_) append_varint(out, static_cast<uint64_t>(key));
    }

private:
    std::vector<int64_t> keys_;
};

void append_text(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out += text;
}

void append_chunk(std::string& out, const OutlineChunk& chunk, const Dictionary& kinds, int64_t line_before) {
    append_varint(out, static_cast<uint64_t>(chunk.symbol));
    append_varint(out, kinds.index(chunk.kind));
    append_varint(out, static_cast<uint64_t>(chunk.start_line - line_before));
    append_varint(out, static_cast<uint64_t>(chunk.end_line - chunk.start_line));
    bool numbered = !chunk.explicit_id && chunk.number > 1;
    append_varint(out, (chunk.has_fqn ? flag_fqn : 0) | (chunk.is_deleted ? flag_deleted : 0) |
                           (chunk.name ? flag_name : 0) | (numbered ? flag_number : 0) |
                           (chunk.explicit_id ? flag_explicit : 0));
    if (chunk.name) append_text(out, *chunk.name);
    if (numbered) append_varint(out, chunk.number);
    if (chunk.explicit_id) append_text(out, *chunk.explicit_id);
}

class Decoder {
public:
    explicit Decoder(std::string_view bytes) : in_(bytes, "a file version's outline") {}

    Outline outline() {
        if (in_.byte() != format) in_.fail("unknown format");
        Outline outline;
        Keys kinds = keys();
        uint64_t chunks = count();
        outline.chunks.reserve(chunks);
        for (uint64_t i = 0; i < chunks; i++)
            outline.chunks.push_back(chunk(kinds, i ? outline.chunks.back().start_line : 0));
        check_used(kinds);
        Keys relationships = keys();
        uint64_t dependencies = count();
        outline.dependencies.reserve(dependencies);
        for (uint64_t i = 0; i < dependencies; i++) add_dependency(outline, relationships);
        check_used(relationships);
        if (!in_.at_end()) in_.fail("bytes are left over");
        return outline;
    }

private:
    struct Keys {
        std::vector<int64_t> keys;
        std::vector<bool> used;
    };
    uint64_t count() {  // of items of at least one byte, so that damage cannot ask for more memory than it has bytes
        uint64_t n = in_.varint();
        if (n > in_.left()) in_.fail("a count exceeds its bytes");
        return n;
    }
    int64_t key() {
        uint64_t value = in_.varint();
        if (value > INT64_MAX) in_.fail("a key is out of range");
        return static_cast<int64_t>(value);
    }
    Keys keys() {
        std::vector<int64_t> keys(count());
        for (size_t i = 0; i < keys.size(); i++) {
            keys[i] = key();
            if (i > 0 && keys[i] <= keys[i - 1]) in_.fail("keys are not ascending");
        }
        std::vector<bool> used(keys.size());
        return {std::move(keys), std::move(used)};
    }
    void check_used(const Keys& keys) {
        if (!std::ranges::all_of(keys.used, std::identity())) in_.fail("a key is not used");
    }
    int64_t line(int64_t from) {
        uint64_t more = in_.varint();
        if (more > INT32_MAX || from + static_cast<int64_t>(more) > INT32_MAX) in_.fail("a line is out of range");
        return from + static_cast<int64_t>(more);
    }
    int64_t from_dictionary(Keys& keys, uint64_t index) {
        if (index >= keys.keys.size()) in_.fail("an index is out of range");
        keys.used[index] = true;
        return keys.keys[index];
    }
    double confidence() {  // one that is spelled out
        double value = in_.real();
        if (!(value >= 0 && value < 1) || std::signbit(value)) in_.fail("a confidence is out of range");
        return value;
    }
    std::string text() { return std::string(in_.take(in_.varint())); }

    OutlineChunk chunk(Keys& kinds, int64_t line_before) {
        OutlineChunk chunk{};
        chunk.symbol = key();
        chunk.kind = from_dictionary(kinds, in_.varint());
        chunk.start_line = line(line_before);
        if (chunk.start_line < 1) in_.fail("a line is out of range");
        chunk.end_line = line(chunk.start_line);
        uint64_t flags = in_.varint();
        if (flags >= flags_end || (flags & flag_number && flags & flag_explicit)) in_.fail("unknown flags");
        chunk.has_fqn = flags & flag_fqn;
        chunk.is_deleted = flags & flag_deleted;
        if (flags & flag_name) chunk.name = text();
        chunk.number = flags & flag_number ? in_.varint() : 1;
        if (flags & flag_number && (chunk.number < 2 || chunk.number > INT64_MAX)) in_.fail("a number is out of range");
        if (flags & flag_explicit) chunk.explicit_id = text();
        return chunk;
    }
    void add_dependency(Outline& outline, Keys& relationships) {
        const OutlineDependency* last = outline.dependencies.empty() ? nullptr : &outline.dependencies.back();
        OutlineDependency d{};
        uint64_t more = in_.varint();
        d.from = (last ? last->from : 0) + more;
        if (more >= outline.chunks.size() || d.from >= outline.chunks.size())
            in_.fail("a dependency starts in no chunk");
        int64_t target = key();
        if (last && more == 0 && __builtin_add_overflow(target, last->target, &target))
            in_.fail("a key is out of range");
        d.target = target;
        uint64_t how = in_.varint();
        d.relationship = from_dictionary(relationships, how >> 1);
        if (last &&
            std::tie(d.from, d.target, d.relationship) <= std::tie(last->from, last->target, last->relationship))
            in_.fail("dependencies are out of order");
        d.confidence = how & 1 ? confidence() : 1;
        outline.dependencies.push_back(d);
    }

    ByteReader in_;
};

}  // namespace

std::string encode_outline(const Outline& outline) {
    std::string out(1, format);
    Dictionary kinds, relationships;
    for (const OutlineChunk& chunk : outline.chunks) kinds.add(chunk.kind);
    kinds.close();
    kinds.append_to(out);
    append_varint(out, outline.chunks.size());
    int64_t line_before = 0;
    for (const OutlineChunk& chunk : outline.chunks) {
        append_chunk(out, chunk, kinds, line_before);
        line_before = chunk.start_line;
    }
    std::vector<OutlineDependency> sorted = outline.dependencies;
    std::ranges::sort(sorted, {}, [](auto& d) { return std::tie(d.from, d.target, d.relationship); });
    for (const OutlineDependency& d : sorted) relationships.add(d.relationship);
    relationships.close();
    relationships.append_to(out);
    append_varint(out, sorted.size());
    const OutlineDependency* last = nullptr;
    for (const OutlineDependency& d : sorted) {
        bool same_from = last && last->from == d.from;
        append_varint(out, d.from - (last ? last->from : 0));
        append_varint(out, static_cast<uint64_t>(d.target - (same_from ? last->target : 0)));
        bool certain = d.confidence == 1;
        append_varint(out, relationships.index(d.relationship) << 1 | (certain ? 0 : 1));
        if (!certain) append_real(out, d.confidence);
        last = &d;
    }
    return out;
}

Outline decode_outline(std::string_view bytes) {
    return Decoder(bytes).outline();
}

}  // namespace codegraph
