// Checks whether a text is JSON (RFC 8259), and takes texts apart that are. A number may have any size: the texts that
// we keep without looking into them may hold any number.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/task.h"

namespace codegraph {

inline constexpr size_t json_depth = 1024;  // how many levels a text that callers give may have

// Throws malformed_json(argument, ...) with the place of the error unless the text is one JSON value. The text must be
// valid UTF-8, have no lone surrogate in any string, and be at most `deepest` levels deep.
void check_json(std::string_view argument, std::string_view text, size_t deepest = json_depth);
// Does the same with checkpoints.
Task<> check_json_in_steps(std::string_view argument, std::string_view text, size_t deepest = json_depth);

// Returns whether check_json() would take the text.
bool is_json(std::string_view text, size_t deepest);

// These take something off the front of a text. The text is the rest of one that has passed check_json(), from the
// place where that something may stand.
void skip_json_blanks(std::string_view& rest);
// Takes a value whole, and returns its text.
std::string_view take_json_value(std::string_view& rest);
// Takes a string, and returns its value.
std::string take_json_string(std::string_view& rest);

// Tells whether the value that is next, a string, array or object, has more bytes than this. Reads no more than these.
bool is_longer(std::string_view rest, size_t bytes);
// These take something in parts of about `most` bytes, append each part to `out`, and return whether there is another.
// Takes the value of a string, of which the opening quote was taken.
bool take_part_of_string(std::string_view& rest, std::string& out, size_t most);
// Takes an array or object without its white space. `depth` is 0 before the first part.
bool take_part_of_value(std::string_view& rest, std::string& out, size_t& depth, size_t most);

}  // namespace codegraph
