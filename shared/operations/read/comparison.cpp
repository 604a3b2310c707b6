#include "operations/read/comparison.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "diff/pairing.h"
#include "engine/pace.h"
#include "graph/saved_names.h"
#include "model/chunk_id.h"
#include "storage/contents.h"
#include "storage/file_load.h"

namespace codegraph {

Task<> Comparison::pair(std::optional<double> min_similarity) {
    std::vector<TreeEntry> both = difference_.before;  // loaded at once, because both sides have nearly the same names
    both.insert(both.end(), difference_.after.begin(), difference_.after.end());
    files_ = co_await load_file_versions(difference_.repository, both);
    co_await add_files(0, difference_.before.size(), old_side_);
    co_await add_files(difference_.before.size(), files_.size(), new_side_);
    pairs_ = co_await pair_chunks(old_side_, new_side_, *this, min_similarity);
}

Task<std::vector<ChangedChunk>> Comparison::changes() {
    co_return co_await find_changes(pairs_, *this);
}

Task<std::vector<ChangedDependency>> Comparison::changed_dependencies() {
    co_return co_await find_changed_dependencies(pairs_);
}

// ---- chunks

Task<> Comparison::add_files(size_t from, size_t to, std::vector<ComparedChunk>& side) {
    Pace pace;
    for (size_t file = from; file < to; file++) {
        add_file(file, side);
        if (pace.is_due(files_[file].chunks.size() + files_[file].dependencies.size())) co_await checkpoint();
    }
}

// A handle is the place of a chunk's file in files_, and the place of the chunk in it.
static uint64_t handle_of(size_t file, size_t ordinal) {
    return uint64_t{file} << 32 | ordinal;
}

ComparedChunk compared_chunk(std::string_view path, const Chunk& chunk, std::string_view chunk_id) {
    ComparedChunk compared;
    compared.chunk_id = chunk_id;
    compared.file_path = path;
    compared.kind = chunk.kind;
    compared.name = chunk.name;
    compared.content_hash = chunk.content_hash.view();
    compared.own_hash = chunk.own_hash ? chunk.own_hash->view() : chunk.content_hash.view();
    if (chunk.fqn) compared.fqn = *chunk.fqn;
    if (chunk.symbol_visibility) compared.visibility = *chunk.symbol_visibility;
    if (chunk.signature) compared.signature = *chunk.signature;
    compared.start_line = chunk.start_line;
    compared.end_line = chunk.end_line;
    compared.occurrence = chunk.explicit_id ? 0 : chunk.occurrence;
    return compared;
}

void Comparison::add_file(size_t number, std::vector<ComparedChunk>& side) {
    const FileVersion& file = files_[number];
    if (file.is_deleted) return;
    std::vector<size_t> places(file.chunks.size(), SIZE_MAX);  // in `side`, of live chunks
    const size_t first = side.size();
    for (size_t i = 0; i < file.chunks.size(); i++) {
        const Chunk& chunk = file.chunks[i];
        if (chunk.is_deleted) continue;
        places[i] = side.size();
        const std::string& id = ids_.emplace_back(chunk_id(difference_.repository.id, file.path, chunk));
        side.push_back(compared_chunk(file.path, chunk, id));
        side.back().handle = handle_of(number, i);
    }
    for (const OutgoingDependency& d : file.dependencies)
        if (places[d.from] != SIZE_MAX)
            side[places[d.from]].dependencies.push_back(
                {d.relationship, names_.emplace_back(as_json(saved_names_of(d))), d.confidence});
    for (size_t place = first; place < side.size(); place++)
        std::ranges::sort(side[place].dependencies, {}, &ComparedDependency::identity);
}

// ---- own contents

const NestedLines& Comparison::nested_lines(size_t file) {
    const auto known = nested_lines_.find(file);
    return known != nested_lines_.end() ? known->second : nested_lines_.emplace(file, files_[file]).first->second;
}

Task<OwnContents::Texts> Comparison::read(std::span<const ComparedChunk* const> chunks) {
    std::vector<Digest> hashes;
    const auto chunk_of = [this](const ComparedChunk& compared) -> const Chunk& {
        return files_[compared.handle >> 32].chunks[static_cast<uint32_t>(compared.handle)];
    };
    for (const ComparedChunk* chunk : chunks) hashes.push_back(chunk_of(*chunk).content_hash);
    Contents contents = co_await load_contents(difference_.repository, hashes);
    Texts texts;
    for (size_t i = 0; i < chunks.size(); i++)
        texts.parts.push_back(nested_lines(chunks[i]->handle >> 32).own_parts(chunk_of(*chunks[i]), contents.texts[i]));
    texts.answer = std::move(contents.answer);
    co_return texts;
}

}  // namespace codegraph
