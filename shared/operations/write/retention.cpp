#include "operations/write/retention.h"

#include "base/error.h"
#include "engine/changes.h"
#include "model/json_writer.h"
#include "operations/common/argument_forms.h"
#include "operations/common/session.h"
#include "operations/write/removal_check.h"
#include "signatures/writers.h"
#include "storage/garbage_collection.h"
#include "storage/snapshot_statements.h"

namespace codegraph {

static Task<int64_t> forget_revisions(const Repository& repository, std::optional<int64_t> keep,
                                      std::optional<int64_t> older_than) {
    constexpr const Statement& columns = statements::count_log_entries_to_forget;
    Rows counted = co_await query(columns, repository.key, keep, older_than);
    Rows deleted = co_await query(statements::delete_log_entries, repository.key, keep, older_than);
    check_changed(statements::delete_log_entries, deleted, static_cast<size_t>(counted.integer(0, columns["count"])));
    co_return deleted.changed;
}

Task<> prune(const Arguments& arguments) {
    constexpr ArgumentPlace keep_revisions = prune_arguments["keep_revisions"];
    const std::optional<int64_t> keep = arguments.optional_integer(keep_revisions);
    if (keep && *keep < 1)
        throw invalid(std::string(arguments.name(keep_revisions)) + " is " + std::to_string(*keep) +
                      "; the least is 1, the current revision");
    const std::optional<int64_t> older_than = time_argument(arguments, prune_arguments["older_than"]);
    co_await check_may_remove(arguments);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::remove);
    int64_t forgotten = 0;
    if (keep || older_than) {
        forgotten = co_await forget_revisions(repository, keep, older_than);
    }
    const std::string counts = JsonWriter().open('{').key("revisions").integer(forgotten).close('}').take();
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

static std::string json_of(const FreedCounts& freed) {
    JsonWriter json;
    json.open('{');
    json.key("file_versions").integer(freed.file_versions);
    json.key("chunks").integer(freed.chunks);
    json.key("contents").integer(freed.contents);
    json.key("symbols").integer(freed.symbols);
    json.key("tree_nodes").integer(freed.tree_nodes);
    return json.close('}').take();
}

static Task<> collect_one(const Repository& repository, Progress& progress, FreedCounts& all) {
    all += co_await collect_garbage(repository, progress);
}

Task<> gc(const Arguments& arguments) {
    co_await check_may_remove(arguments);
    FreedCounts all;
    Progress progress;
    const RepositoryAct act = [&](const Repository& repository) { return collect_one(repository, progress, all); };
    co_await in_each_repository(arguments, optional_written_repository_arguments["repo_id"], RepositoryLock::remove,
                                act);
    const std::string counts = json_of(all);
    const auto row = row_of<counts_column>(counts);
    co_yield row;
}

}  // namespace codegraph
