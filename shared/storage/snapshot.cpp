#include "storage/snapshot.h"

#include <algorithm>

#include "base/error.h"
#include "base/time.h"
#include "storage/snapshot_statements.h"
#include "tree/node.h"

namespace codegraph {

bool Snapshot::is_blank() const {
    return revision == 0 && root == empty_root();
}

static Snapshot snapshot_of(const Rows& rows, size_t row) {
    Snapshot s;
    s.key = rows.integer(row, 0);
    s.id = rows.text(row, 1);
    s.commit_hash = rows.optional_text(row, 2);
    s.branch_name = rows.optional_text(row, 3);
    s.base_snapshot_id = rows.optional_text(row, 4);
    s.root = Digest::from(rows.blob(row, 5), "a snapshot's root");
    s.revision = rows.integer(row, 6);
    s.sealed = rows.integer(row, 7) != 0;
    if (!rows.is_null(row, 8)) s.committed_at = rows.integer(row, 8);
    s.attrs = rows.text(row, 9);
    s.created_at = rows.integer(row, 10);
    s.updated_at = rows.integer(row, 11);
    return s;
}

static std::optional<Snapshot> first_of(const Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return snapshot_of(rows, 0);
}

Task<Snapshot> find_snapshot(const Repository& repository, std::string id_or_branch) {
    Rows exact = co_await query(statements::find_snapshot, repository.key, id_or_branch);
    if (!exact.empty()) co_return snapshot_of(exact, 0);
    Rows newest = co_await query(statements::newest_of_branch, repository.key, id_or_branch);
    if (newest.empty()) throw unknown_snapshot(id_or_branch, repository.id);
    co_return snapshot_of(newest, 0);
}

Task<std::optional<Snapshot>> look_up_snapshot(const Repository& repository, std::string snapshot_id) {
    Rows rows = co_await query(statements::find_snapshot, repository.key, snapshot_id);
    co_return first_of(rows);
}

Task<std::optional<Snapshot>> lock_snapshot(const Repository& repository, std::string snapshot_id) {
    Rows rows = co_await query(statements::lock_snapshot, repository.key, snapshot_id);
    co_return first_of(rows);
}

Task<std::vector<Snapshot>> list_snapshots(const Repository& repository) {
    Rows rows = co_await query(statements::list_snapshots, repository.key);
    std::vector<Snapshot> snapshots;
    for (size_t row = 0; row < rows.size(); row++) snapshots.push_back(snapshot_of(rows, row));
    co_return snapshots;
}

void check_open(const Snapshot& snapshot) {
    if (snapshot.sealed) throw Error(ErrorKind::object_state, "snapshot " + in_quotes(snapshot.id) + " is sealed");
}

Task<Snapshot> make_snapshot(const Repository& repository, Snapshot snapshot, uint64_t file_count) {
    snapshot.created_at = snapshot.updated_at = now_milliseconds();
    Rows inserted = co_await query(statements::insert_snapshot, repository.key, snapshot.id, snapshot.commit_hash,
                                   snapshot.branch_name, snapshot.base_snapshot_id, blob_cell(snapshot.root.view()),
                                   snapshot.committed_at, snapshot.attrs, snapshot.created_at);
    if (inserted.empty()) {
        std::optional<Snapshot> other = co_await lock_snapshot(repository, snapshot.id);
        if (!other)
            throw Error(ErrorKind::concurrent_change, "snapshot " + in_quotes(snapshot.id) + " was deleted meanwhile");
        co_return *std::move(other);
    }
    snapshot.key = inserted.integer(0, 0);
    co_await query(statements::insert_log, repository.key, snapshot.key, snapshot.revision, "create", file_count,
                   snapshot.created_at, null_cell(), blob_cell(snapshot.root.view()));
    co_return snapshot;
}

Task<> save_snapshot_metadata(const Repository& repository, Snapshot& snapshot) {
    snapshot.updated_at = std::max(snapshot.updated_at, now_milliseconds());
    co_await query(statements::update_snapshot, repository.key, snapshot.key, snapshot.commit_hash,
                   snapshot.branch_name, snapshot.base_snapshot_id, snapshot.committed_at, snapshot.attrs,
                   snapshot.updated_at);
}

Task<> advance_snapshot(const Repository& repository, Snapshot& snapshot, Digest root, std::string_view operation,
                        uint64_t file_count) {
    Digest before = snapshot.root;
    snapshot.root = root;
    snapshot.revision += 1;
    snapshot.updated_at = std::max(snapshot.updated_at, now_milliseconds());
    co_await query(statements::advance_snapshot, repository.key, snapshot.key, blob_cell(root.view()),
                   snapshot.revision, snapshot.base_snapshot_id, snapshot.updated_at);
    co_await query(statements::insert_log, repository.key, snapshot.key, snapshot.revision, operation, file_count,
                   snapshot.updated_at, blob_cell(before.view()), blob_cell(root.view()));
}

}  // namespace codegraph
