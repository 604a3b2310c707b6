// Reads a line of an export, and checks everything that can be checked without the database.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "engine/task.h"
#include "operations/move/export_lines.h"

namespace codegraph {

struct ExportLine {
    std::string repo_id;
    std::variant<std::monostate, RepositoryLine, ContentLine, FileLine, NodeLine, Snapshot, RevisionLine, Ref,
                 CountsLine>
        item;
};
// Throws 22P02 where the line is not JSON, 0A000 where it has another format, and 22023 for everything else that is
// wrong. A hash or digest must be that of what the line holds. `argument` names the line in errors.
Task<ExportLine> read_export_line(std::string_view argument, std::string_view json);

}  // namespace codegraph
