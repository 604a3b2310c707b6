#include <array>

#include "base/error.h"
#include "operations/write/given_chunks.h"
#include "operations/write/target.h"
#include "operations/writers.h"

namespace codegraph {

namespace {

// The chunks that the dependencies start in, in their order: by id, or the first with the FQN.
Task<std::vector<ChunkPlace>> find_sources(SnapshotContent& content, const std::vector<GivenDependency>& given) {
    std::vector<std::string> ids;
    for (const GivenDependency& dependency : given)
        if (dependency.from.is_id) ids.push_back(dependency.from.text);
    std::map<std::string, ChunkPlace, std::less<>> by_id = co_await content.chunks_by_id(std::move(ids));
    std::map<std::string, ChunkPlace, std::less<>> by_fqn;
    for (const GivenDependency& dependency : given) {
        if (dependency.from.is_id || by_fqn.contains(dependency.from.text)) continue;
        std::vector<ChunkPlace> places = co_await content.chunks_by_fqn(dependency.from.text);
        if (!places.empty()) by_fqn.emplace(dependency.from.text, places[0]);
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

Task<> save(const Arguments& arguments, std::vector<GivenDependency> given, std::string_view operation) {
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    Target target = co_await open_snapshot(repository, std::string(arguments.text(1)));
    SnapshotContent content(repository, target.start);
    std::vector<ChunkPlace> sources = co_await find_sources(content, given);
    TargetNames targets;
    for (const GivenDependency& dependency : given) targets.want(dependency.to);
    co_await targets.resolve(content);
    std::map<std::string, FileVersion> files;
    for (size_t i = 0; i < given.size(); i++) {
        const FileVersion& stored = *sources[i].file;
        FileVersion& file = files.try_emplace(stored.path, stored).first->second;
        file.dependencies.push_back(
            {sources[i].ordinal, targets.of(given[i].to), given[i].relationship, given[i].confidence});
    }
    for (auto& [path, file] : files) content.replace(std::move(file));  // of equal dependencies the last stays
    co_await commit(session_of(arguments), target, content, operation);
}

}  // namespace

Task<> save_dependency(const Arguments& arguments) {
    std::vector<GivenDependency> given(1, parse_dependency("dependency", arguments.text(2)));
    co_await save(arguments, std::move(given), "save_dependency");
    const std::array<Cell, 1> row = {cell(1)};
    co_yield row;
}

Task<> save_dependencies(const Arguments& arguments) {
    std::vector<GivenDependency> given = parse_dependencies("dependencies", arguments.text(2));
    size_t count = given.size();
    co_await save(arguments, std::move(given), "save_dependencies");
    const std::array<Cell, 1> row = {cell(count)};
    co_yield row;
}

}  // namespace codegraph
