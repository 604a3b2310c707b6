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

// Counts in one repository or, without a key, in all.
static Task<Rows> count(const Statement& of_one, const Statement& of_all, std::optional<int64_t> key) {
    if (key) co_return co_await query(of_one, *key);
    co_return co_await query(of_all);
}

Task<> stats(const Arguments& arguments) {
    std::optional<int64_t> key;
    int64_t repositories = 1;
    if (!arguments.is_null(optional_repository_arguments["repo"])) {
        Repository repository =
            co_await repository_argument(arguments, optional_repository_arguments["repo"], RepositoryLock::none);
        key = repository.key;
    } else {
        Rows all = co_await query(statements::count_repositories);
        repositories = read_count(all, statements::count_repositories["count"]);
    }
    Rows snapshots = co_await count(statements::count_snapshots, statements::count_all_snapshots, key);
    Rows files = co_await count(statements::count_files, statements::count_all_files, key);
    Rows contents = co_await count(statements::count_contents, statements::count_all_contents, key);
    Rows bytes = co_await count(statements::count_bytes, statements::count_all_bytes, key);
    constexpr const Statement& of_files = statements::count_files;
    if (read_count(files, of_files["impossible"]) > 0) throw corrupt("a file version counts more than can be");
    const auto row = row_of<stats_columns>(
        repositories, read_count(snapshots, statements::count_snapshots["count"]), read_count(files, of_files["files"]),
        read_count(files, of_files["chunks"]), read_count(files, of_files["dependencies"]),
        read_count(contents, statements::count_contents["count"]), read_count(bytes, statements::count_bytes["bytes"]));
    co_yield row;
}

}  // namespace codegraph
