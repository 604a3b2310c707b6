// Makes a resident graph from the files of a snapshot, or from a graph of a similar snapshot and the files that differ.
//
// Names are numbers here, given by the caller, so that a load can go over the outlines once and ask for the texts of
// all names afterwards. In a graph that is derived from another, the numbers below that one's symbol count are its
// symbols.
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

struct GraphChunk {
    uint32_t symbol;  // the name of its FQN; without one of its chunk id
    bool has_fqn;
    uint32_t kind;  // place in the list of kinds given to build()
    int64_t start_line, end_line;
    std::optional<std::string> name;         // when it is not the last part of the FQN
    uint64_t number = 1;                     // of a computed id
    std::optional<std::string> explicit_id;  // instead of a computed one
};

struct GraphNames {
    std::vector<std::string_view> names;  // by number; in a derived graph, of those that are new
    std::vector<std::string> kinds, relationships;
};

class ResidentGraphBuilder {
public:
    explicit ResidentGraphBuilder(std::string_view repo_id);
    // Derives from `before`, which stays alive: kinds and relationships given to build() begin with its kinds() and
    // with relationships(). It must not be one that cannot_be_derived_from().
    explicit ResidentGraphBuilder(const ResidentGraph& before);
    static bool cannot_be_derived_from(const ResidentGraph& before) { return before.has_rebound_; }
    static std::vector<std::string> kinds(const ResidentGraph& before) { return before.kinds_; }
    static std::vector<std::string> relationships(const ResidentGraph& before);  // by label

    // Files in ascending order of path, each once; live chunks only, in canonical order, and the dependencies that
    // start in them by chunk.
    void begin_file(std::string_view path);
    void add_chunk(const GraphChunk& chunk);
    void add_dependency(uint32_t from_chunk, uint32_t target, uint32_t relationship, double confidence);
    // Files of `before`, from the path on, up to that `end` (nothing: to the last one).
    Task<> keep_files(std::string_view from, std::optional<std::string_view> end);

    // Throws corrupt() when two chunks have one explicit id. With checkpoints inside.
    Task<ResidentGraph> build(GraphNames names);

private:
    struct LabelKey {
        uint32_t relationship;
        double confidence;
        bool operator==(const LabelKey&) const = default;
    };
    struct Run {         // the edges of a chunk
        uint32_t first;  // in edge_targets_ and edge_labels_, or among the edges of the graph before
        uint32_t size : 31;
        uint32_t is_kept : 1;
    };
    struct Edge {
        uint32_t target;  // a name
        Label label;
    };
    ChunkNumber chunk_count() const { return static_cast<ChunkNumber>(chunks_.size()); }
    uint32_t label(LabelKey key);
    Edge edge(const Run& run, uint32_t i) const {
        if (run.is_kept) return {before_->targets_[run.first + i], label_of_[before_->labels_[run.first + i]]};
        return {edge_targets_[run.first + i], label_of_[edge_labels_[run.first + i]]};
    }
    void keep_file(size_t file);
    std::string_view text(uint32_t number) const;
    void mark_used();
    Task<std::vector<uint32_t>> sorted_numbers();
    void name_symbols(const std::vector<uint32_t>& ordered);
    void order_explicit_ids();
    void bind_targets(const std::vector<uint32_t>& ordered);
    void drop_unused_symbols();
    void number_labels();
    Task<> order_definitions();
    Task<> order_edges();
    void add_run(const Run& run, size_t place);
    void add_rebound_run(const Run& run, size_t place);

    const ResidentGraph* before_ = nullptr;
    uint32_t first_new_ = 0;  // number of the first name that `before` does not have
    ResidentGraph graph_;
    GraphNames given_;

    std::vector<ResidentGraph::Chunk> chunks_;  // their symbols are names; until name_symbols()
    std::vector<uint64_t> sorted_;              // of the run that is laid out
    std::vector<Run> runs_;                     // by chunk
    size_t edge_count_ = 0;                     // of all runs
    size_t last_source_ = 0;                    // the chunk that the last dependency starts in
    std::vector<uint32_t> edge_targets_;        // names, of what is not kept
    std::vector<uint32_t> edge_labels_;         // places in label_keys_
    std::vector<LabelKey> label_keys_;
    std::map<std::pair<uint32_t, double>, uint32_t> label_of_key_;
    std::array<uint32_t, 64> recent_labels_{};  // nearly always enough

    std::vector<uint8_t> is_used_, is_target_;     // by name
    std::vector<uint32_t> symbol_of_;              // by name
    std::vector<uint32_t> target_symbol_;          // by name: what it stands for as a target
    std::vector<Label> label_of_;                  // by place in label_keys_
    std::vector<uint32_t> relationship_of_label_;  // its rank among the relationships
};

}  // namespace codegraph
