// The past of snapshots: cg_log, cg_chunk_history, cg_rollback.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/error.h"
#include "model/chunk_id.h"
#include "operations/readers.h"
#include "operations/write/target.h"
#include "operations/writers.h"
#include "storage/file_store.h"
#include "storage/snapshot_log.h"
#include "storage/symbols.h"
#include "tree/diff.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

Task<std::vector<Snapshot>> chosen_snapshots(const Repository& repository, const Arguments& arguments) {
    if (arguments.is_null(1)) co_return co_await list_snapshots(repository);
    std::string id(arguments.text(1));
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, id);
    if (!snapshot) throw unknown_snapshot(id, repository.id);
    co_return std::vector<Snapshot>(1, *std::move(snapshot));
}

// The log of neighbouring snapshots in the order of creation.
Task<> yield_log(const Repository& repository, std::span<const Snapshot> snapshots) {
    std::vector<int64_t> keys;
    for (const Snapshot& snapshot : snapshots) keys.push_back(snapshot.key);
    std::vector<LogEntry> entries = co_await read_log(repository, std::move(keys));
    auto of = snapshots.begin();
    for (const LogEntry& entry : entries) {
        while (of->key != entry.snapshot_key) ++of;
        const std::string before = entry.root_before ? to_hex(entry.root_before->view()) : "",
                          after = to_hex(entry.root_after.view());
        const std::array<Cell, 8> row = {cell(of->id),
                                         cell(entry.revision),
                                         cell(entry.operation),
                                         cell(entry.file_count),
                                         cell(entry.actor),
                                         cell(entry.logged_at),
                                         entry.root_before ? cell(before) : null_cell(),
                                         cell(after)};
        co_yield row;
    }
}

}  // namespace

Task<> log_entries(const Arguments& arguments) {
    constexpr size_t snapshots_a_request = 256;
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::none);
    std::vector<Snapshot> snapshots = co_await chosen_snapshots(repository, arguments);
    for (std::span<const Snapshot> rest = snapshots; !rest.empty();) {
        const size_t count = std::min(rest.size(), snapshots_a_request);
        co_await yield_log(repository, rest.first(count));
        rest = rest.subspan(count);
    }
}

Task<> rollback(const Arguments& arguments) {
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    Target target = co_await open_snapshot(repository, std::string(arguments.text(1)));
    Snapshot& snapshot = target.snapshot;
    const int64_t number = *arguments.optional_integer(2);
    std::optional<Revision> revision = co_await find_revision(repository, snapshot.key, number);
    if (!revision) throw unknown_revision(snapshot.id, number);
    if (revision->root != snapshot.root) {
        NodeStore nodes(repository.key);
        const std::vector<TreeChange> changes = co_await diff(nodes, snapshot.root, revision->root);
        co_await advance_snapshot(repository, snapshot, revision->root, "rollback", changes.size());
    }
    const std::array<Cell, 1> row = {cell(snapshot.revision)};
    co_yield row;
}

namespace {

// What cg_chunk_history follows: an id, or the first chunk with an FQN.
struct FollowedName {
    std::string text;
    bool is_id;
    bool is_name_of(const Repository& repository, const std::string& path, const Chunk& chunk) const {
        return is_id ? chunk_id(repository.id, path, chunk) == text : chunk.fqn == text;
    }
};

struct FollowedChunk {
    std::string id, path;
    Digest content_hash;
};

// The chunk of one name from snapshot to snapshot. Only the paths that can have it are looked up: that reads less than
// the difference of two trees, of which it is the part that matters. Subtrees that two snapshots share are in the
// store's memory, and a file version that was looked at before is not loaded again.
class ChunkFollower {
public:
    ChunkFollower(const Repository& repository, FollowedName name, std::vector<std::string> paths)
        : repository_(repository), name_(std::move(name)), nodes_(repository.key), paths_(std::move(paths)) {}

    Task<std::optional<FollowedChunk>> at(Digest root) {
        std::vector<std::optional<TreeValue>> found = co_await find_many(nodes_, root, paths_);
        for (size_t i = 0; i < paths_.size(); i++) {
            if (!found[i]) continue;
            auto known = chunks_.find(found[i]->digest);
            if (known == chunks_.end()) {
                TreeEntry entry{paths_[i], *found[i]};
                std::optional<FollowedChunk> chunk = co_await look_into(std::move(entry));
                known = chunks_.emplace(found[i]->digest, std::move(chunk)).first;
            }
            if (known->second) co_return known->second;
        }
        co_return std::nullopt;
    }

private:
    Task<std::optional<FollowedChunk>> look_into(TreeEntry entry) {
        std::vector<FileVersion> files = co_await load_file_versions(repository_, std::span(&entry, 1));
        std::optional<FollowedChunk> first;
        const FileVersion& file = files.front();
        for (const Chunk& chunk : file.chunks) {
            if (file.is_deleted || chunk.is_deleted || !name_.is_name_of(repository_, file.path, chunk)) continue;
            first = FollowedChunk{chunk_id(repository_.id, file.path, chunk), file.path, chunk.content_hash};
            break;
        }
        co_return first;
    }

    const Repository& repository_;
    const FollowedName name_;
    NodeStore nodes_;
    const std::vector<std::string> paths_;  // ascending
    std::map<Digest, std::optional<FollowedChunk>> chunks_;
};

// The name of a change as cg_chunk_history tells it; empty: none.
std::string_view change_between(const std::optional<FollowedChunk>& before, const std::optional<FollowedChunk>& after) {
    if (!before && !after) return "";
    if (!before) return "added";
    if (!after) return "deleted";
    if (before->content_hash != after->content_hash) return "modified";
    return before->path != after->path ? "moved" : "";
}

}  // namespace

static Task<> yield_history(const Repository& repository, const std::vector<Snapshot>& snapshots, FollowedName name,
                            bool& exists) {
    std::vector<std::string> paths;
    if (name.is_id)
        paths = co_await paths_with_id(repository, name.text);
    else
        paths = co_await paths_with_fqn(repository, name.text);
    if (paths.empty()) co_return;
    ChunkFollower follower(repository, std::move(name), std::move(paths));
    std::optional<FollowedChunk> before;
    std::optional<Digest> root_before;
    for (const Snapshot& snapshot : snapshots) {
        if (snapshot.root == root_before) continue;
        root_before = snapshot.root;
        std::optional<FollowedChunk> after = co_await follower.at(snapshot.root);
        const std::string_view change = change_between(before, after);
        before = after;
        if (change.empty()) continue;
        exists = true;
        const std::string hash = after ? to_hex(after->content_hash.view()) : "";
        const std::array<Cell, 7> row = {cell(snapshot.id),
                                         cell(snapshot.commit_hash),
                                         cell(snapshot.committed_at),
                                         cell(change),
                                         after ? cell(after->id) : null_cell(),
                                         after ? cell(hash) : null_cell(),
                                         after ? cell(after->path) : null_cell()};
        co_yield row;
    }
}

Task<> chunk_history(const Arguments& arguments) {
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::none);
    std::vector<Snapshot> snapshots = co_await list_snapshots(repository);
    if (const std::optional<std::string_view> branch = arguments.optional_text(2))
        std::erase_if(snapshots, [&](const Snapshot& snapshot) { return snapshot.branch_name != *branch; });
    FollowedName name{std::string(arguments.text(1)), true};
    bool exists = false;
    co_await yield_history(repository, snapshots, name, exists);
    if (exists) co_return;
    name.is_id = false;
    co_await yield_history(repository, snapshots, name, exists);
}

}  // namespace codegraph
