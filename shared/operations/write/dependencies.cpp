#include "operations/write/dependencies.h"

#include "base/error.h"
#include "engine/pace.h"
#include "operations/common/argument_forms.h"
#include "operations/write/given_chunks.h"
#include "operations/write/written_snapshot.h"
#include "signatures/writers.h"

namespace codegraph {

namespace {

// Returns the chunk in which each dependency starts, in the order of the dependencies. An id names its chunk, an FQN
// the first chunk that has it.
Task<std::vector<ChunkPlace>> find_sources(SnapshotContent& content, const std::vector<GivenDependency>& given) {
    std::vector<std::string> ids, fqns;
    for (const GivenDependency& dependency : given)
        (dependency.from.is_id ? ids : fqns).push_back(dependency.from.text);
    std::map<std::string, ChunkPlace, std::less<>> by_id = co_await content.chunks_by_id(std::move(ids));
    std::map<std::string, ChunkPlace, std::less<>> by_fqn;
    if (!fqns.empty()) {
        auto found = co_await content.chunks_by_fqn(std::move(fqns));
        for (auto& [fqn, places] : found) by_fqn.emplace(fqn, places[0]);
    }
    std::vector<ChunkPlace> sources;
    for (const GivenDependency& dependency : given) {
        auto& places = dependency.from.is_id ? by_id : by_fqn;
        auto place = places.find(dependency.from.text);
        if (place == places.end()) throw unknown_chunk(dependency.from.text);
        sources.push_back(place->second);
    }
    co_return sources;
}

// Saves the dependencies in the snapshot that the arguments name.
Task<> save(const Arguments& arguments, std::vector<GivenDependency> given, std::string_view operation) {
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    WrittenSnapshot written =
        co_await open_snapshot(repository, std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    SnapshotContent content(repository, written.start_root);
    std::vector<ChunkPlace> sources = co_await find_sources(content, given);
    TargetNames targets(content.repository().id);
    for (const GivenDependency& dependency : given) targets.want(dependency.to);
    co_await targets.resolve(content);
    std::map<std::string, FileVersion> files;
    Pace pace;
    for (size_t i = 0; i < given.size(); i++) {
        const FileVersion& stored = *sources[i].file;
        FileVersion& file = files.try_emplace(stored.path, stored).first->second;
        file.dependencies.push_back(targets.make_dependency(sources[i].ordinal, std::move(given[i])));
        if (pace.is_due()) co_await checkpoint();
    }
    for (auto& [path, file] : files) {  // of equal dependencies the last one stays
        const size_t size = file.chunks.size() + file.dependencies.size();
        content.replace(std::move(file));
        if (pace.is_due(size)) co_await checkpoint();
    }
    co_await commit(session_of(arguments), written, content, operation);
}

}  // namespace

Task<> save_dependency(const Arguments& arguments) {
    GivenDependency dependency = co_await arguments.parse(saved_dependency_arguments["dependency"], parse_dependency);
    std::vector<GivenDependency> given(1, dependency);
    co_await save(arguments, std::move(given), "save_dependency");
    const auto row = row_of<count_column>(1);
    co_yield row;
}

Task<> save_dependencies(const Arguments& arguments) {
    std::vector<GivenDependency> given =
        co_await arguments.parse(saved_dependencies_arguments["dependencies"], parse_dependencies);
    size_t count = given.size();
    co_await save(arguments, std::move(given), "save_dependencies");
    const auto row = row_of<count_column>(count);
    co_yield row;
}

}  // namespace codegraph
