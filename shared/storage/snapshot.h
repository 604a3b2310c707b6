// Snapshots: a name, a root, a revision number, and a log row for every change of the root.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

struct Snapshot {
    int64_t key = 0;
    std::string id;
    std::optional<std::string> commit_hash, branch_name, base_snapshot_id;
    Digest root;
    int64_t revision = 0;
    bool sealed = false;
    std::optional<int64_t> committed_at;
    std::string attrs = "{}";
    int64_t created_at = 0, updated_at = 0;

    // At revision 0 with nothing in it: it may still be given a base.
    bool is_blank() const;
    bool operator==(const Snapshot&) const = default;
};

// A snapshot argument of a reader: an id, else a branch, which means its newest snapshot; at a moment of its past, when
// it ends in one (model/moment.h): root and revision are those of then.
Task<Snapshot> find_snapshot(const Repository& repository, std::string id_or_branch);
// The newest snapshot of the repository's default branch; where that has none, the newest; nothing without any.
Task<std::optional<Snapshot>> find_default_snapshot(const Repository& repository);
// An exact id; nothing when there is none.
Task<std::optional<Snapshot>> look_up_snapshot(const Repository& repository, std::string snapshot_id);
// The same, its row locked until the transaction ends.
Task<std::optional<Snapshot>> lock_snapshot(const Repository& repository, std::string snapshot_id);
Task<std::vector<Snapshot>> list_snapshots(const Repository& repository);  // by creation
// A page of them in the order in which they were made, which is that of their keys; empty: there were no more.
Task<std::vector<Snapshot>> list_snapshots_after(const Repository& repository, int64_t key);

void check_open(const Snapshot& snapshot);  // throws when it is sealed
Task<> seal_snapshot(const Repository& repository, Snapshot& snapshot);

// Inserts the snapshot at revision 0, logged as `create`, with `file_count` files; the one another writer made
// meanwhile where there is one. Locked in both cases.
Task<Snapshot> make_snapshot(const Repository& repository, Snapshot snapshot, uint64_t file_count);
// Writes commit, branch, base, commit time and attributes.
Task<> save_snapshot_metadata(const Repository& repository, Snapshot& snapshot);
// Makes `root` the next revision; `file_count` files differ.
Task<> advance_snapshot(const Repository& repository, Snapshot& snapshot, Digest root, std::string_view operation,
                        uint64_t file_count);

}  // namespace codegraph
