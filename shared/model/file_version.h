// A file version is one analysed state of one file: its chunks in canonical order, the dependencies that start in them,
// and its aliases. It is immutable once it is stored. Its digest names it, and is the same in any database and any
// repository.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"

namespace codegraph {

struct Chunk {
    int64_t start_line = 1;
    int64_t end_line = 1;
    std::string name = "unknown";
    std::optional<std::string> explicit_id;  // nothing: the id is computed (chunk_id.h)
    uint64_t occurrence = 1;                 // of a computed id: 1, or the k of its #k
    std::string kind = "unknown";
    std::optional<std::string> fqn;
    std::string language = "unknown";
    std::optional<std::string> symbol_visibility;
    std::optional<std::string> signature;
    std::optional<std::string> content;  // nothing: it is stored under content_hash already
    Digest content_hash;
    std::optional<Digest> own_hash;  // of the own content (own_content.h), as stored; nothing: that is the content
    std::optional<std::string> summary;
    double importance = 0.5;
    std::string attrs = "{}";
    bool is_deleted = false;
};

// Returns whether two chunks agree in all fields but explicit id, occurrence and soft deletion. The content hash stands
// for the content.
bool same_fields(const Chunk& a, const Chunk& b);

// A place in the file where a dependency stands. Lines and columns are 1-based, columns in bytes, the end is exclusive.
struct Site {
    int32_t line = 1;
    int32_t column = 0;      // 0: not known
    int32_t end_column = 0;  // 0: not known
    auto operator<=>(const Site&) const = default;
};
inline constexpr size_t most_sites = 65535;      // of a dependency
inline constexpr size_t most_candidates = 16;    // of a dependency, and targets of an alias
inline constexpr size_t signature_limit = 8192;  // in bytes

// A dependency names candidates, which bind when a snapshot is read. Nearly all have one candidate and nothing else.
struct OutgoingDependency {
    size_t from = 0;     // ordinal of a chunk
    std::string target;  // the first candidate, as saved; empty where there is none
    std::string relationship = "CALLS";
    double confidence = 1;
    std::vector<std::string> alternatives = {};  // the candidates behind the first, in order of preference
    std::string to_name = {};                    // a simple name, the last resort; empty: none
    std::vector<Site> sites = {};                // sorted, each once

    bool has_candidates() const { return !target.empty(); }
    // Returns whether it has one candidate and no name.
    bool is_plain() const { return has_candidates() && alternatives.empty() && to_name.empty(); }
};

// Says that a path stands for the first of others that stands; with `members`, that what it has not itself is looked
// for in each of them.
struct Alias {
    std::string fqn;
    std::vector<std::string> targets;
    bool members = false;
    auto operator<=>(const Alias&) const = default;
};

struct FileVersion {
    std::string path;
    std::optional<std::string> file_hash;
    std::string attrs = "{}";
    bool is_deleted = false;
    std::vector<Chunk> chunks;
    std::vector<OutgoingDependency> dependencies;
    std::vector<Alias> aliases = {};  // in the order given

    uint64_t live_chunks() const;
    uint64_t live_dependencies() const;  // those of live chunks
};

// Puts chunks and dependencies into canonical order. Chunks are sorted by (start_line, end_line, name, occurrence,
// explicit id). A chunk with an explicit id has no occurrence and comes first. Dependencies are sorted by (from,
// candidates, name, relationship). Of equal dependencies the last one stays. Sites are sorted, each once. Of equal
// aliases the first one stays.
void make_canonical(FileVersion& file);
bool has_chunks_in_order(const FileVersion& file);

// Returns the file hash of a file for which the caller gives none: the SHA-256 over its chunks' content hashes in hex,
// each followed by a line feed.
std::string compute_file_hash(const FileVersion& file, Sha256& sha256);

// Returns the digest, which docs/storage.md defines to the byte. The file must be canonical. `repo_id` only serves to
// leave the repository's id out of computed chunk ids.
Digest digest_of(const FileVersion& file, std::string_view repo_id, Sha256& sha256);

}  // namespace codegraph
