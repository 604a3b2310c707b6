#include "graph/resident_graph.h"

namespace codegraph {

static constexpr uint32_t none = ~uint32_t{0};

template <class T>
static std::span<const T> between(const std::vector<T>& all, uint32_t first, uint32_t end) {
    return std::span<const T>(all).subspan(first, end - first);
}

template <class T>
static size_t held(const std::vector<T>& vector) {
    return vector.capacity() * sizeof(T);
}

size_t ResidentGraph::bytes() const {
    return sizeof(*this) + names_.bytes() + held(symbol_names_) + held(relationship_names_) + held(symbol_of_name_) +
           held(chunk_of_name_) + held(chunks_) + held(definition_starts_) + held(definitions_) +
           held(dependency_starts_) + held(dependencies_) + held(dependent_starts_) + held(dependents_);
}

std::span<const ChunkNumber> ResidentGraph::chunks_of(Symbol symbol) const {
    return between(definitions_, definition_starts_[symbol], definition_starts_[symbol + 1]);
}

ChunkInGraph ResidentGraph::chunk(ChunkNumber number) const {
    const Chunk& chunk = chunks_[number];
    std::optional<std::string_view> fqn;
    if (chunk.has_fqn) fqn = symbol_name(chunk.symbol);
    return {.symbol = chunk.symbol,
            .chunk_id = names_[chunk.id],
            .fqn = fqn,
            .kind = names_[chunk.kind],
            .file_path = names_[chunk.path],
            .start_line = chunk.start_line,
            .end_line = chunk.end_line};
}

std::optional<ChunkNumber> ResidentGraph::find_chunk(std::string_view chunk_id) const {
    const std::optional<uint32_t> name = names_.find(chunk_id);
    if (!name || chunk_of_name_[*name] == none) return std::nullopt;
    return chunk_of_name_[*name];
}

std::optional<Symbol> ResidentGraph::resolve(std::string_view chunk_argument) const {
    const std::optional<uint32_t> name = names_.find(chunk_argument);
    if (!name) return std::nullopt;
    if (chunk_of_name_[*name] != none) return chunks_[chunk_of_name_[*name]].symbol;
    if (symbol_of_name_[*name] != none) return symbol_of_name_[*name];
    return std::nullopt;
}

std::span<const Dependency> ResidentGraph::dependencies_of_chunk(ChunkNumber number) const {
    const uint32_t place = chunks_[number].definition;
    return between(dependencies_, dependency_starts_[place], dependency_starts_[place + 1]);
}

std::span<const Dependency> ResidentGraph::dependencies_of(Symbol symbol) const {
    return between(dependencies_, dependency_starts_[definition_starts_[symbol]],
                   dependency_starts_[definition_starts_[symbol + 1]]);
}

std::span<const uint32_t> ResidentGraph::dependents_of(Symbol symbol) const {
    if (dependent_starts_.empty()) order_by_target();
    return between(dependents_, dependent_starts_[symbol], dependent_starts_[symbol + 1]);
}

// A counting sort; chunks are visited in reader order, and the dependencies of a chunk that have one target lie by
// relationship and name already, so each target's share comes out in the promised order.
void ResidentGraph::order_by_target() const {
    std::vector<uint32_t> starts(symbol_count() + 1, 0);
    for (const Dependency& dependency : dependencies_) starts[dependency.target + 1]++;
    for (Symbol symbol = 0; symbol < symbol_count(); symbol++) starts[symbol + 1] += starts[symbol];
    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    std::vector<uint32_t> ordered(dependencies_.size());
    for (const Chunk& chunk : chunks_) {
        const uint32_t end = dependency_starts_[chunk.definition + 1];
        for (uint32_t i = dependency_starts_[chunk.definition]; i < end; i++)
            ordered[next[dependencies_[i].target]++] = i;
    }
    dependents_ = std::move(ordered);
    dependent_starts_ = std::move(starts);
}

}  // namespace codegraph
