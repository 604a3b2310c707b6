// Reads a line of an export, and checks everything that a line alone can tell.
#pragma once
#include <string>
#include <string_view>
#include <variant>

#include "operations/move/export_lines.h"

namespace codegraph {

struct ExportLine {
    std::string repo_id;
    std::variant<std::monostate, RepositoryLine, ContentLine, FileLine, NodeLine, Snapshot, RevisionLine, CountsLine>
        item;
};
// Not JSON: 22P02; another format: 0A000; everything else that is wrong: 22023. A hash or digest that is not that of
// what the line holds is wrong.
ExportLine read_export_line(std::string_view argument, std::string_view json);

}  // namespace codegraph
