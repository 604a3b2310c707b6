// The lines of an export: what each holds, and its JSON in both directions. The format is described in docs/export.md;
// reading checks everything that a line alone can tell.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/rows.h"
#include "model/file_version.h"
#include "storage/snapshot.h"
#include "storage/snapshot_log.h"
#include "tree/node.h"

namespace codegraph {

inline constexpr int export_format = 1;

struct MovedRepository {
    std::string name;
    std::optional<std::string> remote_url, local_path;
    std::string default_branch;
    int64_t created_at = 0, updated_at = 0;
    bool operator==(const MovedRepository&) const = default;
};
// From a row of statements::find_repository_row.
MovedRepository read_moved_repository(const Rows& rows);

struct MovedContent {
    Digest hash;
    std::string text;
};
struct MovedFile {
    Digest digest;
    FileVersion file;  // canonical, without contents
    int64_t indexed_at = 0;
};
struct MovedNode {
    Digest hash;
    TreeNode node;
};
struct MovedRevision {
    std::string snapshot_id;
    LogEntry entry;  // without the snapshot's key
};
struct MovedCounts {
    uint64_t contents = 0, files = 0, tree_nodes = 0, snapshots = 0, revisions = 0;
    bool operator==(const MovedCounts&) const = default;
};

std::string export_line(std::string_view repo_id, const MovedRepository& repository);
std::string export_line(std::string_view repo_id, const MovedContent& content);
std::string export_line(std::string_view repo_id, const MovedFile& file);
std::string export_line(std::string_view repo_id, const MovedNode& node);
std::string export_line(std::string_view repo_id, const Snapshot& snapshot);
std::string export_line(std::string_view repo_id, const MovedRevision& revision);
std::string export_line(std::string_view repo_id, const MovedCounts& counts);

}  // namespace codegraph
