// One traversal against the arrows starts from all symbols whose change can matter to others. What depended on a symbol
// that is gone has no edge any more that leads there: it joins the first level.
#include "operations/graph/impact.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/pace.h"
#include "graph/edge_filter.h"
#include "operations/graph/snapshot_graph.h"
#include "operations/graph/traversal.h"
#include "operations/read/comparison.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

// Returns whether a change can matter to those who depend on the chunk.
bool can_matter(const ChangedChunk& changed) {
    switch (changed.change) {
        case Change::added:
        case Change::deleted:
        case Change::renamed:
            return true;
        case Change::modified:
            return changed.aspects.has(Aspect::signature) || changed.aspects.has(Aspect::body) ||
                   changed.aspects.has(Aspect::visibility) || changed.aspects.has(Aspect::kind);
        case Change::enclosing:
        case Change::moved:
        case Change::relinked:
            break;
    }
    return false;
}

std::string_view symbol_of(const ComparedChunk& chunk) {
    return chunk.fqn.value_or(chunk.chunk_id);
}

// What cg_impact starts from.
struct ImpactStarts {
    std::vector<std::string_view> changed;  // symbols; one may come twice
    std::vector<std::string_view> left;     // old symbols of what was deleted or renamed
};

ImpactStarts impact_starts(const std::vector<ChangedChunk>& changes) {
    ImpactStarts starts;
    for (const ChangedChunk& changed : changes) {
        if (!can_matter(changed)) continue;
        const auto [before, after] = changed.pair;
        if (before) starts.changed.push_back(symbol_of(*before));
        if (after) starts.changed.push_back(symbol_of(*after));
        if (changed.change == Change::deleted || changed.change == Change::renamed)
            starts.left.push_back(symbol_of(*before));
    }
    return starts;
}

std::vector<Symbol> symbols_in(const ResidentGraph& graph, const std::vector<std::string_view>& names) {
    std::vector<Symbol> symbols;
    for (std::string_view name : names)
        if (const std::optional<Symbol> symbol = graph.find_symbol(name)) symbols.push_back(*symbol);
    std::ranges::sort(symbols);
    symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
    return symbols;
}

// Returns the names that the graph does not define.
std::vector<std::string_view> undefined_in(const ResidentGraph& graph, const std::vector<std::string_view>& names) {
    std::vector<std::string_view> undefined;
    for (std::string_view name : names) {
        const std::optional<Symbol> symbol = graph.find_symbol(name);
        if (!symbol || graph.is_external(*symbol)) undefined.push_back(name);
    }
    return undefined;
}

// Finds who lost what he used: the symbols of `graph` that in the graph before depended directly on one of these names.
class LostDependents {
public:
    LostDependents(const ResidentGraph& before, const ResidentGraph& graph, const TraversalOptions& options)
        : before_(before), graph_(graph), filter_(before, options.relationships, options.min_confidence) {}

    Task<JoiningSymbols> find(const std::vector<std::string_view>& lost, const std::vector<Symbol>& starts) {
        JoiningSymbols joining;
        Pace pace;
        for (Symbol symbol : symbols_in(before_, lost)) {
            const EdgeView edges = before_.edges_to(symbol);
            for (size_t i = 0; i < edges.size(); i++) {
                if (filter_.takes(edges.label(i))) add(symbol, edges.symbol(i), edges.label(i), joining);
                if (pace.is_due()) co_await checkpoint();
            }
        }
        for (Symbol start : starts) joining.erase(start);
        co_return joining;
    }

private:
    void add(Symbol lost, Symbol dependent, Label label, JoiningSymbols& joining) const {
        const std::optional<Symbol> symbol = graph_.find_symbol(before_.symbol_name(dependent));
        if (!symbol) return;
        Joining found{{std::string(before_.symbol_name(lost)), std::string(before_.relationship_name(label))},
                      before_.confidence(label)};
        const auto [place, is_new] = joining.try_emplace(*symbol, found);
        if (is_new) return;
        Joining& known = place->second;
        known.score = std::max(known.score, found.score);
        if (found.arrival < known.arrival) known.arrival = std::move(found.arrival);
    }

    const ResidentGraph& before_;
    const ResidentGraph& graph_;
    const EdgeFilter filter_;
};

}  // namespace

Task<> impact(const Arguments& arguments) {
    TraversalOptions options = traversal_options(arguments, places_of(impact_arguments), Direction::dependents);
    const SnapshotDifference difference = co_await snapshot_difference(arguments);
    Comparison comparison(difference);
    co_await comparison.pair(default_min_similarity);
    const std::vector<ChangedChunk> changes = co_await comparison.changes();
    const ImpactStarts names = impact_starts(changes);
    const SnapshotAt after{difference.repository, difference.to}, before{difference.repository, difference.from};
    const GraphCache::Graph graph = co_await snapshot_graph(arguments, after, WithReverse::yes);
    std::vector<Symbol> starts = symbols_in(*graph, names.changed);
    const std::vector<std::string_view> lost = undefined_in(*graph, names.left);
    JoiningSymbols joining;
    if (!lost.empty()) {
        const GraphCache::Graph graph_before = co_await snapshot_graph(arguments, before, WithReverse::yes);
        LostDependents dependents(*graph_before, *graph, options);
        joining = co_await dependents.find(lost, starts);
    }
    options.with_scores = arguments.uses("score");
    co_await yield_reached(*graph, std::move(starts), std::move(options), std::move(joining));
}

}  // namespace codegraph
