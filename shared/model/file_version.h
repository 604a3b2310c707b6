// A file version: one analysed state of one file, with its chunks in canonical order and the dependencies that start in
// them. Immutable once stored, and identified by its digest, which is the same in any database and any repository.
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
    std::optional<std::string> explicit_id;  // nothing: the id is computed from path, name, lines and number
    uint64_t occurrence = 1;                 // of a computed id: 1, or the k of its #k
    std::string kind = "unknown";
    std::optional<std::string> fqn;
    std::string language = "unknown";
    std::optional<std::string> symbol_visibility;
    std::optional<std::string> content;  // nothing: stored already, under content_hash
    Digest content_hash;
    std::optional<std::string> summary;
    double importance = 0.5;
    std::string attrs = "{}";
    bool is_deleted = false;
};

// Do all fields but content (its hash stands for it) and the id agree?
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
    uint64_t live_dependencies() const;  // of live chunks
};

// Puts chunks and dependencies into canonical order: chunks by (start_line, end_line, name, number, explicit id), an
// explicit id having no number and so coming first; dependencies by (from, target, relationship). Of equal dependencies
// the last given stays.
void make_canonical(FileVersion& file);
bool has_chunks_in_order(const FileVersion& file);

// The file hash where the caller gives none: SHA-256 over the chunks' content hashes in hex, each followed by a line
// feed.
std::string compute_file_hash(const FileVersion& file, Sha256& sha256);

// Byte-exact in docs/storage.md. The file must be canonical; `repo_id` only serves to leave it out of computed ids.
Digest digest_of(const FileVersion& file, std::string_view repo_id, Sha256& sha256);

}  // namespace codegraph
