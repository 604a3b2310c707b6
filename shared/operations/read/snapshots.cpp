#include "operations/read/snapshots.h"

#include "base/bytes.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "operations/read/snapshot_at.h"
#include "signatures/readers.h"

namespace codegraph {

Task<> snapshots(const Arguments& arguments) {
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    std::vector<Snapshot> all = co_await list_snapshots(repository);
    for (const Snapshot& s : all) {
        std::string root = to_hex(s.root.view());
        const auto row =
            row_of<snapshot_columns>(s.id, s.commit_hash, s.branch_name, s.base_snapshot_id, root, s.revision, s.sealed,
                                     s.committed_at, s.attrs, s.created_at, s.updated_at);
        co_yield row;
    }
}

Task<> snapshot_root(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    std::string root = to_hex(at.snapshot.root.view());
    const auto row = row_of<root_column>(root);
    co_yield row;
}

}  // namespace codegraph
