// Finds, makes and changes snapshots. A snapshot has a name, a root, a revision number, and a log row for every change
// of its root.
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

    // Tells whether it is at revision 0 with nothing in it. Such a snapshot may still be given a base.
    bool is_blank() const;
    bool operator==(const Snapshot&) const = default;
};

// Returns the snapshot in the first row of an answer whose columns begin with CODEGRAPH_SNAPSHOT_COLUMNS, or nothing
// where it has no row.
std::optional<Snapshot> first_snapshot(const Rows& rows);
// Returns the snapshot with exactly this id, or nothing.
Task<std::optional<Snapshot>> look_up_snapshot(const Repository& repository, std::string snapshot_id);
// Returns the same, with its row locked until the transaction ends.
Task<std::optional<Snapshot>> lock_snapshot(const Repository& repository, std::string snapshot_id);
// Is for who cannot go on without the snapshot. Throws where policies let the caller see it and not write it.
Task<std::optional<Snapshot>> lock_existing_snapshot(const Repository& repository, std::string snapshot_id);
// Returns all snapshots by commit time, or by time of creation where there is none.
Task<std::vector<Snapshot>> list_snapshots(const Repository& repository);
// Returns a page of the snapshots from a key on, in the order of their keys, in which they were made. An empty page is
// the end.
Task<std::vector<Snapshot>> list_snapshots_from(const Repository& repository, int64_t key);

void check_open(const Snapshot& snapshot);  // throws when it is sealed
Task<> seal_snapshot(const Repository& repository, Snapshot& snapshot);

// Inserts the snapshot at revision 0, logged as `create` with `file_count` files, and returns it. When another writer
// has made one of that id meanwhile, returns that one. Either is locked until the transaction ends.
Task<Snapshot> make_snapshot(const Repository& repository, Snapshot snapshot, uint64_t file_count);
// Writes commit, branch, base, commit time and attributes.
Task<> save_snapshot_metadata(const Repository& repository, Snapshot& snapshot);
Task<> delete_snapshot(const Repository& repository, const Snapshot& snapshot);  // with its log and refs
// Throws corrupt() where the revision was not pruned, so that it would be in the log: the log begins before it, or has
// no row at all. Requires that the log has no row of it.
Task<> check_pruned(const Repository& repository, const Snapshot& snapshot, int64_t number);
// Makes `root` the next revision and logs it. `file_count` files differ from the revision before.
Task<> advance_snapshot(const Repository& repository, Snapshot& snapshot, Digest root, std::string_view operation,
                        uint64_t file_count);

}  // namespace codegraph
