#include "storage/repository.h"

#include <algorithm>

#include "base/error.h"
#include "engine/changes.h"
#include "storage/orphan_statements.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"
#include "storage/sequences.h"
#include "storage/stored_values.h"

namespace codegraph {

Task<Repository> find_repository(std::string repo_id, RepositoryLock lock, UnfinishedImport unfinished) {
    std::optional<Repository> repository = co_await look_up_repository(repo_id, lock, unfinished);
    if (!repository) throw unknown_repository(repo_id);
    co_return *std::move(repository);
}

static constexpr const char* locked_table = "repositories";

// Tells whether a repository is, in both of these answers, what it is in the other: nobody deleted it or removed
// anything of it in between.
static bool are_of_one_generation(const Rows& one, const Rows& other) {
    constexpr CellPlace generation = statements::find_repository["generation"];
    if (one.empty() || other.empty()) return one.empty() == other.empty();
    return one.integer(0, generation) == other.integer(0, generation);
}

static bool are_equal(const Rows& one, const Rows& other) {
    constexpr CellPlace format = statements::find_repository["format"];
    return are_of_one_generation(one, other) && (one.empty() || one.integer(0, format) == other.integer(0, format));
}

// Locks the repository that was found, and returns what it is after that. It was looked up without the lock, and may
// have been changed or deleted until the lock was had. Throws concurrent_change where the transaction goes on seeing
// what it was before.
static Task<Rows> lock_found(Rows found, std::string repo_id, RepositoryLock lock) {
    const int64_t key = found.integer(0, statements::find_repository["repo_key"]);
    const CgLockMode mode = lock == RepositoryLock::share ? CG_LOCK_SHARED : CG_LOCK_ALONE;
    const bool is_new = co_await lock_row(locked_table, key, mode);
    if (!is_new) co_return found;
    Rows now = co_await query_now(statements::find_repository_by_key, key);
    if (are_equal(found, now)) co_return found;
    Rows seen = co_await query(statements::find_repository_by_key, key);
    if (!are_of_one_generation(seen, now))
        throw Error(ErrorKind::concurrent_change,
                    "repository " + quote(repo_id) + " was pruned, freed or deleted since this transaction began",
                    "Roll back, and run the transaction again.");
    co_return seen;
}

Task<std::optional<Repository>> look_up_repository(std::string repo_id, RepositoryLock lock,
                                                   UnfinishedImport unfinished) {
    constexpr const Statement& columns = statements::find_repository;
    Rows rows = co_await query(statements::find_repository, repo_id);
    if (lock != RepositoryLock::none && !rows.empty()) {
        Rows locked = co_await lock_found(std::move(rows), repo_id, lock);
        rows = std::move(locked);
    }
    if (rows.empty()) co_return std::nullopt;
    const uint64_t format = read_count(rows, 0, columns["format"]);
    if (format > storage_format) throw newer_format(repo_id);
    const bool importing = format == format_while_importing;
    if (importing && unfinished == UnfinishedImport::refuse) throw importing_repository(repo_id);
    Repository repository{read_key(rows, 0, columns["repo_key"]), std::move(repo_id), importing};
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

Task<> check_deleted(int64_t repo_key, std::vector<std::string_view> tables) {
    constexpr const Statement& columns = statements::list_tables_with_rows;
    Rows rows = co_await query(columns, repo_key);
    for (size_t row = 0; row < rows.size(); row++) {
        const std::string_view name = rows.text(row, columns["name"]);
        if (tables.empty() || std::ranges::find(tables, name) != tables.end()) throw skipped_rows("deletion", name);
    }
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
    const bool are_there_others = co_await is_locked_by_others(locked_table, repository.key);
    co_return !are_there_others;
}

}  // namespace codegraph
