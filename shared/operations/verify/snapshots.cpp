// The log of a snapshot must be a chain: revisions without a gap, each starting from the root where the one before it
// ended, and the last one ending at the snapshot's revision and root. All roots must be stored.
#include "operations/verify/snapshots.h"

#include "base/bytes.h"
#include "engine/request.h"
#include "storage/page_order.h"
#include "storage/snapshot_statements.h"
#include "storage/stored_values.h"
#include "storage/verify_statements.h"
#include "tree/node.h"

namespace codegraph {

namespace {

bool is_stored(const DigestSet& nodes, const Digest& root) {
    return root == empty_root() || nodes.contains(root);
}

struct SnapshotRow {
    std::string object, log_object, id;
    int64_t key = 0, revision = 0;
    Digest root;
    bool is_sound = false;
};

SnapshotRow read_snapshot(const Rows& rows, size_t row, Findings& findings) {
    constexpr const Statement& columns = statements::list_snapshots;
    StoredRow stored(rows, row);
    SnapshotRow snapshot;
    snapshot.key = stored.integer(columns["snapshot_key"], is_key);
    snapshot.id = stored.text(columns["snapshot_id"]);
    stored.optional_text(columns["commit_hash"]);
    stored.optional_text(columns["branch_name"]);
    stored.optional_text(columns["base_snapshot_id"]);
    snapshot.root = stored.digest(columns["root"]);
    snapshot.revision = stored.integer(columns["revision"], is_revision);
    stored.integer(columns["sealed"], is_flag);
    if (!stored.is_null(columns["committed_at"])) stored.integer(columns["committed_at"], is_time);
    stored.attrs(columns["attrs"]);
    stored.integer(columns["created_at"], is_time);
    stored.integer(columns["updated_at"], is_time);
    snapshot.object = "snapshot " + snapshot.id;
    snapshot.log_object = "log of " + snapshot.id;
    snapshot.is_sound = !stored.report_problems(snapshot.object, findings);
    return snapshot;
}

struct LogRow {
    std::string object;
    int64_t revision = 0, logged_at = 0;
    std::optional<Digest> root_before;
    Digest root_after;
};

// Checks the log of one snapshot row by row. The oldest row need not be revision 0, because the log may be pruned.
class LogCheck {
public:
    LogCheck(const SnapshotRow& snapshot, const DigestSet& nodes, Findings& findings)
        : snapshot_(snapshot), nodes_(nodes), findings_(findings) {}

    void check_row(const Rows& rows, size_t row) {
        constexpr const Statement& columns = statements::list_first_log_rows;
        StoredRow stored(rows, row);
        LogRow next;
        next.revision = stored.integer(columns["revision"], is_revision);
        next.object = snapshot_.log_object + " revision " + std::to_string(next.revision);
        stored.text(columns["operation"]);
        stored.integer(columns["file_count"], is_count);
        stored.optional_text(columns["actor"]);
        next.logged_at = stored.integer(columns["logged_at"], is_time);
        if (!stored.is_null(columns["root_before"])) next.root_before = stored.digest(columns["root_before"]);
        next.root_after = stored.digest(columns["root_after"]);
        if (!stored.report_problems(next.object, findings_)) {
            check_revision(next);
            last_ = std::move(next);
        } else if (stored.has_type(columns["revision"], CG_INTEGER)) {
            last_.reset();  // the next row has nothing to be compared with
        }
    }
    void check_end() const {
        if (!last_) {
            findings_.add(snapshot_.log_object, "its newest row is missing");
            return;
        }
        if (last_->revision != snapshot_.revision)
            findings_.add(snapshot_.object, "its revision is " + std::to_string(snapshot_.revision) +
                                                ", its log ends at " + std::to_string(last_->revision));
        if (last_->root_after != snapshot_.root)
            findings_.add(snapshot_.object, "its root is not the one that its log ends with");
    }

private:
    void check_revision(const LogRow& next) {
        if ((next.revision == 0) == next.root_before.has_value())
            findings_.add(next.object, next.root_before ? "it has a root_before" : "it has no root_before");
        if (!is_stored(nodes_, next.root_after))
            findings_.add(next.object, "its root " + to_hex(next.root_after.view()) + " is missing");
        if (!last_) return;
        if (next.revision != last_->revision + 1) {
            findings_.add(snapshot_.log_object, "revisions are missing between " + std::to_string(last_->revision) +
                                                    " and " + std::to_string(next.revision));
        } else if (next.root_before != last_->root_after) {
            findings_.add(next.object, "its root_before is not the root of the revision before");
        }
        if (next.logged_at < last_->logged_at)
            findings_.add(next.object, "it is logged at an earlier time than the revision before");
    }

    const SnapshotRow& snapshot_;
    const DigestSet& nodes_;
    Findings& findings_;
    std::optional<LogRow> last_;
};

// Returns how many rows the log has, or nothing where they are out of order.
Task<std::optional<int64_t>> verify_log(const Repository& repository, const SnapshotRow& snapshot,
                                        const DigestSet& nodes, Findings& findings) {
    LogCheck check(snapshot, nodes, findings);
    int64_t count = 0;
    PageOrder order({statements::list_first_log_rows["revision"]});
    Rows page = co_await query(statements::list_first_log_rows, repository.key, snapshot.key);
    while (!page.empty()) {
        if (!order.ascends(page)) {
            findings.add(snapshot.log_object, "its rows are out of order");
            co_return std::nullopt;
        }
        for (size_t row = 0; row < page.size(); row++) check.check_row(page, row);
        count += static_cast<int64_t>(page.size());
        co_await checkpoint();
        const Cell last = page.cell(page.size() - 1, statements::list_first_log_rows["revision"]);
        page = co_await query(statements::list_next_log_rows, repository.key, snapshot.key, last);
    }
    if (snapshot.is_sound) check.check_end();
    co_return count;
}

}  // namespace

Task<std::vector<ReadableSnapshot>> verify_history(const Repository& repository, Findings& findings,
                                                   const DigestSet& nodes) {
    std::vector<ReadableSnapshot> roots;
    Rows rows = co_await query(statements::list_snapshots, repository.key);
    int64_t log_rows = 0;
    bool in_order = true;
    for (size_t row = 0; row < rows.size(); row++) {
        const SnapshotRow snapshot = read_snapshot(rows, row, findings);
        const std::optional<int64_t> count = co_await verify_log(repository, snapshot, nodes, findings);
        in_order &= count.has_value();
        log_rows += count.value_or(0);
        if (!snapshot.is_sound) continue;
        if (is_stored(nodes, snapshot.root))
            roots.push_back({snapshot.id, snapshot.root});
        else
            findings.add(snapshot.object, "its root " + to_hex(snapshot.root.view()) + " is missing");
    }
    Rows counted = co_await query(statements::count_log_rows, repository.key);
    const int64_t lost = counted.empty() ? 0 : counted.integer(0, statements::count_log_rows["count"]) - log_rows;
    if (in_order && lost > 0) findings.add("log", "rows that belong to no snapshot: " + std::to_string(lost));
    co_return roots;
}

}  // namespace codegraph
