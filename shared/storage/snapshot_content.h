// Holds the files of a snapshot as one writing operation sees and changes them. Files are loaded when they are needed
// and changed in memory; save() writes them as file versions and a new tree. Chunks are found by id or FQN in the files
// as the operation leaves them.
//
// Invariants:
// 1. files_ has an entry for each path that load() got, also when the snapshot has no such file. What ids and FQNs lead
//    to has an entry only where the snapshot has the file: one id can name a thousand paths.
// 2. An entry's `before` is the file version of the tree that root() names, and never changes.
// 3. A changed file is in `after`, in canonical order; a removed one has no `after`. Readers get `after` of changed
//    files.
// 4. Nothing is written before save(). So lookups of definitions in the database do not know changed files:
//    chunks_by_id() and chunks_by_fqn() look through these in memory.
// 5. After check_chunk_ids() no two live chunks of the whole snapshot have one id.
//
// A query that leads here:
//     SELECT cg_save_dependency('app', 'main', '{"from_fqn": "auth.login", "to_fqn": "db.query"}');
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/request.h"
#include "model/file_version.h"
#include "storage/repository.h"
#include "storage/symbols.h"
#include "tree/node_store.h"

namespace codegraph {

struct ChunkPlace {
    const FileVersion* file;
    size_t ordinal;
    const Chunk& chunk() const { return file->chunks[ordinal]; }
};

class SnapshotContent {
public:
    SnapshotContent(const Repository& repository, Digest root)
        : repository_(repository), nodes_(repository.key), root_(root) {}

    // Brings files into memory in a few requests. Those that are there already stay as they are.
    Task<> load(std::vector<std::string> paths);
    // Returns the file as it is now, or nullptr when there is none. Soft-deleted files count. Requires load().
    const FileVersion* file(std::string_view path) const;
    FileVersion copy_or_new(const std::string& path) const;  // a copy of that file, or an empty file

    // These require load() of the path. The file need not be in canonical order.
    void replace(FileVersion file);
    void remove(const std::string& path);
    // Requires that the file was replaced.
    void set_dependencies(std::string_view path, std::vector<OutgoingDependency> dependencies);

    // Returns live chunks by id, without the ids that no live chunk has.
    Task<std::map<std::string, ChunkPlace, std::less<>>> chunks_by_id(std::vector<std::string> ids);
    // Returns live chunks by FQN, those of each in reader order, without the FQNs that no live chunk has.
    Task<std::map<std::string, std::vector<ChunkPlace>, std::less<>>> chunks_by_fqn(std::vector<std::string> fqns);
    // Returns the live chunk with this id; without one, the live chunks with this FQN in reader order.
    Task<std::vector<ChunkPlace>> chunks_named(std::string id_or_fqn);

    struct Change {
        std::string path;
        const FileVersion* before;  // nullptr: there was none
        const FileVersion* after;   // nullptr: there is none any more
        Digest digest_after;
    };
    // Returns the files that differ from those of root(), by path.
    Task<std::vector<Change>> changes();

    // Throws duplicate_chunk_id() when two live chunks have one id, and at least one of them is in a changed file.
    Task<> check_chunk_ids();
    struct SaveResult {
        Digest root;
        uint64_t files;  // how many differ from those of root()
    };
    Task<SaveResult> save();  // writes the changes, and returns the new root

    NodeStore& nodes() { return nodes_; }
    const Repository& repository() const { return repository_; }
    Digest root() const { return root_; }

private:
    struct Entry {
        std::unique_ptr<FileVersion> before, after;
        Digest digest_before{};
        std::optional<Digest> digest_after;  // once changes() has needed it
        bool changed = false;
        const FileVersion* now() const { return changed ? after.get() : before.get(); }
    };
    using PathOfId = std::unordered_map<std::string, std::string_view>;
    Task<> load_files_of(std::vector<std::string> paths);
    Task<std::vector<std::string>> load_files_of_ids(const std::vector<std::string>& ids);
    Task<PathOfId> ids_of_changed_files() const;
    Task<std::vector<std::string>> ids_to_look_for(const PathOfId& path_of_id);

    const Repository& repository_;
    NodeStore nodes_;
    Digest root_;
    std::map<std::string, Entry, std::less<>> files_;
    Sha256 sha256_;  // reused from file to file
};

}  // namespace codegraph
