#include "operations/graph/outline_load.h"

#include "base/error.h"
#include "storage/file_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

static constexpr uint32_t deleted = ~uint32_t{0};  // instead of the index of a live chunk, or of a list that is known

Task<Rows> OutlineLoad::find(const std::vector<FileInTree>& files) const {
    Batch batch(statements::find_outlines);
    for (size_t i = 0; i < files.size(); i++) batch.add(repository_.key, blob_cell(files[i].digest.view()), i);
    co_return co_await run(batch);
}

uint32_t OutlineLoad::name_for_builder(int64_t key, const IndexTranslation& translation) {
    const uint32_t name = names.index_of(key);
    return translation.names.empty() ? name : translation.names[name];
}

std::vector<uint32_t> OutlineLoad::names_for_builder(const std::vector<int64_t>& keys,
                                                     const IndexTranslation& translation) {
    std::vector<uint32_t> indexes;
    for (int64_t key : keys) indexes.push_back(name_for_builder(key, translation));
    return indexes;
}

void OutlineLoad::add_chunks(OutlineReader& reader, ResidentGraphBuilder& builder,
                             const IndexTranslation& translation) {
    live_chunks_.clear();
    uint32_t live = 0;
    while (reader.next_chunk(chunk_)) {
        const uint32_t family = builder.family(chunk_.language);
        live_chunks_.push_back({chunk_.is_deleted ? deleted : live, family});
        if (chunk_.is_deleted) continue;
        live++;
        builder.add_chunk({.symbol = name_for_builder(chunk_.symbol, translation),
                           .has_fqn = chunk_.has_fqn,
                           .kind = translation.first_kind + kinds.index_of(chunk_.kind),
                           .family = family,
                           .is_private = chunk_.is_private,
                           .is_local = chunk_.is_local,
                           .start_line = chunk_.start_line,
                           .end_line = chunk_.end_line,
                           .name = chunk_.name,
                           .occurrence = chunk_.occurrence,
                           .explicit_id = chunk_.explicit_id});
    }
}

ListNumber OutlineLoad::list_for_builder(const OutlineList& list, uint32_t family, ResidentGraphBuilder& builder,
                                         const IndexTranslation& translation) {
    const NameIndex to_name = list.to_name == no_symbol ? no_name : name_for_builder(list.to_name, translation);
    return builder.list(names_for_builder(list.candidates, translation), to_name, family);
}

void OutlineLoad::add_aliases(OutlineReader& reader, ResidentGraphBuilder& builder,
                              const IndexTranslation& translation) {
    for (OutlineAlias alias; reader.next_alias(alias);)
        builder.add_alias(name_for_builder(alias.fqn, translation),
                          alias.members ? AliasKind::members : AliasKind::exact,
                          names_for_builder(alias.targets, translation));
}

void OutlineLoad::add_file(std::string_view outline, std::string_view path, ResidentGraphBuilder& builder,
                           const IndexTranslation& translation) {
    OutlineReader reader(outline);
    builder.begin_file(path);
    add_chunks(reader, builder, translation);
    known_lists_.assign(reader.lists().size(), {0, deleted});
    OutlineDependency dependency;
    while (reader.next_dependency(dependency)) {
        const auto [from, family] = live_chunks_[dependency.from];
        if (from == deleted) continue;
        const uint32_t relationship = translation.first_relationship + relationships.index_of(dependency.relationship);
        if (dependency.list == OutlineDependency::no_list) {
            builder.add_dependency(from, name_for_builder(dependency.target, translation), relationship,
                                   dependency.confidence);
            continue;
        }
        KnownList& known = known_lists_[dependency.list];  // nearly always that of the file's one language
        if (known.number == deleted || known.family != family)
            known = {family, list_for_builder(reader.lists()[dependency.list], family, builder, translation)};
        builder.add_dependency_by_list(from, known.number, relationship, dependency.confidence);
    }
    add_aliases(reader, builder, translation);
}

void OutlineLoad::want_names(std::string_view outline) {
    OutlineReader reader(outline);
    while (reader.next_chunk(chunk_))
        if (!chunk_.is_deleted) names.index_of(chunk_.symbol);
    for (const OutlineList& list : reader.lists()) {
        for (int64_t candidate : list.candidates) names.index_of(candidate);
        if (list.to_name != no_symbol) names.index_of(list.to_name);
    }
    OutlineDependency dependency;
    while (reader.next_dependency(dependency))
        if (dependency.list == OutlineDependency::no_list) names.index_of(dependency.target);
    for (OutlineAlias alias; reader.next_alias(alias);) {
        names.index_of(alias.fqn);
        for (int64_t target : alias.targets) names.index_of(target);
    }
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
        const std::string_view outline =
            unseal_outline(rows.blob(row, statements::find_outlines["outline"]), files[file].digest, sha256);
        if (!read_flag(rows, row, statements::find_outlines["is_deleted"]))
            outlines[file] = outline;
        else if (files[file].live_chunks > 0)
            throw corrupt("file " + quote(files[file].path) + " has live chunks and is soft-deleted");
    }
    return outlines;
}

}  // namespace codegraph
