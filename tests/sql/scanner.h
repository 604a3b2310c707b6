// Splits a psql script as psql does: lines into SQL statements and backslash commands, with psql's quotes, comments,
// parentheses and :variables. Knows nothing of databases; player.h plays what it finds.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace codegraph::suite {

using Variables = std::map<std::string, std::string>;

// Where the scanner stopped in the line.
enum class Stop { end_of_line, semicolon, backslash };

class Scanner {
public:
    explicit Scanner(const Variables& variables) : variables(variables) {}

    void begin_line(std::string_view line);
    // Reads SQL, adding it to query(), up to a semicolon, a backslash command or the end of the line.
    Stop read_sql();
    // After Stop::backslash: the command's name, then its arguments, one a call, until there are no more.
    std::string read_command();
    std::optional<std::string> read_argument();
    // Skips a `\\` that ends a command.
    void end_command();

    // Inside a literal, a quoted name or a comment: there an empty line counts.
    bool in_quote() const { return quote != Quote::none; }
    const std::string& query() const { return text; }
    void clear_query();

private:
    enum class Quote { none, single, escaped, name, dollar, comment };

    bool starts_with(std::string_view what) const { return line.substr(at).starts_with(what); }
    char peek(size_t ahead = 0) const { return at + ahead < line.size() ? line[at + ahead] : '\0'; }
    void take(size_t count);
    void read_quoted();
    void read_comment();
    bool open_quote();
    bool open_dollar();
    // Appends the value of a :variable that starts here; false when there is none.
    bool read_variable(std::string& out);
    bool read_quoted_variable(std::string& out);
    void read_single_quoted_argument(std::string& out);

    const Variables& variables;
    std::string_view line;
    size_t at = 0;
    std::string text;
    Quote quote = Quote::none;
    std::string dollar_tag;
    int comment_depth = 0;
    int parentheses = 0;
};

}  // namespace codegraph::suite
