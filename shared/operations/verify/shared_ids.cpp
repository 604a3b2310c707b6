#include "operations/verify/shared_ids.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "operations/verify/file_pages.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

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

// Returns the digests that these paths have in a tree, or none where the tree is damaged. verify_tree_nodes() reports
// the damage.
Task<std::map<std::string, Digest>> find_digests(NodeStore& nodes, Digest root, std::vector<std::string> paths) {
    std::map<std::string, Digest> digests;
    try {
        const std::vector<std::optional<TreeValue>> values = co_await find_many(nodes, root, paths);
        for (size_t i = 0; i < paths.size(); i++)
            if (values[i]) digests.emplace(paths[i], values[i]->digest);
    } catch (const Error& error) {
        if (error.kind != ErrorKind::data_corrupted) throw;
    }
    co_return digests;
}

void check_snapshot(const std::string& snapshot_id, const HoldersById& holders,
                    const std::map<std::string, Digest>& digests, Findings& findings) {
    for (const auto& [id, id_holders] : holders) {
        std::set<std::string_view> paths;
        for (const IdHolder& holder : id_holders) {
            auto in_tree = digests.find(holder.path);
            if (in_tree != digests.end() && in_tree->second == holder.digest) paths.insert(holder.path);
        }
        if (paths.size() < 2) continue;
        findings.add("snapshot " + snapshot_id, "the chunk id " + quote(id) + " is in " + std::string(*paths.begin()) +
                                                    " and in " + std::string(*std::next(paths.begin())));
    }
}

}  // namespace

Task<> verify_shared_ids(const Repository& repository, Findings& findings, const SharedIds& shared,
                         std::vector<ReadableSnapshot> snapshots) {
    if (shared.empty()) co_return;
    const HoldersById holders = co_await find_holders(repository, shared);
    std::set<std::string> distinct;
    for (const auto& [id, id_holders] : holders)
        for (const IdHolder& holder : id_holders) distinct.insert(holder.path);
    const std::vector<std::string> paths(distinct.begin(), distinct.end());
    NodeStore nodes(repository.key);
    for (const ReadableSnapshot& snapshot : snapshots) {
        const std::map<std::string, Digest> digests = co_await find_digests(nodes, snapshot.root, paths);
        check_snapshot(snapshot.snapshot_id, holders, digests, findings);
        co_await checkpoint();
    }
}

}  // namespace codegraph
