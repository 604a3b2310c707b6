// Repositories: the unit of storage, locking and deletion.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "engine/request.h"

namespace codegraph {

struct Repository {
    int64_t key;
    std::string id;
    bool importing = false;  // the last line of its export has not come yet
};

enum class RepositoryLock {
    none,    // readers
    share,   // writers: what is shared in the repository stays while they work
    alone,   // what must see all that writers did: waits for every writer, and they for it
    remove,  // what deletes shared things: as `alone`; and makes the next generation, so
             // that a writer that still sees the one before fails
};

// Is a repository found whose import has not ended?
enum class UnfinishedImport { refuse, find };

// Throws unknown_repository(), not_supported when a newer version of the product wrote it, or importing_repository().
Task<Repository> find_repository(std::string repo_id, RepositoryLock lock,
                                 UnfinishedImport unfinished = UnfinishedImport::refuse);
// Empty instead of unknown.
Task<std::optional<Repository>> look_up_repository(std::string repo_id, RepositoryLock lock,
                                                   UnfinishedImport unfinished = UnfinishedImport::refuse);

// For what relies on seeing everything that was committed: throws isolation_too_high in a PostgreSQL transaction that
// sees the past.
Task<> refuse_old_views();

// For who has locked it as RepositoryLock::share, in PostgreSQL: is no other transaction writing into the repository,
// and does this one see what all of them have committed? Waits for nobody.
Task<bool> is_only_writer(const Repository& repository);

}  // namespace codegraph
