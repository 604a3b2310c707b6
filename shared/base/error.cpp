#include "base/error.h"

#include <charconv>

namespace codegraph {

const char* sqlstate_of(ErrorKind kind) noexcept {
    switch (kind) {
        case ErrorKind::null_argument:
            return "22004";
        case ErrorKind::undefined_object:
            return "42704";
        case ErrorKind::invalid_parameter:
            return "22023";
        case ErrorKind::malformed_json:
            return "22P02";
        case ErrorKind::duplicate_key:
            return "23505";
        case ErrorKind::duplicate_object:
            return "42710";
        case ErrorKind::object_state:
            return "55000";
        case ErrorKind::undefined_function:
            return "42883";
        case ErrorKind::not_supported:
            return "0A000";
        case ErrorKind::concurrent_change:
            return "40001";
        case ErrorKind::lock_not_had:
            return "55P03";
        case ErrorKind::isolation_too_high:
            return "25001";
        case ErrorKind::not_allowed:
            return "42501";
        case ErrorKind::data_corrupted:
            return "XX001";
        case ErrorKind::out_of_memory:
            return "53200";
        case ErrorKind::internal:
            break;
    }
    return "XX000";
}

std::string quote(std::string_view value) {
    constexpr size_t longest_quoted = 100;
    std::string text = "\"";
    size_t end = value.size();
    if (end > longest_quoted) {
        end = longest_quoted;
        while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) --end;
        if (end + 3 < longest_quoted) end = longest_quoted;  // a damaged value: these are no characters
    }
    for (char c : value.substr(0, end)) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            text += '?';  // an error text is one readable line
        else
            text += c;
    }
    text += end < value.size() ? "...\" (" + std::to_string(value.size()) + " bytes)" : "\"";
    return text;
}

std::string number_text(double value) {
    char text[32];
    char* end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

Error null_argument(std::string_view argument) {
    return {ErrorKind::null_argument, std::string(argument) + " must not be NULL"};
}
Error unknown_repository(std::string_view repo_id) {
    return {ErrorKind::undefined_object, "unknown repository " + quote(repo_id),
            "Create it with cg_save_repository; cg_repositories() lists what there is."};
}
Error existing_repository(std::string_view repo_id) {
    return {ErrorKind::duplicate_object, "repository " + quote(repo_id) + " exists already",
            "An export becomes a repository of its own: delete this one with cg_delete_repository first."};
}
Error importing_repository(std::string_view repo_id) {
    return {ErrorKind::object_state, "the import of repository " + quote(repo_id) + " has not ended",
            "Import the rest of its export, to the last line, or delete it with cg_delete_repository."};
}
Error unknown_snapshot(std::string_view snapshot_id, std::string_view repo_id) {
    return {ErrorKind::undefined_object, "unknown snapshot " + quote(snapshot_id) + " in repository " + quote(repo_id),
            "Create it with cg_create_snapshot; cg_snapshots(repo) lists what there is."};
}
Error ambiguous_commit(std::string_view commit, std::string_view repo_id) {
    return invalid("several snapshots of repository " + quote(repo_id) + " have a commit " + quote(commit),
                   "Give more digits of the hash, or the snapshot's id.");
}
static constexpr const char* what_log_shows =
    "cg_log(repo, snapshot) lists the revisions that are kept; cg_prune forgets old ones.";
Error unknown_revision(std::string_view snapshot_id, int64_t revision) {
    return {ErrorKind::undefined_object,
            "snapshot " + quote(snapshot_id) + " has no revision " + std::to_string(revision), what_log_shows};
}
Error unknown_moment(std::string_view snapshot_id, std::string_view time) {
    return {ErrorKind::undefined_object, "snapshot " + quote(snapshot_id) + " has no revision of " + std::string(time),
            what_log_shows};
}
Error unknown_chunk(std::string_view chunk) {
    return {ErrorKind::undefined_object, "unknown chunk " + quote(chunk),
            "The snapshot has neither a chunk with this id nor this FQN."};
}
Error newer_format(std::string_view repo_id) {
    return {ErrorKind::not_supported, "repository " + quote(repo_id) + " was written by a newer version of codegraph",
            "Install that version, or a later one."};
}
Error unknown_analyzer(std::string_view name) {
    return {ErrorKind::undefined_function, "unknown analyzer function " + quote(name),
            "The analyzer is a SQL function of one text argument, the file path, that returns JSON text."};
}
Error duplicate_chunk_id(std::string_view chunk_id, std::string_view where) {
    return {ErrorKind::duplicate_key, "duplicate chunk id " + quote(chunk_id) + " " + std::string(where)};
}
Error skipped_rows(std::string_view act, std::string_view table) {
    return may_be_hidden(
        {ErrorKind::object_state,
         "the database skipped the " + std::string(act) + " of a row of codegraph_" + std::string(table) +
             " without an error",
         "A trigger on the table, or a unique index on it that is not ours, may do that: let the trigger "
         "raise an error, or drop it."});
}
Error lagging_sequence(std::string_view sequence, std::string_view table) {
    return {ErrorKind::object_state,
            "the sequence codegraph_" + std::string(sequence) + " lags behind codegraph_" + std::string(table) +
                ": it gave a key that is there already",
            "Run SELECT cg_repair_sequences(), then call this again."};
}
Error invalid(const std::string& message, std::string hint) {
    return {ErrorKind::invalid_parameter, message, std::move(hint)};
}
Error malformed_json(std::string_view argument, std::string_view reason) {
    return {ErrorKind::malformed_json, std::string(argument) + " is not valid JSON: " + std::string(reason)};
}
static constexpr std::string_view corrupted = "data corrupted: ";

Error corrupt(const std::string& what) {
    return {ErrorKind::data_corrupted, std::string(corrupted) + what,
            "cg_verify lists what is damaged; restore from a backup."};
}
Error missing(const std::string& what) {
    return may_be_hidden(corrupt(what));
}
Error may_be_hidden(Error error) {
    error.may_be_hidden = true;
    return error;
}
Error hidden(const std::string& what, std::string_view tables) {
    return {ErrorKind::not_allowed, what + ": is it hidden by row-level security?",
            "Row-level security applies to you on " + std::string(tables) +
                ". A policy must show or hide everything of a repository, in all tables alike."};
}
Error in_repository(const Error& error, std::string_view repo_id) {
    const std::string_view text = error.what();
    const size_t begin = text.starts_with(corrupted) ? corrupted.size() : 0;
    Error named(
        error.kind,
        std::string(text.substr(0, begin)) + "repository " + quote(repo_id) + ": " + std::string(text.substr(begin)),
        error.hint);
    named.may_be_hidden = error.may_be_hidden;
    return named;
}
std::string what_is_corrupt(const Error& error) {
    const std::string_view text = error.what();
    return std::string(text.starts_with(corrupted) ? text.substr(corrupted.size()) : text);
}

}  // namespace codegraph
