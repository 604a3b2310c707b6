// What cg_verify checks of file versions, their chunks, contents, symbols and definitions.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/request.h"
#include "model/file_version.h"
#include "model/outline.h"
#include "operations/verify/findings.h"
#include "storage/repository.h"

namespace codegraph {

// What the leaves of trees must agree with, by digest.
struct FileFacts {
    std::optional<uint64_t> path_hash, live_chunks;  // sha256_key_hash(); nothing: damage does not let it be told
};
using FilesByDigest = std::unordered_map<Digest, FileFacts, DigestHash>;

// A row of codegraph_files with the rows of its chunks, as far as they can be read.
struct FileInPage {
    std::string object;  // its name in findings
    Digest digest;
    int64_t key = 0;
    int64_t chunk_count = 0, dependency_count = 0;
    FileVersion file;
    bool is_sound = false;           // the row's values have their types
    std::optional<Outline> outline;  // nothing: it does not decode
    bool has_all_chunks = false;     // file.chunks are those of the outline, each row sound
};

// All file versions of a repository in pages, by digest.
class FilePages {
public:
    FilePages(const Repository& repository, Findings& findings) : repository_(repository), findings_(findings) {}
    Task<bool> next();  // false: there was no further page
    std::vector<FileInPage>& files() { return files_; }
    int64_t chunk_rows() const { return chunk_rows_; }  // so far

private:
    Task<> load_chunks();
    void read_file(const Rows& rows, size_t row);
    void read_chunks(FileInPage& in_page, const Rows& rows, const std::vector<size_t>& of_file);

    const Repository& repository_;
    Findings& findings_;
    Rows page_;
    std::vector<FileInPage> files_;
    int64_t chunk_rows_ = 0;
    Sha256 sha256_;
};

// Chunk ids that live chunks of more than one path may have. Nearly always none: a computed id names its path.
class SharedIds {
public:
    explicit SharedIds(const Repository& repository) : repository_(repository) {}
    void add(std::string_view path, const Chunk& chunk, std::string_view id);
    bool empty() const { return shared_.empty(); }
    bool contains(std::string_view id) const { return shared_.contains(std::hash<std::string_view>()(id)); }

private:
    const Repository& repository_;
    std::unordered_map<uint64_t, uint64_t> paths_;  // hashes; of ids that need not be computed from this path alone
    std::unordered_set<uint64_t> shared_;
};

Task<> verify_contents(const Repository& repository, Findings& findings);
Task<> verify_symbols(const Repository& repository, Findings& findings);
Task<> verify_files(const Repository& repository, Findings& findings, FilesByDigest& files, SharedIds& shared);

struct SnapshotRoot {
    std::string snapshot_id;
    Digest root;
};
// Two live chunks with one id in one snapshot, in two files.
Task<> verify_shared_ids(const Repository& repository, Findings& findings, const SharedIds& shared,
                         std::vector<SnapshotRoot> snapshots);

}  // namespace codegraph
