#include "operations/read/snapshot_difference.h"

#include "operations/common/argument_forms.h"
#include "signatures/readers.h"
#include "storage/snapshot_name.h"

namespace codegraph {

Task<SnapshotDifference> snapshot_difference(const Arguments& arguments) {
    std::string from(arguments.text(comparison_arguments["from_snapshot"]));
    std::string to(arguments.text(comparison_arguments["to_snapshot"]));
    SnapshotDifference difference;
    difference.repository = co_await repository_argument(arguments, comparison_arguments["repo"], RepositoryLock::none);
    difference.from = co_await find_snapshot(difference.repository, std::move(from));
    difference.to = co_await find_snapshot(difference.repository, std::move(to));
    NodeStore nodes(difference.repository.key);
    difference.changes = co_await diff(nodes, difference.from.root, difference.to.root);
    for (const TreeChange& change : difference.changes) {
        if (change.before) difference.before.push_back({change.key, *change.before});
        if (change.after) difference.after.push_back({change.key, *change.after});
    }
    co_return difference;
}

}  // namespace codegraph
