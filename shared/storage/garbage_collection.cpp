#include "storage/garbage_collection.h"

#include <unordered_set>

#include "base/error.h"
#include "engine/changes.h"
#include "model/chunk_id.h"
#include "model/outline.h"
#include "storage/content_index_build.h"
#include "storage/file_statements.h"
#include "storage/garbage_statements.h"
#include "storage/page_order.h"
#include "storage/stored_values.h"
#include "storage/symbols.h"
#include "tree/walk.h"

namespace codegraph {

namespace {

struct LiveTrees {
    DigestSet nodes, files;
};

std::string progress_text(const Repository& repository, const char* what, uint64_t count) {
    return "repository " + quote(repository.id) + ": " + what + ": " + std::to_string(count);
}

Task<LiveTrees> mark_trees(const Repository& repository, Progress& progress) {
    Rows rows = co_await query(statements::list_live_roots, repository.key);
    std::vector<Digest> roots;
    for (size_t row = 0; row < rows.size(); row++)
        roots.push_back(Digest::from_bytes(rows.blob(row, statements::list_live_roots["root"]), "a snapshot's root"));
    NodeStore nodes(repository.key);
    TreeWalk walk(nodes, std::move(roots));
    LiveTrees live;
    uint64_t seen = 0;
    bool more = co_await walk.next();
    while (more) {
        for (const NodePointer& node : walk.nodes())
            for (const TreeEntry& entry : node->entries)
                if (node->level == 0) live.files.insert(entry.value.digest);
        seen += walk.nodes().size();
        co_await progress.report(progress_text(repository, "tree nodes marked", seen));
        more = co_await walk.next();
    }
    live.nodes = walk.take_hashes();
    live.nodes.erase(empty_root());  // it is not stored
    co_return live;
}

// Deletes one row for each row of parameters. Returns how many there were.
Task<uint64_t> delete_rows(const Batch& dead) {
    Rows gone = co_await run(dead);
    check_changed(*dead.statement_, gone, dead.size());
    co_return static_cast<uint64_t>(gone.changed);
}

// Deletes all chunks of file versions. Returns how many there were.
Task<uint64_t> delete_chunks(const Batch& dead) {
    Rows gone = co_await run(dead);
    Batch find(statements::find_stored_chunks);
    find.cells_ = dead.cells_;
    Rows left = co_await run(find);
    if (!left.empty()) throw rows_skipped_by(statements::delete_chunks);
    co_return static_cast<uint64_t>(gone.changed);
}

// Throws where a live row is missing: what seems dead may then be that row, damaged.
void check_kept(size_t kept, size_t live, const char* table) {
    if (kept < live) throw corrupt(std::to_string(live - kept) + " rows of " + table + " are missing");
}

// Deletes the tree nodes that are not live. Returns how many there were.
Task<uint64_t> sweep_nodes(const Repository& repository, const DigestSet& live, Progress& progress) {
    constexpr const Statement& columns = statements::list_tree_nodes_after;
    PageOrder order({columns["hash"]});
    uint64_t removed = 0, seen = 0;
    size_t kept = 0;
    std::string last;
    for (;;) {
        Rows rows = co_await query(columns, repository.key, blob_cell(last));
        if (rows.empty()) break;
        order.check(rows, "codegraph_tree_nodes");
        Batch dead(statements::delete_nodes);
        for (size_t row = 0; row < rows.size(); row++) {
            if (live.contains(Digest::from_bytes(rows.blob(row, columns["hash"]), "a hash")))
                kept++;
            else
                dead.add(repository.key, blob_cell(rows.blob(row, columns["hash"])));
        }
        last = rows.blob(rows.size() - 1, columns["hash"]);
        removed += co_await delete_rows(dead);
        seen += rows.size();
        co_await progress.report(progress_text(repository, "tree nodes looked at", seen));
    }
    check_kept(kept, live.size(), "codegraph_tree_nodes");
    co_return removed;
}

// Deletes the file versions that are not live, with their chunks. Returns their keys.
Task<std::vector<int64_t>> sweep_files(const Repository& repository, const DigestSet& live, FreedCounts& freed,
                                       Progress& progress) {
    constexpr const Statement& columns = statements::list_file_versions_after;
    PageOrder order({columns["digest"]});
    size_t kept = 0;
    std::vector<int64_t> keys;
    std::string last;
    uint64_t seen = 0;
    for (;;) {
        Rows rows = co_await query(statements::list_file_versions_after, repository.key, blob_cell(last));
        if (rows.empty()) break;
        order.check(rows, "codegraph_files");
        Batch dead_chunks(statements::delete_chunks), dead_files(statements::delete_files);
        for (size_t row = 0; row < rows.size(); row++) {
            const int64_t key = read_key(rows, row, columns["file_key"]);
            if (live.contains(Digest::from_bytes(rows.blob(row, columns["digest"]), "a file version's digest"))) {
                kept++;
                continue;
            }
            dead_chunks.add(repository.key, key);
            dead_files.add(repository.key, key);
            keys.push_back(key);
        }
        last = rows.blob(rows.size() - 1, columns["digest"]);
        freed.chunks += co_await delete_chunks(dead_chunks);
        freed.file_versions += co_await delete_rows(dead_files);
        seen += rows.size();
        co_await progress.report(progress_text(repository, "file versions looked at", seen));
    }
    check_kept(kept, live.size(), "codegraph_files");
    co_return keys;
}

using ContentKeySet = std::unordered_set<int64_t>;

// Returns the contents that chunks have. Requires that the dead chunks are deleted.
Task<ContentKeySet> mark_contents(const Repository& repository, Progress& progress) {
    constexpr const Statement& columns = statements::list_chunk_contents_after;
    PageOrder order({columns["file_key"], columns["ordinal"]});
    ContentKeySet live;
    uint64_t seen = 0;
    int64_t file_key = INT64_MIN, ordinal = INT64_MIN;
    for (;;) {
        Rows rows = co_await query(statements::list_chunk_contents_after, repository.key, file_key, ordinal);
        if (rows.empty()) co_return live;
        order.check(rows, "codegraph_chunks");
        for (size_t row = 0; row < rows.size(); row++) live.insert(read_key(rows, row, columns["content_key"]));
        file_key = rows.integer(rows.size() - 1, columns["file_key"]);
        ordinal = rows.integer(rows.size() - 1, columns["ordinal"]);
        seen += rows.size();
        co_await progress.report(progress_text(repository, "chunks looked at", seen));
    }
}

// Deletes the contents that are not live. Returns how many there were.
Task<uint64_t> sweep_contents(const Repository& repository, const ContentKeySet& live, Progress& progress) {
    constexpr const Statement& columns = statements::list_contents_after;
    PageOrder order({columns["page_key"], columns["hash"]});
    uint64_t removed = 0, seen = 0;
    size_t kept = 0;
    int64_t last_key = INT64_MIN;
    std::string last_hash;
    for (;;) {
        Rows rows = co_await query(columns, repository.key, last_key, blob_cell(last_hash));
        if (rows.empty()) break;
        order.check(rows, "codegraph_contents");
        Batch dead(statements::delete_contents);
        for (size_t row = 0; row < rows.size(); row++) {
            const int64_t key = read_key(rows, row, columns["content_key"]);
            if (live.contains(key))
                kept++;
            else
                dead.add(repository.key, key);
        }
        last_key = rows.integer(rows.size() - 1, columns["page_key"]);
        last_hash = rows.blob(rows.size() - 1, columns["hash"]);
        removed += co_await delete_rows(dead);
        seen += rows.size();
        co_await progress.report(progress_text(repository, "contents looked at", seen));
    }
    check_kept(kept, live.size(), "codegraph_contents");
    co_return removed;
}

// Holds the names that outlines refer to, and which names they define in which paths.
class LiveNames {
public:
    void add_file(const Repository& repository, std::string_view path, std::string_view outline) {
        OutlineReader reader(outline);
        OutlineChunk chunk;
        while (reader.next_chunk(chunk)) {
            symbols_.insert(chunk.symbol);
            symbols_.insert(chunk.kind);
            if (chunk.has_fqn) definitions_.insert(hash_of_fqn(chunk.symbol, path));
            if (!chunk.explicit_id) continue;
            definitions_.insert(hash_of_id(*chunk.explicit_id, path));
            if (has_computed_form(repository.id, *chunk.explicit_id))
                definitions_.insert(hash_of_id(misleading_ids, path));
        }
        OutlineDependency dependency;
        while (reader.next_dependency(dependency)) {
            if (dependency.list == OutlineDependency::no_list) symbols_.insert(dependency.target);
            symbols_.insert(dependency.relationship);
        }
        for (const OutlineList& list : reader.lists()) {
            symbols_.insert(list.candidates.begin(), list.candidates.end());
            if (list.to_name != no_symbol) symbols_.insert(list.to_name);
        }
        OutlineAlias alias;
        while (reader.next_alias(alias)) {
            symbols_.insert(alias.fqn);
            symbols_.insert(alias.targets.begin(), alias.targets.end());
        }
    }
    bool is_definition(int64_t symbol, bool as_id, std::string_view id, std::string_view path) {
        if (!definitions_.contains(as_id ? hash_of_id(id, path) : hash_of_fqn(symbol, path))) return false;
        symbols_.insert(symbol);
        return true;
    }
    bool is_symbol(int64_t key) const { return symbols_.contains(key); }

private:
    // Hashes are enough: where two definitions have one hash, a dead one may stay, but no live one goes.
    static size_t hash_of_fqn(int64_t symbol, std::string_view path) {
        return std::hash<std::string>()(std::to_string(symbol) + "\n" + std::string(path));
    }
    static size_t hash_of_id(std::string_view id, std::string_view path) {
        return std::hash<std::string>()("#" + std::string(id) + "\n" + std::string(path));
    }
    std::unordered_set<size_t> definitions_;
    std::unordered_set<int64_t> symbols_;
};

Task<> mark_names(const Repository& repository, LiveNames& live, Progress& progress) {
    constexpr const Statement& columns = statements::list_outlines_after;
    PageOrder order({columns["file_key"]});
    Sha256 sha256;
    uint64_t seen = 0;
    int64_t last = INT64_MIN;
    for (;;) {
        Rows rows = co_await query(statements::list_outlines_after, repository.key, last);
        if (rows.empty()) co_return;
        order.check(rows, "codegraph_files");
        for (size_t row = 0; row < rows.size(); row++) {
            const Digest digest = Digest::from_bytes(rows.blob(row, columns["digest"]), "a file version's digest");
            live.add_file(repository, rows.text(row, columns["path"]),
                          unseal_outline(rows.blob(row, columns["outline"]), digest, sha256));
        }
        last = rows.integer(rows.size() - 1, columns["file_key"]);
        seen += rows.size();
        co_await progress.report(progress_text(repository, "outlines looked at", seen));
    }
}

Task<> sweep_definitions(const Repository& repository, LiveNames& live) {
    constexpr const Statement& columns = statements::list_definitions_after;
    PageOrder order({columns["symbol_key"], columns["as_id"], columns["path"]});
    int64_t symbol = INT64_MIN;
    bool as_id = false;
    std::string path;
    for (;;) {
        Rows rows = co_await query(statements::list_definitions_after, repository.key, symbol, as_id, path);
        if (rows.empty()) co_return;
        order.check(rows, "codegraph_definitions");
        Batch dead(statements::delete_definitions);
        for (size_t row = 0; row < rows.size(); row++) {
            symbol = rows.integer(row, columns["symbol_key"]);
            as_id = read_flag(rows, row, columns["as_id"]);
            const std::string_view id =
                rows.is_null(row, columns["id"]) ? std::string_view() : rows.text(row, columns["id"]);
            if (!live.is_definition(symbol, as_id, id, rows.text(row, columns["path"])))
                dead.add(repository.key, symbol, as_id, rows.text(row, columns["path"]));
        }
        path = rows.text(rows.size() - 1, columns["path"]);
        co_await delete_rows(dead);
    }
}

Task<uint64_t> sweep_symbols(const Repository& repository, const LiveNames& live) {
    constexpr const Statement& columns = statements::list_symbols_after;
    PageOrder order({columns["name_hash"]});
    uint64_t removed = 0;
    std::string last;
    for (;;) {
        Rows rows = co_await query(statements::list_symbols_after, repository.key, blob_cell(last));
        if (rows.empty()) co_return removed;
        order.check(rows, "codegraph_symbols");
        Batch dead(statements::delete_symbols);
        for (size_t row = 0; row < rows.size(); row++) {
            const int64_t key = read_key(rows, row, columns["symbol_key"]);
            if (!live.is_symbol(key)) dead.add(repository.key, key);
        }
        removed += co_await delete_rows(dead);
        last = rows.blob(rows.size() - 1, columns["name_hash"]);
    }
}

}  // namespace

FreedCounts& FreedCounts::operator+=(const FreedCounts& other) {
    file_versions += other.file_versions;
    chunks += other.chunks;
    contents += other.contents;
    symbols += other.symbols;
    tree_nodes += other.tree_nodes;
    return *this;
}

Task<FreedCounts> collect_garbage(const Repository& repository, Progress& progress) {
    FreedCounts freed;
    const LiveTrees live = co_await mark_trees(repository, progress);
    freed.tree_nodes = co_await sweep_nodes(repository, live.nodes, progress);
    std::vector<int64_t> keys = co_await sweep_files(repository, live.files, freed, progress);
    co_await forget_indexed_roots(repository, live.nodes);
    co_await forget_indexed_files(repository, std::move(keys));
    if (freed.file_versions == 0) co_return freed;

    const ContentKeySet contents = co_await mark_contents(repository, progress);
    freed.contents = co_await sweep_contents(repository, contents, progress);
    LiveNames names;
    co_await mark_names(repository, names, progress);
    co_await sweep_definitions(repository, names);
    freed.symbols = co_await sweep_symbols(repository, names);
    co_return freed;
}

}  // namespace codegraph
