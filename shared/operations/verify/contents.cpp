#include "operations/verify/contents.h"

#include "base/error.h"
#include "engine/request.h"
#include "operations/verify/pages.h"
#include "storage/stored_values.h"
#include "storage/verify_statements.h"

namespace codegraph {

namespace {

void check_content(const Rows& rows, size_t row, Sha256& sha256, Findings& findings) {
    constexpr const Statement& columns = statements::list_first_contents;
    StoredRow stored(rows, row);
    const Digest hash = stored.digest(columns["hash"]);
    stored.integer(columns["content_key"], is_key);
    const std::string_view content = stored.text(columns["content"]);
    const std::string object = "content " + format_value(rows.cell(row, columns["hash"]));
    if (stored.report_problems(object, findings)) return;
    if (sha256.hash(content) != hash) findings.add(object, "its text does not match its hash");
}

void check_symbol(const Rows& rows, size_t row, Sha256& sha256, Findings& findings) {
    constexpr const Statement& columns = statements::list_first_symbols;
    StoredRow stored(rows, row);
    const Digest hash = stored.digest(columns["name_hash"]);
    const std::string_view name = stored.text(columns["name"]);
    const std::string object = "symbol " + quote(format_value(rows.cell(row, columns["name"])));
    if (stored.report_problems(object, findings)) return;
    if (sha256.hash(name) != hash) findings.add(object, "its name does not match its hash");
}

}  // namespace

Task<> verify_contents(const Repository& repository, Findings& findings) {
    Sha256 sha256;
    TablePages pages(repository, "contents", statements::list_first_contents, statements::list_next_contents, findings);
    bool more = co_await pages.next();
    while (more) {
        for (size_t row = 0; row < pages.rows().size(); row++) check_content(pages.rows(), row, sha256, findings);
        more = co_await pages.next();
    }
}

Task<> verify_symbols(const Repository& repository, Findings& findings) {
    Sha256 sha256;
    TablePages pages(repository, "symbols", statements::list_first_symbols, statements::list_next_symbols, findings);
    bool more = co_await pages.next();
    while (more) {
        for (size_t row = 0; row < pages.rows().size(); row++) check_symbol(pages.rows(), row, sha256, findings);
        more = co_await pages.next();
    }
    Rows lost = co_await query(statements::count_lost_definitions, repository.key);
    if (!lost.empty() && lost.integer(0, statements::count_lost_definitions["count"]) > 0)
        findings.add("definitions", "rows that refer to a missing symbol: " +
                                        std::to_string(lost.integer(0, statements::count_lost_definitions["count"])));
}

}  // namespace codegraph
