// Writes the lines of an export.
#pragma once
#include <string>
#include <string_view>

#include "operations/move/export_lines.h"

namespace codegraph {

// Each returns one line, without a newline.
std::string write_export_line(std::string_view repo_id, const RepositoryLine& repository);
std::string write_export_line(std::string_view repo_id, const ContentLine& content);
std::string write_export_line(std::string_view repo_id, const FileLine& file);
std::string write_export_line(std::string_view repo_id, const NodeLine& node);
std::string write_export_line(std::string_view repo_id, const Snapshot& snapshot);
std::string write_export_line(std::string_view repo_id, const RevisionLine& revision);
std::string write_export_line(std::string_view repo_id, const Ref& ref);
std::string write_export_line(std::string_view repo_id, const CountsLine& counts);

}  // namespace codegraph
