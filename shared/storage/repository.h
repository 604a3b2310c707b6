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
};

enum class RepositoryLock {
    none,    // readers
    share,   // writers: what is shared in the repository stays while they work
    alone,   // what must see all that writers did: waits for every writer, and they for it
    remove,  // what deletes shared things: as `alone`; and makes the next generation, so
             // that a writer that still sees the one before fails
};

// Throws unknown_repository(), or not_supported when a newer version of the product wrote it.
Task<Repository> find_repository(std::string repo_id, RepositoryLock lock);
// Empty instead of unknown.
Task<std::optional<Repository>> look_up_repository(std::string repo_id, RepositoryLock lock);

// For what relies on seeing everything that was committed: throws isolation_too_high in a PostgreSQL transaction that
// sees the past.
Task<> refuse_old_views();

}  // namespace codegraph
