// cg_files, cg_file_hash and cg_changed_files answer questions about the files of a snapshot.
#pragma once
#include <string_view>
#include <vector>

#include "engine/arguments.h"
#include "engine/task.h"
#include "operations/read/snapshot_at.h"
#include "storage/file_load.h"

namespace codegraph {

Task<> files(const Arguments& arguments);
Task<> file_hash(const Arguments& arguments);
Task<> changed_files(const Arguments& arguments);

// Returns one file of a snapshot, or an empty list when it is not there or soft-deleted.
Task<std::vector<StoredFile>> find_live_file(const SnapshotAt& at, std::string_view path);

}  // namespace codegraph
