// cg_index_content locks each repository against writers, so that it sees all that they commit, and nobody else
// indexes.
#include "operations/search/index_content.h"

#include <string>

#include "engine/request.h"
#include "model/json_writer.h"
#include "operations/common/argument_forms.h"
#include "signatures/writers.h"
#include "storage/content_index_build.h"
#include "storage/repository.h"

namespace codegraph {

Task<> index_content(const Arguments& arguments) {
    const bool rebuild = arguments.boolean(indexed_content_arguments["rebuild"]);
    co_await refuse_old_views();
    Progress progress;
    uint64_t contents = 0;
    co_await in_each_repository(arguments, indexed_content_arguments["repo_id"], RepositoryLock::alone,
                                [&](const Repository& repository) -> Task<> {
                                    contents += co_await index_contents(repository, rebuild, progress);
                                });
    const std::string counts = JsonWriter().open('{').key("contents").integer(contents).close('}').take();
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

}  // namespace codegraph
