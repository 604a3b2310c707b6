// cg_index_content locks each repository against writers. File keys come from a sequence, and transactions commit them
// in any order. Only while no writer is at work are all keys below the greatest visible one visible too.
#include "operations/search/index_content.h"

#include <string>

#include "base/error.h"
#include "engine/request.h"
#include "model/json_writer.h"
#include "operations/common/argument_forms.h"
#include "signatures/writers.h"
#include "storage/content_index.h"
#include "storage/repository.h"

namespace codegraph {

Task<> index_content(const Arguments& arguments) {
    constexpr ArgumentPlace max_contents = indexed_content_arguments["max_contents"];
    const std::optional<int64_t> limit = arguments.optional_integer(max_contents);
    if (limit && *limit < 1)
        throw invalid(std::string(arguments.name(max_contents)) + " is less than 1: " + std::to_string(*limit));
    co_await refuse_old_views();
    uint64_t left = limit ? static_cast<uint64_t>(*limit) : UINT64_MAX;
    uint64_t contents = 0;
    std::vector<std::string> repo_ids = co_await repository_ids(arguments, indexed_content_arguments["repo_id"]);
    for (std::string& repo_id : repo_ids) {
        if (left == 0) break;
        Repository repository = co_await find_repository(std::move(repo_id), RepositoryLock::alone);
        const uint64_t read = co_await index_contents(repository, left);
        contents += read;
        left -= std::min(left, read);
    }
    const std::string counts = JsonWriter().open('{').key("contents").integer(contents).close('}').take();
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

}  // namespace codegraph
