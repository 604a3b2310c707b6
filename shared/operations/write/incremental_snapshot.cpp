// cg_create_incremental_snapshot works in two steps. First it asks the analyzer, a SQL function of the caller's, about
// the files whose given hash differs from that in the snapshot. It takes no lock meanwhile. Then it takes the locks,
// checks that the files that it skipped still have the given hashes, and replaces the others.
#include "operations/write/incremental_snapshot.h"

#include <unordered_map>

#include "base/error.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/file_replacement.h"
#include "signatures/writers.h"
#include "storage/file_load.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

using HashesByPath = std::unordered_map<std::string, std::string>;

// Returns the file hashes that the snapshot has for those of the files that are live and come with a given hash.
Task<HashesByPath> find_hashes(const Repository& repository, NodeStore& nodes, Digest root,
                               const std::vector<ChangedFile>& files) {
    std::vector<std::string> paths;
    for (const ChangedFile& file : files)
        if (file.file_hash) paths.push_back(file.path);
    std::vector<std::optional<TreeValue>> found = co_await find_many(nodes, root, paths);
    std::vector<TreeEntry> entries;
    for (size_t i = 0; i < paths.size(); i++)
        if (found[i]) entries.push_back({std::move(paths[i]), *found[i]});
    std::vector<StoredFile> stored = co_await find_files(repository, entries, WithOutline::no);
    HashesByPath hashes;
    for (StoredFile& file : stored)
        if (!file.is_deleted && file.file_hash) hashes.emplace(std::move(file.path), std::move(*file.file_hash));
    co_return hashes;
}

bool is_unchanged(const ChangedFile& file, const HashesByPath& hashes) {
    auto hash = hashes.find(file.path);
    return file.file_hash && hash != hashes.end() && hash->second == *file.file_hash;
}

Task<GivenFile> analyze(std::string analyzer, const ChangedFile& file) {
    std::optional<std::string> result = co_await call_function(std::move(analyzer), file.path);
    GivenFile given;
    if (result) {
        given = co_await parse_analysis(file.path, *result);
    } else {
        given.path = file.path;
        given.deleted = true;
    }
    if (!given.file_hash) given.file_hash = file.file_hash;
    co_return given;
}

// Checks under the lock that each skipped file may still be skipped.
void check_skipped(const std::vector<ChangedFile>& skipped, const HashesByPath& hashes) {
    for (const ChangedFile& file : skipped)
        if (!is_unchanged(file, hashes))
            throw Error(ErrorKind::concurrent_change,
                        "file " + quote(file.path) + " was changed in the snapshot meanwhile", "Call it again.");
}

}  // namespace

Task<> create_incremental_snapshot(const Arguments& arguments) {
    std::string base_id(arguments.text(incremental_arguments["base_snapshot_id"]));
    std::string new_id = name_argument(arguments, incremental_arguments["new_snapshot_id"], id_limit);
    std::string analyzer(arguments.text(incremental_arguments["analyzer"]));
    std::vector<ChangedFile> files =
        co_await arguments.parse(incremental_arguments["changed_files"], parse_changed_files);
    bool exists = co_await function_exists(analyzer);
    if (!exists) throw unknown_analyzer(analyzer);
    Repository unlocked =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::none);
    Digest start_root = co_await find_start_root(unlocked, base_id, new_id);
    NodeStore nodes(unlocked.key);
    HashesByPath hashes = co_await find_hashes(unlocked, nodes, start_root, files);
    Counts counts;
    counts.files_checked = files.size();
    std::vector<ChangedFile> skipped;
    std::vector<GivenFile> analyzed;
    for (ChangedFile& file : files) {
        if (is_unchanged(file, hashes)) {
            skipped.push_back(std::move(file));
            continue;
        }
        co_await checkpoint();
        GivenFile given = co_await analyze(analyzer, file);
        analyzed.push_back(std::move(given));
    }
    counts.files_skipped = skipped.size();
    counts.files_analyzed = analyzed.size();

    Repository repository = co_await find_repository(unlocked.id, RepositoryLock::share);
    WrittenSnapshot written = co_await open_or_make_snapshot(repository, std::move(base_id), std::move(new_id));
    SnapshotContent content(repository, written.start_root);
    HashesByPath current_hashes = co_await find_hashes(repository, content.nodes(), written.start_root, skipped);
    check_skipped(skipped, current_hashes);
    co_await replace_in_snapshot(session_of(arguments), written, content, std::move(analyzed),
                                 "create_incremental_snapshot", counts);
    std::string json = counts.json();
    const auto row = row_of<counts_column>(json);
    co_yield row;
}

}  // namespace codegraph
