#include "operations/verify/refs.h"

#include "model/names.h"
#include "operations/verify/pages.h"
#include "storage/ref_statements.h"
#include "storage/stored_values.h"
#include "storage/verify_statements.h"

namespace codegraph {

namespace {

// Returns what is wrong with the name, or an empty text.
std::string find_problem_of_name(std::string_view name) {
    try {
        check_ref("its name", name);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

// Tells of a snapshot that is not in the repository of its ref.
Task<> report_lost_snapshot(std::string object, int64_t snapshot_key, Findings& findings) {
    Rows rows = co_await query(statements::find_repository_of_snapshot, snapshot_key);
    if (rows.empty())
        findings.add(std::move(object), "its snapshot is missing");
    else
        findings.add(std::move(object), "its snapshot is one of repository " +
                                            quote(rows.text(0, statements::find_repository_of_snapshot["repo_id"])));
}

Task<> verify_ref(const Rows& rows, size_t row, Findings& findings) {
    constexpr const Statement& columns = statements::list_first_refs;
    StoredRow stored(rows, row);
    const std::string_view name = stored.text(columns["ref"]);
    const int64_t snapshot_key = stored.integer(columns["snapshot_key"], is_key);
    stored.integer(columns["updated_at"], is_time);
    const std::string object = "ref " + format_value(rows.cell(row, columns["ref"]));
    const bool is_damaged = stored.report_problems(object, findings);
    if (is_damaged) co_return;
    const std::string problem = find_problem_of_name(name);
    if (!problem.empty()) findings.add(object, problem);
    if (stored.is_null(columns["snapshot_id"])) co_await report_lost_snapshot(object, snapshot_key, findings);
}

}  // namespace

Task<> verify_refs(const Repository& repository, Findings& findings) {
    TablePages pages(repository, "refs", statements::list_first_refs, statements::list_next_refs, findings);
    bool more = co_await pages.next();
    while (more) {
        for (size_t row = 0; row < pages.rows().size(); row++) co_await verify_ref(pages.rows(), row, findings);
        more = co_await pages.next();
    }
}

}  // namespace codegraph
