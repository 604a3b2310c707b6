#include "operations/write/repositories.h"

#include "base/time.h"
#include "engine/request.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/removal_check.h"
#include "signatures/writers.h"
#include "storage/content_index_build.h"
#include "storage/repository.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"

namespace codegraph {

Task<> save_repository(const Arguments& arguments) {
    const std::string repo_id = name_argument(arguments, saved_repository_arguments["repo_id"], id_limit);
    const std::optional<std::string> name =
        optional_name_argument(arguments, saved_repository_arguments["name"], name_limit);
    const std::optional<std::string_view> remote_url =
        arguments.optional_text(saved_repository_arguments["remote_url"]);
    const std::optional<std::string_view> local_path =
        arguments.optional_text(saved_repository_arguments["local_path"]);
    const std::optional<std::string> branch =
        optional_name_argument(arguments, saved_repository_arguments["default_branch"], name_limit);
    int64_t now = now_milliseconds();
    Rows inserted = co_await query(statements::insert_repository, repo_id, name, remote_url, local_path, branch,
                                   storage_format, now);
    if (inserted.changed == 0) {
        co_await find_repository(repo_id, RepositoryLock::share);  // refuses a repository of a newer format
        co_await query(statements::update_repository, repo_id, name, remote_url, local_path, branch, now);
    }
    const auto row = row_of<repository_id_column>(repo_id);
    co_yield row;
}

Task<> delete_repository(const Arguments& arguments) {
    co_await check_may_remove(arguments);
    Repository repository = co_await repository_argument(arguments, written_repository_arguments["repo_id"],
                                                         RepositoryLock::remove, UnfinishedImport::find);
    Rows snapshots = co_await query(statements::delete_repository_snapshots, repository.key);
    co_await query(statements::delete_repository_log, repository.key);
    co_await query(statements::delete_repository_nodes, repository.key);
    co_await query(statements::delete_repository_chunks, repository.key);
    co_await query(statements::delete_repository_files, repository.key);
    co_await query(statements::delete_repository_definitions, repository.key);
    co_await query(statements::delete_repository_symbols, repository.key);
    co_await query(statements::delete_repository_contents, repository.key);
    co_await delete_content_index(repository);
    co_await query(statements::delete_repository_row, repository.key);
    const auto row = row_of<count_column>(snapshots.changed);
    co_yield row;
}

}  // namespace codegraph
