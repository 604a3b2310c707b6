#include "operations/write/refs.h"

#include "base/error.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "signatures/writers.h"
#include "storage/refs.h"

namespace codegraph {

Task<> set_ref(const Arguments& arguments) {
    std::string ref(arguments.text(ref_arguments["ref"]));
    check_ref(arguments.name(ref_arguments["ref"]), ref);
    const std::optional<std::string_view> snapshot_id = arguments.optional_text(ref_arguments["snapshot_id"]);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    if (snapshot_id) {
        const std::optional<Snapshot> snapshot = co_await lock_existing_snapshot(repository, std::string(*snapshot_id));
        if (!snapshot) throw unknown_snapshot(*snapshot_id, repository.id);
        co_await save_ref(repository, std::move(ref), *snapshot);
    } else {
        co_await delete_ref(repository, std::move(ref));
    }
    const auto row = row_of<snapshot_id_column>(snapshot_id);
    co_yield row;
}

}  // namespace codegraph
