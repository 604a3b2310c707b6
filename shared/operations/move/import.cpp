// cg_import imports one line of an export. Three invariants hold after every line:
//
// - What a stored object is made of is stored too: a line is refused where a content, file version or tree node that it
//   is made of is missing.
// - A line that is stored already writes nothing, so that an import that broke off can begin again. A line that differs
//   from what is stored under its name is refused.
// - Until the last line has come, the repository has the format of an unfinished import. Only cg_import and
//   cg_delete_repository accept such a repository. Afterwards the last line alone is taken once more: drivers that run
//   a statement twice repeat each line.
#include "operations/move/import.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/changes.h"
#include "operations/move/read_export_line.h"
#include "signatures/readers.h"
#include "signatures/writers.h"
#include "storage/contents.h"
#include "storage/file_load.h"
#include "storage/file_save.h"
#include "storage/file_statements.h"
#include "storage/import_statements.h"
#include "storage/repository_statements.h"
#include "storage/schema.h"
#include "storage/sequences.h"
#include "tree/node_statements.h"
#include "tree/node_store.h"
#include "tree/shape.h"

namespace codegraph {

namespace {

// --- what a line refers to

Error unknown_object(std::string_view what, const Digest& digest) {
    return {ErrorKind::undefined_object, "unknown " + std::string(what) + " " + quote(to_hex(digest.view())),
            "Import the lines of an export in their order."};
}

Error stored_otherwise(const std::string& what) {
    return invalid(what + " is there already and differs", "A repository is made of one export.");
}

// Throws for the first of these digests that is not stored. The statement returns those that are.
Task<> require(const Repository& repository, const Statement& statement, std::vector<Digest> digests,
               std::string_view what) {
    std::ranges::sort(digests);
    digests.erase(std::unique(digests.begin(), digests.end()), digests.end());
    Batch find(statement);
    for (const Digest& digest : digests) find.add(repository.key, blob_cell(digest.view()));
    Rows rows = co_await run(find);
    constexpr CellPlace hash{0};  // the first column of all these statements
    std::vector<Digest> found;
    for (size_t row = 0; row < rows.size(); row++) found.push_back(Digest::from_bytes(rows.blob(row, hash), "a hash"));
    std::ranges::sort(found);
    for (const Digest& digest : digests)
        if (!std::ranges::binary_search(found, digest)) throw unknown_object(what, digest);
}

Task<> require_root(const Repository& repository, Digest root) {
    if (root != empty_root())
        co_await require(repository, statements::find_stored_tree_nodes, std::vector<Digest>(1, root), "tree node");
}

// --- the first line and the last

Task<Rows> insert_repository(const std::string& repo_id, const RepositoryLine& given) {
    co_return co_await query(statements::insert_imported_repository, repo_id, given.name, given.remote_url,
                             given.local_path, given.default_branch, given.created_at, given.updated_at,
                             format_while_importing);
}

Task<int64_t> import_repository(const std::string& repo_id, const RepositoryLine& given) {
    Rows inserted = co_await insert_repository(repo_id, given);
    Rows rows;
    if (inserted.empty()) rows = co_await query(statements::find_repository_row, repo_id);
    if (inserted.empty() && rows.empty()) {  // the one that was there was deleted meanwhile, or the row was not stored
        co_await check_given_keys(repository_keys, std::nullopt, 1, 0);
        inserted = co_await insert_repository(repo_id, given);
    }
    if (rows.empty()) {
        co_await check_new_repository(statements::insert_imported_repository, inserted);
        co_return 1;
    }
    const bool is_importing = rows.integer(0, statements::find_repository_row["format"]) == format_while_importing;
    if (!is_importing || read_repository_row(rows) != given) throw existing_repository(repo_id);
    co_return 0;
}

// Takes the last line again, which writes nothing. Where it does not agree with what is there, it is that of another
// export.
Task<> end_import_again(const Repository& repository, const CountsLine& claimed) {
    constexpr const Statement& columns = statements::count_imported;
    Rows rows = co_await query(statements::count_imported, repository.key);
    const auto agrees = [&](CellPlace column, uint64_t count) {
        return rows.integer(0, column) == static_cast<int64_t>(count);
    };
    if (!agrees(columns["contents"], claimed.contents) || !agrees(columns["files"], claimed.files) ||
        !agrees(columns["tree_nodes"], claimed.tree_nodes) || !agrees(columns["snapshots"], claimed.snapshots) ||
        !agrees(columns["revisions"], claimed.revisions) || !agrees(columns["refs"], claimed.refs))
        throw existing_repository(repository.id);
}

Task<int64_t> end_import(const Repository& repository, const CountsLine& claimed) {
    Rows rows = co_await query(statements::count_imported, repository.key);
    constexpr const Statement& columns = statements::count_imported;
    auto check = [&](const char* what, CellPlace column, uint64_t count) {
        if (rows.integer(0, column) != static_cast<int64_t>(count))
            throw invalid("the export has " + std::to_string(count) + " " + what + ", " +
                              std::to_string(rows.integer(0, column)) + " were imported",
                          "Import all lines of an export, in their order.");
    };
    check("contents", columns["contents"], claimed.contents);
    check("file versions", columns["files"], claimed.files);
    check("tree nodes", columns["tree_nodes"], claimed.tree_nodes);
    check("snapshots", columns["snapshots"], claimed.snapshots);
    check("revisions", columns["revisions"], claimed.revisions);
    check("refs", columns["refs"], claimed.refs);
    Rows unlogged = co_await query(statements::find_unlogged_snapshot, repository.key);
    if (!unlogged.empty())
        throw invalid("the current revision of snapshot " +
                      quote(unlogged.text(0, statements::find_unlogged_snapshot["snapshot_id"])) + " was not imported");
    Rows updated = co_await query(statements::update_repository_format, repository.key, storage_format);
    check_changed(statements::update_repository_format, updated);
    co_return 0;
}

// --- contents and file versions

Task<int64_t> import_content(const Repository& repository, const ContentLine& content) {
    ContentKeys keys;
    keys.want(content.hash, content.text);
    const size_t inserted = co_await keys.resolve(repository);
    co_return static_cast<int64_t>(inserted);
}

Task<int64_t> import_file(const Repository& repository, const FileLine& given) {
    Batch find(statements::find_files);
    find.add(repository.key, blob_cell(given.digest.view()));
    Rows rows = co_await run(find);
    if (!rows.empty() && rows.integer(0, statements::find_files["indexed_at"]) != given.indexed_at)
        throw stored_otherwise("file version " + quote(to_hex(given.digest.view())));
    if (!rows.empty()) co_return 0;
    std::vector<Digest> contents;
    for (const Chunk& chunk : given.file.chunks) contents.push_back(chunk.content_hash);
    co_await require(repository, statements::find_content_keys, std::move(contents), "content");
    std::vector<NewFile> files(1, NewFile{given.digest, &given.file, given.indexed_at});
    co_await save_file_versions(repository, std::move(files));
    co_return 1 + static_cast<int64_t>(given.file.chunks.size());
}

// --- tree nodes

Error wrong_entry(const TreeEntry& entry, const std::string& what) {
    return invalid("the entry " + quote(entry.key) + " of the tree node " + what);
}

uint64_t count_live_chunks(const StoredFile& file) {
    if (file.is_deleted) return 0;
    return static_cast<uint64_t>(std::ranges::count(file.outline.chunks, false, &OutlineChunk::is_deleted));
}

// Checks that the entries of a leaf name file versions of their paths and count the live chunks of these.
Task<> check_leaf(const Repository& repository, const TreeNode& node) {
    std::vector<Digest> digests;
    for (const TreeEntry& entry : node.entries) digests.push_back(entry.value.digest);
    co_await require(repository, statements::find_files, digests, "file version");
    std::vector<StoredFile> files = co_await find_files(repository, std::move(digests), WithOutline::yes);
    for (size_t i = 0; i < files.size(); i++) {
        const TreeEntry& entry = node.entries[i];
        if (files[i].path != entry.key) throw wrong_entry(entry, "has the digest of another path");
        if (count_live_chunks(files[i]) != entry.value.count)
            throw wrong_entry(entry, "has another number of chunks than the file version");
    }
}

// Checks that the entries of a node agree with the nodes below.
Task<> check_children(const Repository& repository, NodeStore& store, const TreeNode& node) {
    std::vector<Digest> hashes;
    for (const TreeEntry& entry : node.entries) hashes.push_back(entry.value.digest);
    co_await require(repository, statements::find_stored_tree_nodes, hashes, "tree node");
    std::vector<NodePointer> children = co_await store.load(std::move(hashes));
    for (size_t i = 0; i < children.size(); i++)
        if (const char* wrong = find_mismatch(*children[i], node.entries[i], node.level - 1))
            throw wrong_entry(node.entries[i], std::string("has another ") + wrong + " than the node below");
}

Task<int64_t> import_node(const Repository& repository, const NodeLine& given) {
    Batch find(statements::find_stored_tree_nodes);
    find.add(repository.key, blob_cell(given.hash.view()));
    Rows rows = co_await run(find);
    if (!rows.empty()) co_return 0;
    NodeStore store(repository.key);
    if (given.node.level == 0)
        co_await check_leaf(repository, given.node);
    else
        co_await check_children(repository, store, given.node);
    bool shaped = co_await has_canonical_shape(store, given.node);
    if (!shaped) throw invalid("the tree node " + quote(to_hex(given.hash.view())) + " is not cut by the rule");
    store.put(given.node);
    co_await store.save();
    co_return 1;
}

// --- snapshots, revisions and refs

bool is_same(Snapshot saved, const Snapshot& given) {
    saved.key = given.key;
    return saved == given;
}

// Tells whether the snapshot is stored. Throws when one with its id is, and differs.
Task<bool> has_snapshot(const Repository& repository, const Snapshot& given) {
    const std::optional<Snapshot> saved = co_await look_up_snapshot(repository, given.id);
    if (saved && !is_same(*saved, given)) throw stored_otherwise("snapshot " + quote(given.id));
    co_return saved.has_value();
}

Task<int64_t> import_snapshot(const Repository& repository, const Snapshot& s) {
    bool is_there = co_await has_snapshot(repository, s);
    if (is_there) co_return 0;
    co_await require_root(repository, s.root);
    Rows inserted = co_await query(statements::insert_imported_snapshot, repository.key, s.id, s.commit_hash,
                                   s.branch_name, s.base_snapshot_id, blob_cell(s.root.view()), s.revision, s.sealed,
                                   s.committed_at, s.attrs, s.created_at, s.updated_at);
    if (inserted.empty()) {
        is_there = co_await has_snapshot(repository, s);
        if (is_there) co_return 0;
        co_await check_given_keys(snapshot_keys, repository.key, 1, 0);
        throw rows_skipped_by(statements::insert_imported_snapshot);
    }
    if (inserted.integer(0, statements::insert_imported_snapshot["is_used"]) != 0)
        co_await refuse_used_key(snapshot_keys, repository.key);
    co_return 1;
}

std::string name_of_revision(const Snapshot& snapshot, const LogEntry& entry) {
    return "revision " + std::to_string(entry.revision) + " of snapshot " + quote(snapshot.id);
}

// Checks that a revision follows the one before it, and that the current revision has the root of its snapshot.
void check_sequence(const Snapshot& snapshot, const std::optional<LogEntry>& before, const LogEntry& entry) {
    std::string what = name_of_revision(snapshot, entry);
    if (entry.revision > snapshot.revision) throw invalid(what + " is after the current one");
    if (entry.revision == snapshot.revision && entry.root_after != snapshot.root)
        throw invalid(what + " has another root than the snapshot");
    if (!before) return;  // the revisions before this one were pruned
    if (before->revision + 1 != entry.revision) throw invalid(what + " does not follow the one before it");
    if (before->root_after != entry.root_before) throw invalid(what + " does not start where the one before it ends");
    if (before->logged_at > entry.logged_at) throw invalid(what + " is older than the one before it");
}

// Tells whether the revision is stored. Throws when one with its number is, and differs.
Task<bool> has_revision(const Repository& repository, const Snapshot& snapshot, const LogEntry& given) {
    const std::optional<LogEntry> saved = co_await find_log_entry(repository, snapshot.key, given.revision);
    if (saved && *saved != given) throw stored_otherwise(name_of_revision(snapshot, given));
    co_return saved.has_value();
}

Task<int64_t> import_revision(const Repository& repository, const RevisionLine& given) {
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, given.snapshot_id);
    if (!snapshot) throw unknown_snapshot(given.snapshot_id, repository.id);
    LogEntry entry = given.entry;
    entry.snapshot_key = snapshot->key;
    bool is_there = co_await has_revision(repository, *snapshot, entry);
    if (is_there) co_return 0;
    std::optional<LogEntry> before = co_await find_last_log_entry(repository, snapshot->key);
    check_sequence(*snapshot, before, entry);
    co_await require_root(repository, entry.root_after);
    Cell root_before = entry.root_before ? blob_cell(entry.root_before->view()) : null_cell();
    Rows inserted = co_await query(statements::insert_imported_revision, repository.key, snapshot->key, entry.revision,
                                   entry.operation, entry.file_count, entry.actor, entry.logged_at, root_before,
                                   blob_cell(entry.root_after.view()));
    if (inserted.changed > 0) co_return 1;
    is_there = co_await has_revision(repository, *snapshot, entry);
    if (!is_there) throw rows_skipped_by(statements::insert_imported_revision);
    co_return 0;
}

Task<int64_t> import_ref(const Repository& repository, const Ref& given) {
    const std::optional<Snapshot> snapshot = co_await lock_existing_snapshot(repository, given.snapshot_id);
    if (!snapshot) throw unknown_snapshot(given.snapshot_id, repository.id);
    const bool is_new = co_await insert_ref(repository, given, *snapshot);
    if (is_new) co_return 1;
    const std::optional<Ref> saved = co_await find_ref(repository, given.name);
    if (saved != given) throw stored_otherwise("ref " + quote(given.name));
    co_return 0;
}

// Imports a line that is not the first. Returns how many rows it made.
Task<int64_t> import_into(const Repository& repository, const ExportLine& line) {
    int64_t rows = 0;
    if (auto* content = std::get_if<ContentLine>(&line.item)) rows = co_await import_content(repository, *content);
    if (auto* file = std::get_if<FileLine>(&line.item)) rows = co_await import_file(repository, *file);
    if (auto* node = std::get_if<NodeLine>(&line.item)) rows = co_await import_node(repository, *node);
    if (auto* snapshot = std::get_if<Snapshot>(&line.item)) rows = co_await import_snapshot(repository, *snapshot);
    if (auto* revision = std::get_if<RevisionLine>(&line.item)) rows = co_await import_revision(repository, *revision);
    if (auto* ref = std::get_if<Ref>(&line.item)) rows = co_await import_ref(repository, *ref);
    if (auto* counts = std::get_if<CountsLine>(&line.item)) rows = co_await end_import(repository, *counts);
    co_return rows;
}

}  // namespace

Task<> import_line(const Arguments& arguments) {
    const ExportLine line = co_await arguments.parse(import_arguments["line"], read_export_line);
    int64_t rows = 0;
    if (auto* given = std::get_if<RepositoryLine>(&line.item)) {
        rows = co_await import_repository(line.repo_id, *given);
    } else {
        Repository repository = co_await find_repository(line.repo_id, RepositoryLock::share, UnfinishedImport::find);
        auto* counts = std::get_if<CountsLine>(&line.item);
        if (!repository.importing && !counts) throw existing_repository(line.repo_id);
        if (!repository.importing)
            co_await end_import_again(repository, *counts);
        else
            rows = co_await import_into(repository, line);
    }
    const auto row = row_of<count_column>(rows);
    co_yield row;
}

}  // namespace codegraph
