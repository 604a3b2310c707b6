// Plays one psql script against a SQLite connection and returns what `psql -X -a -q` would print for it, byte for byte.
// So one expected file serves both databases. Scripts begin with `\set VERBOSITY terse` and
// `\pset format unaligned`. Supported: \set \unset \echo \pset (format, null, tuples_only, footer, fieldsep) \t \g
// \gset \if \elif \else \endif \r \q, variables, and psql's aborted transactions. Anything else is named in the output.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "printing.h"
#include "scanner.h"

struct sqlite3;

namespace codegraph::suite {

class Player {
public:
    explicit Player(sqlite3* database);
    std::string play(std::string_view script);

private:
    // One \if that is open: whether its present branch is played, and whether any branch was.
    struct Branch {
        bool active;
        bool taken;
        bool parent_active;
        bool had_else = false;
    };
    using Arguments = std::vector<std::string>;

    bool active() const { return branches.empty() || branches.back().active; }
    void play_line(std::string_view line);
    void play_command();
    void run_command(const std::string& command, const Arguments& arguments);
    bool play_condition(const std::string& command, const Arguments& arguments);
    bool truth(const Arguments& arguments);
    void set_format(const Arguments& arguments);
    void set_variable(const Arguments& arguments);
    void echo(const Arguments& arguments);

    // Run what the scanner has collected. False when it failed (which is printed).
    bool run_query(Result& result, bool& has_columns);
    void send_query();
    void send_query_into_variables(const std::string& prefix);
    bool fail(const std::string& text);
    bool refuse_aborted(const std::string& query);
    void say(const std::string& text) { output += text + '\n'; }

    sqlite3* database;
    Variables variables;
    Scanner scanner;
    Format format;
    std::vector<Branch> branches;
    std::string output;
    bool aborted = false;
    bool stopped = false;
};

}  // namespace codegraph::suite
