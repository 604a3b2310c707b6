// File versions read from the tables: rows of codegraph_files by digest, their chunks, their outlines.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/sha256.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "model/file_version.h"
#include "model/outline.h"
#include "storage/repository.h"
#include "tree/node.h"

namespace codegraph {

struct StoredFile {  // a row of codegraph_files
    Digest digest;
    int64_t key = 0;
    std::string path;
    std::optional<std::string> file_hash;
    std::string attrs;
    bool is_deleted = false;
    uint64_t chunk_count = 0, dependency_count = 0;
    int64_t indexed_at = 0;
    Outline outline;                      // where it was asked for
    std::optional<uint64_t> live_chunks;  // as a tree says, where it was asked by that
};

struct StoredChunk {  // a row of codegraph_chunks, as views into the answer
    std::optional<std::string_view> explicit_id;
    uint64_t number = 1;
    int64_t start_line = 1, end_line = 1;
    std::string_view kind;
    std::optional<std::string_view> fqn;
    std::string_view name, language;
    std::optional<std::string_view> symbol_visibility;
    Digest content_hash;
    std::optional<std::string_view> content;  // where it was asked for
    std::optional<std::string_view> summary;
    double importance = 0;
    bool is_deleted = false;
    std::string_view attrs;

    ChunkIdentity identity() const { return {explicit_id, name, start_line, end_line, number}; }
};

struct StoredChunks {
    Rows answer;
    std::vector<StoredChunk> all;  // file by file, in canonical order
    std::vector<size_t> starts;    // of each file's chunks, and the end

    std::span<const StoredChunk> of_file(size_t file) const {  // among those that were asked for
        return std::span(all).subspan(starts[file], starts[file + 1] - starts[file]);
    }
};

enum class WithOutline { no, yes };
enum class WithContent { no, yes };

// In the order of the digests. A version that is not there, or whose outline does not decode, is data corrupted.
Task<std::vector<StoredFile>> find_files(const Repository& repository, std::vector<Digest> digests,
                                         WithOutline outline);
// The same for entries of a tree's leaves: a version of another path is data corrupted, too.
Task<std::vector<StoredFile>> find_files(const Repository& repository, std::span<const TreeEntry> entries,
                                         WithOutline outline);
// The chunks of each file, in canonical order. Chunks that are missing, contents that do not match their hash, and
// other live chunks than a tree counts are data corrupted.
Task<StoredChunks> find_chunks(const Repository& repository, const std::vector<StoredFile>& files, WithContent content);
struct ChunkInFile {
    Digest file;
    int64_t file_key;
    uint64_t ordinal;
};
// Single chunks with their contents, `all` in the order given.
Task<StoredChunks> find_single_chunks(const Repository& repository, const std::vector<ChunkInFile>& places);
// Whole file versions, their digests checked, without contents, in the order of the entries.
Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::span<const TreeEntry> entries);
// The same of files that were found with their outlines.
Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::vector<StoredFile> stored);

}  // namespace codegraph
