// NaiveGraph answers as the reference describes, by linear search over lists of strings. It is the oracle for the
// resident graph and for the traversal. random_snapshot() makes snapshots with everything that may trip these up.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "graph/traversal.h"
#include "random.h"
#include "text_graph.h"

namespace codegraph::graph_tests {

using File = TextFile;

struct NaiveEdge {
    size_t from_chunk;  // in reader order
    std::string from, to, saved, relationship;
    double confidence;
};

struct NaiveRow {
    int64_t depth;
    std::string symbol, via, relationship;
    double score = 1;
    auto operator<=>(const NaiveRow&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const NaiveRow& row) {
    return out << row.depth << ' ' << row.symbol << " via " << row.via << ' ' << row.relationship << " score "
               << row.score;
}

struct NaiveGraph {
    std::vector<TextChunk> chunks;
    std::vector<NaiveEdge> edges;

    explicit NaiveGraph(const std::vector<File>& files) {
        for (const File& file : files) chunks.insert(chunks.end(), file.chunks.begin(), file.chunks.end());
        size_t first = 0;
        for (const File& file : files) {
            for (const TextDependency& d : file.dependencies) {
                const size_t from = first + d.from_chunk;
                edges.push_back({from, chunks[from].symbol, bind(d.target), d.target, d.relationship, d.confidence});
            }
            first += file.chunks.size();
        }
    }

    std::string bind(const std::string& name) const {
        for (const TextChunk& chunk : chunks)
            if (chunk.chunk_id == name) return chunk.symbol;
        return name;
    }

    std::optional<std::string> resolve(const std::string& argument) const {
        for (const TextChunk& chunk : chunks)
            if (chunk.chunk_id == argument) return chunk.symbol;
        const std::set<std::string> all = symbols();
        return all.contains(argument) ? std::optional(argument) : std::nullopt;
    }

    std::set<std::string> symbols() const {
        std::set<std::string> all;
        for (const TextChunk& chunk : chunks) all.insert(chunk.symbol);
        for (const NaiveEdge& edge : edges) all.insert(edge.to);
        return all;
    }

    static bool passes(const NaiveEdge& edge, const TraversalOptions& options) {
        const auto& wanted = options.relationships;
        return edge.confidence >= options.min_confidence &&
               (wanted.empty() || std::find(wanted.begin(), wanted.end(), edge.relationship) != wanted.end());
    }

    // Depths first, by looking at every edge for every level; then each reached symbol's least predecessor among those
    // one level up, and then the least relationship of an edge between the two. The score is the greatest of the
    // products over all shortest paths, which are all made.
    std::vector<NaiveRow> reach(const std::string& start, const TraversalOptions& options) const {
        std::vector<std::tuple<std::string, std::string, std::string, double>> steps;  // from, to, relationship
        for (const NaiveEdge& edge : edges) {
            if (!passes(edge, options)) continue;
            if (options.direction == Direction::dependencies)
                steps.emplace_back(edge.from, edge.to, edge.relationship, edge.confidence);
            else
                steps.emplace_back(edge.to, edge.from, edge.relationship, edge.confidence);
        }
        std::map<std::string, std::set<double>> products{{start, {1}}};
        std::vector<std::set<std::string>> levels{{start}};
        std::set<std::string> seen{start};
        std::vector<NaiveRow> rows;
        for (int64_t depth = 1; !options.max_depth || depth <= *options.max_depth; depth++) {
            std::set<std::string> level;
            for (const auto& [from, to, relationship, confidence] : steps)
                if (levels.back().contains(from) && !seen.contains(to)) level.insert(to);
            if (level.empty()) break;
            for (const std::string& symbol : level) {
                std::optional<std::pair<std::string, std::string>> least;
                for (const auto& [from, to, relationship, confidence] : steps)
                    if (to == symbol && levels.back().contains(from)) {
                        least = least ? std::min(*least, std::pair(from, relationship)) : std::pair(from, relationship);
                        for (double product : products[from]) products[symbol].insert(product * confidence);
                    }
                rows.push_back({depth, symbol, least->first, least->second, *products[symbol].rbegin()});
            }
            seen.insert(level.begin(), level.end());
            levels.push_back(level);
        }
        return rows;
    }
};

// Few names, so that they meet: FQNs of several chunks, ids equal to FQNs of the same and of other chunks, targets that
// are FQNs, ids, ids of chunks that have an FQN, or nothing; loops, cycles, separate parts, files without chunks.
inline std::vector<File> random_snapshot(Random& random) {
    const size_t names = 1 + random.below(25), parts = 1 + random.below(3);
    const auto name_in = [&](size_t part) {
        const char* initial[] = {"a.", "\xc3\xa9.", "Z:"};  // not in the order in which they come by bytes
        return initial[part] + std::to_string(random.below(names));
    };
    const char* relationships[] = {"CALLS", "IMPORTS", "EXTENDS", "Z", "A_1"};
    const char* kinds[] = {"function", "class"};
    const double confidences[] = {0, 0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 1};  // products of which are rounded
    std::vector<File> files;
    std::set<std::string> ids;
    const size_t file_count = random.below(8);
    for (size_t f = 0; f < file_count; f++) {
        const size_t part = random.below(parts);
        File file{"src/" + std::to_string(f), {}, {}};
        const size_t tries = random.below(8);
        for (size_t c = 0; c < tries; c++) {
            std::string id = name_in(part);
            if (random.below(3) == 0 || ids.contains(id)) id = "r:" + file.path + ":" + std::to_string(c);
            const bool has_fqn = random.below(4) != 0;
            TextChunk chunk{
                has_fqn ? name_in(part) : id, has_fqn, id, kinds[random.below(2)], static_cast<int64_t>(c) + 1,
                static_cast<int64_t>(c) + 2};
            if (has_fqn && random.below(2) == 0) chunk.chunk_id = computed_id(file.path, chunk);
            ids.insert(chunk.chunk_id);
            file.chunks.push_back(std::move(chunk));
        }
        std::set<std::tuple<uint32_t, std::string, std::string>> saved;
        const size_t edges = file.chunks.empty() ? 0 : random.below(30);
        for (size_t e = 0; e < edges; e++) {
            const auto from = static_cast<uint32_t>(random.below(file.chunks.size()));
            std::string target = name_in(part);
            if (random.below(4) == 0) target = file.chunks[random.below(file.chunks.size())].chunk_id;
            const std::string relationship = relationships[random.below(5)];
            if (saved.emplace(from, target, relationship).second)
                file.dependencies.push_back({from, target, relationship, confidences[random.below(8)]});
        }
        files.push_back(std::move(file));
    }
    return files;
}

}  // namespace codegraph::graph_tests
