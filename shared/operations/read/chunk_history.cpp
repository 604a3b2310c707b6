// cg_chunk_history follows one chunk from snapshot to snapshot, by its id or, where no chunk has that id, by its FQN.
#include "operations/read/chunk_history.h"

#include <map>

#include "base/bytes.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "operations/common/argument_forms.h"
#include "operations/read/comparison.h"
#include "operations/read/files_with_chunk.h"
#include "signatures/readers.h"
#include "storage/file_load.h"
#include "storage/snapshot.h"
#include "storage/symbols.h"

namespace codegraph {

namespace {

// The name of the chunk that is followed: an id, or an FQN, which names the first chunk that has it.
struct FollowedName {
    std::string text;
    bool is_id;
    bool is_name_of(const Repository& repository, const std::string& path, const Chunk& chunk) const {
        return is_id ? chunk_id(repository.id, path, chunk) == text : chunk.fqn == text;
    }
};

struct FollowedChunk {
    std::string id, path;
    Chunk chunk;  // without its content
};

// Finds the chunk of one name in one snapshot after another.
class ChunkFollower : private FilesWithChunk {
public:
    ChunkFollower(const Repository& repository, FollowedName name, std::vector<std::string> paths)
        : FilesWithChunk(repository.key, std::move(paths), 1), repository_(repository), name_(std::move(name)) {}

    Task<std::optional<FollowedChunk>> find(Digest root) {
        const std::vector<TreeEntry> files = co_await FilesWithChunk::find(root);
        std::optional<FollowedChunk> chunk;
        if (!files.empty()) chunk = chunks_.at(files.front().value.digest);
        co_return chunk;
    }

private:
    Task<std::vector<bool>> have_chunk(std::vector<TreeEntry> entries) override {
        const std::vector<FileVersion> files = co_await load_file_versions(repository_, entries);
        std::vector<bool> have;
        for (size_t i = 0; i < files.size(); i++) {
            std::optional<FollowedChunk> first = find_in_file(files[i]);
            have.push_back(first.has_value());
            if (first) chunks_.emplace(entries[i].value.digest, *std::move(first));
        }
        co_return have;
    }

    std::optional<FollowedChunk> find_in_file(const FileVersion& file) const {
        for (const Chunk& chunk : file.chunks)
            if (!file.is_deleted && !chunk.is_deleted && name_.is_name_of(repository_, file.path, chunk))
                return FollowedChunk{chunk_id(repository_.id, file.path, chunk), file.path, chunk};
        return std::nullopt;
    }

    const Repository& repository_;
    const FollowedName name_;
    std::map<Digest, FollowedChunk> chunks_;
};

bool is_modified(const FollowedChunk& before, const FollowedChunk& after) {
    const ComparedChunk old_chunk = compared_chunk(before.path, before.chunk, before.id),
                        new_chunk = compared_chunk(after.path, after.chunk, after.id);
    return has_other_own_content(old_chunk, new_chunk) || has_other_signature(old_chunk, new_chunk) ||
           old_chunk.visibility != new_chunk.visibility;
}

// Returns the name of the change as cg_chunk_history gives it, or an empty text where nothing changed.
std::string_view name_of_change(const std::optional<FollowedChunk>& before, const std::optional<FollowedChunk>& after) {
    if (!before && !after) return "";
    if (!before) return "added";
    if (!after) return "deleted";
    if (is_modified(*before, *after)) return "modified";
    return before->path != after->path ? "moved" : "";
}

}  // namespace

static Task<> yield_history(const Repository& repository, const std::vector<Snapshot>& snapshots, FollowedName name,
                            bool& was_found) {
    std::vector<std::string> paths;
    if (name.is_id)
        paths = co_await find_paths_with_id(repository, name.text);
    else
        paths = co_await find_paths_with_fqn(repository, name.text);
    if (paths.empty()) co_return;
    ChunkFollower follower(repository, std::move(name), std::move(paths));
    std::optional<FollowedChunk> before;
    std::optional<Digest> root_before;
    for (const Snapshot& snapshot : snapshots) {
        if (snapshot.root == root_before) continue;
        root_before = snapshot.root;
        std::optional<FollowedChunk> after = co_await follower.find(snapshot.root);
        const std::string_view change = name_of_change(before, after);
        before = after;
        if (change.empty()) continue;
        was_found = true;
        const std::string hash = after ? to_hex(after->chunk.content_hash.view()) : "";
        const auto row = row_of<history_columns>(
            snapshot.id, snapshot.commit_hash, snapshot.committed_at, change, after ? cell(after->id) : null_cell(),
            after ? cell(hash) : null_cell(), after ? cell(after->path) : null_cell());
        co_yield row;
    }
}

Task<> chunk_history(const Arguments& arguments) {
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    std::vector<Snapshot> snapshots = co_await list_snapshots(repository);
    if (const std::optional<std::string_view> branch = arguments.optional_text(history_arguments["branch"]))
        std::erase_if(snapshots, [&](const Snapshot& snapshot) { return snapshot.branch_name != *branch; });
    FollowedName name{std::string(arguments.text(history_arguments["chunk"])), true};
    bool was_found = false;
    co_await yield_history(repository, snapshots, name, was_found);
    if (was_found) co_return;
    name.is_id = false;
    co_await yield_history(repository, snapshots, name, was_found);
}

}  // namespace codegraph
