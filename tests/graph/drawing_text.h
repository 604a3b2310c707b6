// Reads a drawing back as Graphviz and Mermaid would, as far as the drawings go, and refuses all else. What stands in
// quotes is decoded to what a label then shows.
#pragma once
#include <cctype>
#include <map>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace codegraph::graph_tests {

struct DrawnNode {
    std::string label;
    bool is_dashed = false, is_start = false;
    bool operator==(const DrawnNode&) const = default;
};

struct DrawingRead {
    std::vector<DrawnNode> nodes;
    std::vector<std::tuple<size_t, size_t, std::string>> edges;  // in the order of the text
    std::string note, comment;
};

class TextReader {
public:
    explicit TextReader(const std::string& text) : text_(text) {}
    bool at_end() const { return place_ == text_.size(); }
    bool accept(const std::string& token) {
        if (text_.compare(place_, token.size(), token) != 0) return false;
        place_ += token.size();
        return true;
    }
    void expect(const std::string& token) {
        if (!accept(token))
            throw std::runtime_error("not " + token + " but " + text_.substr(place_, 40) + " at " +
                                     std::to_string(place_));
    }
    size_t number() {
        size_t end = place_;
        while (end < text_.size() && std::isdigit(static_cast<unsigned char>(text_[end]))) end++;
        if (end == place_) throw std::runtime_error("no number at " + std::to_string(place_));
        const size_t value = std::stoul(text_.substr(place_, end - place_));
        place_ = end;
        return value;
    }
    std::string line() { return until('\n'); }
    std::string until(char mark) {
        std::string taken;
        while (text_.at(place_) != mark) taken += text_[place_++];
        place_++;
        return taken;
    }
    char next() { return text_.at(place_++); }

private:
    const std::string& text_;
    size_t place_ = 0;
};

// The rest of a double-quoted string: in its grammar only \" is an escape, in a label \\, \n and entities are too.
inline std::string read_dot_string(TextReader& reader) {
    std::string shown;
    for (char c = reader.next(); c != '"'; c = reader.next()) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) throw std::runtime_error("a control character");
        if (c == '&') {
            reader.expect("amp;");
            shown += '&';
        } else if (c != '\\') {
            shown += c;
        } else if (reader.accept("n")) {
            shown += '\n';
        } else if (reader.accept("\"")) {
            shown += '"';
        } else {
            reader.expect("\\");
            shown += '\\';
        }
    }
    return shown;
}

inline DrawingRead read_dot(const std::string& text) {
    TextReader reader(text);
    DrawingRead read;
    reader.expect("digraph codegraph {\n    rankdir=LR;\n    node [shape=box];\n");
    if (reader.accept("    // ")) {
        read.comment = reader.line();
        reader.expect("    label=\"");
        read.note = read_dot_string(reader);
        reader.expect(";\n");
    }
    while (!reader.accept("}\n")) {
        reader.expect("    n");
        const size_t number = reader.number();
        if (reader.accept(" -> n")) {
            const size_t to = reader.number();
            reader.expect(" [label=\"");
            read.edges.emplace_back(number, to, read_dot_string(reader));
            reader.expect("];\n");
            continue;
        }
        if (number != read.nodes.size() || !read.edges.empty()) throw std::runtime_error("nodes are out of order");
        reader.expect(" [label=\"");
        DrawnNode node{read_dot_string(reader)};
        node.is_dashed = reader.accept(", style=dashed");
        node.is_start = reader.accept(", penwidth=3");
        reader.expect("];\n");
        read.nodes.push_back(node);
    }
    if (!reader.at_end()) throw std::runtime_error("text after the end");
    return read;
}

inline std::string read_mermaid_string(TextReader& reader) {
    std::string shown;
    for (char c = reader.next(); c != '"'; c = reader.next()) {
        if (c == '#') {
            shown += static_cast<char>(reader.number());
            reader.expect(";");
        } else if (c == '<') {
            reader.expect("br/>");
            shown += '\n';
        } else if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) ||
                   std::string("_.:/ -").find(c) != std::string::npos) {
            shown += c;
        } else {
            throw std::runtime_error(std::string("not plain: ") + c);
        }
    }
    return shown;
}

inline DrawingRead read_mermaid(const std::string& text) {
    TextReader reader(text);
    DrawingRead read;
    reader.expect("flowchart LR\n");
    if (reader.accept("    %% ")) {
        read.comment = reader.line();
        reader.expect("    beyond[\"");
        read.note = read_mermaid_string(reader);
        reader.expect("]:::note\n");
    }
    while (reader.accept("    n")) {
        const size_t number = reader.number();
        if (reader.accept("[\"")) {
            if (number != read.nodes.size() || !read.edges.empty()) throw std::runtime_error("nodes are out of order");
            DrawnNode node{read_mermaid_string(reader)};
            reader.expect("]");
            node.is_dashed = reader.accept(":::external");
            read.nodes.push_back(node);
        } else {
            reader.expect(" -->|\"");
            const std::string relationship = read_mermaid_string(reader);
            reader.expect("| n");
            read.edges.emplace_back(number, reader.number(), relationship);
        }
        reader.expect("\n");
    }
    reader.expect("    class n");
    read.nodes.at(reader.number()).is_start = true;
    reader.expect(" start\n    classDef start stroke-width:4px\n    classDef external stroke-dasharray:5 5\n");
    if (!read.note.empty()) reader.expect("    classDef note stroke-dasharray:2 2,fill:none\n");
    if (!reader.at_end()) throw std::runtime_error("text after the end");
    return read;
}

}  // namespace codegraph::graph_tests
