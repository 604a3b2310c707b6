// The one exception type of the core. Its kind decides the SQLSTATE and SQLite's result code. The functions below make
// the texts, so that one mistake reads the same everywhere. The name of the SQL function is put in front where the
// error leaves the core (engine/operation.cpp).
#pragma once
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace codegraph {

enum class ErrorKind {
    null_argument,       // 22004
    undefined_object,    // 42704
    invalid_parameter,   // 22023
    malformed_json,      // 22P02
    duplicate_key,       // 23505
    duplicate_object,    // 42710
    object_state,        // 55000
    undefined_function,  // 42883
    not_supported,       // 0A000
    concurrent_change,   // 40001
    lock_not_had,        // 55P03
    isolation_too_high,  // 25001
    not_allowed,         // 42501
    data_corrupted,      // XX001
    out_of_memory,       // 53200
    internal,            // XX000
};

const char* sqlstate_of(ErrorKind kind) noexcept;

class Error : public std::runtime_error {
public:
    Error(ErrorKind kind, const std::string& message, std::string hint = {})
        : std::runtime_error(message), kind(kind), hint(std::move(hint)) {}
    const ErrorKind kind;
    const std::string hint;      // the next step, where there is one
    bool may_be_hidden = false;  // a row was looked for that must exist, and was not found
};

// Returns a value as error texts show it: in double quotes, with `?` for each control character. A value of more than
// 100 bytes is cut at a character's border, ends with `...`, and is followed by its length: `"aaa..." (1000 bytes)`.
std::string quote(std::string_view value);
// Returns a number as error texts show it: the shortest text that reads back as the number.
std::string number_text(double value);

Error null_argument(std::string_view argument);
Error unknown_repository(std::string_view repo_id);
Error existing_repository(std::string_view repo_id);
Error importing_repository(std::string_view repo_id);  // the import of the repository has not ended
Error unknown_snapshot(std::string_view snapshot_id, std::string_view repo_id);
Error ambiguous_commit(std::string_view commit, std::string_view repo_id);  // several snapshots have it
Error unknown_revision(std::string_view snapshot_id, int64_t revision);
Error unknown_moment(std::string_view snapshot_id, std::string_view time);
Error unknown_chunk(std::string_view chunk);
Error newer_format(std::string_view repo_id);
Error unknown_analyzer(std::string_view name);
Error duplicate_chunk_id(std::string_view chunk_id, std::string_view where);
// The database left rows of our table out of an insert, update or delete, and reported no error.
Error skipped_rows(std::string_view act, std::string_view table);
Error lagging_sequence(std::string_view sequence, std::string_view table);  // it gave a key that the table has
Error invalid(const std::string& message, std::string hint = {});           // a bad argument or field
Error malformed_json(std::string_view argument, std::string_view reason);
Error corrupt(const std::string& what);  // stored data does not decode or match
// As corrupt(), where the damage is that a row is not found. Where row-level security applies to the caller, the error
// becomes hidden(): Session::explain() looks.
Error missing(const std::string& what);
// Marks an error that says that a row is not there: see missing().
Error may_be_hidden(Error error);
Error hidden(const std::string& what, std::string_view tables);
// Returns the error, which then names the repository that it is about.
Error in_repository(const Error& error, std::string_view repo_id);
// Returns the `what` that corrupt() or missing() was given.
std::string what_is_corrupt(const Error& error);

}  // namespace codegraph
