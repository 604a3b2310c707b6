#include "operations/verify/shared_ids.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "operations/verify/file_pages.h"
#include "storage/symbols.h"
#include "tree/diff.h"

namespace codegraph {

void SharedIds::add(std::string_view path, const Chunk& chunk, std::string_view id) {
    const std::vector<std::string_view> readings = paths_of_computed_id(repository_.id, id);
    if (!chunk.explicit_id && readings.size() == 1) return;  // another path has it only as an explicit id
    const uint64_t id_hash = std::hash<std::string_view>()(id), path_hash = std::hash<std::string_view>()(path);
    auto [known, is_new] = paths_.try_emplace(id_hash, path_hash);
    const auto elsewhere = [&](std::string_view reading) { return reading != path; };
    const bool is_misleading = chunk.explicit_id && std::ranges::any_of(readings, elsewhere);
    if (is_misleading || known->second != path_hash) shared_.insert(id_hash);
}

namespace {

struct IdHolder {
    std::string path;
    Digest digest;
};
using HoldersById = std::map<std::string, std::vector<IdHolder>>;

Task<HoldersById> find_holders(const Repository& repository, const SharedIds& shared) {
    Findings found_before;
    FilePages pages(repository, found_before);
    HoldersById holders;
    bool more = co_await pages.next();
    while (more) {
        for (const FileInPage& in_page : pages.files())
            for (const Chunk& chunk : in_page.file.chunks) {
                if (chunk.is_deleted || in_page.file.is_deleted) continue;
                std::string id = chunk_id(repository.id, in_page.file.path, chunk);
                if (shared.contains(id)) holders[std::move(id)].push_back({in_page.file.path, in_page.digest});
            }
        more = co_await pages.next();
    }
    co_return holders;
}

// The chunk ids of one snapshot, of those that several paths may have. From one snapshot to the next only the files
// that differ are looked at: a history of n snapshots may move an id through n files.
class IdsOfSnapshot {
public:
    explicit IdsOfSnapshot(const HoldersById& holders) {
        for (const auto& [id, id_holders] : holders)
            for (const IdHolder& holder : id_holders) ids_by_path_[holder.path].push_back({holder.digest, id});
    }

    // The file at this path came into the snapshot, or left it.
    void add(std::string_view path, const Digest& digest) { change(path, digest, true); }
    void remove(std::string_view path, const Digest& digest) { change(path, digest, false); }
    void clear() {
        paths_by_id_.clear();
        shared_.clear();
    }
    void report(const std::string& snapshot_id, Findings& findings) const {
        for (std::string_view id : shared_) {
            const std::set<std::string_view>& paths = paths_by_id_.at(id);
            findings.add("snapshot " + snapshot_id, "the chunk id " + quote(id) + " is in " +
                                                        std::string(*paths.begin()) + " and in " +
                                                        std::string(*std::next(paths.begin())));
        }
    }

private:
    struct IdInVersion {
        Digest digest;
        std::string_view id;
    };

    void change(std::string_view path, const Digest& digest, bool is_there) {
        const auto ids = ids_by_path_.find(path);
        if (ids == ids_by_path_.end()) return;
        for (const IdInVersion& version : ids->second) {
            if (version.digest != digest) continue;
            std::set<std::string_view>& paths = paths_by_id_[version.id];
            if (is_there)
                paths.insert(ids->first);
            else
                paths.erase(ids->first);
            if (paths.size() < 2)
                shared_.erase(version.id);
            else
                shared_.insert(version.id);
        }
    }

    std::map<std::string_view, std::vector<IdInVersion>, std::less<>> ids_by_path_;
    std::map<std::string_view, std::set<std::string_view>> paths_by_id_;
    std::set<std::string_view> shared_;
};

// Goes from one root to another. Returns false where a tree is damaged, which verify_tree_nodes() reports.
Task<bool> follow(NodeStore& nodes, Digest from, Digest to, IdsOfSnapshot& ids) {
    std::vector<TreeChange> changes;
    try {
        changes = co_await diff(nodes, from, to);
    } catch (const Error& error) {
        if (error.kind != ErrorKind::data_corrupted) throw;
        co_return false;
    }
    Pace pace;
    for (const TreeChange& change : changes) {
        if (change.before) ids.remove(change.key, change.before->digest);
        if (change.after) ids.add(change.key, change.after->digest);
        if (pace.is_due()) co_await checkpoint();
    }
    co_return true;
}

}  // namespace

Task<> verify_shared_ids(const Repository& repository, Findings& findings, const SharedIds& shared,
                         std::vector<ReadableSnapshot> snapshots) {
    if (shared.empty()) co_return;
    const HoldersById holders = co_await find_holders(repository, shared);
    NodeStore nodes(repository.key);
    IdsOfSnapshot ids(holders);
    Digest at = empty_root();
    for (const ReadableSnapshot& snapshot : snapshots) {
        bool is_readable = co_await follow(nodes, at, snapshot.root, ids);
        if (!is_readable && at != empty_root()) {  // the tree before may be the damaged one
            ids.clear();
            at = empty_root();
            is_readable = co_await follow(nodes, at, snapshot.root, ids);
        }
        if (!is_readable) continue;
        at = snapshot.root;
        ids.report(snapshot.snapshot_id, findings);
        co_await checkpoint();
    }
}

}  // namespace codegraph
