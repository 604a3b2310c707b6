// Reads file versions from the tables: rows of codegraph_files by digest, their outlines and their chunks. What does
// not agree with itself is reported as corrupt(), and nothing of it is returned.
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

struct StoredFile {  // has a row of codegraph_files
    Digest digest;
    int64_t key = 0;
    std::string path;
    std::optional<std::string> file_hash;
    std::string attrs;
    bool is_deleted = false;
    uint64_t chunk_count = 0, dependency_count = 0;
    int64_t indexed_at = 0;
    Outline outline;                      // with WithOutline::yes and ::and_sites
    SitesByDependency sites;              // with WithOutline::and_sites
    std::optional<uint64_t> live_chunks;  // how many the tree counts, where the file was asked for by a tree entry
};

struct StoredChunk {  // views a row of codegraph_chunks in the answer
    std::optional<std::string_view> explicit_id;
    uint64_t occurrence = 1;
    int64_t start_line = 1, end_line = 1;
    std::string_view kind;
    std::optional<std::string_view> fqn;
    std::string_view name, language;
    std::optional<std::string_view> symbol_visibility, signature;
    Digest content_hash;                      // not with WithContent::no
    std::optional<Digest> own_hash;           // nothing: the own content is the content
    std::optional<std::string_view> content;  // with WithContent::yes
    std::optional<std::string_view> summary;
    double importance = 0;
    bool is_deleted = false;
    std::string_view attrs;

    ChunkIdentity identity() const { return {explicit_id, name, start_line, end_line, occurrence}; }
};

struct StoredChunks {
    Rows answer;
    std::vector<StoredChunk> all;  // file by file, in canonical order
    std::vector<size_t> starts;    // by file, and one more: where its part of `all` begins

    std::span<const StoredChunk> of_file(size_t file) const {  // an index among those asked for
        return std::span(all).subspan(starts[file], starts[file + 1] - starts[file]);
    }
};

enum class WithOutline { no, yes, and_sites };
enum class WithContent { no, hash, yes };

// Returns the file versions in the order of the digests. Throws corrupt() when one is missing, or when its outline seal
// does not match or its outline does not decode. The same holds for its sites.
Task<std::vector<StoredFile>> find_files(const Repository& repository, std::vector<Digest> digests,
                                         WithOutline outline);
// Returns the file versions of entries of a tree. Throws corrupt() also when one has another path than its entry,
// or is soft-deleted although the tree counts live chunks in it.
Task<std::vector<StoredFile>> find_files(const Repository& repository, std::span<const TreeEntry> entries,
                                         WithOutline outline);
// Returns the chunks of each file in canonical order. Throws corrupt() when a chunk is missing, a content does not
// match its hash, or a file has more or fewer live chunks than its tree counts.
Task<StoredChunks> find_chunks(const Repository& repository, const std::vector<StoredFile>& files, WithContent content);
struct ChunkInFile {
    Digest file;
    int64_t file_key;
    uint64_t ordinal;
};
// Returns single chunks: `all` in the order given, and no `starts`.
Task<StoredChunks> find_single_chunks(const Repository& repository, const std::vector<ChunkInFile>& places,
                                      WithContent content);
// Returns whole file versions without contents, in the order of the entries. Throws corrupt() when one does not match
// its digest.
Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::span<const TreeEntry> entries);
// Returns the same for files that were found with outlines and sites.
Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::vector<StoredFile> stored);

}  // namespace codegraph
