// Builds resident graphs from files that tests and benchmarks write down with names. The builder gets what it would get
// from stored outlines and symbols.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "graph/resident_graph_builder.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "task_runner.h"

namespace codegraph {

struct TextChunk {
    std::string symbol;  // its FQN; without one its chunk id
    bool has_fqn;
    std::string chunk_id;
    std::string kind;
    int64_t start_line, end_line;
};

struct TextDependency {
    uint32_t from_chunk;  // place in this file's list of chunks
    std::string target;   // the name as saved: an FQN or a chunk id, in this snapshot or in none
    std::string relationship;
    double confidence;
    std::vector<std::string> other_targets = {};  // the candidates after the first
};

struct TextAlias {
    std::string name;
    AliasKind kind;
    std::vector<std::string> targets;
};

struct TextFile {
    std::string path;
    std::vector<TextChunk> chunks;
    std::vector<TextDependency> dependencies;
    std::vector<TextAlias> aliases = {};
};

inline constexpr char text_repository[] = "r";

// The id that a chunk has when it is given none.
inline std::string computed_id(const std::string& path, const TextChunk& chunk) {
    Chunk model;
    model.name = last_part(chunk.symbol);
    model.start_line = chunk.start_line;
    model.end_line = chunk.end_line;
    return default_id(text_repository, path, model);
}

// Numbers texts in the order they come.
class TextNumbers {
public:
    uint32_t of(const std::string& text) {
        const auto [place, is_new] = numbers_.try_emplace(text, static_cast<uint32_t>(texts_.size()));
        if (is_new) texts_.push_back(text);
        return place->second;
    }
    const std::vector<std::string>& texts() const { return texts_; }

private:
    std::map<std::string, uint32_t> numbers_;
    std::vector<std::string> texts_;
};

class TextGraphBuilder {
public:
    TextGraphBuilder() : builder_(text_repository) {}
    // Derives from `before`, which stays alive.
    explicit TextGraphBuilder(const ResidentGraph& before) : before_(&before), builder_(before) {
        given_.kinds = ResidentGraphBuilder::kinds(before);
        given_.relationships = ResidentGraphBuilder::relationships(before);
        first_kind_ = static_cast<uint32_t>(given_.kinds.size());
        first_relationship_ = static_cast<uint32_t>(given_.relationships.size());
    }

    void add_file(const TextFile& file) {
        builder_.begin_file(file.path);
        for (const TextChunk& chunk : file.chunks) {
            GraphChunk made{.symbol = name(chunk.symbol),
                            .has_fqn = chunk.has_fqn,
                            .kind = first_kind_ + kinds_.of(chunk.kind),
                            .family = builder_.family("unknown"),
                            .is_private = false,
                            .is_local = false,
                            .start_line = chunk.start_line,
                            .end_line = chunk.end_line,
                            .name = {},
                            .explicit_id = {}};
            if (!chunk.has_fqn || chunk.chunk_id != computed_id(file.path, chunk)) made.explicit_id = chunk.chunk_id;
            builder_.add_chunk(made);
        }
        std::vector<TextDependency> dependencies = file.dependencies;
        std::ranges::stable_sort(dependencies, {}, &TextDependency::from_chunk);
        for (const TextDependency& d : dependencies) add(d);
        for (const TextAlias& alias : file.aliases)
            builder_.add_alias(name(alias.name), alias.kind, names(alias.targets));
    }
    void keep_files(std::string_view from, std::optional<std::string_view> end) {
        database_.run(builder_.keep_files(from, end));
    }
    ResidentGraph build() {
        for (const std::string& text : names_.texts()) given_.names.push_back(text);
        for (const std::string& text : kinds_.texts()) given_.kinds.push_back(text);
        for (const std::string& text : relationships_.texts()) given_.relationships.push_back(text);
        return database_.run(builder_.build(given_));
    }

private:
    void add(const TextDependency& d) {
        const uint32_t relationship = first_relationship_ + relationships_.of(d.relationship);
        if (d.other_targets.empty()) {
            builder_.add_dependency(d.from_chunk, name(d.target), relationship, d.confidence);
            return;
        }
        std::vector<NameIndex> candidates = names(d.other_targets);
        candidates.insert(candidates.begin(), name(d.target));
        builder_.add_dependency_by_list(d.from_chunk, builder_.list(candidates, no_name, 0), relationship,
                                        d.confidence);
    }
    std::vector<NameIndex> names(const std::vector<std::string>& texts) {
        std::vector<NameIndex> indexes;
        for (const std::string& text : texts) indexes.push_back(name(text));
        return indexes;
    }
    uint32_t name(const std::string& text) {
        if (!before_) return names_.of(text);
        if (std::optional<GraphName> known = before_->find_name(text)) return *known;
        return before_->name_count() + names_.of(text);
    }

    ScriptedDatabase database_;  // answers checkpoints
    const ResidentGraph* before_ = nullptr;
    ResidentGraphBuilder builder_;
    TextNumbers names_, kinds_, relationships_;
    GraphNames given_;
    uint32_t first_kind_ = 0, first_relationship_ = 0;
};

// With its reverse.
inline ResidentGraph build_graph(const std::vector<TextFile>& files) {
    TextGraphBuilder builder;
    for (const TextFile& file : files) builder.add_file(file);
    ResidentGraph graph = builder.build();
    ScriptedDatabase().run(graph.build_reverse());
    return graph;
}

}  // namespace codegraph
