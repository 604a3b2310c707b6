// The functions that write, and cg_config, in the order of the reference. registry.h says what the fields of an entry
// mean, and readers.cpp what a description is for.
#include "registry/writers.h"

#include "operations/common/config.h"
#include "operations/move/import.h"
#include "operations/search/index_content.h"
#include "operations/write/chunks.h"
#include "operations/write/dependencies.h"
#include "operations/write/files.h"
#include "operations/write/incremental_snapshot.h"
#include "operations/write/refs.h"
#include "operations/write/repair_sequences.h"
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
            Creates a repository, or updates one that exists. A new repository has its repo_id as name and `main` as
            default branch unless others are given. In an existing one, what is left out or NULL keeps its value.
            Returns repo_id.)",
        .body = save_repository,
    },
    {
        .name = "cg_delete_repository",
        .arguments = written_repository_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .sees_all = true,
        .microseconds = 1000,
        .description = R"(
            Deletes a repository with all its snapshots and everything stored for it. The call waits for running
            writers of the repository, and they wait for it. It is refused while another call of this connection is
            open (55P03), and in PostgreSQL under REPEATABLE READ and SERIALIZABLE (25001). Returns the number of
            deleted snapshots, 0 when there is no such repository.)",
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
            Creates a snapshot, or updates one that exists. A new snapshot is empty, or has the content of its base;
            the cost is the same whatever the base holds. In an existing one, what is left out or NULL keeps its
            value. `committed_at` is RFC 3339 text with `Z` or an offset. `attrs` is a JSON object (author, message,
            parents, ...). A base other than the recorded one is refused (55000), unless the snapshot is at revision
            0, empty and without base. Returns snapshot_id.)",
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
            Deletes a snapshot, its log and its refs. Snapshots that were made from it keep their content. Returns the number of
            deleted snapshots: 1, or 0 when there is no such snapshot or repository.)",
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
            Makes a snapshot final. Every later write to it is refused (55000), also one that would change nothing.
            Sealing it again and deleting it are allowed. Returns snapshot_id.)",
        .body = seal_snapshot,
    },
    {
        .name = "cg_set_ref",
        .arguments = ref_arguments,
        .columns = snapshot_id_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Lets a ref mean a snapshot from now on, or takes the ref away when no snapshot is given. A ref is a name of
            1 to 200 bytes, without `~` and `@{`, such as a branch or a tag; readers take it where they take a
            snapshot id. A ref that is not there may be taken away. Refs are not content: setting one makes no revision
            and no row of the log, and the snapshot may be sealed. Returns snapshot_id.)",
        .body = set_ref,
    },
    {
        .name = "cg_rollback",
        .arguments = rollback_arguments,
        .columns = revision_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Makes the content of an earlier revision the snapshot's next revision. When the snapshot has that content
            already, nothing changes. An unknown revision is an error (42704). No content is copied; the cost is the
            comparison that counts the differing files for the log. Returns the snapshot's revision.)",
        .body = rollback,
    },
    {
        .name = "cg_prune",
        .arguments = prune_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .sees_all = true,
        .microseconds = 1000,
        .description = R"(
            Forgets old revisions of all snapshots of a repository. A revision goes when it is not among the newest
            `keep_revisions` of its snapshot (at least 1; the current revision counts) and was replaced before
            `older_than` (RFC 3339). When one of the limits is missing, the other decides; without limits nothing is
            forgotten. A forgotten revision can no longer be read or rolled back to. cg_gc frees what only forgotten
            revisions held. The call is refused while another call of this connection is open (55P03), and in
            PostgreSQL under REPEATABLE READ and SERIALIZABLE (25001). Returns JSON {"revisions"}: the number of
            forgotten revisions.)",
        .body = prune,
    },
    {
        .name = "cg_gc",
        .arguments = optional_written_repository_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .sees_all = true,
        .microseconds = 100000,
        .description = R"(
            Frees what no snapshot and no kept revision reaches, in one repository or in all but those that a newer
            version of codegraph wrote. The call waits for running writers of the repository, and they wait for it. The cost is one walk over what is stored; what
            snapshots share is visited once. The call is refused while another call of this connection is open
            (55P03), and in PostgreSQL under REPEATABLE READ and SERIALIZABLE (25001). Returns JSON
            {"file_versions","chunks","contents","symbols","tree_nodes"}: how many of each were freed.)",
        .body = gc,
    },
    {
        .name = "cg_repair_sequences",
        .columns = count_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .sees_all = true,
        .microseconds = 1000,
        .description = R"(
            Moves the sequences that lag behind their tables to the greatest key in use. A sequence lags when rows came
            without it: by logical replication, or by a restore of the data alone. Writers then fail (55000) where it
            gives a key that is in use. For each sequence that it moves, the call waits for the transactions that have
            inserted into the table, and others wait for it. It is refused under REPEATABLE READ and SERIALIZABLE
            (25001). Returns the number of sequences that it moved. SQLite gives no key twice; there it is 0.)",
        .body = repair_sequences,
    },
    {
        .name = "cg_save_chunk",
        .arguments = saved_chunk_arguments,
        .columns = chunk_id_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .microseconds = 1000,
        .description = R"(
            Saves one chunk. It replaces the chunk of its file with the same id, whose dependencies stay, or is added
            when there is none. An id that another file of the snapshot has is an error (23505). In a soft-deleted
            file the saved chunk becomes live, and the file's hash becomes NULL. Each call writes the chunk's whole
            file anew: for many chunks use cg_save_chunks. Returns the chunk id.)",
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
            Saves an array of chunks, of any files, in one revision. Each is saved as by cg_save_chunk. Returns the
            number of chunks in the array.)",
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
            Saves one dependency. It names its target by `to_chunk_id`, by `to_fqn`, or by `to_fqns`, an array of up to
            16 candidates in order of preference; beside FQNs, or alone, it may have `to_name`, the simple name of a
            member. `sites` says where it stands in the file: an array of [line], [line, column] or [line, column, end
            column]. A dependency that is saved again gets the new confidence and sites. A chunk that is named by id
            must exist in the snapshot, and so must a chunk with `from_fqn` (42704). An FQN may be missing; the
            dependency is then external until a chunk defines it. Returns 1.)",
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
            Saves an array of dependencies in one revision. Each is saved as by cg_save_dependency; of equal ones the
            last counts. Returns the number of dependencies in the array.)",
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
            Makes one file of a snapshot consist of exactly these chunks, dependencies and aliases. An alias is
            {"fqn", "to_fqns", "members"}: the FQN stands for the first of up to 16 targets that stands; with `members`
            true, what it has not itself is looked for in each of them. All other files of
            `new_snapshot_id` stay as they are. The new snapshot gets the content of `base_snapshot_id` first when it
            does not exist, or when it is at revision 0, empty and without another base. With both ids the same the
            snapshot is changed in place. Another base than the recorded one is refused (55000). Every dependency must
            start in a chunk of the call (42704). Without `file_hash` the hash is the SHA-256 over the chunks' content
            hashes in hex, each followed by a line feed, in reader order. The cost grows with the file, not with the
            snapshot. Returns a JSON object of counts: files_checked, files_skipped, files_analyzed, files_replaced,
            files_deleted, chunks_inserted, chunks_updated, chunks_deleted, chunks_unchanged, dependencies.)",
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
            Replaces or deletes many files of a snapshot at once, all or none. `files` is an array of {"file_path",
            "file_hash", "attrs", "chunks", "dependencies", "aliases"} or {"file_path", "deleted": true}. A path that occurs
            twice is an error (22023). Everything else, and the result, is as in cg_replace_file.)",
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
            Replaces the changed files of a snapshot with what an analyzer makes of them. `changed_files` is an array
            of paths or {"file_path", "file_hash"}. A file whose given hash equals its hash in the snapshot is
            skipped, and the analyzer is not called for it. `analyzer` names a SQL function that takes one text, the
            path, and returns JSON text {"chunks", "dependencies", "aliases", "file_hash", "attrs"}, or NULL when the
            file is gone. An unknown analyzer is an error (42883). Analyzers run before any lock is taken. When a skipped file
            was changed in the snapshot meanwhile, the call fails (40001) and can be repeated. Base, new snapshot and
            result are as in cg_replace_file.)",
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
            Takes a file and its chunks out of a snapshot so that they can be restored. Snapshots that are made from
            it later can restore them too. Returns the number of chunks that left, which is 0 when there is nothing to
            do.)",
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
            Brings the soft-deleted chunks of a file back, with their dependencies. An id that another file has taken
            meanwhile is an error (23505). Returns the number of chunks that came back, which is 0 when there is
            nothing to do.)",
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
            Sets the hash of a file. A file that is not there is made, without chunks. Returns file_hash.)",
        .body = update_file_metadata,
    },
    {
        .name = "cg_index_content",
        .arguments = indexed_content_arguments,
        .columns = counts_column,
        .result = Result::one_value,
        .effect = Effect::writes,
        .sees_all = true,
        .microseconds = 1000000,
        .description = R"(
            Brings the content index up to date, in one repository or in all. The index makes cg_search_content
            faster; a search also finds what is not indexed. `rebuild` throws the index away first and makes it anew, also
            when it is damaged. The call waits for running writers of the repository, and they wait for it. In
            PostgreSQL it is refused under REPEATABLE READ and SERIALIZABLE (25001), and a NOTICE every five seconds
            says how far it has come. Returns JSON {"contents"}: of how many chunks the contents were indexed.)",
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
            Imports one line of an export. Call it for all lines, in their order. The first line makes the repository,
            which must not exist (42710). Until the last line has come, nothing else reads or writes the repository
            (55000); cg_delete_repository removes it. Hashes, digests and roots are computed again, and names are
            checked (22023). What a line refers to must be there (42704). Revisions, log and times are carried over. A
            line that was imported before writes nothing. Returns the number of rows written; symbols and definitions
            are not counted. The format is in [export.md](export.md).)",
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
            Sets a setting of the connection, or only returns it when no value is given. `graph_cache_size` is the
            memory that resident graphs may take, such as `64MB`. `auto_index_content` (500 at first) limits how many
            contents a writer adds to the content index before it ends. The writer adds those that are missing there
            when they are at least half of the limit and at most the limit; 0 leaves all of them to cg_index_content.
            `actor` is who the log names; without one, or with an empty one, that is the session user in PostgreSQL
            and NULL in SQLite. In PostgreSQL these are the settings codegraph.graph_cache_size and so on, and the
            call does what SET does. Returns the value, for `actor` whom the log will name.)",
        .body = config,
    },
};

}  // namespace

const std::span<const CgFunction> writer_functions = writers;

}  // namespace codegraph
