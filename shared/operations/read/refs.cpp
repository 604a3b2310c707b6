#include "operations/read/refs.h"

#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "signatures/readers.h"
#include "storage/refs.h"

namespace codegraph {

Task<> refs(const Arguments& arguments) {
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    RefPages pages(repository);
    std::vector<Ref> page = co_await pages.next();
    while (!page.empty()) {
        for (const Ref& ref : page) {
            const auto row = row_of<ref_columns>(ref.name, ref.snapshot_id, ref.updated_at);
            co_yield row;
        }
        co_await checkpoint();
        page = co_await pages.next();
    }
}

}  // namespace codegraph
