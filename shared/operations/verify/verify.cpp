// cg_verify recomputes every hash and follows every reference of a repository. It looks at each stored object once,
// however many snapshots share it, and meanwhile keeps only hashes and counts. The checks follow the references: from
// contents and symbols through file versions and tree nodes to snapshots.
#include "operations/verify/verify.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/verify/content_index.h"
#include "operations/verify/contents.h"
#include "operations/verify/files.h"
#include "operations/verify/orphans.h"
#include "operations/verify/refs.h"
#include "operations/verify/shared_ids.h"
#include "operations/verify/snapshots.h"
#include "operations/verify/tree.h"
#include "signatures/readers.h"
#include "storage/schema.h"
#include "storage/stored_values.h"
#include "storage/verify_statements.h"

namespace codegraph {

namespace {

Task<> verify_repository(const Repository& repository, Findings& findings) {
    FilesByDigest files;
    DigestSet nodes;
    SharedIds shared(repository);
    co_await verify_contents(repository, findings);
    co_await verify_symbols(repository, findings);
    co_await verify_files(repository, findings, files, shared);
    co_await verify_tree_nodes(repository, findings, files, nodes);
    std::vector<ReadableSnapshot> snapshots = co_await verify_history(repository, findings, nodes);
    co_await verify_refs(repository, findings);
    co_await verify_shared_ids(repository, findings, shared, std::move(snapshots));
    co_await verify_content_index(repository, findings, nodes);
}

// Returns whether this version of codegraph can read the repository.
bool is_readable(const Rows& rows, size_t row, Findings& findings) {
    constexpr const Statement& columns = statements::list_repositories_to_verify;
    StoredRow stored(rows, row);
    stored.integer(columns["repo_key"], is_key);
    stored.text(columns["repo_id"]);
    stored.text(columns["name"]);
    stored.optional_text(columns["remote_url"]);
    stored.optional_text(columns["local_path"]);
    stored.text(columns["default_branch"]);
    const int64_t format = stored.integer(columns["format"], is_count);
    stored.integer(columns["created_at"], is_time);
    stored.integer(columns["updated_at"], is_time);
    if (stored.report_problems("repository", findings)) return false;
    if (format > format_while_importing && format <= storage_format) return true;
    if (format == format_while_importing) {
        findings.add("repository", "its import has not ended");
        return false;
    }
    findings.add("repository", "its format is " + std::to_string(format) + ", this version of codegraph reads up to " +
                                   std::to_string(storage_format));
    return false;
}

// Returns the named repository, or all.
Task<Rows> find_repositories(std::optional<std::string_view> repo_id) {
    if (repo_id) co_return co_await query(statements::find_repository_to_verify, *repo_id);
    co_return co_await query(statements::list_repositories_to_verify);
}

}  // namespace

Task<> verify(const Arguments& arguments) {
    constexpr const Statement& columns = statements::list_repositories_to_verify;
    const std::optional<std::string_view> wanted = arguments.optional_text(optional_repository_arguments["repo"]);
    Rows repositories = co_await find_repositories(wanted);
    if (wanted && repositories.empty()) throw unknown_repository(*wanted);
    if (!wanted) {
        Findings of_no_repository;
        co_await verify_sequences(std::nullopt, of_no_repository);
        co_await verify_orphans(of_no_repository);
        for (const Finding& finding : of_no_repository.take_sorted()) {
            const auto row_of_finding = row_of<finding_columns>(null_cell(), finding.object, finding.problem);
            co_yield row_of_finding;
        }
    }
    for (size_t row = 0; row < repositories.size(); row++) {
        const Cell repo_id = repositories.cell(row, columns["repo_id"]);
        Findings findings;
        if (is_readable(repositories, row, findings)) {
            const Repository repository{repositories.integer(row, columns["repo_key"]),
                                        std::string(repositories.text(row, columns["repo_id"]))};
            co_await verify_repository(repository, findings);
            if (wanted) co_await verify_sequences(repository.key, findings);
        }
        for (const Finding& finding : findings.take_sorted()) {
            const auto row_of_finding = row_of<finding_columns>(repo_id, finding.object, finding.problem);
            co_yield row_of_finding;
        }
    }
}

}  // namespace codegraph
