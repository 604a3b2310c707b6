// The neighbourhood of a symbol, with all edges inside it, as text for Graphviz or Mermaid. Nodes are n0, n1, … in the
// order of symbols; the start stands out, externals are dashed; several edges of one relationship between two symbols
// are drawn as one. Where the limit cuts something off, the drawing says so, and how much.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/neighbourhood.h"

namespace codegraph {

enum class Notation { dot, mermaid };

// What goes between double quotes so that a label shows the text as it is. Bytes that are not ASCII stay.
std::string dot_escaped(std::string_view text);
std::string mermaid_escaped(std::string_view text);

class Drawing {
public:
    // As for a neighbourhood.
    Drawing(const ResidentGraph& graph, Notation notation, Symbol start, DrawnDirection direction,
            std::optional<int64_t> max_depth);

    bool step(size_t budget);  // goes on for about `budget` symbols and edges; true when all is done

    const std::string& text() const { return text_; }  // complete when step() has said true

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
    std::string name_of(Symbol symbol) const;  // of its node

    const ResidentGraph& graph_;
    const Notation notation_;
    const Symbol start_;
    const std::optional<int64_t> max_depth_;
    Neighbourhood neighbourhood_;
    Phase phase_ = Phase::look;
    size_t nodes_written_ = 0;  // written
    EdgeCursor cursor_;
    Symbol last_from_, last_to_;  // the edge written last, and its
    std::string_view last_relationship_;
    std::string piece_;                // what the text goes on with, in the making
    std::vector<std::string> pieces_;  // whole ones
    size_t pieces_joined_ = 0;         // of those
    std::string text_;
};

}  // namespace codegraph
