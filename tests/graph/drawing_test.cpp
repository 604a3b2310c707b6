#include "graph/drawing.h"

#include <gtest/gtest.h>

#include "algorithm_graphs.h"
#include "base/error.h"
#include "drawing_text.h"
#include "random.h"

namespace codegraph::graph_tests {
namespace {

std::string draw(const ResidentGraph& graph, Notation notation, const std::string& start, DrawnDirection direction,
                 std::optional<int64_t> max_depth, size_t budget = no_budget) {
    Drawing drawing(graph, notation, *graph.resolve(start), direction, max_depth);
    run(drawing, budget);
    return drawing.text();
}

DrawingRead read(Notation notation, const std::string& text) {
    return notation == Notation::dot ? read_dot(text) : read_mermaid(text);
}

struct NaiveDrawing {
    std::set<std::string> drawn, beyond;
    std::vector<DrawnNode> nodes;
    std::vector<std::tuple<size_t, size_t, std::string>> edges;
    std::string note;

    NaiveDrawing(const NaiveGraph& naive, const std::string& start, DrawnDirection direction,
                 std::optional<int64_t> max_depth) {
        drawn.insert(start);
        for (const Direction way : {Direction::dependencies, Direction::dependents}) {
            if (direction == (way == Direction::dependencies ? DrawnDirection::in : DrawnDirection::out)) continue;
            for (const NaiveRow& row : naive.reach(start, {.direction = way, .max_depth = max_depth}))
                drawn.insert(row.symbol);
            if (!max_depth) continue;
            for (const NaiveRow& row : naive.reach(start, {.direction = way, .max_depth = *max_depth + 1}))
                beyond.insert(row.symbol);
        }
        for (const std::string& symbol : drawn) beyond.erase(symbol);
        if (!beyond.empty())
            note = "Cut at max_depth " + std::to_string(*max_depth) + ": " + std::to_string(beyond.size()) +
                   (beyond.size() == 1 ? " more symbol lies just beyond" : " more symbols lie just beyond");
        list(naive, start);
    }

    void list(const NaiveGraph& naive, const std::string& start) {
        std::map<std::string, size_t> numbers;
        for (const std::string& symbol : drawn) {
            const auto first = std::find_if(naive.chunks.begin(), naive.chunks.end(),
                                            [&](const TextChunk& chunk) { return chunk.symbol == symbol; });
            const bool is_external = first == naive.chunks.end();
            numbers[symbol] = nodes.size();
            nodes.push_back({is_external ? symbol : symbol + "\n" + first->kind, is_external, symbol == start});
        }
        std::set<std::tuple<size_t, size_t, std::string>> all;
        for (const NaiveEdge& edge : naive.edges)
            if (drawn.contains(edge.from) && drawn.contains(edge.to))
                all.emplace(numbers[edge.from], numbers[edge.to], edge.relationship);
        edges.assign(all.begin(), all.end());
    }
};

TEST(Drawing, ShowsWhatTheNaiveReadingOfTheTextShows) {
    size_t cut = 0, edges = 0;
    for (uint64_t seed = 0; seed < 500; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const std::vector<File> files = random.below(2) ? random_snapshot(random) : random_layers(random);
        const NaiveGraph naive(files);
        const ResidentGraph graph = build_graph(files);
        for (const std::string& symbol : naive.symbols()) {
            const std::string start = *naive.resolve(symbol);
            const auto direction =
                std::array{DrawnDirection::out, DrawnDirection::in, DrawnDirection::both}[random.below(3)];
            std::optional<int64_t> max_depth;
            if (random.below(4)) max_depth = static_cast<int64_t>(random.below(4));
            const NaiveDrawing expected(naive, start, direction, max_depth);
            for (const Notation notation : {Notation::dot, Notation::mermaid}) {
                const std::string text = draw(graph, notation, symbol, direction, max_depth);
                ASSERT_EQ(draw(graph, notation, symbol, direction, max_depth, 1), text);
                const DrawingRead drawn = read(notation, text);
                ASSERT_EQ(drawn.nodes, expected.nodes) << text;
                ASSERT_EQ(drawn.edges, expected.edges) << text;
                ASSERT_EQ(drawn.note, expected.note) << text;
                ASSERT_EQ(drawn.comment, expected.note) << text;
            }
            cut += !expected.beyond.empty();
            edges += expected.edges.size();
        }
    }
    EXPECT_GT(cut, 1000u);
    EXPECT_GT(edges, 10000u);
}

TEST(Drawing, LooksLikeThis) {
    const ResidentGraph graph = build_graph(
        files_of({{"a", "b", "CALLS"}, {"b", "b", "CALLS"}, {"b", "libc.puts", "CALLS"}, {"c", "a", "CALLS"}}));
    EXPECT_EQ(draw(graph, Notation::dot, "b", DrawnDirection::both, 1),
              R"(digraph codegraph {
    rankdir=LR;
    node [shape=box];
    // Cut at max_depth 1: 1 more symbol lies just beyond
    label="Cut at max_depth 1: 1 more symbol lies just beyond";
    n0 [label="a\nfunction"];
    n1 [label="b\nfunction", penwidth=3];
    n2 [label="libc.puts", style=dashed];
    n0 -> n1 [label="CALLS"];
    n1 -> n1 [label="CALLS"];
    n1 -> n2 [label="CALLS"];
}
)");
    EXPECT_EQ(draw(graph, Notation::mermaid, "b", DrawnDirection::out, 1),
              R"(flowchart LR
    n0["b<br/>function"]
    n1["libc.puts"]:::external
    n0 -->|"CALLS"| n0
    n0 -->|"CALLS"| n1
    class n0 start
    classDef start stroke-width:4px
    classDef external stroke-dasharray:5 5
)");
}

TEST(Drawing, KeepsHostileNamesInsideTheirQuotes) {
    const std::vector<std::string> hostile = {"a\"b",
                                              "a\\",
                                              "\\\"",
                                              "\\n",
                                              "\\N\\G\\l",
                                              "]; n9 [label=\"x\"",
                                              "\"]\n}\nn9",
                                              "two\nlines",
                                              "a\r\tb",
                                              "&lt;b",
                                              "&#34;",
                                              "#35;#quot;",
                                              "<script>alert(1)</script>",
                                              "`code`",
                                              "end",
                                              "a|b",
                                              "%%{init: {}}%%",
                                              "operator&&",
                                              "x\x01\x1f\x7f",
                                              "\xc3\xa9\xe4\xb8\xad\xf0\x9f\x99\x82",
                                              "click n0 call f()",
                                              "~Foo",
                                              "a;b",
                                              "  ",
                                              "\xc2\x85"};
    File file{"f", {}, {}};
    for (size_t i = 0; i < hostile.size(); i++) {
        file.chunks.push_back(function_chunk(hostile[i]));
        file.chunks.back().kind = hostile[hostile.size() - 1 - i];
        file.dependencies.push_back({static_cast<uint32_t>(i), hostile[(i + 1) % hostile.size()], "CALLS", 1});
    }
    const NaiveGraph naive({file});
    const ResidentGraph graph = build_graph({file});
    const NaiveDrawing expected(naive, hostile[0], DrawnDirection::out, std::nullopt);
    ASSERT_EQ(expected.nodes.size(), hostile.size());
    const DrawingRead mermaid =
        read_mermaid(draw(graph, Notation::mermaid, hostile[0], DrawnDirection::out, std::nullopt));
    EXPECT_EQ(mermaid.nodes, expected.nodes);
    EXPECT_EQ(mermaid.edges, expected.edges);

    const DrawingRead dot = read_dot(draw(graph, Notation::dot, hostile[0], DrawnDirection::out, std::nullopt));
    EXPECT_EQ(dot.edges, expected.edges);
    std::vector<DrawnNode> visible = expected.nodes;  // control characters show as their number
    for (DrawnNode& node : visible) {
        std::string label;
        for (const char c : node.label) {
            char number[8];
            std::snprintf(number, sizeof number, "\\u%04x", static_cast<unsigned char>(c));
            const bool is_control = (c >= 0 && c < 0x20 && c != '\n') || c == 0x7f;
            label += is_control ? std::string(number) : std::string(1, c);
        }
        node.label = label;
    }
    EXPECT_EQ(dot.nodes, visible);
}

TEST(Drawing, EscapesByteForByteAsPromised) {
    EXPECT_EQ(dot_escaped("a\\\"\n\x01&\xc3\xa9"), "a\\\\\\\"\\n\\\\u0001&amp;\xc3\xa9");
    EXPECT_EQ(mermaid_escaped("a.:/ -\"#;\n\xc3\xa9"), "a.:/ -#34;#35;#59;#10;\xc3\xa9");
    // what Markdown would read as something else
    EXPECT_EQ(mermaid_escaped("1. a 2. b.c"), "1#46; a 2. b.c");
    EXPECT_EQ(mermaid_escaped("- a-b"), "#45; a-b");
    EXPECT_EQ(mermaid_escaped("a_b.__init__"), "a_b.#95;#95;init#95;#95;");
    EXPECT_EQ(mermaid_escaped("_a_"), "#95;a#95;");
    EXPECT_EQ(mermaid_escaped("\xc3\xa9_\xc3\xa9"), "\xc3\xa9_\xc3\xa9");
}

TEST(Drawing, RefusesDirectionsAndDepthsThatMeanNothing) {
    EXPECT_EQ(parse_direction("out"), DrawnDirection::out);
    EXPECT_EQ(parse_direction("in"), DrawnDirection::in);
    EXPECT_EQ(parse_direction("both"), DrawnDirection::both);
    const ResidentGraph graph = build_graph(files_of({{"a", "b", "CALLS"}}));
    const auto text_of = [&](auto act) -> std::string {
        try {
            act();
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, ErrorKind::invalid_parameter);
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(text_of([] { parse_direction("OUT"); }), "direction must be out, in or both: \"OUT\"");
    EXPECT_EQ(text_of([] { parse_direction(""); }), "direction must be out, in or both: \"\"");
    EXPECT_EQ(text_of([&] { draw(graph, Notation::dot, "a", DrawnDirection::out, -1); }),
              "max_depth must not be negative: -1");
}

TEST(Drawing, OfAHubIsMadeInBoundedSteps) {
    constexpr size_t spokes = 100000, budget = 1000;
    const ResidentGraph graph = build_graph(hub_of(spokes));
    Drawing drawing(graph, Notation::dot, *graph.resolve("spoke " + std::to_string(spokes)), DrawnDirection::both, 1);
    EXPECT_LE(run(drawing, budget), 8 * spokes / budget);
    EXPECT_EQ(read_dot(drawing.text()).note,
              "Cut at max_depth 1: " + std::to_string(spokes - 1) + " more symbols lie just beyond");
    Drawing whole(graph, Notation::mermaid, *graph.resolve("hub"), DrawnDirection::out, 1);
    const size_t steps = run(whole, budget);
    EXPECT_GE(steps, 4 * spokes / budget);
    EXPECT_LE(steps, 8 * spokes / budget);
    EXPECT_EQ(read_mermaid(whole.text()).edges.size(), 2 * spokes);
}

TEST(Drawing, OfAChainHasNoLimitUnlessItIsAskedFor) {
    constexpr size_t length = 200000;
    const ResidentGraph graph = build_graph(chain_of(length, false));
    Drawing drawing(graph, Notation::dot, 0, DrawnDirection::out, std::nullopt);
    run(drawing, 1000);
    const DrawingRead drawn = read_dot(drawing.text());
    EXPECT_EQ(drawn.nodes.size(), length + 1);
    EXPECT_EQ(drawn.edges.size(), length);
    EXPECT_EQ(drawn.note, "");
}

}  // namespace
}  // namespace codegraph::graph_tests
