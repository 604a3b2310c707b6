#include "operations/read/snapshot_at.h"

#include "operations/common/argument_forms.h"
#include "signatures/readers.h"

namespace codegraph {

Task<SnapshotAt> snapshot_at(const Arguments& arguments) {
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    Snapshot snapshot = co_await find_snapshot(repository, std::string(arguments.text(snapshot_arguments["snapshot"])));
    co_return SnapshotAt{std::move(repository), std::move(snapshot)};
}

}  // namespace codegraph
