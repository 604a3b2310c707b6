// Frees what no snapshot and no revision in the log reaches.
//
// Invariants:
// 1. The repository is locked with RepositoryLock::remove, so that nothing becomes live while garbage is collected.
// 2. All that is live is marked before the first row of its kind is deleted. Damage that marking meets throws
//    corrupt(), and the error undoes what was deleted before.
// 3. Each distinct live tree node is visited once, however many snapshots there are. Rows are read in pages, by their
//    keys.
// 4. Outlines and chunks are looked at only when a file version goes, because names and contents are stored with file
//    versions and go with them.
//
// A query that leads here:
//     SELECT cg_gc('app');
#pragma once
#include <cstdint>

#include "engine/progress.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

struct FreedCounts {
    uint64_t file_versions = 0, chunks = 0, contents = 0, symbols = 0, tree_nodes = 0;
    FreedCounts& operator+=(const FreedCounts& other);
};

// Deletes tree nodes, file versions, chunks, contents, definitions and symbols that are not live. Returns how many of
// each but definitions were deleted. The content index forgets what is deleted.
Task<FreedCounts> collect_garbage(const Repository& repository, Progress& progress);

}  // namespace codegraph
