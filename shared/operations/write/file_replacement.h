// Replacing files, the common part of cg_replace_file(s) and cg_create_incremental_snapshot.
#pragma once
#include <string>
#include <vector>

#include "model/json_input.h"
#include "operations/write/written_snapshot.h"

namespace codegraph {

// What a replacement did: the JSON counts of the SQL interface, in their order.
struct Counts {
    uint64_t files_checked = 0, files_skipped = 0, files_analyzed = 0, files_replaced = 0, files_deleted = 0;
    uint64_t chunks_inserted = 0, chunks_updated = 0, chunks_deleted = 0, chunks_unchanged = 0, dependencies = 0;
    std::string json() const;
};

// Makes each file of the snapshot exactly what is given, or deletes it, and commits. Adds to the counts.
Task<> replace(Session& session, WrittenSnapshot& written, SnapshotContent& content, std::vector<GivenFile> files,
               std::string_view operation, Counts& counts);

}  // namespace codegraph
