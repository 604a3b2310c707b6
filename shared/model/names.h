// The forms and limits of names and paths. Each check throws `invalid` with the offending value.
#pragma once
#include <string_view>

#include "model/place.h"

namespace codegraph {

inline constexpr size_t id_limit = 200;  // bytes: repository and snapshot ids
inline constexpr size_t name_limit =
    1024;  // fqn, name, explicit chunk id, path, kind, language, visibility, commit, branch
inline constexpr size_t hash_limit = 128;  // a file hash

// `what` names the argument or field in the error. Text is valid UTF-8 without NUL already.
void check_name(const Place& what, std::string_view value, size_t limit);    // 1 to `limit` bytes
void check_length(const Place& what, std::string_view value, size_t limit);  // at most `limit` bytes
// A relative path with `/`, without empty, `.` and `..` parts.
void check_path(const Place& what, std::string_view path);

// The last part of an FQN: after the last `.`, `::`, `#` or `/`; the whole FQN where that is empty.
std::string_view last_part(std::string_view fqn);

}  // namespace codegraph
