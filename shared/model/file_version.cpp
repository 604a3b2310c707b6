// The digest of a file version: SHA-256 over
//     byte 1 (the format) and fields (tag, length, bytes) by ascending tag;
// a tag is one byte, a length and every integer 8 bytes big-endian, a real an IEEE 754 binary64 in 8 bytes big-endian
// with -0 as 0. A field that is NULL or has its default is left out, so that later fields leave old digests alone.
//     file        1 path   2 file hash   3 attrs (default {})   4 soft-deleted: 1 (default 0)
//                 5 chunk, one for each in canonical order   6 dependency, one for each in canonical order
//     chunk       1 start line (default 1)   2 end line   3 name   4 number of a computed id (default 1)   5 explicit
//     id
//                 6 kind (default unknown)   7 fqn   8 language (default unknown)   9 symbol visibility
//                 10 content's SHA-256, 32 bytes   11 summary   12 importance (default 0.5)   13 attrs (default {})
//                 14 soft-deleted: 1 (default 0)
//     dependency  1 ordinal of the chunk it starts in   2 target name, or: 3 target that has the form of a computed
//     chunk id of
//                 the repository, without `repo:`   4 relationship (default CALLS)   5 confidence (default 1)
#include "model/file_version.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/bytes.h"
#include "model/chunk_id.h"

namespace codegraph {

bool same_fields(const Chunk& a, const Chunk& b) {
    auto fields = [](const Chunk& c) {
        return std::tie(c.start_line, c.end_line, c.name, c.kind, c.fqn, c.language, c.symbol_visibility,
                        c.content_hash, c.summary, c.importance, c.attrs);
    };
    return fields(a) == fields(b);
}

uint64_t FileVersion::live_chunks() const {
    if (is_deleted) return 0;
    return static_cast<uint64_t>(std::ranges::count(chunks, false, &Chunk::is_deleted));
}

uint64_t FileVersion::live_dependencies() const {
    if (is_deleted) return 0;
    auto live = [this](const OutgoingDependency& d) { return !chunks[d.from].is_deleted; };
    return static_cast<uint64_t>(std::ranges::count_if(dependencies, live));
}

static bool comes_before(const Chunk& a, const Chunk& b) {
    auto key = [](const Chunk& c) {
        return std::tuple(c.start_line, c.end_line, std::string_view(c.name),
                          c.explicit_id ? uint64_t(0) : c.occurrence,
                          std::string_view(c.explicit_id ? *c.explicit_id : std::string_view()));
    };
    return key(a) < key(b);
}

bool has_chunks_in_order(const FileVersion& file) {
    return std::ranges::is_sorted(file.chunks, comes_before);
}

static void sort_chunks(FileVersion& file) {
    std::vector<size_t> order(file.chunks.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return comes_before(file.chunks[a], file.chunks[b]); });
    std::vector<Chunk> chunks;
    std::vector<size_t> place(order.size());
    chunks.reserve(order.size());
    for (size_t old : order) {
        place[old] = chunks.size();
        chunks.push_back(std::move(file.chunks[old]));
    }
    file.chunks = std::move(chunks);
    for (OutgoingDependency& d : file.dependencies) d.from = place[d.from];
}

// Of equal ones the last is kept.
static void sort_dependencies(std::vector<OutgoingDependency>& dependencies) {
    auto key = [](const OutgoingDependency& d) { return std::tie(d.from, d.target, d.relationship); };
    std::ranges::stable_sort(dependencies, [&](auto& a, auto& b) { return key(a) < key(b); });
    std::vector<OutgoingDependency> last_of_equals;
    last_of_equals.reserve(dependencies.size());
    for (OutgoingDependency& d : dependencies) {
        if (!last_of_equals.empty() && key(last_of_equals.back()) == key(d)) last_of_equals.pop_back();
        last_of_equals.push_back(std::move(d));
    }
    dependencies = std::move(last_of_equals);
}

void make_canonical(FileVersion& file) {
    if (!has_chunks_in_order(file)) sort_chunks(file);
    sort_dependencies(file.dependencies);
}

std::string compute_file_hash(const FileVersion& file, Sha256& sha256) {
    std::string lines;
    for (const Chunk& chunk : file.chunks) lines += to_hex(chunk.content_hash.view()) + "\n";
    sha256.add(lines);
    return to_hex(sha256.finish().view());
}

namespace {

class Fields {
public:
    std::string bytes;
    void text(uint8_t tag, std::string_view value) {
        head(tag, value.size());
        bytes += value;
    }
    void text(uint8_t tag, std::string_view value, std::string_view default_value) {
        if (value != default_value) text(tag, value);
    }
    void optional_text(uint8_t tag, const std::optional<std::string>& value) {
        if (value) text(tag, std::string_view(*value));
    }
    void integer(uint8_t tag, uint64_t value) {
        head(tag, sizeof value);
        append_big_endian(bytes, value);
    }
    void integer(uint8_t tag, uint64_t value, uint64_t default_value) {
        if (value != default_value) integer(tag, value);
    }
    void real(uint8_t tag, double value, double default_value) {
        if (value == default_value) return;
        head(tag, sizeof value);
        append_real(bytes, value);
    }

private:
    void head(uint8_t tag, size_t size) {
        bytes += static_cast<char>(tag);
        append_big_endian(bytes, size);
    }
};

void encode(const Chunk& chunk, Fields& out) {
    out.integer(1, static_cast<uint64_t>(chunk.start_line), 1);
    out.integer(2, static_cast<uint64_t>(chunk.end_line));
    out.text(3, chunk.name);
    if (!chunk.explicit_id) out.integer(4, chunk.occurrence, 1);
    out.optional_text(5, chunk.explicit_id);
    out.text(6, chunk.kind, "unknown");
    out.optional_text(7, chunk.fqn);
    out.text(8, chunk.language, "unknown");
    out.optional_text(9, chunk.symbol_visibility);
    out.text(10, chunk.content_hash.view());
    out.optional_text(11, chunk.summary);
    out.real(12, chunk.importance, 0.5);
    out.text(13, chunk.attrs, "{}");
    out.integer(14, chunk.is_deleted, 0);
}

void encode(const OutgoingDependency& dependency, std::string_view repo_id, Fields& out) {
    out.integer(1, dependency.from);
    if (has_computed_form(repo_id, dependency.target)) {
        out.text(3, std::string_view(dependency.target).substr(repo_id.size() + 1));
    } else {
        out.text(2, dependency.target);
    }
    out.text(4, dependency.relationship, "CALLS");
    out.real(5, dependency.confidence, 1);
}

// Fields on their way into a hash: many small pieces go in as few large ones, and a file's encoding is never held
// whole.
class HashedFields {
public:
    explicit HashedFields(Sha256& sha256) : sha256_(sha256) { out.bytes = "\1"; }
    Fields out;

    template <class Encode>
    void nested(uint8_t tag, Encode encode) {
        inner_.bytes.clear();
        encode(inner_);
        out.text(tag, inner_.bytes);
        if (out.bytes.size() >= 8192) flush();
    }
    Digest finish() {
        flush();
        return sha256_.finish();
    }

private:
    void flush() {
        sha256_.add(out.bytes);
        out.bytes.clear();
    }
    Sha256& sha256_;
    Fields inner_;
};

}  // namespace

Digest digest_of(const FileVersion& file, std::string_view repo_id, Sha256& sha256) {
    HashedFields fields(sha256);
    fields.out.text(1, file.path);
    fields.out.optional_text(2, file.file_hash);
    fields.out.text(3, file.attrs, "{}");
    fields.out.integer(4, file.is_deleted, 0);
    for (const Chunk& chunk : file.chunks) fields.nested(5, [&](Fields& inner) { encode(chunk, inner); });
    for (const OutgoingDependency& dependency : file.dependencies)
        fields.nested(6, [&](Fields& inner) { encode(dependency, repo_id, inner); });
    return fields.finish();
}

}  // namespace codegraph
