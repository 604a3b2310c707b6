// Every writer inserts contents, symbols, definitions, files and chunks in this order, each sorted by key over the
// whole call, so that writers of different snapshots do not deadlock.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/time.h"
#include "engine/changes.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "storage/file_load.h"
#include "storage/file_save.h"
#include "storage/file_statements.h"
#include "storage/sequences.h"
#include "storage/stored_values.h"
#include "storage/symbols.h"

namespace codegraph {

namespace {

Task<std::vector<NewFile>> leave_out_stored(const Repository& repository, std::vector<NewFile> files) {
    std::ranges::sort(files, {}, &NewFile::digest);
    auto same = [](const NewFile& a, const NewFile& b) { return a.digest == b.digest; };
    files.erase(std::unique(files.begin(), files.end(), same), files.end());
    Batch find(statements::find_files);
    for (const NewFile& file : files) find.add(repository.key, blob_cell(file.digest.view()));
    Rows rows = co_await run(find);
    std::vector<Digest> stored;
    for (size_t row = 0; row < rows.size(); row++)
        stored.push_back(
            Digest::from_bytes(rows.blob(row, statements::find_files["digest"]), "a file version's digest"));
    std::ranges::sort(stored);
    std::erase_if(files, [&](const NewFile& file) { return std::ranges::binary_search(stored, file.digest); });
    co_return files;
}

Task<> save_contents(const Repository& repository, const std::vector<NewFile>& files) {
    std::map<Digest, std::string_view> contents;
    for (const NewFile& file : files)
        for (const Chunk& chunk : file.file->chunks)
            if (chunk.content) contents.emplace(chunk.content_hash, *chunk.content);
    Batch insert(statements::insert_contents);
    for (auto& [hash, content] : contents) insert.add(repository.key, blob_cell(hash.view()), content);
    co_await insert_missing(insert, statements::find_stored_contents);
}

bool misleads(const Repository& repository, const Chunk& chunk) {
    return chunk.explicit_id && has_computed_form(repository.id, *chunk.explicit_id);
}

Task<SymbolKeys> collect_symbols(const Repository& repository, const std::vector<NewFile>& files) {
    SymbolKeys symbols;
    Pace pace;
    for (const NewFile& file : files) {
        if (pace.is_due(file.file->chunks.size() + file.file->dependencies.size())) co_await checkpoint();
        for (const Chunk& chunk : file.file->chunks) {
            symbols.want(symbol_of(repository.id, file.file->path, chunk));
            symbols.want(chunk.kind);
            if (chunk.explicit_id) symbols.want(*chunk.explicit_id);
            if (misleads(repository, chunk)) symbols.want(misleading_ids);
        }
        for (const OutgoingDependency& dependency : file.file->dependencies) {
            symbols.want(dependency.target);
            symbols.want(dependency.relationship);
        }
    }
    co_return symbols;
}

std::vector<NewDefinition> definitions_of(const Repository& repository, const std::vector<NewFile>& files,
                                          const SymbolKeys& symbols) {
    std::vector<NewDefinition> definitions;
    for (const NewFile& file : files)
        for (const Chunk& chunk : file.file->chunks) {
            if (chunk.fqn) definitions.push_back({symbols.key_of(*chunk.fqn), false, file.file->path});
            if (chunk.explicit_id) definitions.push_back({symbols.key_of(*chunk.explicit_id), true, file.file->path});
            if (misleads(repository, chunk))
                definitions.push_back({symbols.key_of(misleading_ids), true, file.file->path});
        }
    return definitions;
}

std::string outline_of(const Repository& repository, const NewFile& made, const SymbolKeys& symbols, Sha256& sha256) {
    const FileVersion& file = *made.file;
    Outline outline;
    for (const Chunk& chunk : file.chunks) {
        OutlineChunk entry{};
        entry.symbol = symbols.key_of(symbol_of(repository.id, file.path, chunk));
        entry.kind = symbols.key_of(chunk.kind);
        entry.start_line = chunk.start_line;
        entry.end_line = chunk.end_line;
        entry.has_fqn = chunk.fqn.has_value();
        entry.is_deleted = chunk.is_deleted;
        if (chunk.name != (chunk.fqn ? last_part(*chunk.fqn) : "unknown")) entry.name = chunk.name;
        entry.occurrence = chunk.occurrence;
        entry.explicit_id = chunk.explicit_id;
        outline.chunks.push_back(std::move(entry));
    }
    for (const OutgoingDependency& d : file.dependencies)
        outline.dependencies.push_back(
            {d.from, symbols.key_of(d.target), symbols.key_of(d.relationship), d.confidence});
    std::string encoded = encode_outline(outline);
    seal_outline(encoded, made.digest, sha256);
    return encoded;
}

using KeysByDigest = std::unordered_map<Digest, int64_t, DigestHash>;

// Makes sure that the file versions that an insert did not store were made by another writer.
Task<> check_others_made(const Repository& repository, const std::vector<NewFile>& files, const KeysByDigest& keys) {
    Batch find(statements::find_files);
    for (const NewFile& file : files)
        if (!keys.contains(file.digest)) find.add(repository.key, blob_cell(file.digest.view()));
    Rows others = co_await run(find);
    if (others.size() == find.size()) co_return;
    co_await check_given_keys(file_keys, repository.key, files.size(), keys.size());
    throw rows_skipped_by(statements::insert_files);
}

// Returns the keys of the rows that this call made. Where another writer made the row, it makes the chunks, too.
Task<KeysByDigest> save_file_rows(const Repository& repository, const std::vector<NewFile>& files,
                                  const SymbolKeys& symbols) {
    Batch insert(statements::insert_files);
    Sha256 sha256;
    int64_t now = now_milliseconds();
    Pace pace;
    for (const NewFile& f : files) {
        if (pace.is_due(f.file->chunks.size() + f.file->dependencies.size())) co_await checkpoint();
        std::string_view outline = insert.keep(outline_of(repository, f, symbols, sha256));
        insert.add(repository.key, blob_cell(f.digest.view()), f.file->path, f.file->file_hash, f.file->attrs,
                   f.file->is_deleted, f.file->chunks.size(), f.file->dependencies.size(), blob_cell(outline),
                   f.indexed_at.value_or(now));
    }
    Rows rows = co_await run(insert);
    KeysByDigest keys;
    bool is_used = false;
    for (size_t row = 0; row < rows.size(); row++) {
        keys.emplace(Digest::from_bytes(rows.blob(row, statements::insert_files["digest"]), "a file version's digest"),
                     read_key(rows, row, statements::insert_files["file_key"]));
        is_used |= read_flag(rows, row, statements::insert_files["is_used"]);
    }
    if (is_used) co_await refuse_used_key(file_keys, repository.key);
    co_await check_others_made(repository, files, keys);
    co_return keys;
}

Task<> save_chunks(const Repository& repository, const std::vector<NewFile>& files, const KeysByDigest& keys) {
    Batch insert(statements::insert_chunks);
    for (const NewFile& file : files) {
        auto key = keys.find(file.digest);
        if (key == keys.end()) continue;
        size_t ordinal = 0;
        for (const Chunk& c : file.file->chunks) {
            std::optional<uint64_t> number;
            if (!c.explicit_id) number = c.occurrence;
            insert.add(repository.key, key->second, ordinal++, c.explicit_id, number, c.start_line, c.end_line, c.kind,
                       c.fqn, c.name, c.language, c.symbol_visibility, blob_cell(c.content_hash.view()), c.summary,
                       c.importance, c.is_deleted, c.attrs);
        }
    }
    Rows rows = co_await run(insert);
    check_changed(statements::insert_chunks, rows, insert.size());
}

}  // namespace

Task<> save_file_versions(const Repository& repository, std::vector<NewFile> given) {
    std::vector<NewFile> files = co_await leave_out_stored(repository, std::move(given));
    if (files.empty()) co_return;
    co_await save_contents(repository, files);
    SymbolKeys symbols = co_await collect_symbols(repository, files);
    co_await symbols.resolve(repository);
    std::vector<NewDefinition> definitions = definitions_of(repository, files, symbols);
    co_await save_definitions(repository, std::move(definitions), symbols);
    KeysByDigest keys = co_await save_file_rows(repository, files, symbols);
    co_await save_chunks(repository, files, keys);
}

}  // namespace codegraph
