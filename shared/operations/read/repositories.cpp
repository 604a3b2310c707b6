#include "operations/read/repositories.h"

#include "engine/request.h"
#include "signatures/readers.h"
#include "storage/repository_statements.h"

namespace codegraph {

Task<> repositories(const Arguments&) {
    constexpr const Statement& columns = statements::list_repositories;
    Rows rows = co_await query(statements::list_repositories);
    for (size_t i = 0; i < rows.size(); i++) {
        const auto row = row_of<repository_columns>(
            rows.cell(i, columns["repo_id"]), rows.cell(i, columns["name"]), rows.cell(i, columns["remote_url"]),
            rows.cell(i, columns["local_path"]), rows.cell(i, columns["default_branch"]),
            rows.cell(i, columns["created_at"]), rows.cell(i, columns["updated_at"]));
        co_yield row;
    }
}

}  // namespace codegraph
