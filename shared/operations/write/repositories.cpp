#include "operations/write/repositories.h"

#include "base/error.h"
#include "base/time.h"
#include "engine/changes.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/removal_check.h"
#include "signatures/writers.h"
#include "storage/content_index_build.h"
#include "storage/repository.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"
#include "storage/sequences.h"

namespace codegraph {

// Changes what is given and differs from what is saved.
static Task<> update(std::string repo_id, std::optional<std::string> name, std::optional<std::string_view> remote_url,
                     std::optional<std::string_view> local_path, std::optional<std::string> branch, int64_t now) {
    Rows updated = co_await query(statements::update_repository, repo_id, name, remote_url, local_path, branch, now);
    if (updated.changed > 0) co_return;
    Rows differs =
        co_await query(statements::find_repository_that_differs, repo_id, name, remote_url, local_path, branch);
    if (!differs.empty()) throw rows_skipped_by(statements::update_repository);
}

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
    std::optional<Repository> saved;
    if (inserted.empty()) saved = co_await look_up_repository(repo_id, RepositoryLock::share);
    if (inserted.empty() && !saved) {  // the saved one was deleted meanwhile, or the row was not stored
        co_await check_given_keys(repository_keys, std::nullopt, 1, 0);
        inserted = co_await query(statements::insert_repository, repo_id, name, remote_url, local_path, branch,
                                  storage_format, now);
    }
    if (saved)
        co_await update(repo_id, name, remote_url, local_path, branch, now);
    else
        co_await check_new_repository(statements::insert_repository, inserted);
    const auto row = row_of<repository_id_column>(repo_id);
    co_yield row;
}

// Deletes a repository and everything stored for it. Returns how many snapshots it had.
static Task<int64_t> delete_all_of(const Repository& repository) {
    Rows snapshots = co_await query(statements::delete_repository_snapshots, repository.key);
    co_await query(statements::delete_repository_refs, repository.key);
    co_await query(statements::delete_repository_log, repository.key);
    co_await query(statements::delete_repository_nodes, repository.key);
    co_await query(statements::delete_repository_chunks, repository.key);
    co_await query(statements::delete_repository_files, repository.key);
    co_await query(statements::delete_repository_definitions, repository.key);
    co_await query(statements::delete_repository_symbols, repository.key);
    co_await query(statements::delete_repository_contents, repository.key);
    co_await delete_content_index(repository);
    Rows row_deleted = co_await query(statements::delete_repository_row, repository.key);
    check_changed(statements::delete_repository_row, row_deleted);
    co_await check_deleted(repository.key);
    co_return snapshots.changed;
}

Task<> delete_repository(const Arguments& arguments) {
    co_await check_may_remove(arguments);
    std::optional<Repository> repository =
        co_await look_up_repository(std::string(arguments.text(written_repository_arguments["repo_id"])),
                                    RepositoryLock::remove, UnfinishedImport::find);
    int64_t count = 0;
    if (repository) count = co_await delete_all_of(*repository);
    const auto row = row_of<count_column>(count);
    co_yield row;
}

}  // namespace codegraph
