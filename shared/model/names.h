// The forms and limits of names and paths. Each check throws invalid() with the offending value.
#pragma once
#include <string_view>

#include "model/json_place.h"

namespace codegraph {

// All limits are in bytes.
inline constexpr size_t id_limit = 200;  // of repository and snapshot ids, and refs
// Of FQN, name, explicit chunk id, path, kind, language, symbol visibility, commit and branch.
inline constexpr size_t name_limit = 1024;
inline constexpr size_t hash_limit = 128;  // of file hashes

// `what` names the argument or field in the error. The text is valid UTF-8 without NUL already.

// Throws unless the value has 1 to `limit` bytes.
void check_name(const Place& what, std::string_view value, size_t limit);
// Throws unless the value has at most `limit` bytes.
void check_length(const Place& what, std::string_view value, size_t limit);
// Throws unless the path is a name of at most name_limit bytes, relative, and without empty, `.` and `..` parts between
// its `/`.
void check_path(const Place& what, std::string_view path);

// Throws unless the ref is a name of at most id_limit bytes, without `~` and `@{`, which stand behind a ref.
void check_ref(const Place& what, std::string_view ref);

// Returns the last part of an FQN: what stands after the last `.`, `::`, `#` or `/`. Returns the whole FQN when that
// part is empty.
std::string_view last_part(std::string_view fqn);

}  // namespace codegraph
