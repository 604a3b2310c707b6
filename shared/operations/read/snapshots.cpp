#include <array>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/request.h"
#include "operations/read/snapshot_at.h"
#include "operations/readers.h"
#include "storage/repository_statements.h"
#include "storage/stats_statements.h"

namespace codegraph {

Task<SnapshotAt> snapshot_at(const Arguments& arguments) {
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::none);
    Snapshot snapshot = co_await find_snapshot(repository, std::string(arguments.text(1)));
    co_return SnapshotAt{std::move(repository), std::move(snapshot)};
}

Task<> repositories(const Arguments&) {
    Rows rows = co_await query(statements::list_repositories);
    for (size_t i = 0; i < rows.size(); i++) {
        std::array<Cell, 7> row;
        for (size_t column = 0; column < row.size(); column++) row[column] = rows.cell(i, column);
        co_yield row;
    }
}

Task<> snapshots(const Arguments& arguments) {
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::none);
    std::vector<Snapshot> all = co_await list_snapshots(repository);
    for (const Snapshot& s : all) {
        std::string root = to_hex(s.root.view());
        const std::array<Cell, 11> row = {
            cell(s.id),    cell(s.commit_hash), cell(s.branch_name), cell(s.base_snapshot_id),
            cell(root),    cell(s.revision),    cell(s.sealed),      cell(s.committed_at),
            cell(s.attrs), cell(s.created_at),  cell(s.updated_at)};
        co_yield row;
    }
}

Task<> snapshot_root(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    std::string root = to_hex(at.snapshot.root.view());
    const std::array<Cell, 1> row = {cell(root)};
    co_yield row;
}

// A SQLite file without our tables answers without a row: nothing is stored.
static int64_t count_in(const Rows& rows, size_t column) {
    return rows.empty() || rows.is_null(0, column) ? 0 : rows.integer(0, column);
}

Task<> stats(const Arguments& arguments) {
    Cell key = null_cell();
    if (!arguments.is_null(0)) {
        Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::none);
        key = cell(repository.key);
    }
    Rows repositories = co_await query(statements::count_repositories, key);
    Rows snapshots = co_await query(statements::count_snapshots, key);
    Rows files = co_await query(statements::count_files, key);
    Rows contents = co_await query(statements::count_contents, key);
    Rows bytes = co_await query(statements::count_bytes, key);
    const std::array<Cell, 7> row = {cell(count_in(repositories, 0)), cell(count_in(snapshots, 0)),
                                     cell(count_in(files, 0)),        cell(count_in(files, 1)),
                                     cell(count_in(files, 2)),        cell(count_in(contents, 0)),
                                     cell(count_in(bytes, 0))};
    co_yield row;
}

}  // namespace codegraph
