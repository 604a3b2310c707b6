#include "player.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>

namespace codegraph::suite {
namespace {

using StatementOwner = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;

// The first words of a statement in lower case, without what stands around them.
std::string first_words(std::string_view query, int count) {
    std::string words;
    for (char c : query) {
        bool letter = std::isalnum(static_cast<unsigned char>(c)) || c == '_';
        if (letter) words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (letter || words.empty()) continue;
        if (--count == 0) break;
        if (words.back() != ' ') words += ' ';
    }
    return words;
}

bool is_prefix(std::string_view word, std::string_view of, size_t at_least = 1) {
    return word.size() >= at_least && of.starts_with(word);
}

}  // namespace

Player::Player(sqlite3* database) : database(database), scanner(variables) {
    variables["SQLITE"] = sqlite3_libversion();
    variables["ERROR"] = "false";
    variables["ROW_COUNT"] = "0";
    variables["LAST_ERROR_MESSAGE"] = "";
}

std::string Player::play(std::string_view script) {
    while (!script.empty() && !stopped) {
        size_t end = script.find('\n');
        play_line(script.substr(0, end));
        script.remove_prefix(end == std::string_view::npos ? script.size() : end + 1);
    }
    if (!stopped && active()) send_query();
    return output;
}

void Player::play_line(std::string_view line) {
    if (line.empty() && !scanner.in_quote()) return;
    say(std::string(line));
    scanner.begin_line(line);
    while (!stopped) {
        Stop stop = scanner.read_sql();
        if (stop == Stop::end_of_line) break;
        if (stop == Stop::backslash)
            play_command();
        else if (active())
            send_query();
        else
            scanner.clear_query();
    }
    if (!active() && !scanner.in_quote()) scanner.clear_query();
}

void Player::play_command() {
    std::string command = scanner.read_command();
    Arguments arguments;
    for (auto next = scanner.read_argument(); next; next = scanner.read_argument()) arguments.push_back(*next);
    scanner.end_command();
    if (!play_condition(command, arguments) && active()) run_command(command, arguments);
}

bool Player::play_condition(const std::string& command, const Arguments& arguments) {
    if (command == "if") {
        bool parent_active = active();
        bool taken = parent_active && truth(arguments);
        branches.push_back({taken, taken, parent_active});
        return true;
    }
    if (command != "elif" && command != "else" && command != "endif") return false;
    if (branches.empty()) {
        say("\\" + command + ": no matching \\if");
        return true;
    }
    Branch& branch = branches.back();
    if (command == "endif") {
        branches.pop_back();
    } else if (branch.had_else) {
        say("\\" + command + ": cannot occur after \\else");
    } else {
        branch.had_else = command == "else";
        branch.active = branch.parent_active && !branch.taken && (branch.had_else || truth(arguments));
        branch.taken |= branch.active;
    }
    return true;
}

bool Player::truth(const Arguments& arguments) {
    std::string value;
    for (const std::string& argument : arguments) value += (value.empty() ? "" : " ") + argument;
    std::string word = value;
    std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::tolower(c); });
    if (is_prefix(word, "true") || is_prefix(word, "yes") || is_prefix(word, "on", 2) || word == "1") return true;
    if (is_prefix(word, "false") || is_prefix(word, "no") || is_prefix(word, "off", 2) || word == "0") return false;
    say("unrecognized value \"" + value + "\" for \"\\if expression\": Boolean expected");
    return false;
}

void Player::run_command(const std::string& command, const Arguments& arguments) {
    if (command == "set") return set_variable(arguments);
    if (command == "echo") return echo(arguments);
    if (command == "pset") return set_format(arguments);
    if (command == "t") {
        format.tuples_only = !format.tuples_only;
    } else if (command == "unset" && !arguments.empty()) {
        variables.erase(arguments[0]);
    } else if (command == "g" && arguments.empty()) {
        send_query();
    } else if (command == "gset") {
        send_query_into_variables(arguments.empty() ? "" : arguments[0]);
    } else if (command == "r") {
        scanner.clear_query();
    } else if (command == "q") {
        stopped = true;
    } else {
        say("the runner for SQLite does not play \\" + command);
    }
}

void Player::set_variable(const Arguments& arguments) {
    if (arguments.empty()) return say("the runner for SQLite does not play \\set without a name");
    std::string value;
    for (size_t i = 1; i < arguments.size(); ++i) value += arguments[i];
    variables[arguments[0]] = value;
}

void Player::echo(const Arguments& arguments) {
    bool no_line_end = !arguments.empty() && arguments[0] == "-n";
    std::string text;
    for (size_t i = no_line_end; i < arguments.size(); ++i) text += (i > no_line_end ? " " : "") + arguments[i];
    output += no_line_end ? text : text + '\n';
}

void Player::set_format(const Arguments& arguments) {
    std::string option = arguments.empty() ? "" : arguments[0];
    std::string value = arguments.size() > 1 ? arguments[1] : "";
    if (option == "null") {
        if (arguments.size() > 1) format.null = value;
    } else if (option == "tuples_only" || option == "t" || option == "footer") {
        bool& flag = option == "footer" ? format.footer : format.tuples_only;
        flag = arguments.size() > 1 ? truth({value}) : !flag;
    } else if (option == "fieldsep" && arguments.size() > 1) {
        format.separator = value;
    } else if (option == "format") {
        format.unaligned = value == "unaligned";
    } else if (option != "pager") {
        say("the runner for SQLite does not play \\pset " + option);
    }
}

bool Player::fail(const std::string& text) {
    say("ERROR:  " + text);
    variables["ERROR"] = "true";
    variables["ROW_COUNT"] = "0";
    variables["LAST_ERROR_MESSAGE"] = text;
    if (!sqlite3_get_autocommit(database)) aborted = true;
    auto stop = variables.find("ON_ERROR_STOP");
    if (stop != variables.end()) stopped = stop->second == "on" || stop->second == "1" || stop->second == "true";
    return false;
}

// After an error PostgreSQL refuses everything up to the end of the transaction or of the savepoint; SQLite would go
// on.
bool Player::refuse_aborted(const std::string& query) {
    if (!aborted) return false;
    std::string words = first_words(query, 2);
    if (words.starts_with("rollback to")) {
        aborted = false;
        return false;
    }
    bool ends = words.starts_with("rollback") || words.starts_with("commit") || words.starts_with("end");
    if (!ends) {
        fail("current transaction is aborted, commands ignored until end of transaction block");
        return true;
    }
    if (!sqlite3_get_autocommit(database)) sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
    aborted = false;
    return true;
}

bool Player::run_query(Result& result, bool& has_columns) {
    std::string query = scanner.query();
    scanner.clear_query();
    has_columns = false;
    if (variables["VERBOSITY"] != "terse" || !format.unaligned)
        return fail("a script begins with \\set VERBOSITY terse and \\pset format unaligned");
    if (refuse_aborted(query)) return false;
    sqlite3_stmt* prepared = nullptr;
    const char* tail = nullptr;
    int code = sqlite3_prepare_v2(database, query.data(), static_cast<int>(query.size()), &prepared, &tail);
    StatementOwner statement(prepared, sqlite3_finalize);
    if (code != SQLITE_OK) return fail(sqlite3_errmsg(database));
    if (!prepared) return true;
    int columns = sqlite3_column_count(prepared);
    has_columns = columns > 0;
    for (int i = 0; i < columns; ++i) result.names.push_back(column_name(sqlite3_column_name(prepared, i), query));
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
        auto& row = result.rows.emplace_back();
        for (int i = 0; i < columns; ++i) row.push_back(value_text(prepared, i));
    }
    if (code != SQLITE_DONE) return fail(sqlite3_errmsg(database));
    variables["ERROR"] = "false";
    variables["ROW_COUNT"] = std::to_string(has_columns ? result.rows.size() : sqlite3_changes(database));
    return true;
}

void Player::send_query() {
    Result result;
    bool has_columns = false;
    if (run_query(result, has_columns) && has_columns) output += print(result, format);
}

void Player::send_query_into_variables(const std::string& prefix) {
    Result result;
    bool has_columns = false;
    if (!run_query(result, has_columns) || !has_columns) return;
    if (result.rows.empty()) return say("no rows returned for \\gset");
    if (result.rows.size() > 1) return say("more than one row returned for \\gset");
    for (size_t i = 0; i < result.names.size(); ++i) {
        std::string name = prefix + result.names[i];
        if (name.find_first_of("?\" ") != std::string::npos) return say("invalid variable name: \"" + name + "\"");
        if (result.rows[0][i])
            variables[name] = *result.rows[0][i];
        else
            variables.erase(name);
    }
}

}  // namespace codegraph::suite
