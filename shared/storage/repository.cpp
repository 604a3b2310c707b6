#include "storage/repository.h"

#include "base/error.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"
#include "storage/stored_values.h"

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
    const uint64_t format = read_count(rows, 0, columns["format"]);
    if (format > storage_format) throw newer_format(repo_id);
    const bool importing = format == format_while_importing;
    if (importing && unfinished == UnfinishedImport::refuse) throw importing_repository(repo_id);
    Repository repository{read_key(rows, 0, columns["repo_key"]), std::move(repo_id), importing};
    if (lock == RepositoryLock::remove) co_await query(statements::update_generation, repository.key);
    co_return repository;
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
