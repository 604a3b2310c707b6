#include "registry/reference.h"

#include <span>

#include "registry/readers.h"
#include "registry/type_names.h"
#include "registry/writers.h"

namespace codegraph {

// Puts a text of the sources on one line. White space, which lays the text out there, becomes one blank.
static std::string on_one_line(std::string_view text) {
    std::string line;
    for (char c : text) {
        const bool is_blank = c == ' ' || c == '\n';
        if (is_blank && (line.empty() || line.back() == ' ')) continue;
        line += is_blank ? ' ' : c;
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

std::string first_sentence(std::string_view description) {
    const std::string text = on_one_line(description);
    std::string sentence;
    for (size_t i = 0; i < text.size(); i++) {
        if (text[i] != '`') sentence += text[i];
        if (text[i] == '.' && (i + 1 == text.size() || text[i + 1] == ' ')) break;
    }
    return sentence;
}

namespace {

std::string signature(const CgFunction& function) {
    std::string text = std::string(function.name) + "(";
    for (size_t i = 0; i < function.arguments.size(); i++) {
        const Argument& argument = function.arguments[i];
        text += (i > 0 ? ", " : "") + std::string(argument.name);
        if (argument.default_value) text += std::string(" = ") + argument.default_value;
    }
    return text + ")";
}

std::string link_to(const CgFunction& function) {
    return "[`" + std::string(function.name) + "`](#" + function.name + ")";
}

const char* argument_words(Type type) {
    switch (type) {
        case Type::text:
            return "text";
        case Type::json:
            return "JSON (text; in PostgreSQL also json, jsonb)";
        case Type::integer:
        case Type::bigint:
            return "integer";
        case Type::real:
            return "number";
        case Type::boolean:
            return "boolean";
        case Type::time:
            return "RFC 3339 text";
    }
    return "";
}

std::string argument_table(const CgFunction& function) {
    if (function.arguments.empty()) return "";
    std::string text = "| argument | type | default |\n| --- | --- | --- |\n";
    for (const Argument& argument : function.arguments) {
        std::string standard = argument.default_value ? "`" + std::string(argument.default_value) + "`" : "required";
        text += "| `" + std::string(argument.name) + "` | " + argument_words(argument.type) + " | " + standard + " |\n";
    }
    return text + "\n";
}

std::string column_types(const Column& column) {
    return std::string(postgres_type(column.type)) + " | " + sqlite_type(column.type);
}

std::string result_table(const CgFunction& function) {
    std::string text = function.returns_rows() ? "| column" : "| returns";
    text += " | PostgreSQL | SQLite |\n| --- | --- | --- |\n";
    for (const Column& column : function.columns)
        text += "| `" + std::string(column.name) + "` | " + column_types(column) + " |\n";
    return text + "\n";
}

std::string entry(const CgFunction& function) {
    return "### " + std::string(function.name) + "\n\n```sql\n" + signature(function) + "\n```\n\n" +
           on_one_line(function.description) + "\n\n" + argument_table(function) + result_table(function);
}

std::string group(std::string_view title, std::string_view introduction, std::span<const CgFunction> functions) {
    std::string text = "## " + std::string(title) + "\n\n" + std::string(introduction) + "\n\n";
    for (const CgFunction& function : functions)
        text += "- " + link_to(function) + ": " + first_sentence(function.description) + "\n";
    text += "\n";
    for (const CgFunction& function : functions) text += entry(function);
    return text;
}

}  // namespace

std::string markdown_reference() {
    std::string text = R"(<!-- Generated from shared/registry/ by `make generate`: edit the descriptions there. -->
# SQL reference

PostgreSQL and SQLite have the same functions. Arguments are positional; PostgreSQL takes them by name too. Trailing
arguments with a default may be left out. NULL for an optional argument means its default, or no limit where the
description says so. NULL for a required argument is an error (22004).

)";
    constexpr std::string_view about_writers = R"(
        Writers are scalar functions. Each call is atomic and may be repeated: the same call again changes nothing.
        Repositories and snapshots are named by their exact ids. A repository or snapshot that a call is to change must
        exist (42704). A sealed snapshot refuses every change but its deletion (55000). A wrong argument or JSON field
        is an error (22023), and so is text that is no JSON (22P02).)";
    text += group("Writers", on_one_line(about_writers), writer_functions);
    constexpr std::string_view about_readers = R"(
        Readers work on a read-only database. A snapshot is named by its id, or by a branch for the newest snapshot of
        that branch. Either may be followed by a moment of its past: `main@{3}`, `main@{2026-11-22T10:00:00Z}`. An
        unknown repository, snapshot or moment is an error (42704). An unknown chunk, file, kind or FQN gives no rows,
        or NULL from a scalar function, unless the description says otherwise.)";
    text += group("Readers", on_one_line(about_readers), reader_functions);
    text.pop_back();
    return text;
}

}  // namespace codegraph
