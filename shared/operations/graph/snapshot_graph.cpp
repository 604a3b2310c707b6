#include "operations/graph/snapshot_graph.h"

#include "base/error.h"
#include "engine/request.h"
#include "graph/resident_graph_builder.h"
#include "operations/graph/outline_load.h"
#include "storage/row_security.h"
#include "tree/diff.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

Task<ResidentGraph> load(const Repository& repository, Digest root) {
    constexpr size_t files_a_request = 512;
    ResidentGraphBuilder builder(repository.id);
    OutlineLoad outlines(repository);
    NodeStore nodes(repository.key);
    TreeCursor cursor(nodes, root);
    Sha256 sha256;
    bool more = co_await cursor.next();
    while (more) {
        std::vector<FileInTree> files;
        while (more && files.size() < files_a_request) {
            for (const TreeEntry& entry : cursor.entries())
                files.push_back({entry.key, entry.value.digest, entry.value.count});
            more = co_await cursor.next();
        }
        Rows rows = co_await outlines.find(files);
        const std::vector<std::string_view> found = outlines_in_order(rows, files, sha256);
        for (size_t i = 0; i < files.size(); i++)
            if (found[i].data()) outlines.add_file(found[i], files[i].path, builder);
        co_await checkpoint();
    }
    GraphNames names = co_await outlines.resolve_all_names();
    co_return co_await builder.build(std::move(names));
}

// Makes the graph of a snapshot that differs from the snapshot of `before` in these files.
Task<ResidentGraph> derive(const Repository& repository, const ResidentGraph& before,
                           const std::vector<TreeChange>& changes, uint64_t& lists_bound_again) {
    std::vector<FileInTree> files;
    for (const TreeChange& change : changes)
        if (change.after) files.push_back({change.key, change.after->digest, change.after->count});
    OutlineLoad outlines(repository);
    Rows rows = co_await outlines.find(files);
    Sha256 sha256;
    const std::vector<std::string_view> found = outlines_in_order(rows, files, sha256);
    for (std::string_view outline : found)
        if (outline.data()) outlines.want_names(outline);
    co_await outlines.names.resolve(repository);

    GraphNames names{{}, ResidentGraphBuilder::kinds(before), ResidentGraphBuilder::relationships(before)};
    std::vector<uint32_t> indexes;  // what `before` has keeps its index; the others follow
    for (std::string_view name : outlines.names.texts()) {
        const std::optional<GraphName> known = before.find_name(name);
        indexes.push_back(known ? *known : before.name_count() + static_cast<uint32_t>(names.names.size()));
        if (!known) names.names.push_back(name);
    }
    const IndexTranslation translation{.names = indexes,
                                       .first_kind = static_cast<uint32_t>(names.kinds.size()),
                                       .first_relationship = static_cast<uint32_t>(names.relationships.size())};

    ResidentGraphBuilder builder(before);
    std::string from;  // the path where what is kept of `before` goes on
    size_t next = 0;
    for (const TreeChange& change : changes) {
        co_await builder.keep_files(from, std::string_view(change.key));
        if (next < files.size() && files[next].path == change.key) {
            if (found[next].data()) outlines.add_file(found[next], change.key, builder, translation);
            next++;
        }
        from = change.key + '\0';  // the least path that follows
    }
    co_await builder.keep_files(from, std::nullopt);
    co_await outlines.append_dictionaries(names);
    ResidentGraph derived = co_await builder.build(std::move(names));
    lists_bound_again += builder.lists_bound_again();
    co_return derived;
}

// Derives the graph from one that the connection keeps, or returns null. Deriving costs a pass over the memory of the
// graph before, which is a fifth or less of what loading costs, and the reading of what differs. So it is worth it
// while little differs. Only the graphs used last are tried: each costs a comparison of two trees.
Task<GraphCache::Graph> derive_from_cached(const Arguments& arguments, const Repository& repository,
                                           const GraphKey& key) {
    constexpr size_t most_tried = 2, least_share = 8;
    NodeStore nodes(repository.key);
    Session& session = session_of(arguments);
    const std::vector<GraphCache::Entry> relatives = session.graphs.relatives(key);
    for (size_t i = 0; i < relatives.size() && i < most_tried; i++) {
        const ResidentGraph& before = *relatives[i].graph;
        const bool has_tree = co_await nodes.has_tree(relatives[i].key.root);
        if (!has_tree) continue;  // a graph outlives the tree that it was loaded from
        const std::vector<TreeChange> changes = co_await diff(nodes, relatives[i].key.root, key.root);
        const uint64_t files = co_await count_entries(nodes, key.root);
        if (changes.size() > files / least_share + 1) continue;
        ResidentGraph derived = co_await derive(repository, before, changes, session.lists_bound_again);
        co_return std::make_shared<ResidentGraph>(std::move(derived));
    }
    co_return nullptr;
}

}  // namespace

GraphKey graph_key(const Arguments& arguments, const SnapshotAt& at) {
    return {at.snapshot.root, at.repository.id, arguments.caller().user};
}

Task<bool> may_share_graphs(const Arguments& arguments) {
    const Session& session = session_of(arguments);
    if (session.database == CG_SQLITE) co_return true;  // it has neither rights to tables nor policies
    const GraphRights rights = co_await find_rights_to_graphs();
    co_return rights.may_read && (!rights.has_row_security || session.row_security_by_repository);
}

Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse) {
    const bool may_share = co_await may_share_graphs(arguments);
    co_return co_await snapshot_graph(arguments, at, reverse, may_share);
}

Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse,
                                       bool may_share) {
    const GraphKey key = graph_key(arguments, at);
    Session& session = session_of(arguments);
    GraphCache& cache = session.graphs;
    GraphCache::Graph graph = may_share ? cache.find(key) : nullptr;
    graph ? ++session.graph_hits : ++session.graph_misses;
    if (!graph) {
        if (may_share) graph = co_await derive_from_cached(arguments, at.repository, key);
        if (!graph) {
            ResidentGraph loaded = co_await load(at.repository, key.root);
            graph = std::make_shared<ResidentGraph>(std::move(loaded));
        }
        if (may_share) cache.keep(key, graph);
    }
    if (reverse == WithReverse::yes && !graph->has_reverse()) {
        co_await graph->build_reverse();
        cache.enforce_bound();
    }
    co_return graph;
}

}  // namespace codegraph
