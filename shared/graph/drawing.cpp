#include "graph/drawing.h"

#include <algorithm>
#include <cctype>

namespace codegraph {

static constexpr Symbol none = ~Symbol{0};
static constexpr size_t piece_size = size_t{1} << 20;
static constexpr size_t bytes_of_work = 64;  // copying so many counts as one symbol or edge

// Graphviz takes a backslash as the start of an escape, and & as that of an HTML entity, in labels too. A control
// character would make its SVG malformed; it is shown as \u and its code.
std::string dot_escaped(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\' || c == '"')
            escaped += {'\\', c};
        else if (c == '&')
            escaped += "&amp;";
        else if (c == '\n')
            escaped += "\\n";
        else if (byte < 0x20 || byte == 0x7f)
            escaped += {'\\', '\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
        else
            escaped += c;
    }
    return escaped;
}

// Mermaid reads labels as Markdown, where these mean something: `-` and `1.` in front (a list) and `_` that is not
// inside a word (emphasis, as in `__init__`).
static bool could_be_markdown(std::string_view text, size_t place, size_t leading_digits) {
    const auto is_of_word = [&](size_t i) {
        return i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) || (text[i] & 0x80) != 0);
    };
    if (text[place] == '_') return place == 0 || !is_of_word(place - 1) || !is_of_word(place + 1);
    if (text[place] == '-') return place == 0;
    return text[place] == '.' && place == leading_digits;
}

// Within quotes Mermaid has no escapes but entities with a character's code. The characters that may stand as they are
// are listed, so that none slips through to which a later version gives a meaning.
std::string mermaid_escaped(std::string_view text) {
    static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/ -";
    const size_t leading_digits = std::min(text.find_first_not_of("0123456789"), text.size());
    std::string escaped;
    for (size_t i = 0; i < text.size(); i++) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_plain = byte >= 0x80 || plain.find(text[i]) != std::string_view::npos;
        if (is_plain && !could_be_markdown(text, i, leading_digits))
            escaped += text[i];
        else
            escaped += '#' + std::to_string(byte) + ';';
    }
    return escaped;
}

Drawing::Drawing(const ResidentGraph& graph, Notation notation, Symbol start, DrawnDirection direction,
                 std::optional<int64_t> max_depth)
    : graph_(graph),
      notation_(notation),
      start_(start),
      max_depth_(max_depth),
      neighbourhood_(graph, start, direction, max_depth),
      cursor_(graph, Direction::dependencies),
      last_from_(none),
      last_to_(none) {}

bool Drawing::step(size_t budget) {
    budget = std::max<size_t>(budget, 1);
    if (phase_ == Phase::look && neighbourhood_.step(budget)) begin_text();
    if (phase_ == Phase::nodes) write_nodes(budget);
    if (phase_ == Phase::edges) write_edges(budget);
    if (piece_.size() >= piece_size) end_piece();
    if (phase_ == Phase::join) join(budget);
    return phase_ == Phase::done;
}

std::string Drawing::escaped(std::string_view text) const {
    return notation_ == Notation::dot ? dot_escaped(text) : mermaid_escaped(text);
}

std::string Drawing::name_of(Symbol symbol) const {
    const auto symbols = neighbourhood_.symbols();
    return 'n' + std::to_string(std::lower_bound(symbols.begin(), symbols.end(), symbol) - symbols.begin());
}

void Drawing::begin_text() {
    phase_ = Phase::nodes;
    std::string note;
    if (const uint32_t beyond = neighbourhood_.beyond())
        note = "Cut at max_depth " + std::to_string(*max_depth_) + ": " + std::to_string(beyond) +
               (beyond == 1 ? " more symbol lies" : " more symbols lie") + " just beyond";
    if (notation_ == Notation::dot) {
        piece_ = "digraph codegraph {\n    rankdir=LR;\n    node [shape=box];\n";
        if (!note.empty()) piece_ += "    // " + note + "\n    label=\"" + note + "\";\n";
    } else {
        piece_ = "flowchart LR\n";
        if (!note.empty()) piece_ += "    %% " + note + "\n    beyond[\"" + note + "\"]:::note\n";
    }
}

void Drawing::write_nodes(size_t& budget) {
    for (; nodes_written_ < neighbourhood_.symbols().size() && budget > 0; budget--) write_node(nodes_written_++);
    if (nodes_written_ == neighbourhood_.symbols().size()) phase_ = Phase::edges;
}

void Drawing::write_node(size_t index) {
    const Symbol symbol = neighbourhood_.symbols()[index];
    const bool is_dot = notation_ == Notation::dot, is_external = graph_.is_external(symbol);
    piece_ += "    n" + std::to_string(index) + (is_dot ? " [label=\"" : "[\"") + escaped(graph_.symbol_name(symbol));
    const std::string kind = escaped(graph_.kind_of(symbol));
    if (!kind.empty()) piece_ += (is_dot ? "\\n" : "<br/>") + kind;
    piece_ += '"';
    if (is_dot) {
        if (is_external) piece_ += ", style=dashed";
        if (symbol == start_) piece_ += ", penwidth=3";
        piece_ += "];\n";
    } else {
        piece_ += is_external ? "]:::external\n" : "]\n";
    }
}

// Edges come by neighbour and label, so those that are drawn as one come one after the other.
void Drawing::write_edges(size_t& budget) {
    const auto draw = [&](Symbol from, Symbol to, Label label) {
        if (!neighbourhood_.contains(to)) return;
        const std::string_view relationship = graph_.relationship_name(label);
        if (from == last_from_ && to == last_to_ && relationship == last_relationship_) return;
        write_edge(from, to, relationship);
        last_from_ = from;
        last_to_ = to;
        last_relationship_ = relationship;
    };
    if (cursor_.follow(neighbourhood_.symbols(), budget, draw)) end_text();
}

void Drawing::write_edge(Symbol from, Symbol to, std::string_view relationship) {
    if (notation_ == Notation::dot)
        piece_ += "    " + name_of(from) + " -> " + name_of(to) + " [label=\"" + escaped(relationship) + "\"];\n";
    else
        piece_ += "    " + name_of(from) + " -->|\"" + escaped(relationship) + "\"| " + name_of(to) + "\n";
}

void Drawing::end_text() {
    phase_ = Phase::join;
    if (notation_ == Notation::dot) {
        piece_ += "}\n";
    } else {
        piece_ += "    class " + name_of(start_) + " start\n    classDef start stroke-width:4px\n";
        piece_ += "    classDef external stroke-dasharray:5 5\n";
        if (neighbourhood_.beyond() > 0) piece_ += "    classDef note stroke-dasharray:2 2,fill:none\n";
    }
    end_piece();
}

void Drawing::end_piece() {
    pieces_.push_back(std::move(piece_));
    piece_ = std::string();
}

// Joins the parts in steps. One string that grows would move all of a long text at once, again and again.
void Drawing::join(size_t& budget) {
    if (pieces_joined_ == 0) {
        size_t size = 0;
        for (const std::string& piece : pieces_) size += piece.size();
        text_.reserve(size);
    }
    for (; pieces_joined_ < pieces_.size() && budget > 0; pieces_joined_++) {
        text_ += pieces_[pieces_joined_];
        budget -= std::min(budget, pieces_[pieces_joined_].size() / bytes_of_work + 1);
        pieces_[pieces_joined_] = std::string();
    }
    if (pieces_joined_ == pieces_.size()) phase_ = Phase::done;
}

}  // namespace codegraph
