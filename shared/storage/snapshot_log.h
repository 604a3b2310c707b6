// Reads the log of snapshots, which has a row for each revision that is not forgotten. cg_prune forgets revisions from
// the first on, so that the end of a snapshot's log is always there.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

struct LogEntry {
    int64_t snapshot_key = 0;
    int64_t revision = 0;
    std::string operation;  // a function's name without cg_; that of revision 0 is `create`
    int64_t file_count = 0;
    std::optional<std::string> actor;
    int64_t logged_at = 0;
    std::optional<Digest> root_before;  // without it, revision 0
    Digest root_after;
    bool operator==(const LogEntry&) const = default;
};

// Returns the log of each snapshot in turn, its revisions ascending.
Task<std::vector<LogEntry>> read_log(const Repository& repository, std::vector<int64_t> snapshot_keys);

Task<std::optional<LogEntry>> find_log_entry(const Repository& repository, int64_t snapshot_key, int64_t revision);
Task<std::optional<LogEntry>> find_last_log_entry(const Repository& repository, int64_t snapshot_key);

struct Revision {
    int64_t number;
    Digest root;
};
Task<std::optional<Revision>> find_revision(const Repository& repository, int64_t snapshot_key, int64_t number);
// Returns the last revision that was logged by that time.
Task<std::optional<Revision>> find_revision_at(const Repository& repository, int64_t snapshot_key,
                                               int64_t milliseconds);

}  // namespace codegraph
