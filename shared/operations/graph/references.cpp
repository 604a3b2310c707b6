// The graph says which dependencies point at the chunk. Their sites are read from the file versions, a few files at a
// time: there a dependency is found again by its chunk, its relationship and what it names.
#include "operations/graph/references.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/error.h"
#include "engine/long_sort.h"
#include "engine/request.h"
#include "graph/edge_filter.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "signatures/readers.h"
#include "storage/dense_names.h"
#include "storage/file_load.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

struct Reference {
    int64_t line, column, end_column;  // columns: 0: none
    const Dependency* dependency;
    const std::string* candidates;
};

// What tells a dependency of a file: the ordinal of its chunk, its relationship, and what it names.
using DependencyKey = std::tuple<uint64_t, std::string, std::string>;
using SitesByKey = std::map<DependencyKey, std::vector<Site>>;

// Returns the ordinals of the live chunks.
std::vector<uint64_t> live_ordinals(const Outline& outline) {
    std::vector<uint64_t> ordinals;
    for (uint64_t i = 0; i < outline.chunks.size(); i++)
        if (!outline.chunks[i].is_deleted) ordinals.push_back(i);
    return ordinals;
}

class FileReferences {
public:
    FileReferences(const ResidentGraph& graph, const Repository& repository) : graph_(graph), repository_(repository) {}

    // Finds the references of dependencies that start in one file, which lie together.
    Task<> find(const StoredFile& file, std::span<const Dependency> dependencies) {
        references_.clear();
        candidates_.clear();
        const std::vector<uint64_t> ordinals = live_ordinals(file.outline);
        const ChunkIndex first = first_chunk_of(file.path);
        SitesByKey sites = co_await name_sites(file);
        for (const Dependency& dependency : dependencies) {
            const std::string& candidates = candidates_.emplace_back(as_json(graph_.saved_names(dependency)));
            if (dependency.from - first >= ordinals.size())
                throw corrupt("file " + quote(file.path) + " has fewer chunks than its graph");
            const DependencyKey key{ordinals[dependency.from - first],
                                    std::string(graph_.relationship_name(dependency.label)), candidates};
            const auto found = sites.find(key);
            if (found == sites.end())
                references_.push_back({graph_.start_line(dependency.from), 0, 0, &dependency, &candidates});
            else
                for (const Site& site : found->second)
                    references_.push_back({site.line, site.column, site.end_column, &dependency, &candidates});
        }
        const auto place = [this](const Reference& r) {
            return std::tuple(r.line, r.column, r.end_column, r.dependency->from,
                              graph_.relationship_name(r.dependency->label), std::string_view(*r.candidates));
        };
        const auto comes_before = [place](const Reference& a, const Reference& b) { return place(a) < place(b); };
        co_await sort_in_pieces(references_, comes_before);
    }
    const std::vector<Reference>& references() const { return references_; }

private:
    ChunkIndex first_chunk_of(std::string_view path) const {
        uint32_t low = 0, high = graph_.file_count();
        while (low < high) {
            const uint32_t middle = low + (high - low) / 2;
            if (graph_.file(middle).path < path)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == graph_.file_count() || graph_.file(low).path != path)
            throw corrupt("file " + quote(path) + " is not in its graph");
        return graph_.file(low).first_chunk;
    }

    // Returns the sites of the file's dependencies, by the names that these give.
    Task<SitesByKey> name_sites(const StoredFile& file) {
        SitesByKey named;
        if (file.sites.empty()) co_return named;
        DenseNames names;
        const auto want = [&](int64_t key) { names.index_of(key); };
        visit_names(file.outline, want);
        co_await names.resolve(repository_);
        const auto name_of = [&](int64_t key) { return std::string(names.texts()[names.index_of(key)]); };
        for (const auto& [index, sites] : file.sites) {
            const OutgoingDependency d = with_names(file.outline, file.outline.dependencies[index], name_of);
            named[{d.from, d.relationship, as_json(saved_names_of(d))}] = sites;
        }
        co_return named;
    }

    const ResidentGraph& graph_;
    const Repository& repository_;
    std::deque<std::string> candidates_;
    std::vector<Reference> references_;
};

// Dependencies that start in one file.
struct OfFile {
    std::string path;
    std::span<const Dependency> dependencies;
};

std::vector<OfFile> split_by_file(const ResidentGraph& graph, std::span<const Dependency> dependencies) {
    std::vector<OfFile> files;
    for (size_t begin = 0; begin < dependencies.size();) {
        const std::string_view path = graph.file_path(dependencies[begin].from);
        size_t end = begin + 1;
        while (end < dependencies.size() && graph.file_path(dependencies[end].from) == path) end++;
        files.push_back({std::string(path), dependencies.subspan(begin, end - begin)});
        begin = end;
    }
    return files;
}

Cell cell_of(int64_t place) {  // in a line
    return place > 0 ? cell(place) : null_cell();
}

}  // namespace

Task<> references(const Arguments& arguments) {
    constexpr size_t files_a_request = 64;
    const double min_confidence = arguments.real(reference_arguments["min_confidence"]);
    check_min_confidence(min_confidence);
    SnapshotAt at = co_await snapshot_at(arguments);
    GraphCache::Graph graph = co_await snapshot_graph(arguments, at, WithReverse::yes);
    const std::optional<Symbol> symbol = graph->resolve(arguments.text(reference_arguments["chunk"]));
    if (!symbol) co_return;
    std::vector<Dependency> dependencies = graph->dependencies_to(*symbol);
    std::erase_if(dependencies, [&](const Dependency& d) { return graph->confidence(d.label) < min_confidence; });
    const std::vector<OfFile> files = split_by_file(*graph, dependencies);
    NodeStore nodes(at.repository.key);
    FileReferences found(*graph, at.repository);
    for (size_t begin = 0; begin < files.size(); begin += files_a_request) {
        const std::span<const OfFile> page =
            std::span(files).subspan(begin, std::min(files_a_request, files.size() - begin));
        std::vector<std::string> paths;
        for (const OfFile& file : page) paths.push_back(file.path);
        std::vector<std::optional<TreeValue>> values = co_await find_many(nodes, at.snapshot.root, paths);
        std::vector<TreeEntry> entries;
        for (size_t i = 0; i < page.size(); i++) {
            if (!values[i]) throw corrupt("file " + quote(page[i].path) + " is not in the tree");
            entries.push_back({page[i].path, *values[i]});
        }
        std::vector<StoredFile> stored = co_await find_files(at.repository, entries, WithOutline::and_sites);
        for (size_t i = 0; i < page.size(); i++) {
            co_await found.find(stored[i], page[i].dependencies);
            int64_t rows = 0;
            for (const Reference& r : found.references()) {
                const std::string from_id = graph->chunk_id(r.dependency->from);
                const auto row = row_of<reference_columns>(
                    page[i].path, r.line, cell_of(r.column), cell_of(r.end_column), from_id,
                    graph->fqn(r.dependency->from), graph->relationship_name(r.dependency->label),
                    graph->confidence(r.dependency->label));
                co_yield row;
                if (++rows % rows_between_checkpoints == 0) co_await checkpoint();
            }
        }
        co_await checkpoint();
    }
}

}  // namespace codegraph
