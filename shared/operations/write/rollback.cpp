#include "operations/write/rollback.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "operations/write/written_snapshot.h"
#include "signatures/writers.h"
#include "storage/snapshot_log.h"
#include "tree/diff.h"

namespace codegraph {

Task<> rollback(const Arguments& arguments) {
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    WrittenSnapshot written =
        co_await open_snapshot(repository, std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    Snapshot& snapshot = written.snapshot;
    const int64_t wanted = *arguments.optional_integer(rollback_arguments["revision"]);
    std::optional<Revision> revision = co_await find_revision(repository, snapshot.key, wanted);
    if (!revision) {
        co_await check_pruned(repository, snapshot, wanted);
        throw unknown_revision(snapshot.id, wanted);
    }
    if (revision->root != snapshot.root) {
        NodeStore nodes(repository.key);
        const std::vector<TreeChange> changes = co_await diff(nodes, snapshot.root, revision->root);
        co_await advance_snapshot(repository, snapshot, revision->root, "rollback", changes.size());
    }
    const auto row = row_of<revision_column>(snapshot.revision);
    co_yield row;
}

}  // namespace codegraph
