#include "operations/read/log.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "signatures/readers.h"
#include "storage/snapshot.h"
#include "storage/snapshot_log.h"

namespace codegraph {

namespace {

Task<std::vector<Snapshot>> find_chosen_snapshots(const Repository& repository, const Arguments& arguments) {
    if (arguments.is_null(log_arguments["snapshot"])) co_return co_await list_snapshots(repository);
    std::string id(arguments.text(log_arguments["snapshot"]));
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, id);
    if (!snapshot) throw unknown_snapshot(id, repository.id);
    co_return std::vector<Snapshot>(1, *std::move(snapshot));
}

// Yields the logs of these snapshots, which are in the order in which they were made.
Task<> yield_log(const Repository& repository, std::span<const Snapshot> snapshots) {
    std::vector<int64_t> keys;
    for (const Snapshot& snapshot : snapshots) keys.push_back(snapshot.key);
    std::vector<LogEntry> entries = co_await read_log(repository, std::move(keys));
    auto snapshot = snapshots.begin();
    for (const LogEntry& entry : entries) {
        while (snapshot->key != entry.snapshot_key) ++snapshot;  // read_log() gives no other snapshot's entries
        const std::string before = entry.root_before ? to_hex(entry.root_before->view()) : "",
                          after = to_hex(entry.root_after.view());
        const auto row =
            row_of<log_columns>(snapshot->id, entry.revision, entry.operation, entry.file_count, entry.actor,
                                entry.logged_at, entry.root_before ? cell(before) : null_cell(), after);
        co_yield row;
    }
}

}  // namespace

Task<> log_entries(const Arguments& arguments) {
    constexpr size_t snapshots_a_request = 256;
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    std::vector<Snapshot> snapshots = co_await find_chosen_snapshots(repository, arguments);
    for (std::span<const Snapshot> rest = snapshots; !rest.empty();) {
        const size_t count = std::min(rest.size(), snapshots_a_request);
        co_await yield_log(repository, rest.first(count));
        rest = rest.subspan(count);
    }
}

}  // namespace codegraph
