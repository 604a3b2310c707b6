// Finds and locks repositories. A repository is the unit of storage, locking and deletion.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/request.h"

namespace codegraph {

struct Repository {
    int64_t key;
    std::string id;
    bool importing = false;  // the last line of its export has not come yet
};

enum class RepositoryLock {
    none,    // for readers
    share,   // for writers: what the repository's snapshots share stays while they work
    alone,   // for who must see all that writers did: waits for every writer, and writers wait for it
    remove,  // for who deletes shared things: as `alone`, and makes the next generation, so that a writer that still
             // sees the generation before fails with concurrent_change
};

// Says whether a repository is found whose import has not ended.
enum class UnfinishedImport { refuse, find };

// Returns the repository, as it is once it is locked. Throws unknown_repository(); newer_format() when a newer version
// of the product wrote it; importing_repository(); or concurrent_change when the transaction sees a generation that is
// gone.
Task<Repository> find_repository(std::string repo_id, RepositoryLock lock,
                                 UnfinishedImport unfinished = UnfinishedImport::refuse);
// Returns nothing instead of throwing unknown_repository().
Task<std::optional<Repository>> look_up_repository(std::string repo_id, RepositoryLock lock,
                                                   UnfinishedImport unfinished = UnfinishedImport::refuse);

// Makes sure that a repository was stored, with a key that no rows of another time have. `inserted` is the answer of
// the insert. That there was no repository with the id must be known.
Task<> check_new_repository(const Statement& insert, const Rows& inserted);
// Throws skipped_rows() when one of these tables has rows of a repository that were just deleted; without names of
// tables, when any table has.
Task<> check_deleted(int64_t repo_key, std::vector<std::string_view> tables = {});

// Throws isolation_too_high in a PostgreSQL transaction that sees the past. For what relies on seeing everything that
// was committed.
Task<> refuse_old_views();

// Tells whether no other transaction is writing into the repository and this one sees what all others have committed.
// Requires RepositoryLock::share. Waits for nobody. On SQLite the answer is always yes.
Task<bool> is_only_writer(const Repository& repository);

}  // namespace codegraph
