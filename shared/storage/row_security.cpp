#include "storage/row_security.h"

#include "storage/row_security_statements.h"

namespace codegraph {

Task<std::string> find_tables_with_row_security() {
    Rows rows = co_await query(statements::list_tables_with_row_security);
    std::string names;
    for (size_t row = 0; row < rows.size(); row++) {
        names += names.empty() ? "" : ", ";
        names += rows.text(row, statements::list_tables_with_row_security["name"]);
    }
    co_return names;
}

Task<bool> may_skip_rows() {
    Rows rows = co_await query(statements::find_what_may_skip_rows);
    co_return !rows.empty();
}

Task<GraphRights> find_rights_to_graphs() {
    constexpr const Statement& columns = statements::find_rights_to_graphs;
    Rows rows = co_await query(statements::find_rights_to_graphs);
    co_return GraphRights{rows.integer(0, columns["may_read"]) != 0, rows.integer(0, columns["has_row_security"]) != 0};
}

}  // namespace codegraph
