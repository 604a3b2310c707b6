#include "operations/move/export_lines.h"

#include "storage/repository_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

RepositoryLine read_repository_row(const Rows& rows) {
    constexpr const Statement& columns = statements::find_repository_row;
    return {std::string(rows.text(0, columns["name"])),   rows.optional_text(0, columns["remote_url"]),
            rows.optional_text(0, columns["local_path"]), std::string(rows.text(0, columns["default_branch"])),
            read_time(rows, 0, columns["created_at"]),    read_time(rows, 0, columns["updated_at"])};
}

}  // namespace codegraph
