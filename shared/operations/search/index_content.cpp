// cg_index_content locks each repository against writers, so that it sees all that they commit, and nobody else
// indexes.
#include "operations/search/index_content.h"

#include <optional>
#include <string>

#include "base/error.h"
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
    const std::vector<std::string> repo_ids = co_await repository_ids(arguments, indexed_content_arguments["repo_id"]);
    const bool all = arguments.is_null(indexed_content_arguments["repo_id"]);
    for (const std::string& repo_id : repo_ids) {
        const std::optional<Repository> repository = co_await look_up_repository(repo_id, RepositoryLock::alone);
        if (!repository && all) continue;  // it was deleted meanwhile
        if (!repository) throw unknown_repository(repo_id);
        try {
            contents += co_await index_contents(*repository, rebuild, progress);
        } catch (const Error& error) {
            if (!all) throw;
            throw in_repository(error, repo_id);
        }
    }
    const std::string counts = JsonWriter().open('{').key("contents").integer(contents).close('}').take();
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

}  // namespace codegraph
