#include <algorithm>
#include <utility>

#include "base/error.h"
#include "graph/resident_graph.h"

namespace codegraph {

static constexpr uint32_t none = ~uint32_t{0};

static void check_room(size_t count, size_t more, const char* of_what) {
    if (more >= none - count)
        throw Error(ErrorKind::not_supported, std::string("a graph of more than 4,294,967,294 ") + of_what);
}

// A text's number; the tables by name grow with it.
uint32_t ResidentGraphBuilder::name(std::string_view text) {
    const uint32_t number = graph_.names_.add(text);
    if (number == graph_.chunk_of_name_.size()) graph_.chunk_of_name_.push_back(none);
    return number;
}

void ResidentGraphBuilder::add_file(std::string_view path, const std::vector<GraphChunk>& chunks,
                                    const std::vector<GraphDependency>& dependencies) {
    if (last_path_ && *last_path_ >= path) throw corrupt("file " + in_quotes(path) + " is out of order");
    last_path_ = path;
    check_room(graph_.chunks_.size(), chunks.size(), "chunks");
    check_room(saved_.size(), dependencies.size(), "dependencies");

    const ChunkNumber first = graph_.chunk_count();
    const uint32_t path_name = name(path);
    for (const GraphChunk& chunk : chunks) {
        const uint32_t id = name(chunk.chunk_id);
        if (graph_.chunk_of_name_[id] != none) throw corrupt("two chunks with the id " + in_quotes(chunk.chunk_id));
        graph_.chunk_of_name_[id] = graph_.chunk_count();
        graph_.chunks_.push_back({.symbol = chunk.has_fqn ? name(chunk.symbol) : id,
                                  .id = id,
                                  .kind = name(chunk.kind),
                                  .path = path_name,
                                  .definition = none,
                                  .has_fqn = chunk.has_fqn,
                                  .start_line = chunk.start_line,
                                  .end_line = chunk.end_line});
    }
    for (const GraphDependency& dependency : dependencies) {
        if (dependency.from_chunk >= chunks.size())
            throw corrupt("a dependency of " + in_quotes(path) + " starts in no chunk");
        saved_.push_back({.from = first + dependency.from_chunk,
                          .target = name(dependency.target),
                          .relationship = name(dependency.relationship),
                          .confidence = dependency.confidence});
    }
}

// A target is looked up as a chunk id first, and stands for that chunk's symbol; else it is the symbol of its name.
uint32_t ResidentGraphBuilder::bound_name(uint32_t target) const {
    const ChunkNumber chunk = graph_.chunk_of_name_[target];
    return chunk == none ? target : graph_.chunks_[chunk].symbol;
}

// Numbers the names that are marked, in the order of their bytes. On return each marked name has its number.
static std::vector<uint32_t> number_marked(const NameTable& names, std::vector<uint32_t>& marks) {
    std::vector<uint32_t> ordered;
    for (uint32_t name = 0; name < names.size(); name++)
        if (marks[name] != none) ordered.push_back(name);
    std::sort(ordered.begin(), ordered.end(), [&](uint32_t a, uint32_t b) { return names[a] < names[b]; });
    for (uint32_t number = 0; number < ordered.size(); number++) marks[ordered[number]] = number;
    ordered.shrink_to_fit();
    return ordered;
}

void ResidentGraphBuilder::number_relationships() {
    relationship_of_name_.assign(graph_.names_.size(), none);
    for (const SavedDependency& saved : saved_) relationship_of_name_[saved.relationship] = 0;
    graph_.relationship_names_ = number_marked(graph_.names_, relationship_of_name_);
}

// Symbols are what chunks define and what dependencies, once bound, refer to. Chunks keep the name of theirs until the
// end of build(), because targets bind through it.
void ResidentGraphBuilder::number_symbols() {
    std::vector<Symbol>& symbols = graph_.symbol_of_name_;
    symbols.assign(graph_.names_.size(), none);
    for (const auto& chunk : graph_.chunks_) symbols[chunk.symbol] = 0;
    for (const SavedDependency& saved : saved_) symbols[bound_name(saved.target)] = 0;
    graph_.symbol_names_ = number_marked(graph_.names_, symbols);
}

// Sizes become places: starts[i + 1] holds the size of i before, and the end of i (the start of i + 1) after.
static void add_up(std::vector<uint32_t>& starts) {
    for (size_t i = 1; i < starts.size(); i++) starts[i] += starts[i - 1];
}

void ResidentGraphBuilder::order_definitions() {
    std::vector<uint32_t>& starts = graph_.definition_starts_;
    starts.assign(graph_.symbol_count() + size_t{1}, 0);
    for (const auto& chunk : graph_.chunks_) starts[graph_.symbol_of_name_[chunk.symbol] + 1]++;
    add_up(starts);
    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    graph_.definitions_.resize(graph_.chunks_.size());
    for (ChunkNumber number = 0; number < graph_.chunk_count(); number++) {
        auto& chunk = graph_.chunks_[number];
        chunk.definition = next[graph_.symbol_of_name_[chunk.symbol]]++;
        graph_.definitions_[chunk.definition] = number;
    }
}

void ResidentGraphBuilder::order_dependencies() {
    std::vector<uint32_t>& starts = graph_.dependency_starts_;
    starts.assign(graph_.chunks_.size() + 1, 0);
    for (const SavedDependency& saved : saved_) starts[graph_.chunks_[saved.from].definition + 1]++;
    add_up(starts);
    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    graph_.dependencies_.resize(saved_.size());
    for (const SavedDependency& saved : saved_)
        graph_.dependencies_[next[graph_.chunks_[saved.from].definition]++] = {
            .from = saved.from,
            .target = graph_.symbol_of_name_[bound_name(saved.target)],
            .relationship = relationship_of_name_[saved.relationship],
            .saved_name = saved.target,
            .confidence = saved.confidence};

    const auto before = [&](const Dependency& a, const Dependency& b) {
        if (a.target != b.target) return a.target < b.target;
        if (a.relationship != b.relationship) return a.relationship < b.relationship;
        return graph_.names_[a.saved_name] < graph_.names_[b.saved_name];
    };
    const auto begin = graph_.dependencies_.begin();
    for (size_t place = 0; place + 1 < starts.size(); place++)
        std::sort(begin + starts[place], begin + starts[place + 1], before);
}

ResidentGraph ResidentGraphBuilder::build() && {
    number_relationships();
    number_symbols();
    order_definitions();
    order_dependencies();
    for (auto& chunk : graph_.chunks_) chunk.symbol = graph_.symbol_of_name_[chunk.symbol];
    graph_.names_.shrink();
    graph_.chunks_.shrink_to_fit();
    graph_.chunk_of_name_.shrink_to_fit();
    return std::move(graph_);
}

}  // namespace codegraph
