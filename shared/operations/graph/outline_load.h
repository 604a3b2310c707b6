// Outlines on their way into a resident graph.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/request.h"
#include "graph/resident_graph_builder.h"
#include "model/outline.h"
#include "storage/dense_names.h"
#include "storage/file_statements.h"

namespace codegraph {

struct FileInTree {
    std::string path;
    Digest digest;
};

// Goes over outlines and hands what they hold to a builder. Names, kinds and relationships get numbers as they come.
class OutlineLoad {
public:
    explicit OutlineLoad(const Repository& repository) : repository_(repository) {}

    DenseNames names, kinds, relationships;

    // The outlines of these files, asked for at once.
    Task<Rows> find(const std::vector<FileInTree>& files) const {
        Batch batch(statements::find_outlines);
        for (size_t i = 0; i < files.size(); i++) batch.add(repository_.key, blob_cell(files[i].digest.view()), i);
        co_return co_await run(batch);
    }

    // `numbers`: instead of a name's own number; empty: that.
    void add_file(std::string_view outline, std::string_view path, ResidentGraphBuilder& builder,
                  std::span<const uint32_t> numbers, uint32_t first_kind, uint32_t first_relationship) {
        OutlineReader reader(outline);
        builder.begin_file(path);
        places_.clear();
        uint32_t live = 0;
        while (reader.next_chunk(chunk_)) {
            places_.push_back(chunk_.is_deleted ? deleted : live);
            if (chunk_.is_deleted) continue;
            live++;
            builder.add_chunk({.symbol = number(chunk_.symbol, numbers),
                               .has_fqn = chunk_.has_fqn,
                               .kind = first_kind + kinds.index_of(chunk_.kind),
                               .start_line = chunk_.start_line,
                               .end_line = chunk_.end_line,
                               .name = chunk_.name,
                               .number = chunk_.number,
                               .explicit_id = chunk_.explicit_id});
        }
        OutlineDependency dependency;
        while (reader.next_dependency(dependency)) {
            if (places_[dependency.from] == deleted) continue;
            builder.add_dependency(places_[dependency.from], number(dependency.target, numbers),
                                   first_relationship + relationships.index_of(dependency.relationship),
                                   dependency.confidence);
        }
    }

    // Numbers all names of an outline without building anything.
    void want_names(std::string_view outline) {
        OutlineReader reader(outline);
        while (reader.next_chunk(chunk_))
            if (!chunk_.is_deleted) names.index_of(chunk_.symbol);
        OutlineDependency dependency;
        while (reader.next_dependency(dependency)) names.index_of(dependency.target);
    }

    // The texts of what was numbered; those of names live as long as this.
    Task<> append_dictionaries(GraphNames& texts) {
        co_await kinds.resolve(repository_);
        co_await relationships.resolve(repository_);
        for (std::string_view text : kinds.texts()) texts.kinds.emplace_back(text);
        for (std::string_view text : relationships.texts()) texts.relationships.emplace_back(text);
    }
    Task<GraphNames> all_names() {
        GraphNames texts;
        co_await names.resolve(repository_);
        texts.names = names.texts();
        co_await append_dictionaries(texts);
        co_return texts;
    }

private:
    static constexpr uint32_t deleted = ~uint32_t{0};
    uint32_t number(int64_t key, std::span<const uint32_t> numbers) {
        const uint32_t own = names.index_of(key);
        return numbers.empty() ? own : numbers[own];
    }

    const Repository& repository_;
    OutlineChunk chunk_;
    std::vector<uint32_t> places_;  // of a file's chunks among its live ones
};

// The outlines in the order of the files, their seals checked.
inline std::vector<std::string_view> in_order(const Rows& rows, const std::vector<FileInTree>& files, Sha256& sha256) {
    std::vector<std::string_view> outlines(files.size());
    if (rows.size() != files.size()) throw corrupt("a file version is missing");
    for (size_t row = 0; row < rows.size(); row++) {
        const auto i = static_cast<size_t>(rows.integer(row, statements::find_outlines["number"]));
        outlines.at(i) = sealed_outline(rows.blob(row, statements::find_outlines["outline"]), files[i].digest, sha256);
    }
    return outlines;
}

}  // namespace codegraph
