#include "storage/snapshot.h"

#include <algorithm>

#include "base/error.h"
#include "base/time.h"
#include "engine/changes.h"
#include "storage/refs.h"
#include "storage/sequences.h"
#include "storage/snapshot_log.h"
#include "storage/snapshot_statements.h"
#include "storage/stored_values.h"
#include "tree/node.h"

namespace codegraph {

bool Snapshot::is_blank() const {
    return revision == 0 && root == empty_root();
}

static Snapshot snapshot_of(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::find_snapshot;
    Snapshot s;
    s.key = read_key(rows, row, columns["snapshot_key"]);
    s.id = rows.text(row, columns["snapshot_id"]);
    s.commit_hash = rows.optional_text(row, columns["commit_hash"]);
    s.branch_name = rows.optional_text(row, columns["branch_name"]);
    s.base_snapshot_id = rows.optional_text(row, columns["base_snapshot_id"]);
    s.root = Digest::from_bytes(rows.blob(row, columns["root"]), "a snapshot's root");
    s.revision = read_revision(rows, row, columns["revision"]);
    s.sealed = read_flag(rows, row, columns["sealed"]);
    if (!rows.is_null(row, columns["committed_at"])) s.committed_at = read_time(rows, row, columns["committed_at"]);
    s.attrs = read_attrs(rows, row, columns["attrs"]);
    s.created_at = read_time(rows, row, columns["created_at"]);
    s.updated_at = read_time(rows, row, columns["updated_at"]);
    return s;
}

std::optional<Snapshot> first_snapshot(const Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return snapshot_of(rows, 0);
}

Task<std::optional<Snapshot>> look_up_snapshot(const Repository& repository, std::string snapshot_id) {
    Rows rows = co_await query(statements::find_snapshot, repository.key, snapshot_id);
    co_return first_snapshot(rows);
}

Task<std::optional<Snapshot>> lock_snapshot(const Repository& repository, std::string snapshot_id) {
    Rows rows = co_await query(statements::lock_snapshot, repository.key, snapshot_id);
    co_return first_snapshot(rows);
}

Task<std::optional<Snapshot>> lock_existing_snapshot(const Repository& repository, std::string snapshot_id) {
    std::optional<Snapshot> snapshot = co_await lock_snapshot(repository, snapshot_id);
    if (snapshot) co_return snapshot;
    const std::optional<Snapshot> seen = co_await look_up_snapshot(repository, snapshot_id);
    if (!seen) co_return std::nullopt;
    snapshot = co_await lock_snapshot(repository, snapshot_id);  // where it was made meanwhile
    if (!snapshot) throw may_be_hidden(unknown_snapshot(snapshot_id, repository.id));
    co_return snapshot;
}

Task<std::vector<Snapshot>> list_snapshots(const Repository& repository) {
    Rows rows = co_await query(statements::list_snapshots, repository.key);
    std::vector<Snapshot> snapshots;
    for (size_t row = 0; row < rows.size(); row++) snapshots.push_back(snapshot_of(rows, row));
    co_return snapshots;
}

Task<std::vector<Snapshot>> list_snapshots_from(const Repository& repository, int64_t key) {
    Rows rows = co_await query(statements::list_snapshots_from, repository.key, key);
    std::vector<Snapshot> snapshots;
    for (size_t row = 0; row < rows.size(); row++) {
        snapshots.push_back(snapshot_of(rows, row));
        const int64_t least = row == 0 ? key : snapshots[row - 1].key + 1;
        if (snapshots.back().key < least) throw corrupt("the rows of codegraph_snapshots are out of order");
    }
    co_return snapshots;
}

void check_open(const Snapshot& snapshot) {
    if (snapshot.sealed) throw Error(ErrorKind::object_state, "snapshot " + quote(snapshot.id) + " is sealed");
}

Task<> seal_snapshot(const Repository& repository, Snapshot& snapshot) {
    if (snapshot.sealed) co_return;
    snapshot.sealed = true;
    snapshot.updated_at = std::max(snapshot.updated_at, now_milliseconds());
    Rows rows =
        co_await query(statements::update_snapshot_as_sealed, repository.key, snapshot.key, snapshot.updated_at);
    check_changed(statements::update_snapshot_as_sealed, rows);
}

static Task<> log_revision(const Repository& repository, const Snapshot& snapshot, std::string_view operation,
                           uint64_t file_count, Cell root_before) {
    Rows inserted = co_await query(statements::insert_log, repository.key, snapshot.key, snapshot.revision, operation,
                                   file_count, snapshot.updated_at, root_before, blob_cell(snapshot.root.view()));
    if (inserted.changed > 0) co_return;
    const std::optional<LogEntry> entry = co_await find_log_entry(repository, snapshot.key, snapshot.revision);
    if (entry)
        throw corrupt("the log of snapshot " + quote(snapshot.id) + " has revision " +
                      std::to_string(snapshot.revision) + " already");
    throw rows_skipped_by(statements::insert_log);
}

// Inserts the row of a snapshot and returns its key, or nothing when the row was not stored.
static Task<std::optional<int64_t>> insert_row(const Repository& repository, const Snapshot& snapshot) {
    Rows inserted = co_await query(statements::insert_snapshot, repository.key, snapshot.id, snapshot.commit_hash,
                                   snapshot.branch_name, snapshot.base_snapshot_id, blob_cell(snapshot.root.view()),
                                   snapshot.committed_at, snapshot.attrs, snapshot.created_at);
    if (inserted.empty()) co_return std::nullopt;
    if (inserted.integer(0, statements::insert_snapshot["is_used"]) != 0)
        co_await refuse_used_key(snapshot_keys, repository.key);
    co_return inserted.integer(0, statements::insert_snapshot["snapshot_key"]);
}

Task<Snapshot> make_snapshot(const Repository& repository, Snapshot snapshot, uint64_t file_count) {
    snapshot.created_at = snapshot.updated_at = now_milliseconds();
    std::optional<int64_t> key = co_await insert_row(repository, snapshot);
    if (!key) {
        std::optional<Snapshot> other = co_await lock_snapshot(repository, snapshot.id);
        if (other) co_return *std::move(other);
        co_await check_given_keys(snapshot_keys, repository.key, 1, 0);
        key = co_await insert_row(repository, snapshot);  // the other one was deleted meanwhile
        if (!key) throw rows_skipped_by(statements::insert_snapshot);
    }
    snapshot.key = *key;
    co_await log_revision(repository, snapshot, "create", file_count, null_cell());
    co_return snapshot;
}

Task<> save_snapshot_metadata(const Repository& repository, Snapshot& snapshot) {
    snapshot.updated_at = std::max(snapshot.updated_at, now_milliseconds());
    Rows rows = co_await query(statements::update_snapshot, repository.key, snapshot.key, snapshot.commit_hash,
                               snapshot.branch_name, snapshot.base_snapshot_id, snapshot.committed_at, snapshot.attrs,
                               snapshot.updated_at);
    check_changed(statements::update_snapshot, rows);
}

Task<> check_pruned(const Repository& repository, const Snapshot& snapshot, int64_t number) {
    if (number > snapshot.revision) co_return;
    Rows rows = co_await query(statements::find_first_revision, repository.key, snapshot.key);
    if (rows.empty() || read_revision(rows, 0, statements::find_first_revision["revision"]) < number)
        throw missing("the log of snapshot " + quote(snapshot.id) + " has no revision " + std::to_string(number));
}

Task<> advance_snapshot(const Repository& repository, Snapshot& snapshot, Digest root, std::string_view operation,
                        uint64_t file_count) {
    if (snapshot.revision == greatest_revision)
        throw corrupt("snapshot " + quote(snapshot.id) + " has the greatest revision that there can be");
    Digest before = snapshot.root;
    snapshot.root = root;
    snapshot.revision += 1;
    snapshot.updated_at = std::max(snapshot.updated_at, now_milliseconds());
    Rows rows = co_await query(statements::update_snapshot_root, repository.key, snapshot.key, blob_cell(root.view()),
                               snapshot.revision, snapshot.base_snapshot_id, snapshot.updated_at);
    check_changed(statements::update_snapshot_root, rows);
    co_await log_revision(repository, snapshot, operation, file_count, blob_cell(before.view()));
}

Task<> delete_snapshot(const Repository& repository, const Snapshot& snapshot) {
    co_await query(statements::delete_snapshot_log, repository.key, snapshot.key);
    co_await query(statements::delete_content_root_of_snapshot, repository.key, snapshot.key);
    co_await delete_refs_of_snapshot(repository, snapshot);
    Rows deleted = co_await query(statements::delete_snapshot_row, repository.key, snapshot.key);
    check_changed(statements::delete_snapshot_row, deleted);
    const std::optional<LogEntry> left = co_await find_last_log_entry(repository, snapshot.key);
    if (left) throw rows_skipped_by(statements::delete_snapshot_log);
}

}  // namespace codegraph
