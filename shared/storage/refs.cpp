#include "storage/refs.h"

#include "base/error.h"
#include "base/time.h"
#include "engine/changes.h"
#include "storage/ref_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

static Error missing_snapshot(std::string_view ref) {
    return missing("the snapshot of ref " + quote(ref) + " is missing");
}

Task<std::optional<Snapshot>> find_snapshot_of_ref(const Repository& repository, std::string ref) {
    Rows rows = co_await query(statements::find_snapshot_of_ref, repository.key, ref);
    if (rows.empty()) co_return std::nullopt;
    if (rows.is_null(0, statements::find_snapshot_of_ref["snapshot_key"])) throw missing_snapshot(ref);
    co_return first_snapshot(rows);
}

static Ref read_ref(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::find_ref;
    Ref ref;
    ref.name = rows.text(row, columns["ref"]);
    if (rows.is_null(row, columns["snapshot_id"])) throw missing_snapshot(ref.name);
    ref.snapshot_id = rows.text(row, columns["snapshot_id"]);
    ref.updated_at = read_time(rows, row, columns["updated_at"]);
    return ref;
}

Task<std::optional<Ref>> find_ref(const Repository& repository, std::string name) {
    Rows rows = co_await query(statements::find_ref, repository.key, name);
    if (rows.empty()) co_return std::nullopt;
    co_return read_ref(rows, 0);
}

RefPages::RefPages(const Repository& repository)
    : repository_(repository), order_({statements::list_first_refs["ref"]}) {}

Task<std::vector<Ref>> RefPages::next() {
    Rows rows;
    if (last_)
        rows = co_await query(statements::list_next_refs, repository_.key, *last_);
    else
        rows = co_await query(statements::list_first_refs, repository_.key);
    order_.check(rows, "codegraph_refs");
    std::vector<Ref> refs;
    for (size_t row = 0; row < rows.size(); row++) refs.push_back(read_ref(rows, row));
    if (!refs.empty()) last_ = refs.back().name;
    co_return refs;
}

Task<bool> insert_ref(const Repository& repository, const Ref& ref, const Snapshot& snapshot) {
    Rows inserted = co_await query(statements::insert_ref, repository.key, ref.name, snapshot.key, ref.updated_at);
    if (inserted.changed > 0) co_return true;
    const std::optional<Ref> other = co_await find_ref(repository, ref.name);
    if (!other) throw rows_skipped_by(statements::insert_ref);
    co_return false;
}

Task<> save_ref(const Repository& repository, std::string name, const Snapshot& snapshot) {
    Rows saved = co_await query(statements::find_ref, repository.key, name);
    if (!saved.empty() && saved.integer(0, statements::find_ref["snapshot_key"]) == snapshot.key) co_return;
    Rows changed =
        co_await query(statements::insert_or_update_ref, repository.key, name, snapshot.key, now_milliseconds());
    if (changed.changed > 0) co_return;
    if (saved.empty()) throw rows_skipped_by(statements::insert_or_update_ref);
    throw skipped_rows("update", "refs");
}

Task<> delete_ref(const Repository& repository, std::string name) {
    Rows deleted = co_await query(statements::delete_ref, repository.key, name);
    if (deleted.changed > 0) co_return;
    Rows left = co_await query(statements::find_ref, repository.key, name);
    if (!left.empty()) throw rows_skipped_by(statements::delete_ref);
}

Task<> delete_refs_of_snapshot(const Repository& repository, const Snapshot& snapshot) {
    co_await query(statements::delete_refs_of_snapshot, repository.key, snapshot.key);
    Rows left = co_await query_now(statements::list_refs_of_snapshot, repository.key, snapshot.key);
    if (left.empty()) co_return;
    Rows seen = co_await query(statements::list_refs_of_snapshot, repository.key, snapshot.key);
    if (!seen.empty()) throw rows_skipped_by(statements::delete_refs_of_snapshot);
    throw Error(ErrorKind::concurrent_change,
                "ref " + quote(left.text(0, statements::list_refs_of_snapshot["ref"])) + " was set to snapshot " +
                    quote(snapshot.id) + " since this transaction began",
                "Roll back, and run the transaction again.");
}

}  // namespace codegraph
