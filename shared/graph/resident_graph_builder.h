// Makes a resident graph from the files of a snapshot, or derives one from the graph of a similar snapshot and the
// files that differ.
//
// Invariants:
// 1. Until build(), a name is an index that the caller chose, and each index stands for one text. So a load can go over
//    the outlines once and ask for the texts of all names afterwards.
// 2. In a derived graph the indexes below before.symbol_count() are the symbols of `before`, so that what is kept of it
//    needs no translation. New names follow.
// 3. Files come in ascending order of path, each once. In a file live chunks come in canonical order, and dependencies
//    in the order of the chunks that they start in. So the chunks of the graph are in reader order without sorting.
// 4. A run has all edges of one chunk. A kept run points into the arrays of `before`; any other into edge_targets_ and
//    edge_keys_.
// 5. build() alone makes names into symbols, binds targets and lays out edges. A derived graph answers every question
//    as one that is built from all files does.
//
// A query that leads here, where the connection keeps no graph of the snapshot yet:
//     SELECT count(*) FROM cg_dependencies('app', 'main');
#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/resident_graph.h"

namespace codegraph {

using NameIndex = uint32_t;  // see invariants 1 and 2

struct GraphChunk {
    NameIndex symbol;  // the name of its FQN; without one of its chunk id
    bool has_fqn;
    uint32_t kind;  // an index in the list of kinds given to build()
    int64_t start_line, end_line;
    std::optional<std::string> name;         // when it is not the last part of the FQN
    uint64_t occurrence = 1;                 // of a computed id
    std::optional<std::string> explicit_id;  // instead of a computed one
};

// The texts of what the builder got as indexes.
struct GraphNames {
    std::vector<std::string_view> names;  // by index; in a derived graph those of the new names only
    std::vector<std::string> kinds, relationships;
};

class ResidentGraphBuilder {
public:
    explicit ResidentGraphBuilder(std::string_view repo_id);
    // Derives from `before`, which stays alive. Kinds and relationships given to build() begin with its kinds() and
    // relationships(). It must not be one that cannot_be_derived_from().
    explicit ResidentGraphBuilder(const ResidentGraph& before);
    // A target that was saved under another name than that of its symbol has lost that name in the graph.
    static bool cannot_be_derived_from(const ResidentGraph& before) { return before.has_rebound_; }
    static std::vector<std::string> kinds(const ResidentGraph& before) { return before.kinds_; }
    static std::vector<std::string> relationships(const ResidentGraph& before);  // by label

    void begin_file(std::string_view path);
    void add_chunk(const GraphChunk& chunk);
    // Adds a dependency that starts in a chunk of the file, given by its index among those that were added.
    void add_dependency(uint32_t from_chunk, NameIndex target, uint32_t relationship, double confidence);
    // Adds the files of `before` from the path `from` on, and up to but without `end`. Without `end`, up to the last
    // one.
    Task<> keep_files(std::string_view from, std::optional<std::string_view> end);

    // Returns the graph, once. Looks for interrupts meanwhile. Throws corrupt() when two chunks have one explicit id.
    Task<ResidentGraph> build(GraphNames names);

private:
    struct LabelKey {
        uint32_t relationship;
        double confidence;
        bool operator==(const LabelKey&) const = default;
    };
    struct Run {         // the edges of a chunk
        uint32_t first;  // in edge_targets_ and edge_keys_, or among the edges of `before`
        uint32_t size : 31;
        uint32_t is_kept : 1;
    };
    struct Edge {
        NameIndex target;
        Label label;
    };
    ChunkIndex chunk_count() const { return static_cast<ChunkIndex>(chunks_.size()); }
    uint32_t find_or_add_key(LabelKey key);  // returns its index in label_keys_
    Edge edge(const Run& run, uint32_t i) const {
        if (run.is_kept) return {before_->targets_[run.first + i], label_of_key_[before_->labels_[run.first + i]]};
        return {edge_targets_[run.first + i], label_of_key_[edge_keys_[run.first + i]]};
    }
    void keep_file(size_t file);
    std::string_view text(NameIndex name) const;
    void mark_used();
    Task<std::vector<NameIndex>> sort_used_names();
    Task<> name_symbols(const std::vector<NameIndex>& ordered);
    Task<> order_explicit_ids();
    Task<> bind_targets(const std::vector<NameIndex>& ordered);
    void drop_unused_symbols();
    Task<> order_labels();
    Task<> order_definitions();
    Task<> order_edges();
    void add_run(const Run& run, size_t place);
    void add_rebound_run(const Run& run, size_t place);

    const ResidentGraph* before_ = nullptr;
    NameIndex first_new_ = 0;  // the first name that `before` does not have
    ResidentGraph graph_;
    GraphNames given_names_;

    std::vector<ResidentGraph::Chunk> chunks_;  // their symbols are names, until name_symbols()
    std::vector<uint64_t> sorted_edges_;        // of the run that is laid out
    std::vector<Run> runs_;                     // by chunk
    size_t edge_count_ = 0;                     // of all runs
    size_t last_source_ = 0;                    // the chunk that the last dependency starts in
    std::vector<NameIndex> edge_targets_;       // of runs that are not kept
    std::vector<uint32_t> edge_keys_;           // of the same: indexes in label_keys_
    std::vector<LabelKey> label_keys_;
    std::map<std::pair<uint32_t, double>, uint32_t> key_places_;
    std::array<uint32_t, 64> recent_keys_{};  // nearly always enough to find a key

    std::vector<uint8_t> is_used_, is_target_;  // by name
    std::vector<Symbol> symbol_of_;             // by name
    std::vector<Symbol> target_symbol_;         // by name: the symbol that it stands for as a target
    std::vector<Label> label_of_key_;           // by index in label_keys_
    std::vector<uint32_t> relationship_rank_;   // by label: the rank of its relationship among all
};

}  // namespace codegraph
