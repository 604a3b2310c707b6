#include "graph/resident_graph.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "naive_graph.h"

namespace codegraph::graph_tests {
namespace {

GraphChunk with_fqn(std::string fqn, std::string id) {
    return {std::move(fqn), true, std::move(id), "function", 1, 2};
}

GraphChunk without_fqn(const std::string& id) {
    return {id, false, id, "block", 1, 2};
}

std::vector<std::string> texts(const ResidentGraph& graph, std::span<const Dependency> dependencies) {
    std::vector<std::string> all;
    for (const Dependency& d : dependencies)
        all.push_back(std::string(graph.chunk(d.from).chunk_id) + ' ' + std::string(graph.symbol_name(d.target)) + ' ' +
                      std::string(graph.relationship_name(d.relationship)) + ' ' + std::string(graph.saved_name(d)) +
                      ' ' + std::to_string(d.confidence));
    return all;
}

// Edges as texts, in the order of record: by chunk, target symbol, relationship, name as saved.
template <class Wanted>
std::vector<std::string> naive_texts(const NaiveGraph& naive, Wanted wanted) {
    std::vector<NaiveEdge> edges;
    std::copy_if(naive.edges.begin(), naive.edges.end(), std::back_inserter(edges), wanted);
    std::sort(edges.begin(), edges.end(), [](const NaiveEdge& a, const NaiveEdge& b) {
        return std::tie(a.from_chunk, a.to, a.relationship, a.saved) <
               std::tie(b.from_chunk, b.to, b.relationship, b.saved);
    });
    std::vector<std::string> all;
    for (const NaiveEdge& e : edges)
        all.push_back(naive.chunks[e.from_chunk].chunk_id + ' ' + e.to + ' ' + e.relationship + ' ' + e.saved + ' ' +
                      std::to_string(e.confidence));
    return all;
}

void expect_same_chunks(const ResidentGraph& graph, const std::vector<File>& files) {
    ChunkNumber number = 0;
    for (const File& file : files)
        for (const GraphChunk& expected : file.chunks) {
            const ChunkInGraph chunk = graph.chunk(number);
            EXPECT_EQ(chunk.chunk_id, expected.chunk_id);
            EXPECT_EQ(chunk.fqn.has_value(), expected.has_fqn);
            EXPECT_EQ(graph.symbol_name(chunk.symbol), expected.symbol);
            EXPECT_EQ(chunk.fqn.value_or(expected.symbol), expected.symbol);
            EXPECT_EQ(chunk.file_path, file.path);
            EXPECT_EQ(chunk.kind, expected.kind);
            EXPECT_EQ(chunk.start_line, expected.start_line);
            EXPECT_EQ(chunk.end_line, expected.end_line);
            EXPECT_EQ(graph.find_chunk(expected.chunk_id), number);
            number++;
        }
    EXPECT_EQ(graph.chunk_count(), number);
}

void expect_same_symbols(const ResidentGraph& graph, const NaiveGraph& naive) {
    const std::set<std::string> expected = naive.symbols();  // in byte order
    ASSERT_EQ(graph.symbol_count(), expected.size());
    Symbol symbol = 0;
    for (const std::string& name : expected) {
        EXPECT_EQ(graph.symbol_name(symbol), name);
        std::vector<ChunkNumber> defining;
        for (ChunkNumber i = 0; i < naive.chunks.size(); i++)
            if (naive.chunks[i].symbol == name) defining.push_back(i);
        const auto found = graph.chunks_of(symbol);
        EXPECT_EQ(std::vector(found.begin(), found.end()), defining);
        EXPECT_EQ(graph.is_external(symbol), defining.empty());
        symbol++;
    }
}

void expect_same_dependencies(const ResidentGraph& graph, const NaiveGraph& naive) {
    EXPECT_EQ(graph.dependency_count(), naive.edges.size());
    for (ChunkNumber i = 0; i < graph.chunk_count(); i++)
        EXPECT_EQ(texts(graph, graph.dependencies_of_chunk(i)),
                  naive_texts(naive, [&](const NaiveEdge& e) { return e.from_chunk == i; }));
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++) {
        const std::string name(graph.symbol_name(symbol));
        EXPECT_EQ(texts(graph, graph.dependencies_of(symbol)),
                  naive_texts(naive, [&](const NaiveEdge& e) { return e.from == name; }));
        std::vector<Dependency> dependents;
        for (uint32_t number : graph.dependents_of(symbol)) dependents.push_back(graph.dependency(number));
        EXPECT_EQ(texts(graph, dependents), naive_texts(naive, [&](const NaiveEdge& e) { return e.to == name; }));
    }
}

TEST(ResidentGraph, HoldsWhatLinearSearchOverRandomSnapshotsFinds) {
    for (uint64_t seed = 0; seed < 400; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        const std::vector<File> files = random_snapshot(random);
        const NaiveGraph naive(files);
        const ResidentGraph graph = build_graph(files);
        expect_same_chunks(graph, files);
        expect_same_symbols(graph, naive);
        expect_same_dependencies(graph, naive);
        std::set<std::string> arguments = naive.symbols();
        for (const GraphChunk& chunk : naive.chunks) arguments.insert(chunk.chunk_id);
        for (const char* other : {"", "src/0", "CALLS", "function", "a.", "nowhere"}) arguments.insert(other);
        for (const std::string& argument : arguments) {
            const std::optional<Symbol> found = graph.resolve(argument);
            const std::optional<std::string> expected = naive.resolve(argument);
            ASSERT_EQ(found.has_value(), expected.has_value()) << argument;
            if (found) {
                EXPECT_EQ(graph.symbol_name(*found), *expected) << argument;
            }
        }
        if (HasFailure()) return;
    }
}

TEST(ResidentGraph, WithoutFilesHasNothing) {
    const ResidentGraph graph = ResidentGraphBuilder().build();
    EXPECT_EQ(graph.symbol_count(), 0u);
    EXPECT_EQ(graph.chunk_count(), 0u);
    EXPECT_EQ(graph.dependency_count(), 0u);
    EXPECT_EQ(graph.resolve("a"), std::nullopt);
    EXPECT_EQ(graph.find_chunk("a"), std::nullopt);
}

TEST(ResidentGraph, AChunkIdEqualToAnFqnIsOneSymbolWhenItsChunkHasNone) {
    const ResidentGraph graph = build_graph({{"f", {without_fqn("x"), with_fqn("x", "id")}, {{1, "x", "CALLS", 1}}}});
    ASSERT_EQ(graph.symbol_count(), 1u);
    EXPECT_EQ(graph.chunks_of(0).size(), 2u);
    EXPECT_EQ(graph.chunk(0).fqn, std::nullopt);
    EXPECT_EQ(graph.chunk(1).fqn, "x");
    EXPECT_EQ(graph.dependencies_of_chunk(1)[0].target, 0u);
}

TEST(ResidentGraph, AChunkIdEqualToAnFqnWinsWhenItsChunkHasAnother) {
    const ResidentGraph graph =
        build_graph({{"f", {with_fqn("y", "x"), with_fqn("x", "id")}, {{0, "x", "CALLS", 1}, {1, "id", "CALLS", 1}}}});
    ASSERT_EQ(graph.symbol_count(), 2u);
    const Symbol x = 0, y = 1;
    EXPECT_EQ(graph.resolve("x"), y);
    EXPECT_EQ(graph.resolve("y"), y);
    EXPECT_EQ(graph.resolve("id"), x);  // by its id the other is still there
    EXPECT_EQ(graph.dependents_of(y).size(), 1u);
    EXPECT_EQ(graph.dependents_of(x).size(), 1u);
}

TEST(ResidentGraph, TwoSavedTargetsThatBecomeOneSymbolStayTwoRows) {
    const ResidentGraph graph = build_graph(
        {{"f", {with_fqn("y", "x"), with_fqn("z", "id")}, {{1, "y", "CALLS", 0.25}, {1, "x", "CALLS", 0.5}}}});
    EXPECT_EQ(texts(graph, graph.dependencies_of_chunk(1)),
              (std::vector<std::string>{"id y CALLS x 0.500000", "id y CALLS y 0.250000"}));
    EXPECT_EQ(graph.dependents_of(*graph.resolve("y")).size(), 2u);
}

TEST(ResidentGraph, BindsATargetThatALaterFileDefines) {
    const ResidentGraph graph =
        build_graph({{"a", {with_fqn("caller", "1")}, {{0, "2", "CALLS", 1}}}, {"b", {with_fqn("called", "2")}, {}}});
    EXPECT_EQ(texts(graph, graph.dependencies_of(*graph.resolve("caller"))),
              std::vector<std::string>{"1 called CALLS 2 1.000000"});
    EXPECT_FALSE(graph.is_external(*graph.resolve("called")));
}

TEST(ResidentGraph, OutlivesWhatItWasBuiltFromAndAMove) {
    auto files = std::make_unique<std::vector<File>>();
    files->push_back({"a", {with_fqn("caller", "1")}, {{0, "external", "CALLS", 1}}});
    ResidentGraph first = build_graph(*files);
    files.reset();
    const ResidentGraph graph = std::move(first);
    EXPECT_EQ(texts(graph, graph.dependencies_of_chunk(0)),
              std::vector<std::string>{"1 external CALLS external 1.000000"});
}

TEST(ResidentGraph, TellsTheMemoryItHoldsAlsoForTheOrderByTarget) {
    std::vector<GraphDependency> dependencies;
    for (int i = 0; i < 10000; i++) dependencies.push_back({0, "target" + std::to_string(i), "CALLS", 1});
    const ResidentGraph graph = build_graph({{"f", {with_fqn("x", "id")}, dependencies}});
    const size_t before = graph.bytes();
    EXPECT_GT(before, 10000 * sizeof(Dependency));
    EXPECT_EQ(graph.dependents_of(0).size(), 1u);
    EXPECT_GE(graph.bytes(), before + 2 * 10000 * sizeof(uint32_t));
}

template <class Act>
ErrorKind kind_of_error(Act act) {
    try {
        act();
    } catch (const Error& error) {
        return error.kind;
    }
    return ErrorKind::null_argument;
}

TEST(ResidentGraphBuilder, RefusesDataThatCannotBe) {
    ResidentGraphBuilder builder;
    builder.add_file("b", {with_fqn("x", "id")}, {});
    EXPECT_EQ(kind_of_error([&] { builder.add_file("b", {}, {}); }), ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] { builder.add_file("a", {}, {}); }), ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] { builder.add_file("c", {with_fqn("y", "id")}, {}); }), ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] {
                  builder.add_file("d", {with_fqn("y", "2")}, {{1, "x", "CALLS", 1}});
              }),
              ErrorKind::data_corrupted);
}

TEST(NameTable, NumbersNamesInTheOrderTheyComeAndFindsThemAgain) {
    NameTable names;
    EXPECT_EQ(names.find("0"), std::nullopt);
    for (uint32_t i = 0; i < 100000; i++) ASSERT_EQ(names.add(std::to_string(i)), i);
    for (uint32_t i = 0; i < 100000; i++) {
        ASSERT_EQ(names.add(std::to_string(i)), i);
        ASSERT_EQ(names.find(std::to_string(i)), i);
        ASSERT_EQ(names[i], std::to_string(i));
    }
    EXPECT_EQ(names.find("100000"), std::nullopt);
    EXPECT_EQ(names.add(""), 100000u);
    EXPECT_EQ(names.find(""), 100000u);
    EXPECT_EQ(names.add(std::string_view("\0", 1)), 100001u);
}

}  // namespace
}  // namespace codegraph::graph_tests
