// The snapshot that a reader reads: its repository (argument 0) and the snapshot or branch (argument 1).
#pragma once
#include "engine/arguments.h"
#include "storage/repository.h"
#include "storage/snapshot.h"

namespace codegraph {

struct SnapshotAt {
    Repository repository;
    Snapshot snapshot;
};

Task<SnapshotAt> snapshot_at(const Arguments& arguments);

}  // namespace codegraph
