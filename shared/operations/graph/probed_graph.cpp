#include "operations/graph/probed_graph.h"

#include <map>
#include <set>

#include "model/chunk_id.h"
#include "operations/graph/outline_load.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// To probe one file (its path in the definitions, its place in the tree, its outline and the names in it, each looked
// up by itself) costs about as much as to load eight along with all others: measured 90 to 150 microseconds against 12
// to 20, in both databases. So probing goes on while the files it has looked for are fewer than an eighth of all; and
// files probed for earlier calls on the same snapshot count too, because a graph that was loaded for the first of them
// would have served all. That way it never costs more than twice what is best (as renting skis before buying them).
constexpr uint64_t probe_in_loads = 8;

class Probe {
public:
    Probe(const Repository& repository, Digest root, uint64_t most_files)
        : repository_(repository), root_(root), nodes_(repository.key), most_files_(most_files) {}

    // Makes the graph. Returns false when that takes more files than it may, or when only the whole graph can tell.
    Task<bool> run(std::string chunk, int64_t depth) {
        std::set<std::string> names{chunk};
        bool affordable = co_await look_for(names);
        if (!affordable) co_return false;
        std::optional<Symbol> start = graph_->resolve(chunk);
        if (!start) co_return false;  // it may be an external name that some file refers to
        std::set<std::string> level{std::string(graph_->symbol_name(*start))};
        if (!level.contains(chunk)) {  // it was given by its id: others may define the same FQN
            affordable = co_await look_for(level);
            if (!affordable) co_return false;
        }
        for (int64_t next = 1; next <= depth; next++) {
            level = targets_of(level);
            affordable = co_await look_for(level);
            if (!affordable) co_return false;
            // A name may turn out to be the id of a chunk with an FQN. That is rare enough to be left to the whole
            // graph.
            for (const std::string& name : level) {
                const std::optional<ChunkIndex> chunk = graph_->find_chunk(name);
                if (chunk && graph_->symbol_name(graph_->symbol_of(*chunk)) != name) co_return false;
            }
        }
        co_return true;
    }
    uint64_t files() const { return looked_for_.size(); }
    ResidentGraph take() { return std::move(*graph_); }

private:
    // Brings the files that may define these names into the graph. Returns false when these are too many.
    Task<bool> look_for(const std::set<std::string>& names) {
        std::vector<std::string> list(names.begin(), names.end());
        auto definitions = co_await find_definitions(repository_, list);
        std::vector<std::string> paths;
        for (const std::string& name : list) {
            for (std::string_view path : paths_of_computed_id(repository_.id, name)) want(std::string(path), paths);
            const auto defined = definitions.find(name);
            if (defined == definitions.end()) continue;
            for (const Definition& definition : defined->second) want(definition.path, paths);
        }
        if (looked_for_.size() > most_files_) co_return false;
        std::vector<std::optional<TreeValue>> values = co_await find_many(nodes_, root_, paths);
        std::vector<FileInTree> files;
        for (size_t i = 0; i < paths.size(); i++)
            if (values[i] && values[i]->count > 0) files.push_back({paths[i], values[i]->digest});
        OutlineLoad load(repository_);
        Rows rows = co_await load.find(files);
        const std::vector<std::string_view> found = outlines_in_order(rows, files, sha256_);
        for (size_t i = 0; i < files.size(); i++) outlines_[files[i].path] = found[i];
        co_await build();
        co_return true;
    }

    void want(std::string path, std::vector<std::string>& paths) {
        if (looked_for_.insert(path).second) paths.push_back(std::move(path));
    }

    Task<> build() {
        OutlineLoad load(repository_);
        ResidentGraphBuilder builder(repository_.id);
        for (const auto& [path, outline] : outlines_) load.add_file(outline, path, builder);
        GraphNames names = co_await load.resolve_all_names();
        ResidentGraph built = co_await builder.build(std::move(names));
        graph_.emplace(std::move(built));
    }

    std::set<std::string> targets_of(const std::set<std::string>& level) const {
        std::set<std::string> targets;
        EdgeScratch scratch;
        for (const std::string& name : level) {
            const std::optional<Symbol> symbol = graph_->find_symbol(name);
            if (!symbol) continue;
            const EdgeView edges = graph_->edges_from(*symbol, scratch);
            for (size_t i = 0; i < edges.size(); i++) targets.emplace(graph_->symbol_name(edges.symbol(i)));
        }
        return targets;
    }

    const Repository& repository_;
    const Digest root_;
    NodeStore nodes_;
    const uint64_t most_files_;
    std::set<std::string> looked_for_;
    std::map<std::string, std::string> outlines_;  // by path
    std::optional<ResidentGraph> graph_;
    Sha256 sha256_;
};

}  // namespace

Task<GraphCache::Graph> graph_around(const Arguments& arguments, const SnapshotAt& at, std::string chunk,
                                     int64_t depth) {
    Session& session = session_of(arguments);
    const GraphKey key = graph_key(arguments, at);
    const bool may_share = co_await may_share_graphs(arguments);
    GraphCache::Graph cached = may_share ? session.graphs.find(key) : nullptr;
    if (cached) co_return cached;
    // Without a graph that is kept, none would have served the earlier calls.
    if (session.last_probed != key || !may_share) {
        session.last_probed = key;
        session.files_probed = 0;
    }
    NodeStore nodes(at.repository.key);
    const uint64_t files = co_await count_entries(nodes, key.root);
    const uint64_t most = files / probe_in_loads;
    const bool is_unknown = !may_share || session.graphs.relatives(key).empty();
    if (session.files_probed < most && is_unknown) {
        Probe probe(at.repository, key.root, most - session.files_probed);
        const bool done = co_await probe.run(std::move(chunk), depth);
        session.files_probed += probe.files();
        if (done) co_return std::make_shared<ResidentGraph>(probe.take());
    }
    co_return co_await snapshot_graph(arguments, at, WithReverse::no, may_share);
}

}  // namespace codegraph
