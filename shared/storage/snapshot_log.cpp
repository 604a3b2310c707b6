#include "storage/snapshot_log.h"

#include <algorithm>
#include <unordered_map>

#include "storage/snapshot_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

static LogEntry entry_of(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::find_log;
    LogEntry entry;
    entry.snapshot_key = read_key(rows, row, columns["snapshot_key"]);
    entry.revision = read_revision(rows, row, columns["revision"]);
    entry.operation = rows.text(row, columns["operation"]);
    entry.file_count = static_cast<int64_t>(read_count(rows, row, columns["file_count"]));
    entry.actor = rows.optional_text(row, columns["actor"]);
    entry.logged_at = read_time(rows, row, columns["logged_at"]);
    if (!rows.is_null(row, columns["root_before"]))
        entry.root_before = Digest::from_bytes(rows.blob(row, columns["root_before"]), "a root in the log");
    entry.root_after = Digest::from_bytes(rows.blob(row, columns["root_after"]), "a root in the log");
    return entry;
}

Task<std::vector<LogEntry>> read_log(const Repository& repository, std::vector<int64_t> snapshot_keys) {
    Batch find(statements::find_log);
    std::unordered_map<int64_t, size_t> places;
    for (int64_t key : snapshot_keys) {
        places.emplace(key, places.size());
        find.add(repository.key, key);
    }
    Rows rows = co_await run(find);
    std::vector<LogEntry> entries;
    const auto place = [&](const LogEntry& entry) {
        return std::pair(find_stored(places, entry.snapshot_key, "a row of the log is of another snapshot"),
                         entry.revision);
    };
    for (size_t row = 0; row < rows.size(); row++) place(entries.emplace_back(entry_of(rows, row)));
    std::ranges::sort(entries, {}, place);
    co_return entries;
}

Task<std::optional<LogEntry>> find_log_entry(const Repository& repository, int64_t snapshot_key, int64_t revision) {
    Rows rows = co_await query(statements::find_log_entry, repository.key, snapshot_key, revision);
    if (rows.empty()) co_return std::nullopt;
    co_return entry_of(rows, 0);
}

Task<std::optional<LogEntry>> find_last_log_entry(const Repository& repository, int64_t snapshot_key) {
    Rows rows = co_await query(statements::find_last_log_entry, repository.key, snapshot_key);
    if (rows.empty()) co_return std::nullopt;
    co_return entry_of(rows, 0);
}

static std::optional<Revision> revision_of(const Rows& rows) {
    if (rows.empty()) return std::nullopt;
    return Revision{read_revision(rows, 0, statements::find_revision["revision"]),
                    Digest::from_bytes(rows.blob(0, statements::find_revision["root_after"]), "a root in the log")};
}

Task<std::optional<Revision>> find_revision(const Repository& repository, int64_t snapshot_key, int64_t number) {
    Rows rows = co_await query(statements::find_revision, repository.key, snapshot_key, number);
    co_return revision_of(rows);
}

Task<std::optional<Revision>> find_revision_at(const Repository& repository, int64_t snapshot_key,
                                               int64_t milliseconds) {
    Rows rows = co_await query(statements::find_revision_at, repository.key, snapshot_key, milliseconds);
    co_return revision_of(rows);
}

}  // namespace codegraph
