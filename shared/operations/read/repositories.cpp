#include "operations/read/repositories.h"

#include "engine/request.h"
#include "signatures/readers.h"
#include "storage/repository_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

Task<> repositories(const Arguments&) {
    constexpr const Statement& columns = statements::list_repositories;
    Rows rows = co_await query(statements::list_repositories);
    for (size_t i = 0; i < rows.size(); i++) {
        const auto row = row_of<repository_columns>(
            rows.text(i, columns["repo_id"]), rows.text(i, columns["name"]),
            rows.optional_view(i, columns["remote_url"]), rows.optional_view(i, columns["local_path"]),
            rows.text(i, columns["default_branch"]), read_time(rows, i, columns["created_at"]),
            read_time(rows, i, columns["updated_at"]));
        co_yield row;
    }
}

}  // namespace codegraph
