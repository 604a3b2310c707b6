#include "graph/resident_graph.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>

#include "base/error.h"
#include "naive_graph.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

TextChunk with_fqn(std::string fqn, std::string id) {
    return {std::move(fqn), true, std::move(id), "function", 1, 2};
}

TextChunk without_fqn(const std::string& id) {
    return {id, false, id, "block", 1, 2};
}

std::string text(const ResidentGraph& graph, const Dependency& d) {
    return graph.chunk_id(d.from) + ' ' + std::string(graph.symbol_name(d.target)) + ' ' +
           std::string(graph.relationship_name(d.label)) + ' ' + std::to_string(graph.confidence(d.label));
}

std::vector<std::string> texts_of_chunk(const ResidentGraph& graph, ChunkIndex chunk) {
    std::vector<std::string> all;
    const EdgeView edges = graph.edges_of_chunk(chunk);
    for (size_t i = 0; i < edges.size(); i++)
        all.push_back(text(graph, {.from = chunk, .target = edges.symbol(i), .label = edges.label(i), .list = no_list}));
    return all;
}

std::vector<std::string> texts_to(const ResidentGraph& graph, Symbol symbol) {
    std::vector<std::string> all;
    for (const Dependency& d : graph.dependencies_to(symbol)) all.push_back(text(graph, d));
    return all;
}

// The neighbours of a symbol, by name and relationship.
std::vector<std::string> neighbours(const ResidentGraph& graph, const EdgeView& edges) {
    std::vector<std::string> all;
    for (size_t i = 0; i < edges.size(); i++)
        all.push_back(std::string(graph.symbol_name(edges.symbol(i))) + ' ' +
                      std::string(graph.relationship_name(edges.label(i))));
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
        all.push_back(naive.chunks[e.from_chunk].chunk_id + ' ' + e.to + ' ' + e.relationship + ' ' +
                      std::to_string(e.confidence));
    return all;
}

void expect_same_chunks(const ResidentGraph& graph, const std::vector<File>& files) {
    ChunkIndex chunk = 0;
    for (const File& file : files)
        for (const TextChunk& expected : file.chunks) {
            EXPECT_EQ(graph.chunk_id(chunk), expected.chunk_id);
            EXPECT_EQ(graph.has_fqn(chunk), expected.has_fqn);
            EXPECT_EQ(graph.symbol_name(graph.symbol_of(chunk)), expected.symbol);
            EXPECT_EQ(graph.fqn(chunk).value_or(expected.symbol), expected.symbol);
            EXPECT_EQ(graph.file_path(chunk), file.path);
            EXPECT_EQ(graph.kind(chunk), expected.kind);
            EXPECT_EQ(graph.start_line(chunk), expected.start_line);
            EXPECT_EQ(graph.end_line(chunk), expected.end_line);
            EXPECT_EQ(graph.find_chunk(expected.chunk_id), chunk);
            chunk++;
        }
    EXPECT_EQ(graph.chunk_count(), chunk);
}

void expect_same_symbols(const ResidentGraph& graph, const NaiveGraph& naive) {
    const std::set<std::string> expected = naive.symbols();  // in byte order
    ASSERT_EQ(graph.symbol_count(), expected.size());
    Symbol symbol = 0;
    for (const std::string& name : expected) {
        EXPECT_EQ(graph.symbol_name(symbol), name);
        std::vector<ChunkIndex> defining;
        for (ChunkIndex i = 0; i < naive.chunks.size(); i++)
            if (naive.chunks[i].symbol == name) defining.push_back(i);
        const auto found = graph.chunks_of(symbol);
        EXPECT_EQ(std::vector(found.begin(), found.end()), defining);
        EXPECT_EQ(graph.is_external(symbol), defining.empty());
        symbol++;
    }
}

void expect_same_dependencies(const ResidentGraph& graph, const NaiveGraph& naive) {
    EXPECT_EQ(graph.dependency_count(), naive.edges.size());
    for (ChunkIndex i = 0; i < graph.chunk_count(); i++)
        EXPECT_EQ(texts_of_chunk(graph, i), naive_texts(naive, [&](const NaiveEdge& e) { return e.from_chunk == i; }));
    EdgeScratch scratch;
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++) {
        const std::string name(graph.symbol_name(symbol));
        std::vector<std::string> from, to;
        for (const NaiveEdge& e : naive.edges) {
            if (e.from == name) from.push_back(e.to + ' ' + e.relationship);
            if (e.to == name) to.push_back(e.from + ' ' + e.relationship);
        }
        std::ranges::sort(from);
        std::ranges::sort(to);
        EXPECT_EQ(neighbours(graph, graph.edges_from(symbol, scratch)), from);
        EXPECT_EQ(neighbours(graph, graph.edges_to(symbol)), to);
        EXPECT_EQ(texts_to(graph, symbol), naive_texts(naive, [&](const NaiveEdge& e) { return e.to == name; }));
    }
}

void expect_same(const ResidentGraph& graph, const std::vector<File>& files) {
    const NaiveGraph naive(files);
    expect_same_chunks(graph, files);
    expect_same_symbols(graph, naive);
    expect_same_dependencies(graph, naive);
    std::set<std::string> arguments = naive.symbols();
    for (const TextChunk& chunk : naive.chunks) arguments.insert(chunk.chunk_id);
    for (const char* other : {"", "src/0", "CALLS", "function", "a.", "nowhere"}) arguments.insert(other);
    for (const std::string& argument : arguments) {
        const std::optional<Symbol> found = graph.resolve(argument);
        const std::optional<std::string> expected = naive.resolve(argument);
        ASSERT_EQ(found.has_value(), expected.has_value()) << argument;
        if (found) {
            EXPECT_EQ(graph.symbol_name(*found), *expected) << argument;
        }
    }
}

std::vector<File> values_of(const std::map<std::string, File>& files) {
    std::vector<File> all;
    for (const auto& [path, file] : files) all.push_back(file);
    return all;
}

bool is_possible(const std::vector<File>& files) {  // chunk ids are unique in a snapshot
    std::set<std::string> ids;
    for (const File& file : files)
        for (const TextChunk& chunk : file.chunks)
            if (!ids.insert(chunk.chunk_id).second) return false;
    return true;
}

ResidentGraph derive(const ResidentGraph& before, const std::map<std::string, File>& files,
                     const std::set<std::string>& changed) {
    TextGraphBuilder builder(before);
    std::string from;
    for (const std::string& path : changed) {
        builder.keep_files(from, path);
        if (files.contains(path)) builder.add_file(files.at(path));
        from = path + '\0';
    }
    builder.keep_files(from, std::nullopt);
    ResidentGraph graph = builder.build();
    ScriptedDatabase().run(graph.build_reverse());
    return graph;
}

TEST(ResidentGraph, HoldsWhatLinearSearchOverRandomSnapshotsFinds) {
    for (uint64_t seed = 0; seed < 400; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random_snapshot(random);
        expect_same(build_graph(files), files);
        if (HasFailure()) return;
    }
}

// Ten times, a few files of a random snapshot change, and the graph is derived from the one before.
TEST(ResidentGraph, DerivedFromAnotherIsTheOneThatIsBuiltAnew) {
    size_t derived = 0;
    for (uint64_t seed = 0; seed < 600; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        std::map<std::string, File> now;
        for (File& file : random_snapshot(random)) now.emplace(file.path, file);
        std::unique_ptr<ResidentGraph> graph = std::make_unique<ResidentGraph>(build_graph(values_of(now)));
        for (int step = 0; step < 10; step++) {
            std::map<std::string, File> next = now;
            std::set<std::string> changed;
            for (File& file : random_snapshot(random)) {  // some files go, some come, some become others
                if (random.below(3) != 0) continue;
                changed.insert(file.path);
                next.erase(file.path);
                if (random.below(3) != 0) next.emplace(file.path, file);
            }
            if (!is_possible(values_of(next))) continue;
            derived++;
            graph = std::make_unique<ResidentGraph>(derive(*graph, next, changed));
            expect_same(*graph, values_of(next));
            if (HasFailure()) return;
            now = std::move(next);
        }
    }
    EXPECT_GT(derived, 300u);
}

TEST(ResidentGraph, WithoutFilesHasNothing) {
    const ResidentGraph graph = build_graph({});
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
    EXPECT_EQ(graph.fqn(0), std::nullopt);
    EXPECT_EQ(graph.fqn(1), "x");
    EXPECT_EQ(graph.edges_of_chunk(1).symbol(0), 0u);
}

TEST(ResidentGraph, AChunkIdEqualToAnFqnWinsWhenItsChunkHasAnother) {
    const ResidentGraph graph =
        build_graph({{"f", {with_fqn("y", "x"), with_fqn("x", "id")}, {{0, "x", "CALLS", 1}, {1, "id", "CALLS", 1}}}});
    ASSERT_EQ(graph.symbol_count(), 2u);
    const Symbol x = 0, y = 1;
    EXPECT_EQ(graph.resolve("x"), y);
    EXPECT_EQ(graph.resolve("y"), y);
    EXPECT_EQ(graph.resolve("id"), x);  // by its id the other is still there
    EXPECT_EQ(graph.edges_to(y).size(), 1u);
    EXPECT_EQ(graph.edges_to(x).size(), 1u);
}

TEST(ResidentGraph, TwoSavedTargetsThatBecomeOneSymbolStayTwoRows) {
    const ResidentGraph graph = build_graph(
        {{"f", {with_fqn("y", "x"), with_fqn("z", "id")}, {{1, "y", "CALLS", 0.25}, {1, "x", "CALLS", 0.5}}}});
    EXPECT_EQ(texts_of_chunk(graph, 1), (std::vector<std::string>{"id y CALLS 0.500000", "id y CALLS 0.250000"}));
    EXPECT_EQ(texts_to(graph, *graph.resolve("y")).size(), 2u);
}

TEST(ResidentGraph, BindsATargetThatALaterFileDefines) {
    const ResidentGraph graph =
        build_graph({{"a", {with_fqn("caller", "1")}, {{0, "2", "CALLS", 1}}}, {"b", {with_fqn("called", "2")}, {}}});
    EXPECT_EQ(texts_of_chunk(graph, 0), std::vector<std::string>{"1 called CALLS 1.000000"});
    EXPECT_FALSE(graph.is_external(*graph.resolve("called")));
}

TEST(ResidentGraph, OutlivesWhatItWasBuiltFromAndAMove) {
    auto files = std::make_unique<std::vector<File>>();
    files->push_back({"a", {with_fqn("caller", "1")}, {{0, "external", "CALLS", 1}}});
    ResidentGraph first = build_graph(*files);
    files.reset();
    const ResidentGraph graph = std::move(first);
    EXPECT_EQ(texts_of_chunk(graph, 0), std::vector<std::string>{"1 external CALLS 1.000000"});
}

// Files of 20 chunks, each with five edges to any others.
std::vector<File> many_files(size_t chunks) {
    constexpr size_t edges_a_chunk = 5;
    std::vector<File> files;
    Random random(1);
    for (size_t f = 0; f < chunks / 20; f++) {
        File file{"src/file_" + std::to_string(100000 + f), {}, {}};
        for (size_t c = 0; c < 20; c++) {
            TextChunk chunk{"pkg.f" + std::to_string(f) + ".c" + std::to_string(c),
                            true,
                            "",
                            "function",
                            int64_t(c) + 1,
                            int64_t(c) + 1};
            chunk.chunk_id = computed_id(file.path, chunk);
            file.chunks.push_back(chunk);
            for (size_t e = 0; e < edges_a_chunk; e++)
                file.dependencies.push_back(
                    {static_cast<uint32_t>(c),
                     "pkg.f" + std::to_string(random.below(chunks / 20)) + ".c" + std::to_string(random.below(20)),
                     "CALLS", 1});
        }
        files.push_back(std::move(file));
    }
    return files;
}

// Names apart: 48 bytes a chunk and 10 an edge at most; the promise of docs/performance.md.
TEST(ResidentGraph, HoldsNoMoreMemoryThanItPromises) {
    constexpr size_t chunks = 20000;
    const std::vector<File> files = many_files(chunks);
    const ResidentGraph graph = build_graph(files);
    ASSERT_EQ(graph.chunk_count(), chunks);
    ASSERT_EQ(graph.symbol_count(), chunks);
    const size_t per_file = 40 * files.size();
    EXPECT_LE(graph.bytes() - graph.name_bytes() - per_file, 48 * chunks + 10 * graph.dependency_count());
    EXPECT_GE(graph.bytes(), 44 * chunks + 10 * graph.dependency_count());
}

// Of megabytes: in blocks of GraphMemory, which other tests are too small for.
TEST(ResidentGraph, AnswersWhereItIsLarge) {
    std::vector<File> files = many_files(60000);
    const ResidentGraph before = build_graph(files);
    files[1000].chunks.erase(files[1000].chunks.begin() + 1, files[1000].chunks.end());
    files[1000].dependencies = {{0, "new", "CALLS", 1}};
    TextGraphBuilder builder(before);
    builder.keep_files("", files[1000].path);
    builder.add_file(files[1000]);
    builder.keep_files(files[1001].path, std::nullopt);
    ResidentGraph derived = builder.build();
    ScriptedDatabase().run(derived.build_reverse());
    const ResidentGraph graph = std::move(derived);

    std::map<std::string, std::multiset<std::string>> targets, sources;
    for (const File& file : files)
        for (const TextDependency& d : file.dependencies) {
            targets[file.chunks[d.from_chunk].symbol].insert(d.target);
            sources[d.target].insert(file.chunks[d.from_chunk].symbol);
        }
    const auto names = [&](const EdgeView& edges) {
        std::multiset<std::string> names;
        for (size_t i = 0; i < edges.size(); i++) names.emplace(graph.symbol_name(edges.symbol(i)));
        return names;
    };
    EdgeScratch scratch;
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++) {
        const std::string name(graph.symbol_name(symbol));
        ASSERT_EQ(names(graph.edges_from(symbol, scratch)), targets[name]);
        ASSERT_EQ(names(graph.edges_to(symbol)), sources[name]);
    }
    EXPECT_EQ(graph.chunk_count(), 60000u - 19);
}

// A file of chunks of every kind of id, in canonical order. A search through the file for each id would make
// 400,000,000 ids.
TEST(ResidentGraph, FindsEachOfManyChunksOfOneFileByItsId) {
    constexpr int64_t places = 5000;
    ResidentGraphBuilder builder(text_repository);
    std::vector<std::string> names{"explicit"}, ids;
    const auto name_index = [&](std::string name) {
        names.push_back(std::move(name));
        return static_cast<NameIndex>(names.size() - 1);
    };
    builder.begin_file("a:b");
    for (int64_t line = 1; line <= places; line++) {
        const std::string lines = ":" + std::to_string(line) + "-" + std::to_string(line + 1);
        const std::string unnamed = "r:a:b:f:g" + lines, explicit_id = "r:a:b:mine" + lines;
        builder.add_chunk({.symbol = name_index("x.f:g" + std::to_string(line)),
                           .has_fqn = true,
                           .kind = 0,
                           .family = 0,
                           .is_private = false,
                           .is_local = false,
                           .start_line = line,
                           .end_line = line + 1,
                           .name = "d",
                           .explicit_id = {}});
        ids.push_back("r:a:b:d" + lines);
        builder.add_chunk({.symbol = name_index(unnamed),
                           .has_fqn = false,
                           .kind = 0,
                           .family = 0,
                           .is_private = false,
                           .is_local = false,
                           .start_line = line,
                           .end_line = line + 1,
                           .name = "f:g",
                           .explicit_id = {}});
        ids.push_back(unnamed);
        builder.add_chunk({.symbol = name_index(unnamed + "#2"),
                           .has_fqn = false,
                           .kind = 0,
                           .family = 0,
                           .is_private = false,
                           .is_local = false,
                           .start_line = line,
                           .end_line = line + 1,
                           .name = "f:g",
                           .occurrence = 2,
                           .explicit_id = {}});
        ids.push_back(unnamed + "#2");
        builder.add_chunk({.symbol = name_index(explicit_id),
                           .has_fqn = false,
                           .kind = 0,
                           .family = 0,
                           .is_private = false,
                           .is_local = false,
                           .start_line = line,
                           .end_line = line + 1,
                           .name = "g",
                           .explicit_id = explicit_id});
        ids.push_back(explicit_id);
        builder.add_chunk({.symbol = name_index("y.g" + std::to_string(line)),
                           .has_fqn = true,
                           .kind = 0,
                           .family = 0,
                           .is_private = false,
                           .is_local = false,
                           .start_line = line,
                           .end_line = line + 1,
                           .name = "g",
                           .occurrence = 7,
                           .explicit_id = {}});
        ids.push_back("r:a:b:g" + lines + "#7");
    }
    GraphNames texts;
    texts.names.assign(names.begin(), names.end());
    texts.kinds.push_back("function");
    const ResidentGraph graph = ScriptedDatabase().run(builder.build(std::move(texts)));
    for (ChunkIndex chunk = 0; chunk < ids.size(); chunk++) {
        ASSERT_EQ(graph.chunk_id(chunk), ids[chunk]);
        ASSERT_EQ(graph.find_chunk(ids[chunk]), chunk) << ids[chunk];
    }
    for (const char* missing : {"r:a:b:g:1-2", "r:a:b:g:1-2#6", "r:a:b:f:g:1-2#3", "r:a:b:f:g:2-2", "r:a:c:g:1-2#7",
                                "r:a:b:f:5001-5002", "r:a:f:g:1-2", "r:a:b:e:1-2", "r:a:b:x:18446744073709551615-1"})
        EXPECT_FALSE(graph.find_chunk(missing)) << missing;
}

TEST(ResidentGraph, TellsTheMemoryItHoldsAlsoForTheOrderByTarget) {
    TextGraphBuilder builder;
    File file{"f", {with_fqn("x", "id")}, {}};
    for (int i = 0; i < 10000; i++) file.dependencies.push_back({0, "target" + std::to_string(i), "CALLS", 1});
    builder.add_file(file);
    ResidentGraph graph = builder.build();
    const size_t before = graph.bytes();
    EXPECT_GT(before, 10000 * sizeof(Symbol));
    ScriptedDatabase().run(graph.build_reverse());
    EXPECT_GE(graph.bytes(), before + 2 * 10000 * sizeof(Symbol));
}

// More pairs of relationship and confidence than a byte can number.
TEST(ResidentGraph, TellsAThousandLabelsApart) {
    File file{"f", {with_fqn("x", "id")}, {}};
    for (int i = 0; i < 1000; i++)
        file.dependencies.push_back({0, "t" + std::to_string(1000 + i), "R" + std::to_string(i % 7), i / 1000.0});
    const ResidentGraph graph = build_graph({file});
    EXPECT_EQ(graph.label_count(), 1000u);
    const EdgeView edges = graph.edges_of_chunk(0);
    ASSERT_EQ(edges.size(), 1000u);
    for (size_t i = 0; i < 1000; i++) {
        EXPECT_EQ(graph.relationship_name(edges.label(i)), "R" + std::to_string(i % 7));
        EXPECT_EQ(graph.confidence(edges.label(i)), static_cast<double>(i) / 1000.0);
        EXPECT_EQ(graph.edges_to(edges.symbol(i)).label(0), edges.label(i));
    }
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
    TextGraphBuilder builder;
    builder.add_file({"b", {with_fqn("x", "id")}, {}});
    EXPECT_EQ(kind_of_error([&] { builder.add_file({"b", {}, {}}); }), ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] { builder.add_file({"a", {}, {}}); }), ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] {
                  builder.add_file({"d", {with_fqn("y", "2")}, {{1, "x", "CALLS", 1}}});
              }),
              ErrorKind::data_corrupted);
    EXPECT_EQ(kind_of_error([&] {
                  build_graph({{"b", {with_fqn("x", "id")}, {}}, {"c", {with_fqn("y", "id")}, {}}});
              }),
              ErrorKind::data_corrupted);
}

}  // namespace
}  // namespace codegraph::graph_tests
