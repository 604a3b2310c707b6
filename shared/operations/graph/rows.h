// Makes the rows that readers of the graph give, column by column as these are asked for: texts that nobody reads are
// not made.
#pragma once
#include <string>

#include "engine/request.h"
#include "graph/traversal.h"

namespace codegraph {

// How a symbol was reached, where it was not by an edge of the graph.
struct Arrival {
    std::string via, relationship;
    auto operator<=>(const Arrival&) const = default;
};

// A symbol that was reached, with one of the chunks that define it, or as an external name.
class ReachedRow final : public LazyRow {
public:
    explicit ReachedRow(const ResidentGraph& graph) : graph_(graph) {}

    // Returns how many rows `reached` has: one for each chunk that defines it; one when it is external.
    static size_t count_rows(const ResidentGraph& graph, const ReachedSymbol& reached) {
        return std::max<size_t>(graph.chunks_of(reached.symbol).size(), 1);
    }
    // `arrival` may be null: what the graph says counts.
    void set(const ReachedSymbol& reached, double score, const Arrival* arrival, size_t row) {
        reached_ = reached;
        score_ = score;
        arrival_ = arrival;
        is_external_ = graph_.is_external(reached.symbol);
        if (!is_external_) chunk_ = graph_.chunks_of(reached.symbol)[row];
    }
    Cell column(size_t column) const override;

private:
    const ResidentGraph& graph_;
    ReachedSymbol reached_{};
    double score_ = 1;
    const Arrival* arrival_ = nullptr;
    bool is_external_ = false;
    ChunkIndex chunk_ = 0;
    mutable std::string chunk_id_;
};

// A dependency as it was saved.
class DependencyRow final : public LazyRow {
public:
    explicit DependencyRow(const ResidentGraph& graph) : graph_(graph) {}
    void set(const Dependency& dependency) { dependency_ = dependency; }
    Cell column(size_t column) const override;

private:
    const ResidentGraph& graph_;
    Dependency dependency_{};
    mutable std::string from_id_, to_id_, candidates_;
};

// What a chunk defines.
class SymbolRow final : public LazyRow {
public:
    explicit SymbolRow(const ResidentGraph& graph) : graph_(graph) {}
    void set(ChunkIndex chunk) {
        chunk_ = chunk;
        name_ = graph_.name_of_chunk(chunk);  // here it may still be found to be damaged
    }
    Cell column(size_t column) const override;

private:
    const ResidentGraph& graph_;
    ChunkIndex chunk_ = 0;
    std::string_view name_;
    mutable std::string id_;
};

}  // namespace codegraph
