// The digest of a file version is the SHA-256 over the byte 1 (the format) and over fields by ascending tag. A field is
// its tag (one byte), its length (8 bytes, big-endian) and its bytes. An integer has 8 bytes, big-endian. A real is an
// IEEE 754 binary64 in 8 bytes, big-endian, with -0 as 0. A field that is NULL or has its default is left out, so that
// later fields leave old digests alone. The tags are the three enums below; docs/storage.md has them as a table.
#include "model/file_version.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/bytes.h"
#include "model/chunk_id.h"

namespace codegraph {

bool same_fields(const Chunk& a, const Chunk& b) {
    auto fields = [](const Chunk& c) {
        return std::tie(c.start_line, c.end_line, c.name, c.kind, c.fqn, c.language, c.symbol_visibility, c.signature,
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

// Keeps the last of equal dependencies. No candidate is empty, so a dependency without candidates comes first.
static void sort_dependencies(std::vector<OutgoingDependency>& dependencies) {
    auto key = [](const OutgoingDependency& d) {
        return std::tie(d.from, d.target, d.alternatives, d.to_name, d.relationship);
    };
    std::ranges::stable_sort(dependencies, [&](auto& a, auto& b) { return key(a) < key(b); });
    std::vector<OutgoingDependency> last_of_equals;
    last_of_equals.reserve(dependencies.size());
    for (OutgoingDependency& d : dependencies) {
        if (!last_of_equals.empty() && key(last_of_equals.back()) == key(d)) last_of_equals.pop_back();
        last_of_equals.push_back(std::move(d));
    }
    dependencies = std::move(last_of_equals);
}

static void sort_sites(std::vector<Site>& sites) {
    std::ranges::sort(sites);
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
}

// Keeps the first of equal aliases.
static void drop_repeated(std::vector<Alias>& aliases) {
    std::vector<size_t> order(aliases.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::ranges::stable_sort(order, [&](size_t a, size_t b) { return aliases[a] < aliases[b]; });
    std::vector<bool> is_repeated(aliases.size());
    for (size_t i = 1; i < order.size(); i++) is_repeated[order[i]] = aliases[order[i]] == aliases[order[i - 1]];
    size_t kept = 0;
    for (size_t i = 0; i < aliases.size(); i++)
        if (!is_repeated[i] && kept++ != i) aliases[kept - 1] = std::move(aliases[i]);
    aliases.resize(kept);
}

void make_canonical(FileVersion& file) {
    if (!has_chunks_in_order(file)) sort_chunks(file);
    sort_dependencies(file.dependencies);
    for (OutgoingDependency& d : file.dependencies) sort_sites(d.sites);
    drop_repeated(file.aliases);
}

std::string compute_file_hash(const FileVersion& file, Sha256& sha256) {
    std::string lines;
    for (const Chunk& chunk : file.chunks) lines += to_hex(chunk.content_hash.view()) + "\n";
    sha256.add(lines);
    return to_hex(sha256.finish().view());
}

namespace {

enum class FileTag : uint8_t {
    path = 1,
    file_hash = 2,
    attrs = 3,
    is_deleted = 4,  // 1
    chunk = 5,       // one for each in canonical order
    dependency = 6,  // one for each in canonical order
    alias = 7,       // one for each in the order given
};

enum class ChunkTag : uint8_t {
    start_line = 1,
    end_line = 2,
    name = 3,
    occurrence = 4,  // of a computed id
    explicit_id = 5,
    kind = 6,
    fqn = 7,
    language = 8,
    symbol_visibility = 9,
    content_hash = 10,  // 32 bytes
    summary = 11,
    importance = 12,
    attrs = 13,
    is_deleted = 14,  // 1
    signature = 15,
};

enum class DependencyTag : uint8_t {
    from = 1,             // ordinal of the chunk that it starts in
    target = 2,           // the first candidate, a name; or instead of it:
    computed_target = 3,  // one that has the form of a computed chunk id of the repository, without `repo:`
    relationship = 4,
    confidence = 5,
    alternative = 6,  // a further candidate, one for each in order: a field of its own, 2 or 3 as above
    to_name = 7,
    sites = 8,  // of each site: line, column, end column, each an integer of 8 bytes, 0 where not known
};

enum class AliasTag : uint8_t {
    fqn = 1,
    target = 2,   // one for each in order
    members = 3,  // 1
};

template <class Tag>
class Fields {
public:
    std::string bytes;
    void append_text(Tag tag, std::string_view value) {
        append_head(tag, value.size());
        bytes += value;
    }
    void append_text(Tag tag, std::string_view value, std::string_view default_value) {
        if (value != default_value) append_text(tag, value);
    }
    void append_optional_text(Tag tag, const std::optional<std::string>& value) {
        if (value) append_text(tag, std::string_view(*value));
    }
    void append_integer(Tag tag, uint64_t value) {
        append_head(tag, sizeof value);
        append_big_endian(bytes, value);
    }
    void append_integer(Tag tag, uint64_t value, uint64_t default_value) {
        if (value != default_value) append_integer(tag, value);
    }
    void append_real(Tag tag, double value, double default_value) {
        if (value == default_value) return;
        append_head(tag, sizeof value);
        codegraph::append_real(bytes, value);
    }

private:
    void append_head(Tag tag, size_t size) {
        bytes += static_cast<char>(tag);
        append_big_endian(bytes, size);
    }
};

void encode(const Chunk& chunk, Fields<ChunkTag>& out) {
    out.append_integer(ChunkTag::start_line, static_cast<uint64_t>(chunk.start_line), 1);
    out.append_integer(ChunkTag::end_line, static_cast<uint64_t>(chunk.end_line));
    out.append_text(ChunkTag::name, chunk.name);
    if (!chunk.explicit_id) out.append_integer(ChunkTag::occurrence, chunk.occurrence, 1);
    out.append_optional_text(ChunkTag::explicit_id, chunk.explicit_id);
    out.append_text(ChunkTag::kind, chunk.kind, "unknown");
    out.append_optional_text(ChunkTag::fqn, chunk.fqn);
    out.append_text(ChunkTag::language, chunk.language, "unknown");
    out.append_optional_text(ChunkTag::symbol_visibility, chunk.symbol_visibility);
    out.append_text(ChunkTag::content_hash, chunk.content_hash.view());
    out.append_optional_text(ChunkTag::summary, chunk.summary);
    out.append_real(ChunkTag::importance, chunk.importance, 0.5);
    out.append_text(ChunkTag::attrs, chunk.attrs, "{}");
    out.append_integer(ChunkTag::is_deleted, chunk.is_deleted, 0);
    out.append_optional_text(ChunkTag::signature, chunk.signature);
}

void append_candidate(std::string_view repo_id, std::string_view candidate, Fields<DependencyTag>& out) {
    if (has_computed_form(repo_id, candidate))
        out.append_text(DependencyTag::computed_target, candidate.substr(repo_id.size() + 1));
    else
        out.append_text(DependencyTag::target, candidate);
}

std::string encode(const std::vector<Site>& sites) {
    std::string bytes;
    bytes.reserve(sites.size() * 24);
    for (const Site& site : sites)
        for (int32_t part : {site.line, site.column, site.end_column})
            append_big_endian(bytes, static_cast<uint64_t>(part));
    return bytes;
}

void encode(const OutgoingDependency& dependency, std::string_view repo_id, Fields<DependencyTag>& out) {
    out.append_integer(DependencyTag::from, dependency.from);
    if (dependency.has_candidates()) append_candidate(repo_id, dependency.target, out);
    out.append_text(DependencyTag::relationship, dependency.relationship, "CALLS");
    out.append_real(DependencyTag::confidence, dependency.confidence, 1);
    for (const std::string& alternative : dependency.alternatives) {
        Fields<DependencyTag> candidate;
        append_candidate(repo_id, alternative, candidate);
        out.append_text(DependencyTag::alternative, candidate.bytes);
    }
    out.append_text(DependencyTag::to_name, dependency.to_name, "");
    if (!dependency.sites.empty()) out.append_text(DependencyTag::sites, encode(dependency.sites));
}

void encode(const Alias& alias, Fields<AliasTag>& out) {
    out.append_text(AliasTag::fqn, alias.fqn);
    for (const std::string& target : alias.targets) out.append_text(AliasTag::target, target);
    out.append_integer(AliasTag::members, alias.members, 0);
}

// Hashes the fields of a file as they are appended. Many small pieces go in as few large ones, and a file's encoding is
// never held whole.
class FileHasher {
public:
    explicit FileHasher(Sha256& sha256) : sha256_(sha256) { fields.bytes = "\1"; }
    Fields<FileTag> fields;

    // Appends a field that has fields of its own. `buffer` has room for these and is used anew each time.
    template <class Tag, class Encode>
    void append_nested(FileTag tag, Fields<Tag>& buffer, Encode encode) {
        buffer.bytes.clear();
        encode(buffer);
        fields.append_text(tag, buffer.bytes);
        if (fields.bytes.size() >= 8192) flush();
    }
    Digest finish() {
        flush();
        return sha256_.finish();
    }

private:
    void flush() {
        sha256_.add(fields.bytes);
        fields.bytes.clear();
    }
    Sha256& sha256_;
};

}  // namespace

Digest digest_of(const FileVersion& file, std::string_view repo_id, Sha256& sha256) {
    FileHasher hasher(sha256);
    hasher.fields.append_text(FileTag::path, file.path);
    hasher.fields.append_optional_text(FileTag::file_hash, file.file_hash);
    hasher.fields.append_text(FileTag::attrs, file.attrs, "{}");
    hasher.fields.append_integer(FileTag::is_deleted, file.is_deleted, 0);
    Fields<ChunkTag> chunk_fields;
    for (const Chunk& chunk : file.chunks)
        hasher.append_nested(FileTag::chunk, chunk_fields, [&](auto& fields) { encode(chunk, fields); });
    Fields<DependencyTag> dependency_fields;
    for (const OutgoingDependency& dependency : file.dependencies)
        hasher.append_nested(FileTag::dependency, dependency_fields,
                             [&](auto& fields) { encode(dependency, repo_id, fields); });
    Fields<AliasTag> alias_fields;
    for (const Alias& alias : file.aliases)
        hasher.append_nested(FileTag::alias, alias_fields, [&](auto& fields) { encode(alias, fields); });
    return hasher.finish();
}

}  // namespace codegraph
