#include "operations/snapshot_graph.h"

#include "base/error.h"
#include "engine/request.h"
#include "graph/resident_graph_builder.h"
#include "model/outline.h"
#include "storage/file_statements.h"
#include "storage/name_numbers.h"
#include "tree/diff.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

struct FileInTree {
    std::string path;
    Digest digest;
};

// Goes over outlines and hands what they hold to a builder. Names, kinds and relationships get numbers as they come.
class OutlineLoad {
public:
    explicit OutlineLoad(const Repository& repository) : repository_(repository) {}

    NameNumbers names, kinds, relationships;

    // The outlines of these files, asked for at once.
    Task<Rows> find(const std::vector<FileInTree>& files) const {
        Batch batch(statements::find_outlines);
        for (size_t i = 0; i < files.size(); i++) batch.add(repository_.key, blob_cell(files[i].digest.view()), i);
        co_return co_await run(batch);
    }

    // `numbers`: instead of a name's own number; empty: that.
    void add_file(std::string_view outline, std::string_view path, ResidentGraphBuilder& builder,
                  std::span<const uint32_t> numbers, uint32_t first_kind, uint32_t first_relationship) {
        OutlineReader reader(outline);
        builder.begin_file(path);
        places_.clear();
        uint32_t live = 0;
        while (reader.next_chunk(chunk_)) {
            places_.push_back(chunk_.is_deleted ? deleted : live);
            if (chunk_.is_deleted) continue;
            live++;
            builder.add_chunk({.symbol = number(chunk_.symbol, numbers),
                               .has_fqn = chunk_.has_fqn,
                               .kind = first_kind + kinds.of(chunk_.kind),
                               .start_line = chunk_.start_line,
                               .end_line = chunk_.end_line,
                               .name = chunk_.name,
                               .number = chunk_.number,
                               .explicit_id = chunk_.explicit_id});
        }
        OutlineDependency dependency;
        while (reader.next_dependency(dependency)) {
            if (places_[dependency.from] == deleted) continue;
            builder.add_dependency(places_[dependency.from], number(dependency.target, numbers),
                                   first_relationship + relationships.of(dependency.relationship),
                                   dependency.confidence);
        }
    }

    // Numbers all names of an outline without building anything.
    void want_names(std::string_view outline) {
        OutlineReader reader(outline);
        while (reader.next_chunk(chunk_))
            if (!chunk_.is_deleted) names.of(chunk_.symbol);
        OutlineDependency dependency;
        while (reader.next_dependency(dependency)) names.of(dependency.target);
    }

    Task<> resolve() {
        co_await names.resolve(repository_);
        co_await kinds.resolve(repository_);
        co_await relationships.resolve(repository_);
    }

private:
    static constexpr uint32_t deleted = ~uint32_t{0};
    uint32_t number(int64_t key, std::span<const uint32_t> numbers) {
        const uint32_t own = names.of(key);
        return numbers.empty() ? own : numbers[own];
    }

    const Repository& repository_;
    OutlineChunk chunk_;
    std::vector<uint32_t> places_;  // of a file's chunks among its live ones
};

// The outlines in the order of the files.
std::vector<std::string_view> in_order(const Rows& rows, const std::vector<FileInTree>& files) {
    std::vector<std::string_view> outlines(files.size());
    if (rows.size() != files.size()) throw corrupt("a file version is missing");
    for (size_t row = 0; row < rows.size(); row++)
        outlines.at(static_cast<size_t>(rows.integer(row, 0))) = rows.blob(row, 1);
    return outlines;
}

void append(std::vector<std::string>& texts, const NameNumbers& more) {
    for (std::string_view text : more.texts()) texts.emplace_back(text);
}

Task<ResidentGraph> load(const Repository& repository, Digest root) {
    constexpr size_t files_a_request = 512;
    ResidentGraphBuilder builder(repository.id);
    OutlineLoad outlines(repository);
    NodeStore nodes(repository.key);
    TreeCursor cursor(nodes, root);
    bool more = co_await cursor.next();
    while (more) {
        std::vector<FileInTree> files;
        while (more && files.size() < files_a_request) {
            for (const TreeEntry& entry : cursor.entries())
                if (entry.value.number > 0) files.push_back({entry.key, entry.value.digest});
            more = co_await cursor.next();
        }
        Rows rows = co_await outlines.find(files);
        const std::vector<std::string_view> found = in_order(rows, files);
        for (size_t i = 0; i < files.size(); i++) outlines.add_file(found[i], files[i].path, builder, {}, 0, 0);
        co_await checkpoint();
    }
    co_await outlines.resolve();
    GraphNames names{outlines.names.texts(), {}, {}};
    append(names.kinds, outlines.kinds);
    append(names.relationships, outlines.relationships);
    co_return co_await builder.build(std::move(names));
}

// The graph of a snapshot that differs from that of `before` in these files.
Task<ResidentGraph> derive(const Repository& repository, const ResidentGraph& before,
                           const std::vector<TreeChange>& changes) {
    std::vector<FileInTree> files;
    for (const TreeChange& change : changes)
        if (change.after && change.after->number > 0) files.push_back({change.key, change.after->digest});
    OutlineLoad outlines(repository);
    Rows rows = co_await outlines.find(files);
    const std::vector<std::string_view> found = in_order(rows, files);
    for (std::string_view outline : found) outlines.want_names(outline);
    co_await outlines.names.resolve(repository);

    GraphNames names{{}, ResidentGraphBuilder::kinds(before), ResidentGraphBuilder::relationships(before)};
    std::vector<uint32_t> numbers;  // what `before` has keeps its number; the others follow
    for (std::string_view name : outlines.names.texts()) {
        const std::optional<Symbol> known = before.find_symbol(name);
        numbers.push_back(known ? *known : before.symbol_count() + static_cast<uint32_t>(names.names.size()));
        if (!known) names.names.push_back(name);
    }
    const auto first_kind = static_cast<uint32_t>(names.kinds.size());
    const auto first_relationship = static_cast<uint32_t>(names.relationships.size());

    ResidentGraphBuilder builder(before);
    std::string from;  // where what stays begins
    size_t next = 0;
    for (const TreeChange& change : changes) {
        co_await builder.keep_files(from, std::string_view(change.key));
        if (next < files.size() && files[next].path == change.key) {
            outlines.add_file(found[next], change.key, builder, numbers, first_kind, first_relationship);
            next++;
        }
        from = change.key + '\0';  // what follows the path at once
    }
    co_await builder.keep_files(from, std::nullopt);
    co_await outlines.kinds.resolve(repository);
    co_await outlines.relationships.resolve(repository);
    append(names.kinds, outlines.kinds);
    append(names.relationships, outlines.relationships);
    co_return co_await builder.build(std::move(names));
}

// Deriving costs a pass over the memory of the graph before, a fifth or less of what loading costs, and the reading of
// what differs; so it is worth it while that is a small part. Only the graphs used last are tried: each costs a
// comparison of two trees.
Task<GraphCache::Graph> derive_from_kept(const Arguments& arguments, const Repository& repository,
                                         const GraphKey& key) {
    constexpr size_t tried = 2, least_share = 8;
    NodeStore nodes(repository.key);
    const std::vector<GraphCache::Entry> relatives = session_of(arguments).graphs.relatives(key);
    for (size_t i = 0; i < relatives.size() && i < tried; i++) {
        const ResidentGraph& before = *relatives[i].graph;
        if (ResidentGraphBuilder::cannot_be_derived_from(before)) continue;
        const std::vector<TreeChange> changes = co_await diff(nodes, relatives[i].key.root, key.root);
        const uint64_t files = co_await count_entries(nodes, key.root);
        if (changes.size() > files / least_share + 1) continue;
        ResidentGraph derived = co_await derive(repository, before, changes);
        co_return std::make_shared<ResidentGraph>(std::move(derived));
    }
    co_return nullptr;
}

}  // namespace

Task<GraphCache::Graph> snapshot_graph(const Arguments& arguments, const SnapshotAt& at, WithReverse reverse) {
    const GraphKey key{at.snapshot.root, at.repository.id, arguments.caller().user};
    GraphCache& kept = session_of(arguments).graphs;
    GraphCache::Graph graph = kept.find(key);
    if (!graph) {
        graph = co_await derive_from_kept(arguments, at.repository, key);
        if (!graph) {
            ResidentGraph loaded = co_await load(at.repository, key.root);
            graph = std::make_shared<ResidentGraph>(std::move(loaded));
        }
        kept.keep(key, graph);
    }
    if (reverse == WithReverse::yes && !graph->has_reverse()) {
        co_await graph->build_reverse();
        kept.account();
    }
    co_return graph;
}

}  // namespace codegraph
