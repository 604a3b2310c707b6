// A file version is one analysed state of one file: its chunks in canonical order, and the dependencies that start in
// them. It is immutable once it is stored. Its digest names it, and is the same in any database and any repository.
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
    std::optional<std::string> content;  // nothing: it is stored under content_hash already
    Digest content_hash;
    std::optional<std::string> summary;
    double importance = 0.5;
    std::string attrs = "{}";
    bool is_deleted = false;
};

// Returns whether two chunks agree in all fields but explicit id, occurrence and soft deletion. The content hash stands
// for the content.
bool same_fields(const Chunk& a, const Chunk& b);

struct OutgoingDependency {
    size_t from = 0;     // ordinal of a chunk
    std::string target;  // the name as saved
    std::string relationship = "CALLS";
    double confidence = 1;
};

struct FileVersion {
    std::string path;
    std::optional<std::string> file_hash;
    std::string attrs = "{}";
    bool is_deleted = false;
    std::vector<Chunk> chunks;
    std::vector<OutgoingDependency> dependencies;

    uint64_t live_chunks() const;
    uint64_t live_dependencies() const;  // those of live chunks
};

// Puts chunks and dependencies into canonical order. Chunks are sorted by (start_line, end_line, name, occurrence,
// explicit id). A chunk with an explicit id has no occurrence and comes first. Dependencies are sorted by (from,
// target, relationship). Of equal dependencies the last one stays.
void make_canonical(FileVersion& file);
bool has_chunks_in_order(const FileVersion& file);

// Returns the file hash of a file for which the caller gives none: the SHA-256 over its chunks' content hashes in hex,
// each followed by a line feed.
std::string compute_file_hash(const FileVersion& file, Sha256& sha256);

// Returns the digest, which docs/storage.md defines to the byte. The file must be canonical. `repo_id` only serves to
// leave the repository's id out of computed chunk ids.
Digest digest_of(const FileVersion& file, std::string_view repo_id, Sha256& sha256);

}  // namespace codegraph
