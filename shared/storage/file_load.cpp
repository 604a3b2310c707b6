#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/pace.h"
#include "storage/contents.h"
#include "storage/file_load.h"
#include "storage/file_statements.h"
#include "storage/stored_values.h"
#include "storage/symbols.h"

namespace codegraph {

static StoredFile file_of(const Rows& rows, size_t row, WithOutline outline, Sha256& sha256) {
    constexpr const Statement& columns = statements::find_files_with_sites;
    StoredFile file;
    file.digest = Digest::from_bytes(rows.blob(row, columns["digest"]), "a file version's digest");
    file.key = read_key(rows, row, columns["file_key"]);
    file.path = rows.text(row, columns["path"]);
    file.file_hash = rows.optional_text(row, columns["file_hash"]);
    file.attrs = read_attrs(rows, row, columns["attrs"]);
    file.is_deleted = read_flag(rows, row, columns["is_deleted"]);
    file.chunk_count = read_count(rows, row, columns["chunk_count"]);
    file.dependency_count = read_count(rows, row, columns["dependency_count"]);
    file.indexed_at = read_time(rows, row, columns["indexed_at"]);
    if (outline == WithOutline::no) return file;
    file.outline = decode_outline(unseal_outline(rows.blob(row, columns["outline"]), file.digest, sha256));
    if (outline == WithOutline::and_sites && !rows.is_null(row, columns["sites"]))
        file.sites = decode_sites(unseal_sites(rows.blob(row, columns["sites"]), file.digest, sha256),
                                  file.outline.dependencies.size());
    return file;
}

Task<std::vector<StoredFile>> find_files(const Repository& repository, std::vector<Digest> digests,
                                         WithOutline outline) {
    std::vector<Digest> distinct = digests;
    std::ranges::sort(distinct);
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    Batch find(outline == WithOutline::no    ? statements::find_files
               : outline == WithOutline::yes ? statements::find_files_with_outlines
                                             : statements::find_files_with_sites);
    for (const Digest& digest : distinct) find.add(repository.key, blob_cell(digest.view()));
    Rows rows = co_await run(find);
    Sha256 sha256;
    std::unordered_map<Digest, StoredFile, DigestHash> found;
    for (size_t row = 0; row < rows.size(); row++) {
        StoredFile file = file_of(rows, row, outline, sha256);
        found.emplace(file.digest, std::move(file));
    }
    std::vector<StoredFile> files;
    files.reserve(digests.size());
    for (const Digest& digest : digests) {
        auto file = found.find(digest);
        if (file == found.end()) throw missing("the file version " + to_hex(digest.view()) + " is missing");
        files.push_back(file->second);
    }
    co_return files;
}

Task<std::vector<StoredFile>> find_files(const Repository& repository, std::span<const TreeEntry> entries,
                                         WithOutline outline) {
    std::vector<Digest> digests;
    digests.reserve(entries.size());
    for (const TreeEntry& entry : entries) digests.push_back(entry.value.digest);
    std::vector<StoredFile> files = co_await find_files(repository, std::move(digests), outline);
    for (size_t i = 0; i < files.size(); i++) {
        if (files[i].path != entries[i].key)
            throw corrupt("the file version " + to_hex(files[i].digest.view()) + " is not one of " +
                          quote(entries[i].key));
        if (files[i].is_deleted && entries[i].value.count > 0)
            throw corrupt("file " + quote(files[i].path) + " has live chunks and is soft-deleted");
        files[i].live_chunks = entries[i].value.count;
    }
    co_return files;
}

// Reads a line, which is a 32-bit integer in results, as it is where callers give it.
static int64_t line_of(const Rows& rows, size_t row, CellPlace column) {
    const int64_t line = rows.integer(row, column);
    if (line < 1 || line > INT32_MAX) throw corrupt("a chunk's line is " + std::to_string(line));
    return line;
}

static StoredChunk chunk_of(const Rows& rows, size_t row, WithContent content, Sha256& sha256) {
    constexpr const Statement& columns = statements::find_chunks_with_content;
    StoredChunk chunk;
    chunk.explicit_id = rows.optional_view(row, columns["explicit_id"]);
    if (chunk.explicit_id.has_value() != rows.is_null(row, columns["number"]))
        throw corrupt("a chunk needs either an explicit id or a number");
    if (!chunk.explicit_id) chunk.occurrence = read_number(rows, row, columns["number"]);
    chunk.start_line = line_of(rows, row, columns["start_line"]);
    chunk.end_line = line_of(rows, row, columns["end_line"]);
    chunk.kind = rows.text(row, columns["kind"]);
    chunk.fqn = rows.optional_view(row, columns["fqn"]);
    chunk.name = rows.text(row, columns["name"]);
    chunk.language = rows.text(row, columns["language"]);
    chunk.symbol_visibility = rows.optional_view(row, columns["symbol_visibility"]);
    chunk.signature = rows.optional_view(row, columns["signature"]);
    if (!rows.is_null(row, columns["own_hash"]))
        chunk.own_hash = Digest::from_bytes(rows.blob(row, columns["own_hash"]), "the hash of a chunk's own content");
    chunk.summary = rows.optional_view(row, columns["summary"]);
    chunk.importance = read_importance(rows, row, columns["importance"]);
    chunk.is_deleted = read_flag(rows, row, columns["is_deleted"]);
    chunk.attrs = read_attrs(rows, row, columns["attrs"]);
    if (content == WithContent::no) return chunk;
    if (rows.is_null(row, columns["hash"])) throw missing("the content of a chunk is missing");
    chunk.content_hash = Digest::from_bytes(rows.blob(row, columns["hash"]), "a content's hash");
    if (content == WithContent::hash) return chunk;
    chunk.content = rows.text(row, columns["content"]);
    if (sha256.hash(*chunk.content) != chunk.content_hash) throw wrong_content(chunk.content_hash);
    return chunk;
}

static Chunk copy_of(const StoredChunk& from) {
    Chunk chunk;
    chunk.start_line = from.start_line;
    chunk.end_line = from.end_line;
    chunk.name = from.name;
    chunk.explicit_id = from.explicit_id;
    chunk.occurrence = from.occurrence;
    chunk.kind = from.kind;
    chunk.fqn = from.fqn;
    chunk.language = from.language;
    chunk.symbol_visibility = from.symbol_visibility;
    chunk.signature = from.signature;
    chunk.content = from.content;
    chunk.content_hash = from.content_hash;
    chunk.own_hash = from.own_hash;
    chunk.summary = from.summary;
    chunk.importance = from.importance;
    chunk.attrs = from.attrs;
    chunk.is_deleted = from.is_deleted;
    return chunk;
}

static Error has_other_chunks(const StoredFile& file) {
    return missing("file " + quote(file.path) + " has other chunks than it counts");
}

// Returns by row which of the files the chunk is one of. Rows of a file mostly come together.
static std::vector<size_t> files_of_rows(const Rows& rows, const std::vector<StoredFile>& files) {
    std::unordered_map<int64_t, size_t> file_of_key;  // no file version is twice in `files`: paths differ
    for (size_t i = 0; i < files.size(); i++) file_of_key.emplace(files[i].key, i);
    std::vector<size_t> file_of_row;
    file_of_row.reserve(rows.size());
    for (size_t row = 0; row < rows.size(); row++) {
        const int64_t key = rows.integer(row, statements::find_chunks["file_key"]);
        if (row == 0 || key != rows.integer(row - 1, statements::find_chunks["file_key"])) {
            const auto file = file_of_key.find(key);
            if (file == file_of_key.end()) throw corrupt("a chunk is one of an unknown file");
            file_of_row.push_back(file->second);
        } else {
            file_of_row.push_back(file_of_row.back());
        }
    }
    return file_of_row;
}

// Returns where the chunks of each file start, and the end. Throws when a file has other chunks than it counts, before
// a count that may be damaged decides how much memory is asked for.
static std::vector<size_t> starts_of(const std::vector<StoredFile>& files, const std::vector<size_t>& files_of_rows) {
    std::vector<size_t> counts(files.size());
    for (size_t file : files_of_rows) counts[file]++;
    std::vector<size_t> starts(1, 0);
    for (size_t i = 0; i < files.size(); i++) {
        if (counts[i] != files[i].chunk_count) throw has_other_chunks(files[i]);
        starts.push_back(starts.back() + counts[i]);
    }
    return starts;
}

// Returns the rows file by file, in canonical order.
static std::vector<size_t> rows_in_order(const Rows& rows, const std::vector<StoredFile>& files,
                                         const std::vector<size_t>& files_of_rows, const std::vector<size_t>& starts) {
    constexpr size_t no_row = SIZE_MAX;
    std::vector<size_t> in_order(rows.size(), no_row);
    for (size_t row = 0; row < rows.size(); row++) {
        const size_t file = files_of_rows[row];
        const auto ordinal = static_cast<uint64_t>(rows.integer(row, statements::find_chunks["ordinal"]));
        if (ordinal >= files[file].chunk_count) throw corrupt("a chunk has an unknown ordinal");
        in_order[starts[file] + ordinal] = row;
    }
    for (size_t i = 0; i < files.size(); i++)
        for (size_t place = starts[i]; place < starts[i + 1]; place++)
            if (in_order[place] == no_row) throw has_other_chunks(files[i]);
    return in_order;
}

static void check_live_chunks(const StoredFile& file, std::span<const StoredChunk> chunks) {
    if (!file.live_chunks) return;
    const auto is_live = [&](const StoredChunk& chunk) { return !chunk.is_deleted && !file.is_deleted; };
    if (static_cast<uint64_t>(std::ranges::count_if(chunks, is_live)) != *file.live_chunks)
        throw has_other_chunks(file);
}

static const Statement& statement_that_finds(WithContent content) {
    switch (content) {
        case WithContent::no:
            return statements::find_chunks;
        case WithContent::hash:
            return statements::find_chunks_with_hash;
        case WithContent::yes:
            break;
    }
    return statements::find_chunks_with_content;
}

static const Statement& statement_that_finds_single(WithContent content) {
    switch (content) {
        case WithContent::no:
            return statements::find_single_chunks;
        case WithContent::hash:
            return statements::find_single_chunks_with_hash;
        case WithContent::yes:
            break;
    }
    return statements::find_single_chunks_with_content;
}

Task<StoredChunks> find_chunks(const Repository& repository, const std::vector<StoredFile>& files,
                               WithContent content) {
    Batch find(statement_that_finds(content));
    for (const StoredFile& file : files)
        if (file.chunk_count > 0) find.add(repository.key, file.key);
    Rows rows = co_await run(find);
    const std::vector<size_t> file_of_row = files_of_rows(rows, files);
    StoredChunks found;
    found.starts = starts_of(files, file_of_row);
    found.all.reserve(rows.size());
    Sha256 sha256;
    for (size_t row : rows_in_order(rows, files, file_of_row, found.starts))
        found.all.push_back(chunk_of(rows, row, content, sha256));
    for (size_t i = 0; i < files.size(); i++) check_live_chunks(files[i], found.of_file(i));
    found.answer = std::move(rows);
    co_return found;
}

Task<StoredChunks> find_single_chunks(const Repository& repository, const std::vector<ChunkInFile>& places,
                                      WithContent content) {
    constexpr const Statement& columns = statements::find_single_chunks;
    Batch find(statement_that_finds_single(content));
    for (const ChunkInFile& place : places) find.add(repository.key, place.file_key, place.ordinal);
    Rows rows = co_await run(find);
    std::map<std::pair<int64_t, int64_t>, size_t> row_at;
    for (size_t row = 0; row < rows.size(); row++)
        row_at[{rows.integer(row, columns["file_key"]), rows.integer(row, columns["ordinal"])}] = row;
    StoredChunks found;
    Sha256 sha256;
    for (const ChunkInFile& place : places) {
        const auto row = row_at.find({place.file_key, static_cast<int64_t>(place.ordinal)});
        if (row == row_at.end()) throw missing("a chunk is missing");
        found.all.push_back(chunk_of(rows, row->second, content, sha256));
    }
    found.answer = std::move(rows);
    co_return found;
}

Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::span<const TreeEntry> entries) {
    std::vector<StoredFile> stored = co_await find_files(repository, entries, WithOutline::and_sites);
    co_return co_await load_file_versions(repository, std::move(stored));
}

Task<std::vector<FileVersion>> load_file_versions(const Repository& repository, std::vector<StoredFile> stored) {
    StoredChunks chunks = co_await find_chunks(repository, stored, WithContent::hash);
    SymbolNames names;
    for (const StoredFile& file : stored) visit_names(file.outline, [&](int64_t key) { names.want(key); });
    co_await names.resolve(repository);
    const auto name_of = [&](int64_t key) -> const std::string& { return names.name_of(key); };
    Sha256 sha256;
    std::vector<FileVersion> files;
    Pace pace;
    for (size_t i = 0; i < stored.size(); i++) {
        StoredFile& from = stored[i];
        if (from.outline.chunks.size() != chunks.of_file(i).size())
            throw corrupt("an outline of " + quote(from.path) + " has other chunks");
        FileVersion file{
            std::move(from.path), std::move(from.file_hash), std::move(from.attrs), from.is_deleted, {}, {}};
        for (const StoredChunk& chunk : chunks.of_file(i)) file.chunks.push_back(copy_of(chunk));
        for (const OutlineDependency& d : from.outline.dependencies)
            file.dependencies.push_back(with_names(from.outline, d, name_of));
        for (auto& [dependency, sites] : from.sites) file.dependencies[dependency].sites = std::move(sites);
        for (const OutlineAlias& alias : from.outline.aliases) file.aliases.push_back(with_names(alias, name_of));
        make_canonical(file);
        if (digest_of(file, repository.id, sha256) != from.digest)
            throw corrupt("the file version " + to_hex(from.digest.view()) + " of " + quote(file.path) +
                          " does not match its digest");
        files.push_back(std::move(file));
        if (pace.is_due(files.back().chunks.size() + files.back().dependencies.size())) co_await checkpoint();
    }
    co_return files;
}

}  // namespace codegraph
