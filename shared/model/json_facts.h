// Reads the parts of facts that callers and exports write in the same way: candidates and sites.
#pragma once
#include <string>
#include <vector>

#include "model/file_version.h"
#include "model/json_reader.h"

namespace codegraph {

// Reads an array of 1 to most_candidates names, none of them empty and none twice. Their lengths are not checked.
std::vector<std::string> read_names(JsonValue& value);
// Reads an array of [line], [line, column] and [line, column, end column], in any order. Has at most most_sites.
std::vector<Site> read_sites(JsonValue& value);

}  // namespace codegraph
