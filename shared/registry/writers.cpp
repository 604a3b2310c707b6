// Every function that writes. Each is atomic and may be repeated; snapshots are named by their exact ids.
#include "registry/writers.h"

#include "operations/common/config.h"
#include "operations/move/import.h"
#include "operations/search/index_content.h"
#include "operations/write/chunks.h"
#include "operations/write/dependencies.h"
#include "operations/write/files.h"
#include "operations/write/incremental_snapshot.h"
#include "operations/write/replace_files.h"
#include "operations/write/repositories.h"
#include "operations/write/retention.h"
#include "operations/write/rollback.h"
#include "operations/write/snapshots.h"
#include "signatures/readers.h"
#include "signatures/writers.h"

namespace codegraph {
namespace {

constexpr CgFunction writers[] = {
    {
        .name = "cg_save_repository",
        .arguments = saved_repository_arguments,
        .columns = repository_id_column,
        .result = Result::one_value,
        .effect = Effect::founds,
        .microseconds = 1000,
        .description = R"(
            Creates a repository (name = repo_id, default_branch = `main`), or updates what is given of an existing
            one; what is left out or NULL keeps its saved value. Returns repo_id.)",
        .body = save_repository,
    },
    {
        .name = "cg_delete_repository",
        .arguments = written_repository_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Deletes a repository with all its snapshots and everything stored for it. Waits for running writers of
            the repository. In PostgreSQL it refuses REPEATABLE READ and SERIALIZABLE (25001). Returns the number of
            snapshots deleted.)",
        .body = delete_repository,
    },
    {
        .name = "cg_create_snapshot",
        .arguments = created_snapshot_arguments,
        .columns = snapshot_id_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Creates a snapshot, empty or with the content of a base snapshot, or updates what is given of an
            existing one. Costs the same whatever the base holds. `committed_at` is RFC 3339 text with `Z` or an
            offset; `attrs` a JSON object (author, message, parents, ...). A base other than the recorded one is
            refused (55000), unless the snapshot is at revision 0, empty and without base. Returns snapshot_id.)",
        .body = create_snapshot,
    },
    {
        .name = "cg_delete_snapshot",
        .arguments = written_snapshot_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Deletes a snapshot and its log. Snapshots made from it keep their content. Returns the number of
            snapshots deleted, 1.)",
        .body = delete_snapshot,
    },
    {
        .name = "cg_seal_snapshot",
        .arguments = written_snapshot_arguments,
        .columns = snapshot_id_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Makes a snapshot final: every later write to it is refused (55000), also one that would change nothing.
            Sealing it again and deleting it are allowed. Returns snapshot_id.)",
        .body = seal_snapshot,
    },
    {
        .name = "cg_rollback",
        .arguments = rollback_arguments,
        .columns = revision_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Makes the content of an earlier revision the snapshot's next revision; where it is the current content
            already, nothing changes. Copies nothing; costs the comparison that counts the files for the log.
            Returns the snapshot's revision.)",
        .body = rollback,
    },
    {
        .name = "cg_prune",
        .arguments = prune_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Forgets revisions of all snapshots, the oldest first: those that are not among the newest
            `keep_revisions` of their snapshot (at least 1: the current one counts) and were replaced before
            `older_than` (RFC 3339), where both are given; without limits, none. They can no longer be read or
            rolled back to; cg_gc frees what they alone held. In PostgreSQL it refuses REPEATABLE READ and
            SERIALIZABLE (25001). Returns JSON {"revisions"}.)",
        .body = prune,
    },
    {
        .name = "cg_gc",
        .arguments = optional_written_repository_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 100000,
        .description = R"(
            Frees what no snapshot and no kept revision reaches, of one repository or of all. Waits for running
            writers of the repository, and they for it. Costs a walk over what is stored, once however many
            snapshots share it. Refused while another call of this connection is open; in PostgreSQL under
            REPEATABLE READ and SERIALIZABLE (25001). Returns JSON
            {"file_versions","chunks","contents","symbols","tree_nodes"}: rows freed.)",
        .body = gc,
    },
    {
        .name = "cg_save_chunk",
        .arguments = saved_chunk_arguments,
        .columns = chunk_id_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Saves one chunk by its id: replaces the chunk that has it, whose dependencies stay, or adds it. In a
            soft-deleted file it revives that chunk, and the file's hash becomes NULL. Costs its whole file: for
            many chunks use cg_save_chunks. Returns the chunk id.)",
        .body = save_chunk,
    },
    {
        .name = "cg_save_chunks",
        .arguments = saved_chunks_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Saves an array of chunks, of any files, as cg_save_chunk does, in one revision. Returns the number of
            chunks given.)",
        .body = save_chunks,
    },
    {
        .name = "cg_save_dependency",
        .arguments = saved_dependency_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Saves one dependency; saved again, its confidence is replaced. A chunk named by id must exist, and so
            must `from_fqn`; `to_fqn` may be missing, and is external until a chunk defines it. Returns 1.)",
        .body = save_dependency,
    },
    {
        .name = "cg_save_dependencies",
        .arguments = saved_dependencies_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Saves an array of dependencies in one revision; of equal ones the last counts. Returns the number given.)",
        .body = save_dependencies,
    },
    {
        .name = "cg_replace_file",
        .arguments = replaced_file_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Makes one file of `new_snapshot_id` exactly these chunks and dependencies; all other files stay as they
            are. The new snapshot is made from the base when it does not exist, or is at revision 0, empty and
            without another base; with both ids the same the snapshot is changed in place. Every dependency starts
            in a chunk of the call. Without `file_hash` the hash is SHA-256 over the chunks' content hashes in hex,
            each followed by a line feed, in reader order. Costs what the file holds. Returns JSON counts.)",
        .body = replace_file,
    },
    {
        .name = "cg_replace_files",
        .arguments = replaced_files_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Replaces many files at once, all or nothing: an array of {"file_path", "file_hash", "attrs", "chunks",
            "dependencies"} or {"file_path", "deleted": true}. Otherwise as cg_replace_file. Returns JSON counts.)",
        .body = replace_files,
    },
    {
        .name = "cg_create_incremental_snapshot",
        .arguments = incremental_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Replaces the changed files with what an analyzer makes of them. `changed_files` is an array of paths or
            {"file_path", "file_hash"}; a file whose given hash equals its hash in the snapshot is skipped without
            calling the analyzer. `analyzer` names a SQL function of one text argument, the path, that returns JSON
            text {"chunks", "dependencies", "file_hash", "attrs"}, or NULL when the file is gone. Analyzers run
            before any lock is taken. Returns JSON counts.)",
        .body = create_incremental_snapshot,
    },
    {
        .name = "cg_soft_delete_file_chunks",
        .arguments = written_file_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Takes a file and its chunks out of the snapshot so that they can be restored, also in snapshots made
            from it later. Returns the number of chunks that left; 0 when there is nothing to do.)",
        .body = soft_delete_file_chunks,
    },
    {
        .name = "cg_restore_file_chunks",
        .arguments = written_file_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Brings soft-deleted chunks of a file back, with their dependencies. Returns their number; 0 when there
            is nothing to do.)",
        .body = restore_file_chunks,
    },
    {
        .name = "cg_update_file_metadata",
        .arguments = file_metadata_arguments,
        .columns = file_hash_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Sets the hash of a file; the file is made, without chunks, when it is not there. Returns file_hash.)",
        .body = update_file_metadata,
    },
    {
        .name = "cg_index_content",
        .arguments = indexed_content_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000000,
        .description = R"(
            Brings the index that speeds up cg_search_content up to date, in one repository or in all. What writers
            saved since is found without it, only more slowly. `max_contents` ends the call after about so many
            chunks, so that the work can be done in several transactions, until the count is 0. Waits for running
            writers of the repository, and they for it; in PostgreSQL it refuses REPEATABLE READ and SERIALIZABLE
            (25001). Returns JSON {"contents"}: the contents of how many chunks were indexed.)",
        .body = index_content,
    },
    {
        .name = "cg_import",
        .arguments = import_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::founds,
        .microseconds = 1000,
        .description = R"(
            Imports one line of an export; call it for all lines, in their order. The first makes the repository,
            which must not exist (42710); until the last has come nothing else reads or writes it (55000). Hashes,
            digests and roots are computed again, names checked, and what a line refers to must be there (42704).
            Revisions, log and times are carried over. A line that was imported before writes nothing. Returns the
            number of rows written, symbols and definitions not counted. The format is in [export.md](export.md).)",
        .body = import_line,
    },
    {
        .name = "cg_config",
        .arguments = setting_arguments,
        .columns = value_column,
        .result = Result::one_value,
        .effect = Effect::configures,
        .microseconds = 10,
        .description = R"(
            Sets a setting of the connection, or only tells it when no value is given. `graph_cache_size` is the
            memory that resident graphs may take, such as `64MB`; `auto_index_content`, how many contents that are
            not in the content index a writer may put there before it ends (as soon as half as many have come
            together; 0: none), 500 at first; in PostgreSQL they are the settings codegraph.graph_cache_size and
            codegraph.auto_index_content, as by SET. `actor` is who the log names, in PostgreSQL the session user,
            who cannot be set. Returns the value.)",
        .body = config,
    },
};

}  // namespace

const std::span<const CgFunction> writer_functions = writers;

}  // namespace codegraph
