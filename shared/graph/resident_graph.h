// Holds the dependency graph of one snapshot in memory, as traversals need it. ResidentGraphBuilder makes it.
//
// Invariants:
// 1. Symbols ascend with the bytes of their names, and chunks are in reader order over the whole snapshot. So to
//    compare two indexes is to compare what results are ordered by.
// 2. Each saved dependency of a live chunk is one edge, bound to the symbol that its candidates stand for when the
//    graph is built (shared/binding). One that is unbound is no edge, and kept apart.
// 3. Edges lie in compressed sparse rows: an array of neighbours, and for each symbol where its part begins. They are
//    there by source; by target they are there once build_reverse() was called, which is when they are first needed.
// 4. A graph holds only what the snapshot's root and the repository's id determine. All texts are copies: a graph
//    outlives what it was built from. Computed chunk ids are not stored: they are made when they are asked for.
// 5. A graph changes in one way after it is built: by build_reverse(). It is not for several threads at once.
//
// A query that leads here: the edges by target answer
//     SELECT from_fqn, relationship FROM cg_dependencies_to('app', 'main', 'auth.login');
//
// Memory, names apart: 44 bytes a chunk, 16 a symbol without one; 5 bytes an edge and direction, 8 in a graph with more
// than 256 different pairs of relationship and confidence. In a graph with lists of candidates (graph_binding.h), 1
// byte an edge more, 4 where a symbol has more than 255 lists.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/task.h"
#include "graph/graph_binding.h"
#include "graph/graph_memory.h"
#include "graph/label_array.h"
#include "graph/saved_names.h"

namespace codegraph {

struct ComputedId;

using Symbol = uint32_t;      // a node: an FQN, the id of a chunk without one, or an external name
using ChunkIndex = uint32_t;  // in reader order, over the whole snapshot

// Views the edges of one symbol or chunk: its neighbours with the label of the edge to each.
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

// Is the place where edges_from() merges the edges of a symbol that several chunks define.
struct EdgeScratch {
    std::vector<std::pair<Symbol, Label>> edges;
    std::vector<Symbol> symbols;
    std::vector<uint32_t> labels;
};

struct Dependency {  // one saved row
    ChunkIndex from;
    Symbol target;  // no_name: it is unbound
    Label label;
    ListNumber list;  // no_list: it names its target, and nothing else
};
inline constexpr ListNumber no_list = ~ListNumber{0};

class ResidentGraph {
public:
    ResidentGraph() = default;
    ResidentGraph(ResidentGraph&&) = default;
    ResidentGraph& operator=(ResidentGraph&&) = delete;  // would copy the arrays into other memory

    uint32_t symbol_count() const { return static_cast<uint32_t>(name_ends_.size() - 1); }
    uint32_t chunk_count() const { return static_cast<uint32_t>(chunks_.size()); }
    uint32_t dependency_count() const { return static_cast<uint32_t>(targets_.size()); }  // without the unbound ones
    size_t bytes() const;                                                                 // of memory that it holds
    size_t name_bytes() const { return name_bytes_; }  // those of the texts of symbols, paths and kinds

    // --- symbols
    std::string_view symbol_name(Symbol symbol) const {
        return std::string_view(names_).substr(name_ends_[symbol], name_ends_[symbol + 1] - name_ends_[symbol]);
    }
    std::optional<Symbol> find_symbol(std::string_view name) const;
    std::span<const ChunkIndex> chunks_of(Symbol symbol) const {  // returns those that define it, in reader order
        return std::span(definitions_)
            .subspan(definition_starts_[symbol], definition_starts_[symbol + 1] - definition_starts_[symbol]);
    }
    bool is_external(Symbol symbol) const { return definition_starts_[symbol] == definition_starts_[symbol + 1]; }
    // Returns the symbol of the chunk with this id; without one, the symbol with this name, be it an FQN or a name that
    // a dependency refers to. Returns nothing when the snapshot has neither.
    std::optional<Symbol> resolve(std::string_view chunk_argument) const;

    // --- chunks
    Symbol symbol_of(ChunkIndex chunk) const { return chunks_[chunk].symbol; }
    bool has_fqn(ChunkIndex chunk) const { return chunks_[chunk].has_fqn; }
    std::optional<std::string_view> fqn(ChunkIndex chunk) const {
        if (!has_fqn(chunk)) return std::nullopt;
        return symbol_name(symbol_of(chunk));
    }
    std::string_view kind(ChunkIndex chunk) const { return kinds_[chunks_[chunk].kind].text; }
    std::string_view kind_of(Symbol symbol) const {  // that of its first chunk; empty for an external one
        return is_external(symbol) ? std::string_view() : kind(chunks_of(symbol)[0]);
    }
    std::string_view file_path(ChunkIndex chunk) const { return files_[chunks_[chunk].file].path; }
    int64_t start_line(ChunkIndex chunk) const { return chunks_[chunk].start_line; }
    int64_t end_line(ChunkIndex chunk) const { return chunks_[chunk].end_line; }
    void append_chunk_id(ChunkIndex chunk, std::string& out) const;
    std::string chunk_id(ChunkIndex chunk) const;
    std::optional<ChunkIndex> find_chunk(std::string_view chunk_id) const;

    // --- dependencies
    // Returns edges by neighbour, then relationship. A pair of symbols may have several. The view lives until `scratch`
    // is used again.
    EdgeView edges_from(Symbol symbol, EdgeScratch& scratch) const {
        if (is_shared(symbol)) return merged_edges(symbol, scratch);
        return edges(symbol_starts_[symbol], symbol_starts_[symbol + 1]);
    }
    EdgeView edges_to(Symbol symbol) const {  // after build_reverse()
        const uint32_t first = source_starts_[symbol];
        return {sources_.data() + first, source_labels_.from(first), source_starts_[symbol + 1] - first};
    }
    // Views the edges of all symbols at once, as bare arrays: symbol s has those from starts[s] to starts[s + 1]. Along
    // the arrows the edges of a symbol that several chunks define are not merged; is_shared() tells which these are.
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
    Task<> build_reverse();  // passes over the edges once, with checkpoints
    bool has_reverse() const { return !source_starts_.empty(); }

    // Returns the edges that start in the chunk, by target symbol, relationship, then what was saved.
    EdgeView edges_of_chunk(ChunkIndex chunk) const {
        const uint32_t place = place_of(chunk);
        return edges(run_starts_[place], run_starts_[place + 1]);
    }
    // Sets `found` to the dependencies that start in the chunk: the unbound ones by relationship, then what was saved;
    // then its edges.
    void find_dependencies_of(ChunkIndex chunk, std::vector<Dependency>& found) const;
    // Returns the dependencies that point at the symbol, by source chunk in reader order, relationship, then what was
    // saved. Requires build_reverse().
    std::vector<Dependency> dependencies_to(Symbol symbol) const;
    SavedNames saved_names(const Dependency& dependency) const;  // views into the graph

    // --- what binding asks for
    uint32_t name_count() const { return symbol_count() + binding_.other_count(); }
    std::string_view name(GraphName name) const {
        return name < symbol_count() ? symbol_name(name) : binding_.other_name(name - symbol_count());
    }
    std::optional<GraphName> find_name(std::string_view text) const;
    const GraphBinding& binding() const { return binding_; }
    bool is_class(ChunkIndex chunk) const { return kinds_[chunks_[chunk].kind].is_class; }
    bool is_private(ChunkIndex chunk) const { return chunks_[chunk].is_private; }
    // Tells whether the chunk may be bound by its simple name. It then has an FQN.
    bool is_member(ChunkIndex chunk) const {
        return has_fqn(chunk) && kinds_[chunks_[chunk].kind].is_member && !chunks_[chunk].is_local;
    }
    std::string_view name_of_chunk(ChunkIndex chunk) const;
    std::string_view family(ChunkIndex chunk) const { return binding_.families[kinds_[chunks_[chunk].kind].family]; }
    uint32_t file_count() const { return static_cast<uint32_t>(files_.size()); }
    struct FileRange {
        std::string_view path;
        ChunkIndex first_chunk, end_chunk;
        uint32_t first_alias, end_alias;
    };
    FileRange file(uint32_t file) const;
    std::span<const GraphName> targets_of_alias(uint32_t alias) const;

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
        uint32_t start_line : 31;
        uint32_t is_private : 1;
        uint32_t end_line : 31;
        uint32_t is_local : 1;
    };
    struct Kind {  // of chunks in languages of one family
        std::string text;
        uint32_t family;           // an index in GraphBinding::families
        bool is_class, is_member;  // as binding asks for it: is_class_like(), is_bound_by_name()
    };
    struct File {
        std::string path;
        ChunkIndex first_chunk;
        uint32_t first_alias;
    };
    struct Special {
        ChunkIndex chunk;
        std::optional<std::string> name, explicit_id;
        uint64_t occurrence;
    };
    struct LabelMeaning {
        std::string relationship;
        double confidence;  // of the edge
        double saved_confidence;
    };
    void count_text_bytes();
    EdgeView edges(uint32_t first, uint32_t end) const {
        return {targets_.data() + first, labels_.from(first), end - first};
    }
    uint32_t place_of(ChunkIndex chunk) const;  // returns the chunk's index in definitions_
    Dependency dependency(ChunkIndex from, size_t edge) const;
    ListNumber first_list_of(Symbol symbol) const;
    EdgeView merged_edges(Symbol symbol, EdgeScratch& scratch) const;
    const Special* find_special(ChunkIndex chunk) const;
    struct PlaceInFile;  // what chunks of a file are ordered by
    PlaceInFile place_in_file(ChunkIndex chunk) const;
    std::optional<ChunkIndex> find_computed(const ComputedId& id, std::string_view path) const;

    template <class T>
    using Array = std::pmr::vector<T>;
    // Asks for one block of memory for all arrays but those by target. To be called before they are made.
    void reserve_memory(size_t chunks, size_t symbols, size_t bytes_of_names, size_t edges, size_t labels);

    std::unique_ptr<GraphMemory> memory_ = std::make_unique<GraphMemory>();

    std::string repo_id_;
    std::pmr::string names_{memory_.get()};  // the texts of all symbols, in order
    Array<uint32_t> name_ends_ =
        Array<uint32_t>(1, 0, memory_.get());  // symbol s is names_ from name_ends_[s] to name_ends_[s + 1]
    std::vector<Kind> kinds_;                  // in no order
    std::vector<LabelMeaning> label_meanings_;
    std::vector<File> files_;  // by path
    Array<Chunk> chunks_{memory_.get()};
    std::vector<Special> specials_;           // by chunk
    std::vector<ChunkIndex> by_explicit_id_;  // the chunks that have one, ordered by it
    bool has_shared_symbols_ = false;         // some symbol is defined by several chunks

    size_t name_bytes_ = 0, other_text_bytes_ = 0;

    Array<uint32_t> definition_starts_{
        memory_.get()};                             // by symbol, and one more: where its part of definitions_ begins
    Array<ChunkIndex> definitions_{memory_.get()};  // chunks by symbol, then in reader order
    Array<uint32_t> run_starts_{memory_.get()};     // by index in definitions_, and one more: its first edge
    Array<uint32_t> symbol_starts_{memory_.get()};  // by symbol, and one more: its first edge
    Array<Symbol> targets_{memory_.get()};          // by source symbol, chunk, target, relationship, what was saved
    LabelArray labels_{memory_.get()};
    // By edge: 0 when it names its target and nothing else; otherwise 1 more than the place of its list among those of
    // its target. Empty without lists.
    LabelArray list_places_{memory_.get()};
    GraphBinding binding_;

    Array<uint32_t> source_starts_{memory_.get()};  // by symbol, and one more; empty until build_reverse()
    Array<Symbol> sources_{memory_.get()};          // by target symbol, source symbol, relationship
    LabelArray source_labels_{memory_.get()};
};

}  // namespace codegraph
