#include "storage/repository.h"

#include "base/error.h"
#include "engine/changes.h"
#include "storage/orphan_statements.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"
#include "storage/sequences.h"

namespace codegraph {

static const Statement& statement_for(RepositoryLock lock) {
    switch (lock) {
        case RepositoryLock::share:
            return statements::lock_repository_shared;
        case RepositoryLock::alone:
        case RepositoryLock::remove:
            return statements::lock_repository;
        case RepositoryLock::none:
            break;
    }
    return statements::find_repository;
}

Task<Repository> find_repository(std::string repo_id, RepositoryLock lock, UnfinishedImport unfinished) {
    std::optional<Repository> repository = co_await look_up_repository(repo_id, lock, unfinished);
    if (!repository) throw unknown_repository(repo_id);
    co_return *std::move(repository);
}

Task<std::optional<Repository>> look_up_repository(std::string repo_id, RepositoryLock lock,
                                                   UnfinishedImport unfinished) {
    constexpr const Statement& columns = statements::find_repository;
    const Statement& statement = statement_for(lock);
    Rows rows = co_await query(statement, repo_id);
    if (rows.empty()) co_return std::nullopt;
    if (rows.integer(0, columns["format"]) > storage_format) throw newer_format(repo_id);
    bool importing = rows.integer(0, columns["format"]) == format_while_importing;
    if (importing && unfinished == UnfinishedImport::refuse) throw importing_repository(repo_id);
    Repository repository{rows.integer(0, columns["repo_key"]), std::move(repo_id), importing};
    if (lock == RepositoryLock::remove) {
        Rows updated = co_await query(statements::update_generation, repository.key);
        check_changed(statements::update_generation, updated);
    }
    co_return repository;
}

Task<> check_new_repository(const Statement& insert, const Rows& inserted) {
    if (inserted.empty()) {
        co_await check_given_keys(repository_keys, std::nullopt, 1, 0);
        throw rows_skipped_by(insert);
    }
    const int64_t key = inserted.integer(0, statements::insert_repository["repo_key"]);
    Rows rows = co_await query(statements::list_tables_with_rows, key);
    if (!rows.empty()) co_await refuse_used_key(repository_keys, std::nullopt);
}

Task<> check_deleted_repository(int64_t repo_key) {
    constexpr const Statement& columns = statements::list_tables_with_rows;
    Rows rows = co_await query(columns, repo_key);
    if (!rows.empty()) throw skipped_rows("deletion", rows.text(0, columns["name"]));
}

static bool sees_the_past(std::string_view isolation) {
    return isolation == "repeatable read" || isolation == "serializable";
}

Task<> refuse_old_views() {
    Rows isolation = co_await query(statements::find_isolation_level);
    if (sees_the_past(isolation.text(0, statements::find_isolation_level["level"])))
        throw Error(ErrorKind::isolation_too_high,
                    "it cannot run under " + quote(isolation.text(0, statements::find_isolation_level["level"])),
                    "Run it in a READ COMMITTED transaction.");
}

Task<bool> is_only_writer(const Repository& repository) {
    Rows isolation = co_await query(statements::find_isolation_level);
    if (sees_the_past(isolation.text(0, statements::find_isolation_level["level"]))) co_return false;
    Rows rows = co_await query(statements::find_repository_without_other_writers, repository.key);
    co_return !rows.empty();
}

}  // namespace codegraph
