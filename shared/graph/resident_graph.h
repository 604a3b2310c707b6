// The dependency graph of one snapshot in memory, as traversals want it. Symbols are numbered in the order of their
// names (by bytes) and chunks in reader order, so comparing numbers is comparing what results are ordered by. Saved
// dependencies are bound to symbols here, once; they lie by source, and by target after the first question about that.
//
// A graph holds only what the snapshot's root determines, and copies of all texts: it outlives what it was built from.
// It is not for several threads at once: the order by target is made on first use.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/name_table.h"

namespace codegraph {

using Symbol = uint32_t;       // a node: an FQN, the id of a chunk without one, or an external name
using ChunkNumber = uint32_t;  // in reader order, over the whole snapshot

// A saved row. Two that were saved under different names and became one symbol stay two.
struct Dependency {
    ChunkNumber from;
    Symbol target;
    uint32_t relationship;  // numbered in the order of their names
    uint32_t saved_name;
    double confidence;
};

struct ChunkInGraph {  // views into the graph
    Symbol symbol;
    std::string_view chunk_id;
    std::optional<std::string_view> fqn;
    std::string_view kind;
    std::string_view file_path;
    int64_t start_line;
    int64_t end_line;
};

class ResidentGraph {
public:
    uint32_t symbol_count() const { return static_cast<uint32_t>(symbol_names_.size()); }
    uint32_t chunk_count() const { return static_cast<uint32_t>(chunks_.size()); }
    uint32_t dependency_count() const { return static_cast<uint32_t>(dependencies_.size()); }
    size_t bytes() const;  // of memory held

    std::string_view symbol_name(Symbol symbol) const { return names_[symbol_names_[symbol]]; }
    std::span<const ChunkNumber> chunks_of(Symbol symbol) const;  // those that define it, in reader order
    bool is_external(Symbol symbol) const { return chunks_of(symbol).empty(); }
    ChunkInGraph chunk(ChunkNumber number) const;
    Symbol symbol_of(ChunkNumber number) const { return chunks_[number].symbol; }

    // A chunk id first, else an FQN or a name that a dependency refers to; nothing when the snapshot has neither.
    std::optional<Symbol> resolve(std::string_view chunk_argument) const;
    std::optional<ChunkNumber> find_chunk(std::string_view chunk_id) const;

    // By target symbol, relationship, name as saved; those of a symbol by chunk first.
    std::span<const Dependency> dependencies_of_chunk(ChunkNumber number) const;
    std::span<const Dependency> dependencies_of(Symbol symbol) const;
    // Numbers for dependency(): by source chunk in reader order, relationship, name as saved.
    std::span<const uint32_t> dependents_of(Symbol symbol) const;
    const Dependency& dependency(uint32_t number) const { return dependencies_[number]; }
    std::string_view saved_name(const Dependency& dependency) const { return names_[dependency.saved_name]; }

    uint32_t relationship_count() const { return static_cast<uint32_t>(relationship_names_.size()); }
    std::string_view relationship_name(uint32_t number) const { return names_[relationship_names_[number]]; }

private:
    friend class ResidentGraphBuilder;
    struct Chunk {
        Symbol symbol;
        uint32_t id, kind, path;  // names
        uint32_t definition;      // its place in definitions_
        bool has_fqn;
        int64_t start_line, end_line;
    };
    void order_by_target() const;

    NameTable names_;
    std::vector<uint32_t> symbol_names_;        // name of each symbol, ascending
    std::vector<uint32_t> relationship_names_;  // name of each relationship, ascending
    std::vector<Symbol> symbol_of_name_;        // for each name; `none` when it is no symbol
    std::vector<ChunkNumber> chunk_of_name_;    // for each name: the chunk with this id, or `none`
    std::vector<Chunk> chunks_;
    std::vector<uint32_t> definition_starts_;  // by symbol, and one more: places in definitions_
    std::vector<ChunkNumber> definitions_;     // chunks by symbol, then in reader order
    std::vector<uint32_t> dependency_starts_;  // by place in definitions_, and one more: places in dependencies_
    std::vector<Dependency> dependencies_;     // so both a chunk's own and all of a symbol's lie together
    mutable std::vector<uint32_t>
        dependent_starts_;                      // by symbol, and one more: places in dependents_; empty until used
    mutable std::vector<uint32_t> dependents_;  // numbers of dependencies by target
};

struct GraphChunk {
    std::string symbol;  // its FQN; without one its chunk id
    bool has_fqn;
    std::string chunk_id;
    std::string kind;
    int64_t start_line, end_line;
};

struct GraphDependency {
    uint32_t from_chunk;  // place in this file's list of chunks
    std::string target;   // the name as saved: an FQN or a chunk id, in this snapshot or in none
    std::string relationship;
    double confidence;
};

class ResidentGraphBuilder {
public:
    // Files in ascending order of path, each once; live chunks only, in canonical order, and the dependencies that
    // start in them. A chunk id that came before, or a dependency from no chunk, is corrupt data.
    void add_file(std::string_view path, const std::vector<GraphChunk>& chunks,
                  const std::vector<GraphDependency>& dependencies);
    ResidentGraph build() &&;

private:
    struct SavedDependency {
        ChunkNumber from;
        uint32_t target, relationship;  // names
        double confidence;
    };
    uint32_t name(std::string_view text);
    void number_relationships();
    void number_symbols();
    void order_definitions();
    void order_dependencies();
    uint32_t bound_name(uint32_t target) const;

    ResidentGraph graph_;  // a chunk's symbol is a name until build() numbers the symbols
    std::vector<SavedDependency> saved_;
    std::vector<uint32_t> relationship_of_name_;
    std::optional<std::string> last_path_;
};

}  // namespace codegraph
