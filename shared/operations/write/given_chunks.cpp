#include "operations/write/given_chunks.h"

#include <unordered_map>

#include "base/error.h"
#include "model/chunk_id.h"
#include "model/names.h"

namespace codegraph {

void assign_ids(const Repository& repository, std::string_view path, std::vector<GivenChunk>& chunks) {
    std::unordered_map<std::string, uint64_t> seen;
    for (GivenChunk& given : chunks) {
        std::string computed = default_id(repository.id, path, given.chunk);
        const uint64_t occurrence = ++seen[computed];
        if (!given.chunk_id) {
            given.chunk.occurrence = occurrence;
            continue;
        }
        set_id(given.chunk, *given.chunk_id, computed);
        if (given.chunk.explicit_id) check_length("chunk_id", *given.chunk.explicit_id, name_limit);
    }
}

Task<> TargetNames::resolve(SnapshotContent& content) {
    std::vector<std::string> texts(wanted_.begin(), wanted_.end());
    std::map<std::string, ChunkPlace, std::less<>> places = co_await content.chunks_by_id(std::move(texts));
    for (auto& [id, place] : places) names_by_id_.emplace(id, place.chunk().fqn.value_or(id));
}

std::string TargetNames::stored_name(const ChunkName& name) const {
    if (!name.is_id) return name.text;
    const auto known = names_by_id_.find(name.text);
    if (known == names_by_id_.end()) throw unknown_chunk(name.text);
    return known->second;
}

void TargetNames::check_candidate(std::string_view field, std::string_view name) const {
    if (name.size() > name_limit && !has_computed_form(repo_id_, name)) check_length(field, name, name_limit);
}

OutgoingDependency TargetNames::make_dependency(size_t from, GivenDependency given) const {
    if (!given.to.is_id) check_candidate(given.alternatives.empty() ? "to_fqn" : "to_fqns", given.to.text);
    for (const std::string& name : given.alternatives) check_candidate("to_fqns", name);
    return {from,
            stored_name(given.to),
            std::move(given.relationship),
            given.confidence,
            std::move(given.alternatives),
            std::move(given.to_name),
            std::move(given.sites)};
}

}  // namespace codegraph
