// Draws the neighbourhood of a symbol, with all edges inside it, as text for Graphviz or Mermaid. Nodes are n0, n1, …
// in the order of symbols. The start stands out, and externals are dashed. Several edges of one relationship between
// two symbols are drawn as one. Where max_depth cuts symbols off, the drawing says how many lie just beyond.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/neighbourhood.h"

namespace codegraph {

enum class Notation { dot, mermaid };

// Returns what goes between double quotes so that a label shows the text as it is. Bytes that are not ASCII stay.
std::string dot_escaped(std::string_view text);
std::string mermaid_escaped(std::string_view text);

class Drawing {
public:
    // Requires what the neighbourhood requires.
    Drawing(const ResidentGraph& graph, Notation notation, Symbol start, DrawnDirection direction,
            std::optional<int64_t> max_depth);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; returns true when all is done

    const std::string& text() const { return text_; }  // requires that step() has returned true

private:
    enum class Phase { look, nodes, edges, join, done };

    void begin_text();
    void write_nodes(size_t& budget);
    void write_node(size_t index);
    void write_edges(size_t& budget);
    void write_edge(Symbol from, Symbol to, std::string_view relationship);
    void end_text();
    void end_piece();
    void join(size_t& budget);
    std::string escaped(std::string_view text) const;
    std::string name_of(Symbol symbol) const;  // returns the name of its node

    const ResidentGraph& graph_;
    const Notation notation_;
    const Symbol start_;
    const std::optional<int64_t> max_depth_;
    Neighbourhood neighbourhood_;
    Phase phase_ = Phase::look;
    size_t nodes_written_ = 0;
    EdgeCursor cursor_;
    Symbol last_from_, last_to_;  // the edge that was written last
    std::string_view last_relationship_;
    std::string piece_;                // the part of the text that is in the making
    std::vector<std::string> pieces_;  // the complete parts, until they are joined
    size_t pieces_joined_ = 0;
    std::string text_;
};

}  // namespace codegraph
