#include "operations/read/snapshot_difference.h"

#include "operations/read/snapshot_at.h"

namespace codegraph {

Task<SnapshotDifference> snapshot_difference(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    SnapshotDifference difference;
    difference.to = co_await find_snapshot(at.repository, std::string(arguments.text(2)));
    difference.repository = std::move(at.repository);
    difference.from = std::move(at.snapshot);
    NodeStore nodes(difference.repository.key);
    difference.changes = co_await diff(nodes, difference.from.root, difference.to.root);
    for (const TreeChange& change : difference.changes) {
        if (change.before) difference.before.push_back({change.key, *change.before});
        if (change.after) difference.after.push_back({change.key, *change.after});
    }
    co_return difference;
}

}  // namespace codegraph
