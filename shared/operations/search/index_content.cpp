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

static Task<> index_one(const Repository& repository, bool rebuild, Progress& progress, uint64_t& contents) {
    contents += co_await index_contents(repository, rebuild, progress);
}

Task<> index_content(const Arguments& arguments) {
    const bool rebuild = arguments.boolean(indexed_content_arguments["rebuild"]);
    co_await refuse_old_views();
    Progress progress;
    uint64_t contents = 0;
    const RepositoryAct act = [&](const Repository& repository) {
        return index_one(repository, rebuild, progress, contents);
    };
    co_await in_each_repository(arguments, indexed_content_arguments["repo_id"], RepositoryLock::alone, act);
    const std::string counts = JsonWriter().open('{').key("contents").integer(contents).close('}').take();
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

}  // namespace codegraph
