// One page of file versions is checked after another. Of a file version these must agree: its row, the rows of its
// chunks, its outline, its digest and the definitions of what its chunks define.
#include "operations/verify/files.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "operations/verify/definitions.h"
#include "operations/verify/file_pages.h"
#include "storage/file_statements.h"
#include "storage/own_hashes.h"
#include "storage/page_order.h"
#include "storage/verify_statements.h"
#include "tree/cuts.h"

namespace codegraph {

namespace {

using NamesByKey = std::unordered_map<int64_t, std::string>;

Task<NamesByKey> find_names(const Repository& repository, const std::vector<FileInPage>& files) {
    constexpr const Statement& columns = statements::find_names;
    std::set<int64_t> keys;
    for (const FileInPage& in_page : files) {
        if (!in_page.outline) continue;
        for (const OutlineChunk& chunk : in_page.outline->chunks) keys.insert({chunk.symbol, chunk.kind});
        visit_names(*in_page.outline, [&](int64_t key) { keys.insert(key); });
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
        if (!has_chunks_in_order(file)) add("its chunks are not in canonical order");
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
            if (!name_of(outline.chunks[i].symbol)) add(problem_in_chunk(i, "its symbol is missing"));
            if (!name_of(outline.chunks[i].kind)) add(problem_in_chunk(i, "the symbol of its kind is missing"));
        }
    }
    void check_chunk(size_t i) {
        const Chunk& chunk = in_page_.file.chunks[i];
        const OutlineChunk& outlined = in_page_.outline->chunks[i];
        const auto same = [&](bool equal, const char* field) {
            if (!equal) add(problem_in_chunk(i, std::string("its row and the outline differ in ") + field));
        };
        same(chunk.start_line == outlined.start_line, "start_line");
        same(chunk.end_line == outlined.end_line, "end_line");
        same(chunk.is_deleted == outlined.is_deleted, "is_deleted");
        same(chunk.fqn.has_value() == outlined.has_fqn, "whether there is an fqn");
        same(chunk.explicit_id == outlined.explicit_id, "explicit_id");
        same(chunk.explicit_id || chunk.occurrence == outlined.occurrence, "number");
        const std::string_view name = chunk.fqn ? last_part(*chunk.fqn) : "unknown";
        same(chunk.name == outlined.name.value_or(std::string(name)), "name");
        const std::string* symbol = name_of(outlined.symbol);
        same(!symbol || *symbol == symbol_of(repository_.id, in_page_.file.path, chunk), "the symbol");
        const std::string* kind = name_of(outlined.kind);
        same(!kind || *kind == chunk.kind, "kind");
        same((chunk.symbol_visibility == "private") == outlined.is_private &&
                 (chunk.symbol_visibility == "local") == outlined.is_local,
             "symbol_visibility");
        same(chunk.language == outlined.language, "language");
    }
    void check_ids() {
        std::set<std::string> ids;
        for (const Chunk& chunk : in_page_.file.chunks) {
            if (chunk.is_deleted) continue;
            std::string id = chunk_id(repository_.id, in_page_.file.path, chunk);
            auto [entry, is_new] = ids.insert(std::move(id));
            if (!is_new) add("two live chunks have the id " + quote(*entry));
        }
    }
    bool add_dependencies() {
        const Outline& outline = *in_page_.outline;
        if (!check_names(outline) || !in_page_.has_sites) return false;
        const auto name = [&](int64_t key) -> const std::string& { return *name_of(key); };
        std::vector<OutgoingDependency>& dependencies = in_page_.file.dependencies;
        for (const OutlineDependency& d : outline.dependencies) dependencies.push_back(with_names(outline, d, name));
        for (const auto& [dependency, sites] : in_page_.sites) dependencies[dependency].sites = sites;
        for (const OutlineAlias& alias : outline.aliases) in_page_.file.aliases.push_back(with_names(alias, name));
        return true;
    }
    // Returns whether everything that dependencies and aliases refer to has a name.
    bool check_names(const Outline& outline) {
        bool all_named = true;
        const auto check = [&](const char* of, size_t i, int64_t key, const char* what) {
            if (name_of(key)) return;
            add(of + std::to_string(i) + ": the symbol of its " + what + " is missing");
            all_named = false;
        };
        for (size_t i = 0; i < outline.dependencies.size(); i++) {
            const OutlineDependency& d = outline.dependencies[i];
            if (d.list == OutlineDependency::no_list) check("dependency ", i, d.target, "target");
            check("dependency ", i, d.relationship, "relationship");
        }
        for (size_t i = 0; i < outline.lists.size(); i++) {
            for (int64_t candidate : outline.lists[i].candidates) check("list ", i, candidate, "candidate");
            if (outline.lists[i].to_name != no_symbol) check("list ", i, outline.lists[i].to_name, "name");
        }
        for (size_t i = 0; i < outline.aliases.size(); i++) {
            check("alias ", i, outline.aliases[i].fqn, "FQN");
            for (int64_t target : outline.aliases[i].targets) check("alias ", i, target, "target");
        }
        return all_named;
    }

    const Repository& repository_;
    FileInPage& in_page_;
    const NamesByKey& names_;
    Findings& findings_;
};

std::optional<uint64_t> count_live_chunks(const FileInPage& in_page) {
    if (in_page.has_all_chunks) return in_page.file.live_chunks();
    return std::nullopt;
}

// Compares the hashes of the own contents with those of the contents. What contents lack is found elsewhere.
Task<> verify_own_contents(const Repository& repository, const FileInPage& in_page, Findings& findings) {
    const auto has_lines = [](const Chunk& c) {
        return c.start_line >= 1 && c.start_line <= c.end_line && c.end_line <= INT32_MAX;
    };
    if (!in_page.has_all_chunks || !std::ranges::all_of(in_page.file.chunks, has_lines)) co_return;
    const std::vector<OwnHash> hashes = co_await hash_own_contents(repository, in_page.file);
    for (size_t i = 0; i < hashes.size(); i++)
        if (hashes[i].is_known && hashes[i].hash != in_page.file.chunks[i].own_hash)
            findings.add(in_page.object, problem_in_chunk(i, "its own_hash is not that of its own content"));
}

// File by file, rows are found wherever they lie near their place.
Task<> verify_order_of_chunks(const Repository& repository, Findings& findings) {
    constexpr const Statement& columns = statements::list_chunk_keys_after;
    constexpr int64_t before_all = INT64_MIN;
    PageOrder order({columns["file_key"], columns["ordinal"]});
    Rows page = co_await query(statements::list_chunk_keys_after, repository.key, before_all, before_all);
    while (!page.empty()) {
        if (!order.ascends(page)) {
            findings.add("chunks", "rows are out of order");
            co_return;
        }
        const Cell file_key = page.cell(page.size() - 1, columns["file_key"]),
                   ordinal = page.cell(page.size() - 1, columns["ordinal"]);
        co_await checkpoint();
        page = co_await query(statements::list_chunk_keys_after, repository.key, file_key, ordinal);
    }
}

}  // namespace

Task<> verify_files(const Repository& repository, Findings& findings, FilesByDigest& files, SharedIds& shared) {
    Sha256 sha256;
    FilePages pages(repository, findings);
    bool more = co_await pages.next();
    while (more) {
        const NamesByKey names = co_await find_names(repository, pages.files());
        for (FileInPage& in_page : pages.files()) {
            FileFacts& facts = files[in_page.digest];
            if (!in_page.is_sound) continue;
            FileCheck(repository, in_page, names, findings).run(sha256);
            co_await verify_own_contents(repository, in_page, findings);
            facts = {sha256_key_hash(sha256, in_page.file.path), count_live_chunks(in_page)};
            for (const Chunk& chunk : in_page.file.chunks)
                if (!chunk.is_deleted && !in_page.file.is_deleted)
                    shared.add(in_page.file.path, chunk, chunk_id(repository.id, in_page.file.path, chunk));
        }
        co_await verify_definitions(repository, pages.files(), sha256, findings);
        more = co_await pages.next();
    }
    co_await verify_order_of_chunks(repository, findings);
    Rows counted = co_await query(statements::count_chunk_rows, repository.key);
    const int64_t lost =
        counted.empty() ? 0 : counted.integer(0, statements::count_chunk_rows["count"]) - pages.count_chunk_rows();
    if (lost > 0) findings.add("chunks", "rows that belong to no file version: " + std::to_string(lost));
}

}  // namespace codegraph
