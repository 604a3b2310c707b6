// Format 1. Integers are minimal LEB128 varints, keys are those of codegraph_symbols:
//     byte 1 (the format)
//     kinds: count, then each key, ascending
//     chunks: count, then for each in canonical order:
//         symbol key, index into kinds, start line minus that of the chunk before (0 before the first), end line minus
//         start line, flags: 1 has an FQN, 2 soft-deleted, 4 name follows, 8 occurrence follows,
//         16 explicit id follows
//         [name: length, bytes]  [occurrence, at least 2]  [explicit id: length, bytes]
//     relationships: count, then each key, ascending
//     dependencies: count, then for each, sorted by (from, target, relationship):
//         from minus that of the dependency before, target key (minus that before when from is the same),
//         2 * index into relationships + (1 when a confidence follows)
//         [confidence: IEEE 754 binary64, big-endian, not 1]
// In the column the seal follows: 8 bytes.
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
constexpr uint64_t flag_fqn = 1, flag_deleted = 2, flag_name = 4, flag_occurrence = 8, flag_explicit = 16,
                   flags_end = 32;

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
    bool has_occurrence = !chunk.explicit_id && chunk.occurrence > 1;
    append_varint(out, (chunk.has_fqn ? flag_fqn : 0) | (chunk.is_deleted ? flag_deleted : 0) |
                           (chunk.name ? flag_name : 0) | (has_occurrence ? flag_occurrence : 0) |
                           (chunk.explicit_id ? flag_explicit : 0));
    if (chunk.name) append_text(out, *chunk.name);
    if (has_occurrence) append_varint(out, chunk.occurrence);
    if (chunk.explicit_id) append_text(out, *chunk.explicit_id);
}

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

OutlineReader::OutlineReader(std::string_view bytes) : in_(bytes, "a file version's outline") {
    if (in_.byte() != format) in_.fail("unknown format");
    begin_dictionary(kinds_);
    chunk_count_ = chunks_left_ = read_count();
}

// Reads a count of items. Each takes at least one byte, so that damage cannot ask for more memory than it has bytes.
uint64_t OutlineReader::read_count() {
    const uint64_t n = in_.varint();
    if (n > in_.bytes_left()) in_.fail("a count exceeds its bytes");
    return n;
}

int64_t OutlineReader::read_key() {
    const uint64_t value = in_.varint();
    if (value > INT64_MAX) in_.fail("a key is out of range");
    return static_cast<int64_t>(value);
}

void OutlineReader::begin_dictionary(Keys& dictionary) {
    dictionary.keys.resize(read_count());
    dictionary.used.assign(dictionary.keys.size(), 0);
    for (size_t i = 0; i < dictionary.keys.size(); i++) {
        dictionary.keys[i] = read_key();
        if (i > 0 && dictionary.keys[i] <= dictionary.keys[i - 1]) in_.fail("keys are not ascending");
    }
}

void OutlineReader::end_dictionary(const Keys& dictionary) {
    if (!std::ranges::all_of(dictionary.used, std::identity())) in_.fail("a key is not used");
}

int64_t OutlineReader::take_key(Keys& dictionary, uint64_t index) {
    if (index >= dictionary.keys.size()) in_.fail("an index is out of range");
    dictionary.used[index] = 1;
    return dictionary.keys[index];
}

int64_t OutlineReader::read_line(int64_t from) {
    const uint64_t more = in_.varint();
    if (more > INT32_MAX || from + static_cast<int64_t>(more) > INT32_MAX) in_.fail("a line is out of range");
    return from + static_cast<int64_t>(more);
}

double OutlineReader::read_confidence() {  // one that is not 1
    const double value = in_.real();
    if (!(value >= 0 && value < 1) || std::signbit(value)) in_.fail("a confidence is out of range");
    return value;
}

bool OutlineReader::next_chunk(OutlineChunk& chunk) {
    if (chunks_left_ == 0) {
        end_dictionary(kinds_);
        begin_dictionary(relationships_);
        dependency_count_ = dependencies_left_ = read_count();
        return false;
    }
    chunks_left_--;
    chunk.symbol = read_key();
    chunk.kind = take_key(kinds_, in_.varint());
    chunk.start_line = read_line(line_before_);
    if (chunk.start_line < 1) in_.fail("a line is out of range");
    line_before_ = chunk.start_line;
    chunk.end_line = read_line(chunk.start_line);
    const uint64_t flags = in_.varint();
    if (flags >= flags_end || (flags & flag_occurrence && flags & flag_explicit)) in_.fail("unknown flags");
    chunk.has_fqn = flags & flag_fqn;
    chunk.is_deleted = flags & flag_deleted;
    chunk.name.reset();
    if (flags & flag_name) chunk.name = in_.take(in_.varint());
    chunk.occurrence = flags & flag_occurrence ? in_.varint() : 1;
    if (flags & flag_occurrence && (chunk.occurrence < 2 || chunk.occurrence > INT64_MAX))
        in_.fail("a number is out of range");
    chunk.explicit_id.reset();
    if (flags & flag_explicit) chunk.explicit_id = in_.take(in_.varint());
    return true;
}

bool OutlineReader::next_dependency(OutlineDependency& dependency) {
    if (dependencies_left_ == 0) {
        end_dictionary(relationships_);
        if (!in_.at_end()) in_.fail("bytes are left over");
        return false;
    }
    const bool is_first = dependencies_left_-- == dependency_count_;
    const OutlineDependency before = last_;
    const uint64_t more = in_.varint();
    last_.from = (is_first ? 0 : before.from) + more;
    if (more >= chunk_count_ || last_.from >= chunk_count_) in_.fail("a dependency starts in no chunk");
    last_.target = read_key();
    if (!is_first && more == 0 && __builtin_add_overflow(last_.target, before.target, &last_.target))
        in_.fail("a key is out of range");
    const uint64_t how = in_.varint();
    last_.relationship = take_key(relationships_, how >> 1);
    const auto order = [](const OutlineDependency& d) { return std::tie(d.from, d.target, d.relationship); };
    if (!is_first && order(last_) <= order(before)) in_.fail("dependencies are out of order");
    last_.confidence = how & 1 ? read_confidence() : 1;
    dependency = last_;
    return true;
}

Outline decode_outline(std::string_view bytes) {
    OutlineReader reader(bytes);
    Outline outline;
    outline.chunks.reserve(reader.chunk_count());
    for (OutlineChunk chunk; reader.next_chunk(chunk);) outline.chunks.push_back(chunk);
    outline.dependencies.reserve(reader.dependency_count());
    for (OutlineDependency dependency; reader.next_dependency(dependency);) outline.dependencies.push_back(dependency);
    return outline;
}

static constexpr size_t seal_bytes = 8;

static Digest seal_of(std::string_view outline, const Digest& file_version, Sha256& sha256) {
    return sha256.add(file_version.view()).add(outline).finish();
}

void seal_outline(std::string& outline, const Digest& file_version, Sha256& sha256) {
    outline += seal_of(outline, file_version, sha256).view().substr(0, seal_bytes);
}

std::string_view unseal_outline(std::string_view column, const Digest& file_version, Sha256& sha256) {
    const size_t size = column.size() < seal_bytes ? 0 : column.size() - seal_bytes;
    const std::string_view outline = column.substr(0, size);
    if (seal_of(outline, file_version, sha256).view().substr(0, seal_bytes) != column.substr(size))
        throw corrupt("a file version's outline does not match its seal");
    return outline;
}

}  // namespace codegraph
