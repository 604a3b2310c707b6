// The files of a snapshot as one operation sees and changes them: loaded on demand, changed in memory, written at the
// end as file versions and a new tree. Chunks are found by id or FQN here, in the files as the call leaves them.
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

    // Brings files into memory, in a few requests; those that are there already stay as they are.
    Task<> load(std::vector<std::string> paths);
    // After load(); nullptr: the snapshot has no such file. It has soft-deleted ones.
    const FileVersion* file(std::string_view path) const;
    FileVersion copy_or_new(const std::string& path) const;  // of that file, or an empty one

    void replace(FileVersion file);  // made canonical; what was under its path is loaded
    void remove(const std::string& path);
    void set_dependencies(std::string_view path, std::vector<OutgoingDependency> dependencies);  // of a replaced file

    // Live chunks by id; ids that no live chunk has are left out.
    Task<std::map<std::string, ChunkPlace, std::less<>>> chunks_by_id(std::vector<std::string> ids);
    Task<std::vector<ChunkPlace>> chunks_by_fqn(std::string fqn);  // live, in reader order
    // "A chunk argument": by id, else by FQN.
    Task<std::vector<ChunkPlace>> chunks_named(std::string id_or_fqn);

    // What differs from the start: by path.
    struct Change {
        std::string path;
        const FileVersion* before;  // nullptr: there was none
        const FileVersion* after;   // nullptr: there is none any more
        Digest digest_after;
    };
    std::vector<Change> changes();

    // Refuses two live chunks with one id: of the changed files among each other, and with the others.
    Task<> check_chunk_ids();
    struct SaveResult {
        Digest root;
        uint64_t files;  // that differ from the start
    };
    Task<SaveResult> save();  // writes the changes

    NodeStore& nodes() { return nodes_; }
    const Repository& repository() const { return repository_; }
    Digest root() const { return root_; }

private:
    struct Entry {
        std::unique_ptr<FileVersion> before, after;
        Digest digest_before{};
        std::optional<Digest> digest_after;  // once it was asked for
        bool changed = false;
        const FileVersion* now() const { return changed ? after.get() : before.get(); }
    };
    using PathOfId = std::unordered_map<std::string, std::string_view>;
    PathOfId ids_of_changed_files() const;
    Task<std::vector<std::string>> ids_to_look_for(const PathOfId& path_of_id);

    const Repository& repository_;
    NodeStore nodes_;
    Digest root_;
    std::map<std::string, Entry, std::less<>> files_;
    Sha256 sha256_;  // a reused buffer
};

}  // namespace codegraph
