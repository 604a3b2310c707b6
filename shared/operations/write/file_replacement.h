// Replaces files in a snapshot, for cg_replace_file, cg_replace_files and cg_create_incremental_snapshot.
#pragma once
#include <string>
#include <vector>

#include "model/json_input.h"
#include "operations/write/written_snapshot.h"

namespace codegraph {

// What a replacement did. SQL callers get these counts as JSON, in this order.
struct Counts {
    uint64_t files_checked = 0, files_skipped = 0, files_analyzed = 0, files_replaced = 0, files_deleted = 0;
    uint64_t chunks_inserted = 0, chunks_updated = 0, chunks_deleted = 0, chunks_unchanged = 0, dependencies = 0;
    std::string json() const;
};

// Makes each given file of the snapshot exactly what is given, or deletes it, and commits. Adds to the counts.
Task<> replace_in_snapshot(Session& session, WrittenSnapshot& written, SnapshotContent& content,
                           std::vector<GivenFile> files, std::string_view operation, Counts& counts);

}  // namespace codegraph
