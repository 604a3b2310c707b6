// Each kind of line of an export has a struct of what it holds; the lines of a snapshot and of a ref hold a Snapshot
// and a Ref. docs/export.md describes the format. write_export_line.h and read_export_line.h turn a struct into its
// line and back.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/rows.h"
#include "model/file_version.h"
#include "storage/refs.h"
#include "storage/snapshot.h"
#include "storage/snapshot_log.h"
#include "tree/node.h"

namespace codegraph {

inline constexpr int export_format = 1;

struct RepositoryLine {
    std::string name;
    std::optional<std::string> remote_url, local_path;
    std::string default_branch;
    int64_t created_at = 0, updated_at = 0;
    bool operator==(const RepositoryLine&) const = default;
};
// Reads the first row of an answer to statements::find_repository_row.
RepositoryLine read_repository_row(const Rows& rows);

struct ContentLine {
    Digest hash;
    std::string text;
};
struct FileLine {
    Digest digest;
    FileVersion file;  // canonical, without contents
    int64_t indexed_at = 0;
};
struct NodeLine {
    Digest hash;
    TreeNode node;
};
struct RevisionLine {
    std::string snapshot_id;
    LogEntry entry;  // without the snapshot's key
};
struct CountsLine {
    uint64_t contents = 0, files = 0, tree_nodes = 0, snapshots = 0, revisions = 0, refs = 0;
    bool operator==(const CountsLine&) const = default;
};

}  // namespace codegraph
