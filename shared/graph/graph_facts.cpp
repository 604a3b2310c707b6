#include "graph/graph_facts.h"

#include "engine/pace.h"
#include "graph/pieces.h"

namespace codegraph {

// Puts each name that is no symbol to its place among the symbols.
void GraphFacts::number_names() {
    const Symbol symbols = graph_.symbol_count();
    texts_.reserve(graph_.name_count());
    if (graph_.name_count() > symbols) numbers_.resize(graph_.name_count());
    const auto add = [&](GraphName name) {
        if (!numbers_.empty()) numbers_[name] = static_cast<NameNumber>(texts_.size());
        texts_.push_back(graph_.name(name));
    };
    const std::vector<uint32_t>& places = graph_.binding().other_places;
    Symbol symbol = 0;
    for (uint32_t other = 0; other < places.size(); other++) {
        while (symbol < places[other]) add(symbol++);
        add(symbols + other);
    }
    while (symbol < symbols) add(symbol++);
}

Task<std::unique_ptr<GraphFacts>> GraphFacts::make(const ResidentGraph& graph,
                                                   const std::vector<GraphName>& may_be_ids) {
    std::unique_ptr<GraphFacts> made(new GraphFacts(graph));
    made->number_names();
    FactArrays& facts = made->facts_.emplace(made->texts_);
    co_await checkpoint();
    const auto add_definitions = [&](size_t from, size_t to) {
        for (size_t i = from; i < to; i++) {
            const auto chunk = static_cast<ChunkIndex>(i);
            if (graph.has_fqn(chunk))
                facts.add_definition(made->number_of(graph.symbol_of(chunk)), graph.is_class(chunk),
                                     graph.is_private(chunk));
        }
    };
    co_await in_pieces(graph.chunk_count(), add_definitions);
    std::vector<NameNumber> targets;
    const auto add_aliases = [&](size_t from, size_t to) {
        for (size_t i = from; i < to; i++) {
            const GraphAlias& alias = graph.binding().aliases[i];
            targets.clear();
            for (GraphName target : graph.targets_of_alias(static_cast<uint32_t>(i)))
                targets.push_back(made->number_of(target));
            facts.add_alias(made->number_of(alias.name), alias.is_of_members ? AliasKind::members : AliasKind::exact,
                            targets);
        }
    };
    co_await in_pieces(graph.binding().aliases.size(), add_aliases);
    Pace pace;
    for (GraphName name : may_be_ids) {
        if (const std::optional<ChunkIndex> chunk = graph.find_chunk(graph.name(name)))
            facts.add_chunk_id(made->number_of(name), made->number_of(graph.symbol_of(*chunk)));
        if (pace.is_due()) co_await checkpoint();
    }
    facts.finish();
    co_return made;
}

Task<std::unique_ptr<GraphFacts>> GraphFacts::make(const ResidentGraph& graph) {
    const std::vector<GraphName> none;
    co_return co_await make(graph, none);
}

FileBindingFacts facts_of_file(const ResidentGraph& graph, uint32_t number) {
    const ResidentGraph::FileRange file = graph.file(number);
    FileBindingFacts facts;
    for (ChunkIndex chunk = file.first_chunk; chunk < file.end_chunk; chunk++) {
        const std::string_view symbol = graph.symbol_name(graph.symbol_of(chunk));
        facts.add_chunk_id(graph.chunk_id(chunk), symbol);
        if (!graph.has_fqn(chunk)) continue;
        facts.add_definition(symbol, graph.is_class(chunk), graph.is_private(chunk));
        if (graph.is_member(chunk)) facts.add_member(graph.name_of_chunk(chunk), graph.family(chunk), symbol);
    }
    std::vector<std::string_view> targets;
    for (uint32_t alias = file.first_alias; alias < file.end_alias; alias++) {
        targets.clear();
        for (GraphName target : graph.targets_of_alias(alias)) targets.push_back(graph.name(target));
        const GraphAlias& of = graph.binding().aliases[alias];
        facts.add_alias(graph.name(of.name), of.is_of_members ? AliasKind::members : AliasKind::exact, targets);
    }
    return facts;
}

}  // namespace codegraph
