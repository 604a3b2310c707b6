// Every function that writes. Each is atomic and may be repeated; snapshots are named by their exact ids.
#include "operations/writers.h"

#include "registry/registry.h"

namespace codegraph {
namespace {

constexpr const char* null = "NULL";

constexpr Argument save_repository_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"name", Type::text, null},           {"remote_url", Type::text, null},
    {"local_path", Type::text, null}, {"default_branch", Type::text, null},
};
constexpr Argument delete_repository_arguments[] = {{"repo_id", Type::text, nullptr}};
constexpr Argument create_snapshot_arguments[] = {
    {"repo_id", Type::text, nullptr},  {"snapshot_id", Type::text, nullptr},   {"commit_hash", Type::text, null},
    {"branch_name", Type::text, null}, {"base_snapshot_id", Type::text, null}, {"committed_at", Type::time, null},
    {"attrs", Type::json, null},
};
constexpr Argument snapshot_arguments[] = {{"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}};
constexpr Argument rollback_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"revision", Type::bigint, nullptr}};
constexpr Argument prune_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"keep_revisions", Type::bigint, null}, {"older_than", Type::time, null}};
constexpr Argument gc_arguments[] = {{"repo_id", Type::text, null}};
constexpr Argument save_chunk_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"chunk", Type::json, nullptr}};
constexpr Argument save_chunks_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"chunks", Type::json, nullptr}};
constexpr Argument save_dependency_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"dependency", Type::json, nullptr}};
constexpr Argument save_dependencies_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"dependencies", Type::json, nullptr}};
constexpr Argument replace_file_arguments[] = {
    {"repo_id", Type::text, nullptr},         {"base_snapshot_id", Type::text, nullptr},
    {"new_snapshot_id", Type::text, nullptr}, {"file_path", Type::text, nullptr},
    {"chunks", Type::json, nullptr},          {"dependencies", Type::json, "'[]'"},
    {"file_hash", Type::text, null},          {"attrs", Type::json, null},
};
constexpr Argument replace_files_arguments[] = {
    {"repo_id", Type::text, nullptr},
    {"base_snapshot_id", Type::text, nullptr},
    {"new_snapshot_id", Type::text, nullptr},
    {"files", Type::json, nullptr},
};
constexpr Argument incremental_arguments[] = {
    {"repo_id", Type::text, nullptr},         {"base_snapshot_id", Type::text, nullptr},
    {"new_snapshot_id", Type::text, nullptr}, {"changed_files", Type::json, nullptr},
    {"analyzer", Type::text, nullptr},
};
constexpr Argument file_arguments[] = {
    {"repo_id", Type::text, nullptr}, {"snapshot_id", Type::text, nullptr}, {"file_path", Type::text, nullptr}};
constexpr Argument update_file_metadata_arguments[] = {
    {"repo_id", Type::text, nullptr},
    {"snapshot_id", Type::text, nullptr},
    {"file_path", Type::text, nullptr},
    {"file_hash", Type::text, nullptr},
};

constexpr Argument index_content_arguments[] = {{"repo_id", Type::text, null}, {"max_contents", Type::bigint, null}};
constexpr Argument import_arguments[] = {{"line", Type::text, nullptr}};
constexpr Argument config_arguments[] = {{"name", Type::text, nullptr}, {"value", Type::text, null}};

constexpr Column value_column[] = {{"value", Type::text}};
constexpr Column repo_id_column[] = {{"repo_id", Type::text}};
constexpr Column snapshot_id_column[] = {{"snapshot_id", Type::text}};
constexpr Column chunk_id_column[] = {{"chunk_id", Type::text}};
constexpr Column file_hash_column[] = {{"file_hash", Type::text}};
constexpr Column count_column[] = {{"count", Type::bigint}};
constexpr Column revision_column[] = {{"revision", Type::bigint}};
constexpr Column counts_column[] = {{"counts", Type::json}};

constexpr CgFunction writers[] = {
    {"cg_save_repository", save_repository_arguments, repo_id_column, false, Effect::founds, 1, 1000,
     "Creates a repository (name = repo_id, default_branch = `main`), or updates what is given of an existing one; "
     "what is left out or "
     "NULL keeps its saved value. Returns repo_id.",
     save_repository},
    {"cg_delete_repository", delete_repository_arguments, count_column, false, Effect::writes, 1, 1000,
     "Deletes a repository with all its snapshots and everything stored for it. Waits for running writers of the "
     "repository. In "
     "PostgreSQL it refuses REPEATABLE READ and SERIALIZABLE (25001). Returns the number of snapshots deleted.",
     delete_repository},
    {"cg_create_snapshot", create_snapshot_arguments, snapshot_id_column, false, Effect::writes, 1, 1000,
     "Creates a snapshot, empty or with the content of a base snapshot, or updates what is given of an existing one. "
     "Costs the same "
     "whatever the base holds. `committed_at` is RFC 3339 text with `Z` or an offset; `attrs` a JSON object (author, "
     "message, "
     "parents, ...). A base other than the recorded one is refused (55000), unless the snapshot is at revision 0, "
     "empty and without "
     "base. Returns snapshot_id.",
     create_snapshot},
    {"cg_delete_snapshot", snapshot_arguments, count_column, false, Effect::writes, 1, 1000,
     "Deletes a snapshot and its log. Snapshots made from it keep their content. Returns the number of snapshots "
     "deleted, 1.",
     delete_snapshot},
    {"cg_seal_snapshot", snapshot_arguments, snapshot_id_column, false, Effect::writes, 1, 1000,
     "Makes a snapshot final: every later write to it is refused (55000), also one that would change nothing. Sealing "
     "it "
     "again and deleting it are allowed. Returns snapshot_id.",
     seal_snapshot},
    {"cg_rollback", rollback_arguments, revision_column, false, Effect::writes, 1, 1000,
     "Makes the content of an earlier revision the snapshot's next revision; where it is the current content already, "
     "nothing changes. Copies nothing; costs the comparison that counts the files for the log. Returns the snapshot's "
     "revision.",
     rollback},
    {"cg_prune", prune_arguments, counts_column, false, Effect::writes, 1, 1000,
     "Forgets revisions of all snapshots, the oldest first: those that are not among the newest `keep_revisions` of "
     "their snapshot (at least 1: the current one counts) and were replaced before `older_than` (RFC 3339), where both "
     "are given; without limits, none. They can no longer be read or rolled back to; cg_gc frees what they alone held. "
     "In PostgreSQL it refuses REPEATABLE READ and SERIALIZABLE (25001). Returns JSON {\"revisions\"}.",
     prune},
    {"cg_gc", gc_arguments, counts_column, false, Effect::writes, 1, 100000,
     "Frees what no snapshot and no kept revision reaches, of one repository or of all. Waits for running writers of "
     "the repository, and they for it. Costs a walk over what is stored, once however many snapshots share it. Refused "
     "while another call of this connection is open; in PostgreSQL under REPEATABLE READ and SERIALIZABLE (25001). "
     "Returns JSON {\"file_versions\",\"chunks\",\"contents\",\"symbols\",\"tree_nodes\"}: rows freed.",
     gc},
    {"cg_save_chunk", save_chunk_arguments, chunk_id_column, false, Effect::writes, 1, 1000,
     "Saves one chunk by its id: replaces the chunk that has it, whose dependencies stay, or adds it. In a "
     "soft-deleted file it revives "
     "that chunk, and the file's hash becomes NULL. Costs its whole file: for many chunks use cg_save_chunks. Returns "
     "the chunk id.",
     save_chunk},
    {"cg_save_chunks", save_chunks_arguments, count_column, false, Effect::writes, 1, 1000,
     "Saves an array of chunks, of any files, as cg_save_chunk does, in one revision. Returns the number of chunks "
     "given.",
     save_chunks},
    {"cg_save_dependency", save_dependency_arguments, count_column, false, Effect::writes, 1, 1000,
     "Saves one dependency; saved again, its confidence is replaced. A chunk named by id must exist, and so must "
     "`from_fqn`; `to_fqn` "
     "may be missing, and is external until a chunk defines it. Returns 1.",
     save_dependency},
    {"cg_save_dependencies", save_dependencies_arguments, count_column, false, Effect::writes, 1, 1000,
     "Saves an array of dependencies in one revision; of equal ones the last counts. Returns the number given.",
     save_dependencies},
    {"cg_replace_file", replace_file_arguments, counts_column, false, Effect::writes, 1, 1000,
     "Makes one file of `new_snapshot_id` exactly these chunks and dependencies; all other files stay as they are. The "
     "new snapshot is "
     "made from the base when it does not exist, or is at revision 0, empty and without another base; with both ids "
     "the same the "
     "snapshot is changed in place. Every dependency starts in a chunk of the call. Without `file_hash` the hash is "
     "SHA-256 over the "
     "chunks' content hashes in hex, each followed by a line feed, in reader order. Costs what the file holds. Returns "
     "JSON counts.",
     replace_file},
    {"cg_replace_files", replace_files_arguments, counts_column, false, Effect::writes, 1, 1000,
     "Replaces many files at once, all or nothing: an array of {\"file_path\", \"file_hash\", \"attrs\", \"chunks\", "
     "\"dependencies\"} or "
     "{\"file_path\", \"deleted\": true}. Otherwise as cg_replace_file. Returns JSON counts.",
     replace_files},
    {"cg_create_incremental_snapshot", incremental_arguments, counts_column, false, Effect::writes, 1, 1000,
     "Replaces the changed files with what an analyzer makes of them. `changed_files` is an array of paths or "
     "{\"file_path\", "
     "\"file_hash\"}; a file whose given hash equals its hash in the snapshot is skipped without calling the analyzer. "
     "`analyzer` "
     "names a SQL function of one text argument, the path, that returns JSON text {\"chunks\", \"dependencies\", "
     "\"file_hash\", "
     "\"attrs\"}, or NULL when the file is gone. Analyzers run before any lock is taken. Returns JSON counts.",
     create_incremental_snapshot},
    {"cg_soft_delete_file_chunks", file_arguments, count_column, false, Effect::writes, 1, 1000,
     "Takes a file and its chunks out of the snapshot so that they can be restored, also in snapshots made from it "
     "later. Returns the "
     "number of chunks that left; 0 when there is nothing to do.",
     soft_delete_file_chunks},
    {"cg_restore_file_chunks", file_arguments, count_column, false, Effect::writes, 1, 1000,
     "Brings soft-deleted chunks of a file back, with their dependencies. Returns their number; 0 when there is "
     "nothing to do.",
     restore_file_chunks},
    {"cg_update_file_metadata", update_file_metadata_arguments, file_hash_column, false, Effect::writes, 1, 1000,
     "Sets the hash of a file; the file is made, without chunks, when it is not there. Returns file_hash.",
     update_file_metadata},
    {"cg_index_content", index_content_arguments, counts_column, false, Effect::writes, 1, 1000000,
     "Brings the index that speeds up cg_search_content up to date, in one repository or in all. What writers saved "
     "since "
     "is found without it, only more slowly. `max_contents` ends the call after about so many chunks, so that the work "
     "can be done in several transactions, until the count is 0. Waits for running writers of the repository, and they "
     "for it; in PostgreSQL it refuses REPEATABLE READ and SERIALIZABLE (25001). Returns JSON {\"contents\"}: the "
     "contents of how many chunks were indexed.",
     index_content},
    {"cg_import", import_arguments, count_column, false, Effect::founds, 1, 1000,
     "Imports one line of an export; call it for all lines, in their order. The first makes the repository, which must "
     "not exist (42710); until the last has come nothing else reads or writes it (55000). Hashes, digests and roots "
     "are computed again, names checked, and what a line refers to must be there (42704). Revisions, log and times are "
     "carried over. A line that was imported before writes nothing. Returns the number of rows written, symbols and "
     "definitions not counted. The format is in [export.md](export.md).",
     import_line},
    {"cg_config", config_arguments, value_column, false, Effect::configures, 1, 10,
     "Sets a setting of the connection, or only tells it when no value is given. `graph_cache_size` is the memory that "
     "resident graphs may take, such as `64MB`; `auto_index_content`, how many contents that are not in the content "
     "index a writer may put there before it ends (as soon as half as many have come together; 0: none), 500 at first; "
     "in PostgreSQL they are the settings codegraph.graph_cache_size and codegraph.auto_index_content, as by SET. "
     "`actor` is who the log names, in PostgreSQL the session user, who cannot be set. Returns the value.",
     config},
};

}  // namespace

const std::span<const CgFunction> writer_functions = writers;

}  // namespace codegraph
