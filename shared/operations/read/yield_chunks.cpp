#include "operations/read/yield_chunks.h"

#include <stdexcept>
#include <unordered_map>

#include "base/bytes.h"
#include "engine/request.h"
#include "model/chunk_id.h"
#include "signatures/readers.h"

namespace codegraph {

namespace {

// A row of cg_chunks behind the cells of `prefix`.
class LazyChunkRow final : public LazyRow {
public:
    LazyChunkRow(const Repository& repository, WithContent content, std::span<const Cell> prefix)
        : repository_(repository), with_content_(content), prefix_(prefix) {}

    void set(const StoredFile& file, const StoredChunk& chunk) {
        file_ = &file;
        chunk_ = &chunk;
    }
    Cell column(size_t column) const override;

private:
    const Repository& repository_;
    const WithContent with_content_;
    const std::span<const Cell> prefix_;
    const StoredFile* file_ = nullptr;
    const StoredChunk* chunk_ = nullptr;
    mutable std::string id_, content_hash_;
};

Cell LazyChunkRow::column(size_t column) const {
    if (column < prefix_.size()) return prefix_[column];
    switch (column - prefix_.size()) {
        case chunk_columns["chunk_id"]:
            id_.clear();
            append_chunk_id(id_, repository_.id, file_->path, chunk_->identity());
            return cell(id_);
        case chunk_columns["file_path"]:
            return cell(file_->path);
        case chunk_columns["start_line"]:
            return cell(chunk_->start_line);
        case chunk_columns["end_line"]:
            return cell(chunk_->end_line);
        case chunk_columns["kind"]:
            return cell(chunk_->kind);
        case chunk_columns["fqn"]:
            return cell(chunk_->fqn);
        case chunk_columns["name"]:
            return cell(chunk_->name);
        case chunk_columns["language"]:
            return cell(chunk_->language);
        case chunk_columns["symbol_visibility"]:
            return cell(chunk_->symbol_visibility);
        case chunk_columns["signature"]:
            return cell(chunk_->signature);
        case chunk_columns["content"]:
            return cell(chunk_->content);
        case chunk_columns["content_hash"]:
            if (with_content_ == WithContent::no) return null_cell();
            content_hash_.clear();
            append_hex(content_hash_, chunk_->content_hash.view());
            return cell(content_hash_);
        case chunk_columns["summary"]:
            return cell(chunk_->summary);
        case chunk_columns["importance"]:
            return cell(chunk_->importance);
        case chunk_columns["is_deleted"]:
            return cell(chunk_->is_deleted);
        case chunk_columns["attrs"]:
            return cell(chunk_->attrs);
        case chunk_columns["indexed_at"]:
            return cell(file_->indexed_at);
        default:
            throw std::out_of_range("no such column");
    }
}

// Returns the files of which the filter takes a chunk, so that no other contents are read.
Task<std::vector<StoredFile>> find_files_with_taken_chunks(const Repository& repository, std::vector<StoredFile> files,
                                                           const ChunkFilter& filter) {
    if (filter.takes_all()) co_return files;
    StoredChunks chunks = co_await find_chunks(repository, files, WithContent::no);
    std::vector<StoredFile> files_with_taken;
    for (size_t i = 0; i < files.size(); i++)
        if (!filter.find_taken(repository, files[i], chunks.of_file(i)).empty())
            files_with_taken.push_back(std::move(files[i]));
    co_return files_with_taken;
}

}  // namespace

WithContent used_content(const Arguments& arguments) {
    if (arguments.uses("content")) return WithContent::yes;
    return arguments.uses("content_hash") ? WithContent::hash : WithContent::no;
}

bool ChunkFilter::takes(const Repository& repository, const StoredFile& file, const StoredChunk& chunk, size_t ordinal,
                        size_t live) const {
    if ((chunk.is_deleted || file.is_deleted) && !include_deleted) return false;
    if (kind && chunk.kind != *kind) return false;
    if (fqn && chunk.fqn != *fqn) return false;
    if (id && !has_id(repository, file, chunk)) return false;
    if (choice && !choice(file.path, live)) return false;
    return !places || places->contains({file.path, ordinal});
}

bool ChunkFilter::has_id(const Repository& repository, const StoredFile& file, const StoredChunk& chunk) const {
    std::string chunk_id;
    append_chunk_id(chunk_id, repository.id, file.path, chunk.identity());
    return chunk_id == *id;
}

std::vector<size_t> ChunkFilter::find_taken(const Repository& repository, const StoredFile& file,
                                            std::span<const StoredChunk> chunks) const {
    std::vector<size_t> ordinals;
    for (size_t ordinal = 0, live = 0; ordinal < chunks.size(); ordinal++) {
        if (takes(repository, file, chunks[ordinal], ordinal, live)) ordinals.push_back(ordinal);
        live += !chunks[ordinal].is_deleted;
    }
    return ordinals;
}

Task<> yield_chunks(const Repository& repository, std::vector<TreeEntry> entries, const ChunkFilter& filter,
                    WithContent content, std::span<const Cell> prefix) {
    std::vector<StoredFile> all = co_await find_files(repository, entries, WithOutline::no);
    std::vector<StoredFile> files = co_await find_files_with_taken_chunks(repository, std::move(all), filter);
    StoredChunks chunks = co_await find_chunks(repository, files, content);
    LazyChunkRow row(repository, content, prefix);
    for (size_t i = 0; i < files.size(); i++)
        for (size_t ordinal : filter.find_taken(repository, files[i], chunks.of_file(i))) {
            row.set(files[i], chunks.of_file(i)[ordinal]);
            co_yield row;
        }
}

Task<> yield_chunks_at(const Repository& repository, std::vector<ChunkInFile> places, WithContent content,
                       std::span<const Cell> prefix) {
    std::unordered_map<Digest, size_t, DigestHash> index_of;  // a file may be large: each is found once
    std::vector<Digest> digests;
    for (const ChunkInFile& place : places)
        if (index_of.try_emplace(place.file, digests.size()).second) digests.push_back(place.file);
    const std::vector<StoredFile> files = co_await find_files(repository, std::move(digests), WithOutline::no);
    StoredChunks chunks = co_await find_single_chunks(repository, places, content);
    LazyChunkRow row(repository, content, prefix);
    for (size_t i = 0; i < places.size(); i++) {
        row.set(files[index_of.at(places[i].file)], chunks.all[i]);
        co_yield row;
    }
}

}  // namespace codegraph
