#include "operations/read/stats.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "signatures/readers.h"
#include "storage/repository.h"
#include "storage/stats_statements.h"

namespace codegraph {

// Returns 0 where the answer has no row: a SQLite file without our tables gives none.
static int64_t read_count(const Rows& rows, CellPlace column) {
    return rows.empty() || rows.is_null(0, column) ? 0 : rows.integer(0, column);
}

Task<> stats(const Arguments& arguments) {
    Cell key = null_cell();
    if (!arguments.is_null(optional_repository_arguments["repo"])) {
        Repository repository =
            co_await repository_argument(arguments, optional_repository_arguments["repo"], RepositoryLock::none);
        key = cell(repository.key);
    }
    Rows repositories = co_await query(statements::count_repositories, key);
    Rows snapshots = co_await query(statements::count_snapshots, key);
    Rows files = co_await query(statements::count_files, key);
    Rows contents = co_await query(statements::count_contents, key);
    Rows bytes = co_await query(statements::count_bytes, key);
    constexpr const Statement& of_files = statements::count_files;
    if (read_count(files, of_files["impossible"]) > 0) throw corrupt("a file version counts more than can be");
    const auto row = row_of<stats_columns>(
        read_count(repositories, statements::count_repositories["count"]),
        read_count(snapshots, statements::count_snapshots["count"]), read_count(files, of_files["files"]),
        read_count(files, of_files["chunks"]), read_count(files, of_files["dependencies"]),
        read_count(contents, statements::count_contents["count"]), read_count(bytes, statements::count_bytes["bytes"]));
    co_yield row;
}

}  // namespace codegraph
