// These functions read arguments that several SQL functions take in the same form. Each throws `invalid` with the name
// and value of an argument that has another form.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/arguments.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

// Returns an RFC 3339 time in milliseconds, or nothing for NULL.
std::optional<int64_t> time_argument(const Arguments& arguments, ArgumentPlace place);
// Returns a JSON object, minified, or nothing for NULL.
Task<std::optional<std::string>> attrs_argument(const Arguments& arguments, ArgumentPlace place);
// Returns a name of 1 to `limit` bytes; the limits are in model/names.h.
std::string name_argument(const Arguments& arguments, ArgumentPlace place, size_t limit);
// Likewise, and nothing for NULL.
std::optional<std::string> optional_name_argument(const Arguments& arguments, ArgumentPlace place, size_t limit);
// Returns a text of at most `limit` bytes, which may be empty, or nothing for NULL.
std::optional<std::string> short_text_argument(const Arguments& arguments, ArgumentPlace place, size_t limit);
// Returns the path of a file.
std::string path_argument(const Arguments& arguments, ArgumentPlace place);

// Returns the named repository, locked; see find_repository().
Task<Repository> repository_argument(const Arguments& arguments, ArgumentPlace place, RepositoryLock lock,
                                     UnfinishedImport unfinished = UnfinishedImport::refuse);
// Returns the id of the named repository, whether or not it exists, or for NULL the ids of all repositories, ascending.
// Those of a newer format are then left out, with a notice: one of them is no reason to refuse a call over all.
Task<std::vector<std::string>> repository_ids(const Arguments& arguments, ArgumentPlace place);
// Does something in each of these repositories, which are locked one after the other. Where all are asked for, one that
// is deleted meanwhile is left out, and an error names its repository.
using RepositoryAct = std::function<Task<>(const Repository&)>;
Task<> in_each_repository(const Arguments& arguments, ArgumentPlace place, RepositoryLock lock, RepositoryAct act);

}  // namespace codegraph
