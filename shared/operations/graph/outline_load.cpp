#include "operations/graph/outline_load.h"

#include "base/error.h"
#include "storage/file_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

static constexpr uint32_t deleted = ~uint32_t{0};  // instead of the index of a live chunk

Task<Rows> OutlineLoad::find(const std::vector<FileInTree>& files) const {
    Batch batch(statements::find_outlines);
    for (size_t i = 0; i < files.size(); i++) batch.add(repository_.key, blob_cell(files[i].digest.view()), i);
    co_return co_await run(batch);
}

uint32_t OutlineLoad::name_for_builder(int64_t key, const IndexTranslation& translation) {
    const uint32_t name = names.index_of(key);
    return translation.names.empty() ? name : translation.names[name];
}

void OutlineLoad::add_file(std::string_view outline, std::string_view path, ResidentGraphBuilder& builder,
                           const IndexTranslation& translation) {
    OutlineReader reader(outline);
    builder.begin_file(path);
    live_indexes_.clear();
    uint32_t live = 0;
    while (reader.next_chunk(chunk_)) {
        live_indexes_.push_back(chunk_.is_deleted ? deleted : live);
        if (chunk_.is_deleted) continue;
        live++;
        builder.add_chunk({.symbol = name_for_builder(chunk_.symbol, translation),
                           .has_fqn = chunk_.has_fqn,
                           .kind = translation.first_kind + kinds.index_of(chunk_.kind),
                           .start_line = chunk_.start_line,
                           .end_line = chunk_.end_line,
                           .name = chunk_.name,
                           .occurrence = chunk_.occurrence,
                           .explicit_id = chunk_.explicit_id});
    }
    OutlineDependency dependency;
    while (reader.next_dependency(dependency)) {
        if (live_indexes_[dependency.from] == deleted) continue;
        builder.add_dependency(live_indexes_[dependency.from], name_for_builder(dependency.target, translation),
                               translation.first_relationship + relationships.index_of(dependency.relationship),
                               dependency.confidence);
    }
}

void OutlineLoad::want_names(std::string_view outline) {
    OutlineReader reader(outline);
    while (reader.next_chunk(chunk_))
        if (!chunk_.is_deleted) names.index_of(chunk_.symbol);
    OutlineDependency dependency;
    while (reader.next_dependency(dependency)) names.index_of(dependency.target);
}

Task<> OutlineLoad::append_dictionaries(GraphNames& texts) {
    co_await kinds.resolve(repository_);
    co_await relationships.resolve(repository_);
    for (std::string_view text : kinds.texts()) texts.kinds.emplace_back(text);
    for (std::string_view text : relationships.texts()) texts.relationships.emplace_back(text);
}

Task<GraphNames> OutlineLoad::resolve_all_names() {
    GraphNames texts;
    co_await names.resolve(repository_);
    texts.names = names.texts();
    co_await append_dictionaries(texts);
    co_return texts;
}

std::vector<std::string_view> outlines_in_order(const Rows& rows, const std::vector<FileInTree>& files,
                                                Sha256& sha256) {
    std::vector<std::string_view> outlines(files.size());
    if (rows.size() != files.size()) throw missing("a file version is missing");
    for (size_t row = 0; row < rows.size(); row++) {
        const size_t file = read_count(rows, row, statements::find_outlines["number"]);
        if (file >= files.size() || outlines[file].data()) throw corrupt("an outline was found twice");
        outlines[file] =
            unseal_outline(rows.blob(row, statements::find_outlines["outline"]), files[file].digest, sha256);
    }
    return outlines;
}

}  // namespace codegraph
