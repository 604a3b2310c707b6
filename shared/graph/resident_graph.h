// The dependency graph of one snapshot in memory, as traversals want it. Symbols are numbered in the order of their
// names (by bytes) and chunks in reader order, so comparing numbers is comparing what results are ordered by. Saved
// dependencies are bound to symbols here, once. Edges lie in two compressed sparse rows: by source, and, from the first
// question about that, by target.
//
// A graph holds only what the snapshot's root and the repository's id determine, and copies of all texts: it outlives
// what it was built from. Computed chunk ids are not kept but made when they are asked for. It is not for several
// threads at once: the order by target is made on first use.
//
// Memory, names apart: 44 bytes a chunk, 16 a symbol without one; 5 bytes an edge and direction, 8 in a graph with more
// than 256 different pairs of relationship and confidence.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/task.h"
#include "graph/graph_memory.h"
#include "graph/label_array.h"

namespace codegraph {

using Symbol = uint32_t;      // a node: an FQN, the id of a chunk without one, or an external name
using ChunkIndex = uint32_t;  // in reader order, over the whole snapshot

// The edges of one symbol or chunk: its neighbours with the label of the edge to each.
class EdgeView {
public:
    EdgeView() = default;
    EdgeView(const Symbol* symbols, LabelView labels, size_t size) : symbols_(symbols), labels_(labels), size_(size) {}
    size_t size() const { return size_; }
    Symbol symbol(size_t i) const { return symbols_[i]; }
    Label label(size_t i) const { return labels_[i]; }
    std::span<const Symbol> symbols() const { return {symbols_, size_}; }

private:
    const Symbol* symbols_ = nullptr;
    LabelView labels_;
    size_t size_ = 0;
};

// Where edges_from() merges the edges of a symbol that several chunks define.
struct EdgeScratch {
    std::vector<std::pair<Symbol, Label>> edges;
    std::vector<Symbol> symbols;
    std::vector<uint32_t> labels;
};

struct Dependency {  // a saved row
    ChunkIndex from;
    Symbol target;
    Label label;
};

class ResidentGraph {
public:
    ResidentGraph() = default;
    ResidentGraph(ResidentGraph&&) = default;
    ResidentGraph& operator=(ResidentGraph&&) = delete;  // would copy the arrays into other memory

    uint32_t symbol_count() const { return static_cast<uint32_t>(name_ends_.size() - 1); }
    uint32_t chunk_count() const { return static_cast<uint32_t>(chunks_.size()); }
    uint32_t dependency_count() const { return static_cast<uint32_t>(targets_.size()); }
    size_t bytes() const;                              // of memory held
    size_t name_bytes() const { return name_bytes_; }  // of these, the texts of symbols, paths and kinds

    // --- symbols
    std::string_view symbol_name(Symbol symbol) const {
        return std::string_view(names_).substr(name_ends_[symbol], name_ends_[symbol + 1] - name_ends_[symbol]);
    }
    std::optional<Symbol> find_symbol(std::string_view name) const;
    std::span<const ChunkIndex> chunks_of(Symbol symbol) const {  // those that define it, in reader order
        return std::span(definitions_)
            .subspan(definition_starts_[symbol], definition_starts_[symbol + 1] - definition_starts_[symbol]);
    }
    bool is_external(Symbol symbol) const { return definition_starts_[symbol] == definition_starts_[symbol + 1]; }
    // A chunk id first, else an FQN or a name that a dependency refers to; nothing when the snapshot has neither.
    std::optional<Symbol> resolve(std::string_view chunk_argument) const;

    // --- chunks
    Symbol symbol_of(ChunkIndex chunk) const { return chunks_[chunk].symbol; }
    bool has_fqn(ChunkIndex chunk) const { return chunks_[chunk].has_fqn; }
    std::optional<std::string_view> fqn(ChunkIndex chunk) const {
        if (!has_fqn(chunk)) return std::nullopt;
        return symbol_name(symbol_of(chunk));
    }
    std::string_view kind(ChunkIndex chunk) const { return kinds_[chunks_[chunk].kind]; }
    std::string_view kind_of(Symbol symbol) const {  // of its first chunk; empty for an external one
        return is_external(symbol) ? std::string_view() : kind(chunks_of(symbol)[0]);
    }
    std::string_view file_path(ChunkIndex chunk) const { return files_[chunks_[chunk].file].path; }
    int64_t start_line(ChunkIndex chunk) const { return chunks_[chunk].start_line; }
    int64_t end_line(ChunkIndex chunk) const { return chunks_[chunk].end_line; }
    void append_chunk_id(ChunkIndex chunk, std::string& out) const;
    std::string chunk_id(ChunkIndex chunk) const;
    std::optional<ChunkIndex> find_chunk(std::string_view chunk_id) const;

    // --- dependencies
    // By neighbour, relationship; the same pair may come several times. The view lives until `scratch` is used again.
    EdgeView edges_from(Symbol symbol, EdgeScratch& scratch) const {
        if (is_shared(symbol)) return merged_edges(symbol, scratch);
        return edges(symbol_starts_[symbol], symbol_starts_[symbol + 1]);
    }
    EdgeView edges_to(Symbol symbol) const {  // after build_reverse()
        const uint32_t first = source_starts_[symbol];
        return {sources_.data() + first, source_labels_.from(first), source_starts_[symbol + 1] - first};
    }
    // The same for all symbols at once, as bare arrays: symbol s has the edges from starts[s] to starts[s + 1]. Along
    // the arrows those of a symbol that several chunks define are not merged; is_shared() tells.
    struct Adjacency {
        const uint32_t* starts;
        const Symbol* neighbours;
        LabelView labels;
    };
    Adjacency edges_along_arrows() const { return {symbol_starts_.data(), targets_.data(), labels_.from(0)}; }
    Adjacency edges_against_arrows() const {  // after build_reverse()
        return {source_starts_.data(), sources_.data(), source_labels_.from(0)};
    }
    bool is_shared(Symbol symbol) const { return definition_starts_[symbol + 1] - definition_starts_[symbol] > 1; }
    bool has_shared_symbols() const { return has_shared_symbols_; }
    Task<> build_reverse();  // once; costs one pass over the edges, with checkpoints
    bool has_reverse() const { return !source_starts_.empty(); }

    // A chunk's own, by target symbol, relationship, name as saved.
    EdgeView edges_of_chunk(ChunkIndex chunk) const {
        const uint32_t place = place_of(chunk);
        return edges(run_starts_[place], run_starts_[place + 1]);
    }
    // Those that point at the symbol, by source chunk in reader order, relationship, name as saved; after
    // build_reverse().
    std::vector<Dependency> dependencies_to(Symbol symbol) const;

    // --- labels
    uint32_t label_count() const { return static_cast<uint32_t>(label_meanings_.size()); }
    std::string_view relationship_name(Label label) const { return label_meanings_[label].relationship; }
    double confidence(Label label) const { return label_meanings_[label].confidence; }

private:
    friend class ResidentGraphBuilder;
    struct Chunk {
        Symbol symbol;
        uint32_t file;
        uint32_t kind : 30;
        uint32_t has_fqn : 1;
        uint32_t is_special : 1;  // its id is not computed from the last part of its FQN: see specials_
        int32_t start_line, end_line;
    };
    struct File {
        std::string path;
        ChunkIndex first_chunk;
    };
    struct Special {
        ChunkIndex chunk;
        std::optional<std::string> name, explicit_id;
        uint64_t number;
    };
    struct LabelMeaning {
        std::string relationship;
        double confidence;
    };
    void count_text_bytes();
    EdgeView edges(uint32_t first, uint32_t end) const {
        return {targets_.data() + first, labels_.from(first), end - first};
    }
    uint32_t place_of(ChunkIndex chunk) const;  // in definitions_
    EdgeView merged_edges(Symbol symbol, EdgeScratch& scratch) const;
    const Special* find_special(ChunkIndex chunk) const;
    std::optional<ChunkIndex> find_computed(std::string_view chunk_id, std::string_view path) const;

    template <class T>
    using Array = std::pmr::vector<T>;
    // Before the arrays are made.
    void reserve_memory(size_t chunks, size_t symbols, size_t bytes_of_names, size_t edges, size_t labels);

    std::unique_ptr<GraphMemory> memory_ = std::make_unique<GraphMemory>();

    std::string repo_id_;
    std::pmr::string names_{memory_.get()};  // of all symbols, in order
    Array<uint32_t> name_ends_ =
        Array<uint32_t>(1, 0, memory_.get());  // symbol s is names_ from name_ends_[s] to name_ends_[s + 1]
    std::vector<std::string> kinds_;           // in no order
    std::vector<LabelMeaning> label_meanings_;
    std::vector<File> files_;  // by path
    Array<Chunk> chunks_{memory_.get()};
    std::vector<Special> specials_;           // by chunk
    std::vector<ChunkIndex> by_explicit_id_;  // chunks with one, by it
    bool has_shared_symbols_ = false;         // some symbol is defined by several chunks
    bool has_rebound_ = false;                // some target is saved under another name than that of its symbol

    size_t name_bytes_ = 0, other_text_bytes_ = 0;

    Array<uint32_t> definition_starts_{memory_.get()};  // by symbol, and one more: places in definitions_
    Array<ChunkIndex> definitions_{memory_.get()};      // chunks by symbol, then in reader order
    Array<uint32_t> run_starts_{memory_.get()};         // by place, and one more: edges
    Array<uint32_t> symbol_starts_{memory_.get()};      // by symbol, and one more: edges
    Array<Symbol> targets_{memory_.get()};              // by source symbol, chunk, target, relationship, name as saved
    LabelArray labels_{memory_.get()};

    Array<uint32_t> source_starts_{memory_.get()};  // by symbol, and one more; empty until built
    Array<Symbol> sources_{memory_.get()};          // by target symbol, source symbol, relationship
    LabelArray source_labels_{memory_.get()};
};

}  // namespace codegraph
