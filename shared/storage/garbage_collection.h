// Frees what no snapshot and no kept revision reaches. The repository must be locked for it (RepositoryLock::remove).
#pragma once
#include <cstdint>

#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

struct FreedCounts {
    uint64_t file_versions = 0, chunks = 0, contents = 0, symbols = 0, tree_nodes = 0;
};

// Visits each distinct live tree node once, however many snapshots there are, and goes over the keys of what is stored
// in pages; outlines and chunks are looked at only when a file version goes, because names and contents are stored with
// file versions and go with them. Damage that it meets is data corrupted, and nothing is freed.
Task<FreedCounts> collect_garbage(const Repository& repository);

}  // namespace codegraph
