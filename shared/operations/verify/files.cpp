#include "operations/verify/files.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/error.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "storage/file_statements.h"
#include "storage/symbols.h"
#include "storage/verify_statements.h"
#include "tree/cuts.h"
#include "tree/lookup.h"

namespace codegraph {

// The page behind this one; rows without any ask for the first. Empty at the end.
static Task<Rows> page_behind(const Repository& repository, const Rows& page, const Statement& first,
                              const Statement& next) {
    co_await checkpoint();
    if (page.empty()) co_return co_await query(first, repository.key);
    constexpr CellPlace key{0};  // these statements give first what they go by
    const Cell last = page.cell(page.size() - 1, key);
    co_return co_await query(next, repository.key, last);
}

// --- contents and symbols: texts under their SHA-256

namespace {

std::string content_object(const Digest& hash) {
    return "content " + to_hex(hash.view());
}

void check_content(const Rows& rows, size_t row, Sha256& sha256, Findings& findings) {
    constexpr const Statement& columns = statements::list_first_contents;
    StoredRow stored(rows, row);
    const Digest hash = stored.digest(columns["hash"]);
    const std::string_view content = stored.text(columns["content"]);
    const std::string object = "content " + shown(rows.cell(row, columns["hash"]));
    if (!stored.is_sound(object, findings)) return;
    if (sha256.of(content) != hash) findings.add(object, "its text does not match its hash");
}

void check_symbol(const Rows& rows, size_t row, Sha256& sha256, Findings& findings) {
    constexpr const Statement& columns = statements::list_first_symbols;
    StoredRow stored(rows, row);
    const Digest hash = stored.digest(columns["name_hash"]);
    const std::string_view name = stored.text(columns["name"]);
    const std::string object = "symbol " + in_quotes(shown(rows.cell(row, columns["name"])));
    if (!stored.is_sound(object, findings)) return;
    if (sha256.of(name) != hash) findings.add(object, "its name does not match its hash");
}

}  // namespace

Task<> verify_contents(const Repository& repository, Findings& findings) {
    Sha256 sha256;
    Rows page;
    do {
        page = co_await page_behind(repository, page, statements::list_first_contents, statements::list_next_contents);
        for (size_t row = 0; row < page.size(); row++) check_content(page, row, sha256, findings);
    } while (!page.empty());
}

Task<> verify_symbols(const Repository& repository, Findings& findings) {
    Sha256 sha256;
    Rows page;
    do {
        page = co_await page_behind(repository, page, statements::list_first_symbols, statements::list_next_symbols);
        for (size_t row = 0; row < page.size(); row++) check_symbol(page, row, sha256, findings);
    } while (!page.empty());
    Rows lost = co_await query(statements::count_lost_definitions, repository.key);
    if (!lost.empty() && lost.integer(0, statements::count_lost_definitions["count"]) > 0)
        findings.add("definitions", "rows that refer to a missing symbol: " +
                                        std::to_string(lost.integer(0, statements::count_lost_definitions["count"])));
}

// --- reading pages of file versions

void FilePages::read_file(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::list_first_files;
    FileInPage& in_page = files_.emplace_back();
    StoredRow stored(rows, row);
    in_page.digest = stored.digest(columns["digest"]);
    in_page.key = stored.integer(columns["file_key"]);
    in_page.file.path = stored.text(columns["path"]);
    in_page.file.file_hash = stored.optional_text(columns["file_hash"]);
    in_page.file.attrs = stored.text(columns["attrs"]);
    in_page.file.is_deleted = stored.integer(columns["is_deleted"]) != 0;
    in_page.chunk_count = stored.integer(columns["chunk_count"]);
    in_page.dependency_count = stored.integer(columns["dependency_count"]);
    stored.integer(columns["indexed_at"]);
    const std::string_view outline = stored.blob(columns["outline"]);
    in_page.object = "file version " + shown(rows.cell(row, columns["digest"])) + " of " + in_page.file.path;
    in_page.is_sound = stored.is_sound(in_page.object, findings_);
    if (!in_page.is_sound) return;
    try {
        in_page.outline = decode_outline(sealed_outline(outline, in_page.digest, sha256_));
    } catch (const Error& error) {
        findings_.add(in_page.object, what_is_corrupt(error));
    }
}

static Chunk chunk_of(StoredRow& stored) {
    constexpr const Statement& columns = statements::find_chunks_to_verify;
    Chunk chunk;
    chunk.explicit_id = stored.optional_text(columns["explicit_id"]);
    if (!stored.is_null(columns["number"])) chunk.number = static_cast<uint64_t>(stored.integer(columns["number"]));
    chunk.start_line = stored.integer(columns["start_line"]);
    chunk.end_line = stored.integer(columns["end_line"]);
    chunk.kind = stored.text(columns["kind"]);
    chunk.fqn = stored.optional_text(columns["fqn"]);
    chunk.name = stored.text(columns["name"]);
    chunk.language = stored.text(columns["language"]);
    chunk.symbol_visibility = stored.optional_text(columns["symbol_visibility"]);
    chunk.content_hash = stored.digest(columns["content_hash"]);
    chunk.summary = stored.optional_text(columns["summary"]);
    chunk.importance = stored.real(columns["importance"]);
    chunk.is_deleted = stored.integer(columns["is_deleted"]) != 0;
    chunk.attrs = stored.text(columns["attrs"]);
    return chunk;
}

static std::string in_chunk(size_t ordinal, const std::string& problem) {
    return "chunk " + std::to_string(ordinal) + ": " + problem;
}

void FilePages::read_chunks(FileInPage& in_page, const Rows& rows, const std::vector<size_t>& of_file) {
    constexpr const Statement& columns = statements::find_chunks_to_verify;
    const size_t expected = in_page.outline ? in_page.outline->chunks.size() : of_file.size();
    std::vector<std::optional<Chunk>> found(expected);
    std::vector<bool> has_row(expected);
    for (size_t row : of_file) {
        StoredRow stored(rows, row);
        if (!stored.has_type(columns["ordinal"], CG_INTEGER)) {
            findings_.add(in_page.object, "a chunk row's ordinal is of the wrong type");
            continue;
        }
        const int64_t ordinal = rows.integer(row, columns["ordinal"]);
        if (ordinal < 0 || static_cast<uint64_t>(ordinal) >= expected) {
            findings_.add(in_page.object, "there is a row of chunk " + std::to_string(ordinal) + ", which it has not");
            continue;
        }
        const auto place = static_cast<size_t>(ordinal);
        has_row[place] = true;
        Chunk chunk = chunk_of(stored);
        for (const std::string& problem : stored.problems()) findings_.add(in_page.object, in_chunk(place, problem));
        if (!stored.problems().empty()) continue;
        if (stored.is_null(columns["explicit_id"]) == stored.is_null(columns["number"]))
            findings_.add(in_page.object, in_chunk(place, "it needs either an explicit id or a number"));
        if (stored.is_null(columns["stored_hash"])) findings_.add(content_object(chunk.content_hash), "it is missing");
        found[place] = std::move(chunk);
    }
    in_page.has_all_chunks = true;
    for (size_t i = 0; i < expected; i++) {
        if (!has_row[i]) findings_.add(in_page.object, in_chunk(i, "its row is missing"));
        if (found[i])
            in_page.file.chunks.push_back(*std::move(found[i]));
        else
            in_page.has_all_chunks = false;
    }
}

Task<> FilePages::load_chunks() {
    Batch find(statements::find_chunks_to_verify);
    std::unordered_map<int64_t, size_t> places;
    for (size_t i = 0; i < files_.size(); i++) {
        if (!places.emplace(files_[i].key, i).second) continue;
        find.add(repository_.key, files_[i].key);
    }
    Rows rows = co_await run(find);
    chunk_rows_ += static_cast<int64_t>(rows.size());
    std::vector<std::vector<size_t>> of_files(files_.size());
    for (size_t row = 0; row < rows.size(); row++)
        of_files[places.at(rows.integer(row, statements::find_chunks_to_verify["file_key"]))].push_back(row);
    for (size_t i = 0; i < files_.size(); i++)
        if (files_[i].is_sound) read_chunks(files_[i], rows, of_files[i]);
}

Task<bool> FilePages::next() {
    page_ = co_await page_behind(repository_, page_, statements::list_first_files, statements::list_next_files);
    files_.clear();
    for (size_t row = 0; row < page_.size(); row++) read_file(page_, row);
    co_await load_chunks();
    co_return !page_.empty();
}

// --- checking a file version

namespace {

using NamesByKey = std::unordered_map<int64_t, std::string>;

Task<NamesByKey> names_of_page(const Repository& repository, const std::vector<FileInPage>& files) {
    constexpr const Statement& columns = statements::find_names;
    std::set<int64_t> keys;
    for (const FileInPage& in_page : files) {
        if (!in_page.outline) continue;
        for (const OutlineChunk& chunk : in_page.outline->chunks) keys.insert({chunk.symbol, chunk.kind});
        for (const OutlineDependency& d : in_page.outline->dependencies) keys.insert({d.target, d.relationship});
    }
    Batch find(statements::find_names);
    for (int64_t key : keys) find.add(repository.key, key);
    Rows rows = co_await run(find);
    NamesByKey names;
    for (size_t row = 0; row < rows.size(); row++)
        if (rows.cell(row, columns["name"]).type == CG_TEXT)
            names.emplace(rows.integer(row, columns["symbol_key"]), rows.text(row, columns["name"]));
    co_return names;
}

// Compares one file version with its outline and its digest.
class FileCheck {
public:
    FileCheck(const Repository& repository, FileInPage& in_page, const NamesByKey& names, Findings& findings)
        : repository_(repository), in_page_(in_page), names_(names), findings_(findings) {}

    void run(Sha256& sha256) {
        FileVersion& file = in_page_.file;
        if (in_page_.outline) check_outline();
        if (!in_page_.outline || !in_page_.has_all_chunks) return;
        for (size_t i = 0; i < file.chunks.size(); i++) check_chunk(i);
        if (!chunks_in_order(file)) add("its chunks are not in canonical order");
        check_ids();
        if (!add_dependencies()) return;
        FileVersion canonical = file;
        make_canonical(canonical);
        if (digest_of(canonical, repository_.id, sha256) != in_page_.digest) add("it does not match its digest");
    }

private:
    void add(std::string problem) { findings_.add(in_page_.object, std::move(problem)); }
    const std::string* name_of(int64_t key) const {
        auto name = names_.find(key);
        return name == names_.end() ? nullptr : &name->second;
    }
    void check_outline() {
        const Outline& outline = *in_page_.outline;
        const auto counted = [](const char* what, int64_t count, size_t in_outline) {
            return "it counts " + std::to_string(count) + " " + what + ", its outline " + std::to_string(in_outline);
        };
        if (in_page_.chunk_count != static_cast<int64_t>(outline.chunks.size()))
            add(counted("chunks", in_page_.chunk_count, outline.chunks.size()));
        if (in_page_.dependency_count != static_cast<int64_t>(outline.dependencies.size()))
            add(counted("dependencies", in_page_.dependency_count, outline.dependencies.size()));
        for (size_t i = 0; i < outline.chunks.size(); i++) {
            if (!name_of(outline.chunks[i].symbol)) add(in_chunk(i, "its symbol is missing"));
            if (!name_of(outline.chunks[i].kind)) add(in_chunk(i, "the symbol of its kind is missing"));
        }
    }
    void check_chunk(size_t i) {
        const Chunk& chunk = in_page_.file.chunks[i];
        const OutlineChunk& outlined = in_page_.outline->chunks[i];
        const auto same = [&](bool equal, const char* field) {
            if (!equal) add(in_chunk(i, std::string("its row and the outline differ in ") + field));
        };
        same(chunk.start_line == outlined.start_line, "start_line");
        same(chunk.end_line == outlined.end_line, "end_line");
        same(chunk.is_deleted == outlined.is_deleted, "is_deleted");
        same(chunk.fqn.has_value() == outlined.has_fqn, "whether there is an fqn");
        same(chunk.explicit_id == outlined.explicit_id, "explicit_id");
        same(chunk.explicit_id || chunk.number == outlined.number, "number");
        const std::string_view name = chunk.fqn ? last_part(*chunk.fqn) : "unknown";
        same(chunk.name == outlined.name.value_or(std::string(name)), "name");
        const std::string* symbol = name_of(outlined.symbol);
        same(!symbol || *symbol == symbol_of(repository_.id, in_page_.file.path, chunk), "the symbol");
        const std::string* kind = name_of(outlined.kind);
        same(!kind || *kind == chunk.kind, "kind");
    }
    void check_ids() {
        std::set<std::string> ids;
        for (const Chunk& chunk : in_page_.file.chunks) {
            if (chunk.is_deleted) continue;
            std::string id = chunk_id(repository_.id, in_page_.file.path, chunk);
            auto [entry, is_new] = ids.insert(std::move(id));
            if (!is_new) add("two live chunks have the id " + in_quotes(*entry));
        }
    }
    bool add_dependencies() {
        bool all_named = true;
        const std::vector<OutlineDependency>& outlined = in_page_.outline->dependencies;
        for (size_t i = 0; i < outlined.size(); i++) {
            const std::string *target = name_of(outlined[i].target), *relationship = name_of(outlined[i].relationship);
            const std::string place = "dependency " + std::to_string(i) + ": ";
            if (!target) add(place + "the symbol of its target is missing");
            if (!relationship) add(place + "the symbol of its relationship is missing");
            all_named &= target && relationship;
            if (target && relationship)
                in_page_.file.dependencies.push_back(
                    {outlined[i].from, *target, *relationship, outlined[i].confidence});
        }
        return all_named;
    }

    const Repository& repository_;
    FileInPage& in_page_;
    const NamesByKey& names_;
    Findings& findings_;
};

std::optional<uint64_t> live_chunks_of(const FileInPage& in_page) {
    if (in_page.has_all_chunks) return in_page.file.live_chunks();
    return std::nullopt;
}

struct ExpectedDefinition {
    std::string name;
    bool as_id;
    std::string_view path;
    auto operator<=>(const ExpectedDefinition&) const = default;
};

std::vector<ExpectedDefinition> expected_definitions(const Repository& repository,
                                                     const std::vector<FileInPage>& files) {
    std::set<ExpectedDefinition> expected;
    for (const FileInPage& in_page : files)
        for (const Chunk& chunk : in_page.file.chunks) {
            const std::string& path = in_page.file.path;
            if (chunk.fqn) expected.insert({*chunk.fqn, false, path});
            if (!chunk.explicit_id) continue;
            expected.insert({*chunk.explicit_id, true, path});
            if (has_computed_form(repository.id, *chunk.explicit_id))
                expected.insert({std::string(misleading_ids), true, path});
        }
    return {expected.begin(), expected.end()};
}

Task<> verify_definitions(const Repository& repository, const std::vector<FileInPage>& files, Sha256& sha256,
                          Findings& findings) {
    const std::vector<ExpectedDefinition> expected = expected_definitions(repository, files);
    Batch find(statements::find_missing_definitions);
    for (size_t i = 0; i < expected.size(); i++) {
        const std::string_view hash = find.keep(std::string(sha256.of(expected[i].name).view()));
        find.add(repository.key, blob_cell(hash), expected[i].as_id, expected[i].path, i);
    }
    Rows missing = co_await run(find);
    for (size_t row = 0; row < missing.size(); row++) {
        const ExpectedDefinition& definition =
            expected[static_cast<size_t>(missing.integer(row, statements::find_missing_definitions["number"]))];
        findings.add("definition of " + in_quotes(definition.name) + " in " + std::string(definition.path),
                     definition.as_id ? "it is missing, as a chunk id" : "it is missing, as an FQN");
    }
}

}  // namespace

void SharedIds::add(std::string_view path, const Chunk& chunk, std::string_view id) {
    const std::vector<std::string_view> readings = paths_of_computed_id(repository_.id, id);
    if (!chunk.explicit_id && readings.size() == 1) return;  // it can only equal an explicit id, which is seen below
    const uint64_t id_hash = std::hash<std::string_view>()(id), path_hash = std::hash<std::string_view>()(path);
    auto [known, is_new] = paths_.try_emplace(id_hash, path_hash);
    const auto elsewhere = [&](std::string_view reading) { return reading != path; };
    const bool is_misleading = chunk.explicit_id && std::ranges::any_of(readings, elsewhere);
    if (is_misleading || known->second != path_hash) shared_.insert(id_hash);
}

Task<> verify_files(const Repository& repository, Findings& findings, FilesByDigest& files, SharedIds& shared) {
    Sha256 sha256;
    FilePages pages(repository, findings);
    bool more = co_await pages.next();
    while (more) {
        const NamesByKey names = co_await names_of_page(repository, pages.files());
        for (FileInPage& in_page : pages.files()) {
            FileFacts& facts = files[in_page.digest];
            if (!in_page.is_sound) continue;
            FileCheck(repository, in_page, names, findings).run(sha256);
            facts = {sha256_key_hash(sha256, in_page.file.path), live_chunks_of(in_page)};
            for (const Chunk& chunk : in_page.file.chunks)
                if (!chunk.is_deleted && !in_page.file.is_deleted)
                    shared.add(in_page.file.path, chunk, chunk_id(repository.id, in_page.file.path, chunk));
        }
        co_await verify_definitions(repository, pages.files(), sha256, findings);
        more = co_await pages.next();
    }
    Rows counted = co_await query(statements::count_chunk_rows, repository.key);
    const int64_t lost =
        counted.empty() ? 0 : counted.integer(0, statements::count_chunk_rows["count"]) - pages.chunk_rows();
    if (lost > 0) findings.add("chunks", "rows that belong to no file version: " + std::to_string(lost));
}

// --- one chunk an id

namespace {

struct IdHolder {
    std::string path;
    Digest digest;
};
using HoldersById = std::map<std::string, std::vector<IdHolder>>;

Task<HoldersById> holders_of(const Repository& repository, const SharedIds& shared) {
    Findings said_before;
    FilePages pages(repository, said_before);
    HoldersById holders;
    bool more = co_await pages.next();
    while (more) {
        for (const FileInPage& in_page : pages.files())
            for (const Chunk& chunk : in_page.file.chunks) {
                if (chunk.is_deleted || in_page.file.is_deleted) continue;
                std::string id = chunk_id(repository.id, in_page.file.path, chunk);
                if (shared.contains(id)) holders[std::move(id)].push_back({in_page.file.path, in_page.digest});
            }
        more = co_await pages.next();
    }
    co_return holders;
}

// Of these paths the digests in a tree; none at all when it is damaged, which is said elsewhere.
Task<std::map<std::string, Digest>> digests_in(NodeStore& nodes, Digest root, std::vector<std::string> paths) {
    std::map<std::string, Digest> digests;
    try {
        const std::vector<std::optional<TreeValue>> values = co_await find_many(nodes, root, paths);
        for (size_t i = 0; i < paths.size(); i++)
            if (values[i]) digests.emplace(paths[i], values[i]->digest);
    } catch (const Error& error) {
        if (error.kind != ErrorKind::data_corrupted) throw;
    }
    co_return digests;
}

void check_ids(const std::string& snapshot_id, const HoldersById& holders, const std::map<std::string, Digest>& digests,
               Findings& findings) {
    for (const auto& [id, of_id] : holders) {
        std::set<std::string_view> paths;
        for (const IdHolder& holder : of_id) {
            auto in_tree = digests.find(holder.path);
            if (in_tree != digests.end() && in_tree->second == holder.digest) paths.insert(holder.path);
        }
        if (paths.size() < 2) continue;
        findings.add("snapshot " + snapshot_id, "the chunk id " + in_quotes(id) + " is in " +
                                                    std::string(*paths.begin()) + " and in " +
                                                    std::string(*std::next(paths.begin())));
    }
}

}  // namespace

Task<> verify_shared_ids(const Repository& repository, Findings& findings, const SharedIds& shared,
                         std::vector<SnapshotRoot> snapshots) {
    if (shared.empty()) co_return;
    const HoldersById holders = co_await holders_of(repository, shared);
    std::set<std::string> distinct;
    for (const auto& [id, of_id] : holders)
        for (const IdHolder& holder : of_id) distinct.insert(holder.path);
    const std::vector<std::string> paths(distinct.begin(), distinct.end());
    NodeStore nodes(repository.key);
    for (const SnapshotRoot& snapshot : snapshots) {
        const std::map<std::string, Digest> digests = co_await digests_in(nodes, snapshot.root, paths);
        check_ids(snapshot.snapshot_id, holders, digests, findings);
        co_await checkpoint();
    }
}

}  // namespace codegraph
