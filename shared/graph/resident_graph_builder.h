// Makes a resident graph from the files of a snapshot, or derives one from the graph of a similar snapshot and the
// files that differ.
//
// Invariants:
// 1. Until build(), a name is an index that the caller chose, and each index stands for one text. So a load can go over
//    the outlines once and ask for the texts of all names afterwards.
// 2. In a derived graph the indexes below before.name_count() are the names of `before`, and its lists of candidates
//    keep their numbers, so that what is kept of it needs no translation. New names and lists follow.
// 3. Files come in ascending order of path, each once. In a file live chunks come in canonical order, and dependencies
//    in the order of the chunks that they start in. So the chunks of the graph are in reader order without sorting.
// 4. A run has all edges of one chunk. A kept run points into the arrays of `before`; any other into edge_targets_ and
//    edge_keys_.
// 5. build() alone makes names into symbols, binds, and lays out edges. A derived graph answers every question as one
//    that is built from all files does.
// 6. A plain dependency whose name is no id of another chunk is bound without a list where a chunk defines the name, or
//    where there are no aliases and the name has no `()`: then nothing but its own definition or id could bind it. In
//    all other cases it gets a list. So what a name that no list has asked for is itself alone.
//
// A query that leads here, where the connection keeps no graph of the snapshot yet:
//     SELECT count(*) FROM cg_dependencies('app', 'main');
#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph_binder.h"
#include "graph/resident_graph.h"

namespace codegraph {

using NameIndex = uint32_t;  // see invariants 1 and 2

struct GraphChunk {
    NameIndex symbol;  // the name of its FQN; without one of its chunk id
    bool has_fqn;
    uint32_t kind;    // an index in the list of kinds given to build()
    uint32_t family;  // of its language: see ResidentGraphBuilder::family()
    bool is_private, is_local;
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
    // relationships().
    explicit ResidentGraphBuilder(const ResidentGraph& before);
    static std::vector<std::string> kinds(const ResidentGraph& before);
    static std::vector<std::string> relationships(const ResidentGraph& before);  // by label

    uint32_t family(std::string_view language);  // returns the number of the language's family
    void begin_file(std::string_view path);
    void add_chunk(const GraphChunk& chunk);
    // Adds a plain dependency that starts in a chunk of the file, given by its index among those that were added.
    void add_dependency(uint32_t from_chunk, NameIndex target, uint32_t relationship, double confidence);
    // Returns the number of a list that is not one candidate alone. `to_name` may be no_name.
    ListNumber list(std::span<const NameIndex> candidates, NameIndex to_name, uint32_t family);
    // Adds a dependency that names such a list, as the other function does.
    void add_dependency_by_list(uint32_t from_chunk, ListNumber list, uint32_t relationship, double confidence);
    void add_alias(NameIndex name, AliasKind kind, std::span<const NameIndex> targets);
    // Adds the files of `before` from the path `from` on, and up to but without `end`. Without `end`, up to the last
    // one.
    Task<> keep_files(std::string_view from, std::optional<std::string_view> end);

    // Returns the graph, once. Looks for interrupts meanwhile. Throws corrupt() when two chunks have one explicit id.
    Task<ResidentGraph> build(GraphNames names);
    // Returns how many lists of the graph before were bound again.
    size_t lists_bound_again() const { return bound_again_; }

private:
    struct LabelKey {
        uint32_t relationship;
        double confidence;  // as saved
        bool operator==(const LabelKey&) const = default;
    };
    struct Run {         // the edges of a chunk
        uint32_t first;  // in edge_targets_ and edge_keys_, or among the edges of `before`
        uint32_t size : 31;
        uint32_t is_kept : 1;
    };
    // What an edge names: a NameIndex or, with is_list, a number of lists_. There are less than 2^31 of either, because
    // their texts fit into 2^32 bytes.
    using Target = uint32_t;
    static constexpr Target is_list = uint32_t{1} << 31;
    struct Edge {
        Target target;
        uint32_t key;  // an index in label_keys_
    };
    struct ChunkEdge {
        ChunkIndex chunk;
        Edge edge;
    };
    struct KindOfFamily {
        uint32_t kind, family;
        bool operator==(const KindOfFamily&) const = default;
    };
    // What a target stands for in the graph.
    struct BoundTarget {
        Symbol symbol;        // no_name: it is unbound
        uint32_t list_place;  // as in ResidentGraph::list_places_
        uint32_t list;        // in the graph, when it has a place
        bool is_by_name;
    };
    struct SortedEdge {
        Symbol symbol;
        uint32_t relationship_rank;
        Target target;
        Label label;
        uint32_t list_place;
    };
    ChunkIndex chunk_count() const { return static_cast<ChunkIndex>(chunks_.size()); }
    uint32_t find_or_add_key(LabelKey key);  // returns its index in label_keys_
    uint32_t find_or_add_kind(KindOfFamily kind);
    uint32_t find_or_add_question(NameQuestion question);
    void add_edge(uint32_t from_chunk, Target target, uint32_t relationship, double confidence);
    // The keys of `before` are its labels.
    Target kept_target(uint32_t edge) const {
        const Symbol symbol = before_->targets_[edge];
        const uint32_t place = before_->list_places_.empty() ? 0 : before_->list_places_[edge];
        return place == 0 ? symbol : is_list | (first_list_before_[symbol] + place - 1);
    }
    Edge edge(const Run& run, uint32_t i) const {
        if (run.is_kept) return {kept_target(run.first + i), before_->labels_[run.first + i]};
        return {edge_targets_[run.first + i], edge_keys_[run.first + i]};
    }
    void keep_file(size_t file);
    void keep_aliases(const ResidentGraph::FileRange& file);
    void keep_unbound(ChunkIndex first, ChunkIndex end);
    std::string_view text(NameIndex name) const;

    // --- names
    void mark_target(Target target);
    void mark_used();
    std::vector<NameIndex> used_names_before() const;
    Task<std::vector<NameIndex>> sort_used_names();
    Task<> name_symbols(const std::vector<NameIndex>& ordered);
    Task<> order_explicit_ids();

    // --- binding
    bool needs_list(Symbol target, const std::vector<uint8_t>& is_defined) const;
    void begin_interning();
    void use_list(ListNumber list);
    Task<> list_plain_targets(const std::vector<NameIndex>& ordered);
    Task<ListsToBind> lists_to_bind();
    Task<> find_changed_names(ChangedNames& changed);
    Task<> bind();
    std::vector<uint8_t> find_symbols(const BoundLists& bound) const;
    std::vector<GraphName> separate_symbols(const std::vector<uint8_t>& is_symbol);
    std::vector<ListNumber> order_by_symbol(const std::vector<BoundList>& lists) const;
    Task<> keep_lists(const ListsToBind& to_bind, BoundLists bound, const std::vector<GraphName>& name_now);
    BoundTarget bound(Target target) const;

    // --- labels and edges
    void mark_keys_by_name();
    Task<> order_labels();
    Task<> order_definitions();
    size_t count_unbound() const;
    Task<> order_edges();
    void add_run(const Run& run, size_t place);
    size_t add_run_with_lists(ChunkIndex chunk, size_t place);
    void order_by_saved_names(std::vector<SortedEdge>& edges) const;
    SavedNames saved_names(Target target) const;
    Task<> order_unbound();

    const ResidentGraph* before_ = nullptr;
    NameIndex first_new_ = 0;  // the first name that `before` does not have
    ResidentGraph graph_;
    GraphNames given_names_;

    std::vector<ResidentGraph::Chunk> chunks_;  // their symbols are names, until name_symbols()
    std::vector<bool> is_file_kept_;            // by file of the graph
    std::vector<bool> is_before_kept_;          // by file of `before`
    std::vector<KindOfFamily> kinds_;           // by kind of chunks_
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> kind_places_;
    std::array<uint32_t, 64> recent_kinds_{};  // nearly always enough to find a kind
    std::map<std::string, uint32_t, std::less<>> family_places_;
    std::string last_language_;
    std::optional<uint32_t> last_family_;
    std::vector<Run> runs_;                  // by chunk
    size_t edge_count_ = 0;                  // of all runs
    size_t last_source_ = 0;                 // the chunk that the last dependency starts in
    std::vector<Target> edge_targets_;       // of runs that are not kept
    std::vector<uint32_t> edge_keys_;        // of the same: indexes in label_keys_
    std::vector<ChunkEdge> unbound_before_;  // of kept chunks; they may be bound now
    std::vector<LabelKey> label_keys_;
    std::map<std::pair<uint32_t, double>, uint32_t> key_places_;
    std::array<uint32_t, 64> recent_keys_{};  // nearly always enough to find a key

    CandidateLists lists_;                 // of names
    std::vector<NameQuestion> questions_;  // of lists_
    NumberTable question_places_;
    bool is_interning_ = false;
    ListNumber list_count_before_ = 0;
    std::vector<ListNumber> used_lists_;         // by list of ListsToBind: its number in lists_
    std::vector<ListNumber> first_list_before_;  // by symbol of `before`, where that has lists
    std::vector<uint8_t> is_list_used_;          // by list
    bool has_lists_ = false;                     // some list is used

    std::vector<uint8_t> is_used_, is_target_;  // by name; a target of plain dependencies
    std::vector<Symbol> symbol_of_;             // by name; after separate_symbols() a GraphName
    std::vector<ListNumber> plain_list_;    // by name: the list that a plain dependency on it gets; empty: none does
    std::vector<BoundTarget> bound_lists_;  // by list
    size_t bound_again_ = 0;
    std::vector<uint8_t> is_key_by_name_;  // by index in label_keys_: some edge with it is bound by name
    std::vector<Label> label_of_key_, label_of_key_by_name_;
    std::vector<uint32_t> relationship_rank_;  // by label: the rank of its relationship among all
    std::vector<uint64_t> sorted_edges_;       // of the run that is laid out
    std::vector<SortedEdge> sorted_with_lists_;
};

}  // namespace codegraph
