// The functions that read, in the order of the reference. registry.h says what the fields of an entry mean.
//
// A description is Markdown for the reference. Its first sentence is also the function's comment in PostgreSQL and its
// line in the reference's list of functions.
#include "registry/readers.h"

#include "operations/common/version.h"
#include "operations/graph/aliases.h"
#include "operations/graph/analysis.h"
#include "operations/graph/dependencies.h"
#include "operations/graph/drawing.h"
#include "operations/graph/impact.h"
#include "operations/graph/references.h"
#include "operations/graph/symbols.h"
#include "operations/graph/traversal.h"
#include "operations/move/export.h"
#include "operations/read/chunk_history.h"
#include "operations/read/chunks.h"
#include "operations/read/compare_commits.h"
#include "operations/read/compare_files.h"
#include "operations/read/file_content.h"
#include "operations/read/files.h"
#include "operations/read/log.h"
#include "operations/read/refs.h"
#include "operations/read/repositories.h"
#include "operations/read/snapshots.h"
#include "operations/read/stats.h"
#include "operations/read/status.h"
#include "operations/search/search_content.h"
#include "operations/verify/verify.h"
#include "signatures/readers.h"

namespace codegraph {
namespace {

// By a chunk id, a file or an FQN a call takes a few look-ups. By a kind it still walks through the snapshot.
constexpr Narrowing chunk_narrowings[] = {
    {"chunk_id", 1, 100}, {"file_path", 20, 100}, {"fqn", 2, 100}, {"kind", 1000, 50000}};
constexpr Narrowing chunk_of_kind_narrowings[] = {{"chunk_id", 1, 100}, {"file_path", 10, 100}, {"fqn", 2, 100}};
// They lie in the table of contents, which a call does not read where nobody looks at them.
constexpr const char* costly_chunk_columns[] = {"content", "content_hash"};
constexpr const char* costly_reached_columns[] = {"score"};
constexpr Narrowing file_narrowings[] = {{"file_path", 1, 100}};

constexpr CgFunction readers[] = {
    {
        .name = "cg_repositories",
        .columns = repository_columns,
        .rows = 10,
        .microseconds = 50,
        .description = R"(
            Returns all repositories, by repo_id.)",
        .body = repositories,
    },
    {
        .name = "cg_snapshots",
        .arguments = repository_arguments,
        .columns = snapshot_columns,
        .rows = 100,
        .microseconds = 200,
        .description = R"(
            Returns the snapshots of a repository, in the order of creation. Creation is coalesce(committed_at,
            created_at); snapshots with the same time come in the order in which they were made.)",
        .body = snapshots,
    },
    {
        .name = "cg_refs",
        .arguments = repository_arguments,
        .columns = ref_columns,
        .rows = 100,
        .microseconds = 200,
        .description = R"(
            Returns the refs of a repository, by ref. Each names a snapshot, as git's branches and tags name commits.)",
        .body = refs,
    },
    {
        .name = "cg_files",
        .arguments = snapshot_arguments,
        .columns = file_columns,
        .rows = 1000,
        .microseconds = 10000,
        .narrowings = file_narrowings,
        .description = R"(
            Returns the files of a snapshot, by path. Soft-deleted files are left out, and soft-deleted chunks are not
            counted. `language` is the commonest language of the file's chunks, on a tie the least; it is NULL for a
            file without chunks.)",
        .body = files,
    },
    {
        .name = "cg_changed_files",
        .arguments = changed_files_arguments,
        .columns = changed_file_columns,
        .rows = 100,
        .microseconds = 10000,
        .description = R"(
            Compares the files of a snapshot with a manifest, a JSON object of path and file hash. Returns a row for
            each file that differs, by path. `status` is `added` (only the manifest has the file), `deleted` (only the
            snapshot has it) or `modified` (the hashes differ). The cost is one read of the snapshot's files.)",
        .body = changed_files,
    },
    {
        .name = "cg_chunks",
        .arguments = chunks_arguments,
        .columns = chunk_columns,
        .rows = 10000,
        .microseconds = 100000,
        .narrowings = chunk_narrowings,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks of a snapshot in reader order. Reader order is by file_path, start_line, end_line,
            name, number, chunk_id. With `include_deleted` soft-deleted chunks are returned too.)",
        .body = chunks,
    },
    {
        .name = "cg_chunk",
        .arguments = chunk_arguments,
        .columns = chunk_columns,
        .rows = 1,
        .microseconds = 100,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunk with this id, or all chunks with this FQN when no chunk has the id. The rows are in
            reader order.)",
        .body = chunk,
    },
    {
        .name = "cg_file_chunks",
        .arguments = file_arguments,
        .columns = chunk_columns,
        .rows = 20,
        .microseconds = 100,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks of one file, in reader order.)",
        .body = file_chunks,
    },
    {
        .name = "cg_chunk_at",
        .arguments = line_arguments,
        .columns = chunk_columns,
        .rows = 3,
        .microseconds = 100,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks of a file that contain a line, the innermost first. That is the one with the fewest
            lines; of several, the last in reader order.)",
        .body = chunk_at,
    },
    {
        .name = "cg_chunks_by_kind",
        .arguments = kind_arguments,
        .columns = chunk_columns,
        .rows = 1000,
        .microseconds = 50000,
        .narrowings = chunk_of_kind_narrowings,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks of one kind, in reader order.)",
        .body = chunks_by_kind,
    },
    {
        .name = "cg_chunks_by_fqn",
        .arguments = fqn_arguments,
        .columns = placed_chunk_columns,
        .rows = 10,
        .microseconds = 500,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks with this FQN in the current content of every snapshot. The rows are ordered by
            repo_id, creation of the snapshot, reader order. Without `repo` all repositories are looked at, except
            those that a newer version of codegraph wrote.)",
        .body = chunks_by_fqn,
    },
    {
        .name = "cg_search_content",
        .arguments = search_arguments,
        .columns = placed_chunk_columns,
        .rows = 50,
        .microseconds = 10000,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks whose content contains the query. ASCII letters match without regard to case; every
            other byte must be equal. The rows are ordered by importance, highest first, then by repo_id, then in
            reader order. `max_results` NULL means all. With `snapshot` one snapshot is searched; `snapshot` without
            `repo` is an error (22023), and so are an empty query and a negative `max_results`. Without `snapshot`
            each repository is searched in the snapshot that the ref of its default branch means; without such a ref
            in the newest snapshot of that branch, and without one in its newest snapshot; repositories that a newer version of codegraph wrote are left out. The
            answer does not depend on the content index
            ([cg_index_content](#cg_index_content)); the index makes the search faster.)",
        .body = search_content,
    },
    {
        .name = "cg_file_hash",
        .arguments = file_arguments,
        .columns = file_hash_column,
        .result = Result::one_value,
        .microseconds = 50,
        .description = R"(
            Returns the hash of a file, or NULL when the file has none or is not in the snapshot.)",
        .body = file_hash,
    },
    {
        .name = "cg_file_content",
        .arguments = file_arguments,
        .columns = file_content_column,
        .result = Result::one_value,
        .microseconds = 500,
        .description = R"(
            Returns the text of a file as far as its chunks give it, or NULL when the file is not in the snapshot. Each
            line is that of the innermost chunk that has it, and whose content has as many lines as the chunk says. A
            line that no chunk gives is empty. The text ends with the last line that a chunk gives. It is an error
            (22023) when more than 16,777,216 lines would be empty.)",
        .body = file_content,
    },
    {
        .name = "cg_count_chunks",
        .arguments = snapshot_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 500,
        .description = R"(
            Returns the number of chunks of a snapshot. The cost is one walk over the snapshot's tree; no chunk is
            read.)",
        .body = count_chunks,
    },
    {
        .name = "cg_snapshot_root",
        .arguments = snapshot_arguments,
        .columns = root_column,
        .result = Result::one_value,
        .microseconds = 20,
        .description = R"(
            Returns the root of a snapshot. Two snapshots with equal roots have equal content, in whatever databases
            they are.)",
        .body = snapshot_root,
    },
    {
        .name = "cg_dependencies",
        .arguments = snapshot_arguments,
        .columns = dependency_columns,
        .rows = 10000,
        .microseconds = 50000,
        .description = R"(
            Returns the dependencies of a snapshot, one row for each saved dependency. The rows are ordered by the
            chunk in which they start (reader order), target symbol, relationship, candidates. `to_chunk_id` is the
            first chunk that defines the target, and `to_fqn` that chunk's FQN. When no chunk defines the target,
            `is_external` is true, `to_chunk_id` is NULL, and `to_fqn` is the first candidate; when there is no
            candidate either, it is NULL. `confidence` is 0.6 of the saved one where the target was found by `to_name`.
            `candidates` is what was saved: the candidates and, as last element, `{"name":"x"}` for a `to_name`.)",
        .body = dependencies,
    },
    {
        .name = "cg_dependencies_from",
        .arguments = chunk_arguments,
        .columns = dependency_columns,
        .rows = 10,
        .microseconds = 500,
        .description = R"(
            Returns the dependencies that start in a chunk. For a chunk id these are the dependencies of that chunk;
            for an FQN, those of all chunks with that FQN. Columns and order are those of cg_dependencies.)",
        .body = dependencies_from,
    },
    {
        .name = "cg_dependencies_to",
        .arguments = chunk_arguments,
        .columns = dependency_columns,
        .rows = 10,
        .microseconds = 20000,
        .description = R"(
            Returns the dependencies that point at a chunk's symbol. Columns and order are those of cg_dependencies.)",
        .body = dependencies_to,
    },
    {
        .name = "cg_references",
        .arguments = reference_arguments,
        .columns = reference_columns,
        .rows = 10,
        .microseconds = 20000,
        .description = R"(
            Returns the places at which the dependencies of cg_dependencies_to stand: a row for each of their sites. A
            dependency without sites has the first line of its chunk, and no columns. A site without columns has none
            either. The rows are ordered by `file_path`, `line`, `column_from`, `column_to`, the chunk in which they
            start (reader order), relationship, candidates. `min_confidence` leaves out dependencies of less.)",
        .body = references,
    },
    {
        .name = "cg_aliases",
        .arguments = snapshot_arguments,
        .columns = alias_columns,
        .rows = 1000,
        .microseconds = 50000,
        .description = R"(
            Returns the aliases of a snapshot's live files, by file and as given. `resolved` is the FQN that the alias
            stands for; with `members` that of its first target that stands for one; NULL when there is none.)",
        .body = aliases,
    },
    {
        .name = "cg_resolve",
        .arguments = resolve_arguments,
        .columns = resolved_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            Returns the FQN of the chunk that a path stands for in a snapshot, by definitions and aliases; NULL when it
            stands for none, and for a path of more than 1,024 bytes.)",
        .body = resolve_path,
    },
    {
        .name = "cg_symbols",
        .arguments = symbol_arguments,
        .columns = symbol_columns,
        .rows = 10000,
        .microseconds = 50000,
        .description = R"(
            Returns what the chunks of a snapshot define, without their contents, in reader order. `chunk_kind` limits
            it to the chunks of one kind.)",
        .body = symbols,
    },
    {
        .name = "cg_transitive_dependencies",
        .arguments = traversal_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 20000,
        .costly = costly_reached_columns,
        .description = R"(
            Returns every symbol that a chunk depends on, directly or not, found breadth first. The rows are ordered
            by depth, symbol, reader order; a symbol has one row for each chunk that defines it, or one row with
            `is_external` when none does. `depth` is the length of the shortest way, `via` the symbol one step before
            on such a way (the least of several), and `relationship` that of the edge between the two (the least of
            several). `score` is the product of the confidences along a shortest way, multiplied from the start: the
            greatest of several ways, and of several edges between two symbols that of the greatest confidence. The
            start is left out. `max_depth` NULL means no limit. `relationships` is a list such as
            `'CALLS,EXTENDS'`, and NULL means all. `min_confidence` leaves weaker dependencies out. A start that the
            snapshot neither defines nor references is an error (42704).)",
        .body = transitive_dependencies,
    },
    {
        .name = "cg_transitive_dependents",
        .arguments = traversal_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 20000,
        .costly = costly_reached_columns,
        .description = R"(
            Returns every symbol that depends on a chunk, directly or not: what may break when the chunk changes. The
            arguments, columns and order are those of cg_transitive_dependencies, against the arrows.)",
        .body = transitive_dependents,
    },
    {
        .name = "cg_count_dependencies",
        .arguments = traversal_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            Returns the number of symbols that cg_transitive_dependencies would reach. The call costs less than
            counting those rows.)",
        .body = count_dependencies,
    },
    {
        .name = "cg_count_dependents",
        .arguments = traversal_arguments,
        .columns = count_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            Returns the number of symbols that cg_transitive_dependents would reach. The call costs less than counting
            those rows.)",
        .body = count_dependents,
    },
    {
        .name = "cg_dependency_path",
        .arguments = path_arguments,
        .columns = path_columns,
        .rows = 10,
        .microseconds = 20000,
        .description = R"(
            Returns the shortest path from a source to a target, step by step. Step 0 is the source, and a symbol is
            shown by its first chunk. Of several shortest paths it is the one that `via` and `relationship` of
            cg_transitive_dependencies give, followed back from the target. There are no rows when there is no path or
            the target is unknown; an unknown source is an error (42704). The search goes on from both ends until they
            meet.)",
        .body = dependency_path,
    },
    {
        .name = "cg_cycles",
        .arguments = analysis_arguments,
        .columns = cycle_columns,
        .rows = 100,
        .microseconds = 50000,
        .description = R"(
            Returns the symbols that depend on themselves, directly or in a cycle. A cycle is a strongly connected
            component of two or more symbols, or one symbol with a dependency on itself. Cycles are numbered from 1 by
            their least symbol. The rows are ordered by cycle, symbol, reader order.)",
        .body = cycles,
    },
    {
        .name = "cg_importance",
        .arguments = analysis_arguments,
        .columns = importance_columns,
        .rows = 10000,
        .microseconds = 100000,
        .description = R"(
            Returns the PageRank of the symbols of a snapshot, highest first, then by symbol and in reader order. The
            damping is 0.85. Each pair of symbols with a dependency of the given relationships counts as one edge. The
            computation ends when the scores change by less than 1e-9 in sum, or after 100 rounds. External symbols
            take part but have no rows.)",
        .body = importance,
    },
    {
        .name = "cg_unreferenced",
        .arguments = analysis_arguments,
        .columns = chunk_columns,
        .rows = 1000,
        .microseconds = 50000,
        .costly = costly_chunk_columns,
        .description = R"(
            Returns the chunks whose symbol nothing else depends on, in reader order. A dependency of a symbol on
            itself does not count.)",
        .body = unreferenced,
    },
    {
        .name = "cg_impact",
        .arguments = impact_arguments,
        .columns = reached_columns,
        .rows = 1000,
        .microseconds = 50000,
        .costly = costly_reached_columns,
        .description = R"(
            Returns what the change from one snapshot to another can break. The starts are the symbols of all chunks
            that cg_compare_commits lists, old and new, as far as `to_snapshot` has them. The rows are those that
            cg_transitive_dependents gives in `to_snapshot` from all of the starts at once. The starts themselves are
            left out.)",
        .body = impact,
    },
    {
        .name = "cg_graph_dot",
        .arguments = drawing_arguments,
        .columns = drawing_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            Draws the neighbourhood of a chunk's symbol as a Graphviz graph. `direction` chooses what is shown: `out`
            what the symbol reaches along the arrows, `in` what reaches it, `both` the two together. All dependencies
            between the shown symbols are drawn. Where `max_depth` cuts something off, the drawing says how much; NULL
            means no limit. A start that the snapshot neither defines nor references is an error (42704). Returns the
            drawing as text.)",
        .body = graph_dot,
    },
    {
        .name = "cg_graph_mermaid",
        .arguments = drawing_arguments,
        .columns = drawing_column,
        .result = Result::one_value,
        .microseconds = 20000,
        .description = R"(
            Draws the neighbourhood of a chunk's symbol as a Mermaid flowchart. The arguments and what is drawn are
            those of cg_graph_dot. Returns the drawing as text.)",
        .body = graph_mermaid,
    },
    {
        .name = "cg_compare_commits",
        .arguments = compared_commits_arguments,
        .columns = changed_chunk_columns,
        .rows = 100,
        .microseconds = 10000,
        .description = R"(
            Returns the chunks that differ between two snapshots. `change` is `added`, `deleted`, `renamed` (another
            FQN), `modified` (another own content, signature, visibility or kind), `moved` (another file), `enclosing`
            (only chunks nested in it changed) or `relinked` (other dependencies), the first that applies. `aspects`
            names all that differs of a pair, separated by commas: `name`, `path`, `signature`, `body`, `whitespace`,
            `visibility`, `kind`, `nested`, `dependencies`. Chunks pair by FQN and kind, then by the tokens of their
            own contents, equal ones first, then from `min_similarity` on (0.3 to 1; NULL: equal ones alone).
            `similarity` is that of the own tokens, from 0 to 1. Chunks without an FQN pair by file, kind and content.
            A chunk of which only the lines differ is not listed. The rows are ordered by file path (the new one where
            there is one), fqn, change, old_chunk_id, new_chunk_id. The cost grows with what differs.)",
        .body = compare_commits,
    },
    {
        .name = "cg_compare_dependencies",
        .arguments = comparison_arguments,
        .columns = changed_dependency_columns,
        .rows = 100,
        .microseconds = 10000,
        .description = R"(
            Returns the dependencies that differ between two snapshots, as they were saved. They are those of the chunks
            that cg_compare_commits pairs, or finds on one side. `change` is `added`, `removed`, or `changed` (another
            confidence). from_chunk_id and from_fqn are those of the new chunk, else of the old one. The rows are
            ordered by the file path of that chunk, then by chunk in reader order, from_fqn, candidates, relationship,
            change, old_confidence, new_confidence. The cost grows with what differs.)",
        .body = compare_dependencies,
    },
    {
        .name = "cg_compare_files",
        .arguments = comparison_arguments,
        .columns = compared_file_columns,
        .rows = 100,
        .microseconds = 5000,
        .description = R"(
            Returns the files that differ between two snapshots, by path. `change` is `added`, `deleted` or
            `modified`; a file is modified when anything in it differs. The cost grows with what differs.)",
        .body = compare_files,
    },
    {
        .name = "cg_chunk_history",
        .arguments = history_arguments,
        .columns = history_columns,
        .rows = 20,
        .microseconds = 5000,
        .description = R"(
            Returns the snapshots in which a chunk appeared, changed or vanished, in the order of creation. Each
            snapshot is compared with the one before it, of one branch or of all snapshots. `change` is `added`,
            `modified` (another own content, signature or visibility), `moved` (another file) or `deleted`; in a
            deleted row chunk_id, content_hash and file_path are NULL. A chunk id is followed itself. An FQN is followed by its first chunk. The cost is
            one look-up in each snapshot whose content differs from that of the one before.)",
        .body = chunk_history,
    },
    {
        .name = "cg_log",
        .arguments = log_arguments,
        .columns = log_columns,
        .rows = 100,
        .microseconds = 1000,
        .description = R"(
            Returns the revisions of one snapshot, or of all snapshots of a repository. A row says which operation
            made the revision, in how many files it differs from the one before, who made it and when, and the roots
            before and after. `snapshot` is an exact id. The rows are ordered by creation of the snapshot, then
            revision. Revisions that cg_prune forgot, and those of deleted snapshots, are absent.)",
        .body = log_entries,
    },
    {
        .name = "cg_export",
        .arguments = repository_arguments,
        .columns = line_column,
        .sees_all = true,
        .rows = 10000,
        .microseconds = 1000000,
        .description = R"(
            Returns a whole repository as lines of JSON, for cg_import in any database. The lines hold what the
            snapshots and kept revisions reach, each thing once. Their order is the same in every database. The format
            is in [export.md](export.md).)",
        .body = export_repository,
    },
    {
        .name = "cg_stats",
        .arguments = optional_repository_arguments,
        .columns = stats_columns,
        .rows = 1,
        .microseconds = 100000,
        .description = R"(
            Counts what is stored, in one repository or in all. What several snapshots share is counted once.
            `storage_bytes` adds up the stored values, without the database's own overhead and indexes. The call reads
            everything that is stored, of one repository or of all.)",
        .body = stats,
    },
    {
        .name = "cg_status",
        .arguments = optional_repository_arguments,
        .columns = status_columns,
        .rows = 10,
        .microseconds = 10000,
        .description = R"(
            Tells the state of one repository, or of all, and what this connection keeps in memory. `format` is 0
            while an import has not ended. Of a repository that a newer version wrote, only its id and format are
            told. `contents_not_indexed` are those that cg_index_content would add to the content index; it is NULL where
            the index is damaged. `last_write_at` is the last change of a snapshot that is there, or of the
            repository's own data. The last seven columns are the same in each row: the graphs that this connection
            keeps and their bytes; how many calls found their graph kept, and how many loaded it; and graph images, of
            which there are none yet. The rows are ordered by repo_id. The call counts along indexes, over the
            snapshots, revisions and file versions of each repository; it reads no contents.)",
        .body = status,
    },
    {
        .name = "cg_verify",
        .arguments = optional_repository_arguments,
        .columns = finding_columns,
        .sees_all = true,
        .rows = 1,
        .microseconds = 1000000,
        .description = R"(
            Recomputes every hash and looks up every reference, in one repository or in all, and returns what is
            wrong. No rows mean that the store is sound. What belongs to no repository is looked at when all
            repositories are asked for, and has NULL as repo_id. The rows are ordered by repo_id, object, problem. The
            call reads everything, each shared thing once. [integrity.md](integrity.md) says what is checked.)",
        .body = verify,
    },
    {
        .name = "cg_version",
        .columns = version_column,
        .result = Result::one_value,
        .microseconds = 1,
        .description = R"(
            Returns the version of the extension.)",
        .body = version,
    },
};

}  // namespace

const std::span<const CgFunction> reader_functions = readers;

}  // namespace codegraph
