// A reader reads one snapshot, which its arguments `repo` and `snapshot` name. The text of `snapshot` is an id or a
// branch, with or without a moment.
#pragma once
#include "engine/arguments.h"
#include "storage/repository.h"
#include "storage/snapshot_name.h"

namespace codegraph {

struct SnapshotAt {
    Repository repository;
    Snapshot snapshot;
};

// Finds the repository and the snapshot. Throws where one of them is unknown.
Task<SnapshotAt> snapshot_at(const Arguments& arguments);

}  // namespace codegraph
