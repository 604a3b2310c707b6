// Arguments that several functions take in the same form.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/arguments.h"
#include "engine/request.h"

namespace codegraph {

// An RFC 3339 time, in milliseconds; nothing for NULL.
std::optional<int64_t> time_argument(const Arguments& arguments, ArgumentPlace place);
// A JSON object, checked; nothing for NULL.
std::optional<std::string> attrs_argument(const Arguments& arguments, ArgumentPlace place);
// The repository that is named, whether or not it exists; all, by id, for NULL.
Task<std::vector<std::string>> repository_ids(const Arguments& arguments, ArgumentPlace place);

}  // namespace codegraph
