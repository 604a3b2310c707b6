// Every writer inserts contents, symbols, definitions, files and chunks in this order, each sorted by key over the
// whole call, so that writers of different snapshots do not deadlock.
#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "engine/changes.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "storage/contents.h"
#include "storage/file_load.h"
#include "storage/file_save.h"
#include "storage/file_statements.h"
#include "storage/own_hashes.h"
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

// Takes the files by path, as a reader of the snapshot will.
ContentKeys collect_contents(const std::vector<NewFile>& files) {
    std::vector<const FileVersion*> by_path;
    for (const NewFile& file : files) by_path.push_back(file.file);
    std::ranges::sort(by_path, {}, &FileVersion::path);
    ContentKeys contents;
    for (const FileVersion* file : by_path)
        for (const Chunk& chunk : file->chunks) contents.want(chunk.content_hash, chunk.content);
    return contents;
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
            if (dependency.has_candidates()) symbols.want(dependency.target);
            for (const std::string& alternative : dependency.alternatives) symbols.want(alternative);
            if (!dependency.to_name.empty()) symbols.want(dependency.to_name);
            symbols.want(dependency.relationship);
        }
        for (const Alias& alias : file.file->aliases) {
            symbols.want(alias.fqn);
            for (const std::string& target : alias.targets) symbols.want(target);
        }
    }
    co_return symbols;
}

// Returns whether two versions of a file have live and soft-deleted chunks in the same lines.
bool have_same_lines(const FileVersion& a, const FileVersion& b) {
    const auto lines = [](const Chunk& c) { return std::tuple(c.start_line, c.end_line, c.is_deleted); };
    return a.is_deleted == b.is_deleted && std::ranges::equal(a.chunks, b.chunks, {}, lines, lines);
}

// Returns the hashes of the own contents of a file's chunks.
Task<std::vector<OwnHash>> own_hashes_of(const Repository& repository, const NewFile& made) {
    std::vector<OwnHash> hashes;
    if (made.before && have_same_lines(*made.before, *made.file)) {
        const auto same_content = [](const Chunk& a, const Chunk& b) { return a.content_hash == b.content_hash; };
        if (std::ranges::equal(made.before->chunks, made.file->chunks, same_content)) {
            for (const Chunk& chunk : made.before->chunks) hashes.push_back({chunk.own_hash});
            co_return hashes;
        }
    }
    hashes = co_await hash_own_contents(repository, *made.file);
    for (size_t i = 0; i < hashes.size(); i++)
        if (!hashes[i].is_known) throw missing_content(made.file->chunks[i].content_hash);
    co_return hashes;
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

OutlineList list_of(const OutgoingDependency& d, const SymbolKeys& symbols) {
    OutlineList list;
    if (d.has_candidates()) list.candidates.push_back(symbols.key_of(d.target));
    for (const std::string& alternative : d.alternatives) list.candidates.push_back(symbols.key_of(alternative));
    if (!d.to_name.empty()) list.to_name = symbols.key_of(d.to_name);
    return list;
}

// Adds the dependencies to an outline, in its order. Returns their sites.
SitesByDependency add_dependencies(Outline& outline, const FileVersion& file, const SymbolKeys& symbols) {
    for (const OutgoingDependency& d : file.dependencies)
        if (!d.is_plain()) outline.lists.push_back(list_of(d, symbols));
    std::ranges::sort(outline.lists);
    outline.lists.erase(std::unique(outline.lists.begin(), outline.lists.end()), outline.lists.end());
    struct Made {
        OutlineDependency dependency;
        const std::vector<Site>* sites;
    };
    std::vector<Made> all;
    all.reserve(file.dependencies.size());
    for (const OutgoingDependency& d : file.dependencies) {
        Made& made =
            all.emplace_back(Made{{d.from, no_symbol, symbols.key_of(d.relationship), d.confidence}, &d.sites});
        if (d.has_candidates()) made.dependency.target = symbols.key_of(d.target);
        if (!d.is_plain())
            made.dependency.list = static_cast<uint64_t>(std::ranges::lower_bound(outline.lists, list_of(d, symbols)) -
                                                         outline.lists.begin());
    }
    std::ranges::sort(all, comes_before_in_outline, &Made::dependency);
    SitesByDependency sites;
    for (size_t i = 0; i < all.size(); i++) {
        outline.dependencies.push_back(all[i].dependency);
        if (!all[i].sites->empty()) sites.emplace_hint(sites.end(), i, *all[i].sites);
    }
    return sites;
}

void add_aliases(Outline& outline, const FileVersion& file, const SymbolKeys& symbols) {
    for (const Alias& alias : file.aliases) {
        OutlineAlias& made = outline.aliases.emplace_back();
        made.fqn = symbols.key_of(alias.fqn);
        made.members = alias.members;
        for (const std::string& target : alias.targets) made.targets.push_back(symbols.key_of(target));
    }
}

// The two packed columns of a file version.
struct PackedColumns {
    std::string outline;
    std::string sites;  // empty: NULL
};

PackedColumns pack(const Repository& repository, const NewFile& made, const SymbolKeys& symbols, Sha256& sha256) {
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
        entry.is_private = chunk.symbol_visibility == "private";
        entry.is_local = chunk.symbol_visibility == "local";
        entry.language = chunk.language;
        outline.chunks.push_back(std::move(entry));
    }
    const SitesByDependency sites = add_dependencies(outline, file, symbols);
    add_aliases(outline, file, symbols);
    PackedColumns packed;
    packed.outline = encode_outline(outline);
    seal_outline(packed.outline, made.digest, sha256);
    if (sites.empty()) return packed;
    packed.sites = encode_sites(sites);
    seal_sites(packed.sites, made.digest, sha256);
    return packed;
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
        PackedColumns packed = pack(repository, f, symbols, sha256);
        const std::string_view outline = insert.keep(std::move(packed.outline));
        const Cell sites = packed.sites.empty() ? null_cell() : blob_cell(insert.keep(std::move(packed.sites)));
        insert.add(repository.key, blob_cell(f.digest.view()), f.file->path, f.file->file_hash, f.file->attrs,
                   f.file->is_deleted, f.file->chunks.size(), f.file->dependencies.size(), blob_cell(outline),
                   f.indexed_at.value_or(now), sites);
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

Task<> save_chunks(const Repository& repository, const std::vector<NewFile>& files, const ContentKeys& contents,
                   const std::vector<std::vector<OwnHash>>& own_hashes, const KeysByDigest& keys) {
    Batch insert(statements::insert_chunks);
    for (size_t i = 0; i < files.size(); i++) {
        auto key = keys.find(files[i].digest);
        if (key == keys.end()) continue;
        for (size_t ordinal = 0; ordinal < files[i].file->chunks.size(); ordinal++) {
            const Chunk& c = files[i].file->chunks[ordinal];
            const std::optional<Digest>& own_hash = own_hashes[i][ordinal].hash;
            std::optional<uint64_t> number;
            if (!c.explicit_id) number = c.occurrence;
            insert.add(repository.key, key->second, ordinal, c.explicit_id, number, c.start_line, c.end_line, c.kind,
                       c.fqn, c.name, c.language, c.symbol_visibility, contents.key_of(c.content_hash), c.summary,
                       c.importance, c.is_deleted, c.attrs, c.signature,
                       own_hash ? blob_cell(own_hash->view()) : null_cell());
        }
    }
    Rows rows = co_await run(insert);
    check_changed(statements::insert_chunks, rows, insert.size());
}

}  // namespace

Task<> save_file_versions(const Repository& repository, std::vector<NewFile> given) {
    std::vector<NewFile> files = co_await leave_out_stored(repository, std::move(given));
    if (files.empty()) co_return;
    std::vector<std::vector<OwnHash>> own_hashes;
    for (const NewFile& file : files) {
        std::vector<OwnHash> of_file = co_await own_hashes_of(repository, file);
        own_hashes.push_back(std::move(of_file));
    }
    ContentKeys contents = collect_contents(files);
    co_await contents.resolve(repository);
    SymbolKeys symbols = co_await collect_symbols(repository, files);
    co_await symbols.resolve(repository);
    std::vector<NewDefinition> definitions = definitions_of(repository, files, symbols);
    co_await save_definitions(repository, std::move(definitions), symbols);
    KeysByDigest keys = co_await save_file_rows(repository, files, symbols);
    co_await save_chunks(repository, files, contents, own_hashes, keys);
}

}  // namespace codegraph
