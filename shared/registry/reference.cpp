#include "registry/reference.h"

#include "registry/registry.h"

namespace codegraph {

const char* postgres_type(Type type) {
    switch (type) {
        case Type::text:
            return "text";
        case Type::json:
            return "json";
        case Type::integer:
            return "integer";
        case Type::bigint:
            return "bigint";
        case Type::real:
            return "double precision";
        case Type::boolean:
            return "boolean";
        case Type::time:
            return "timestamptz";
    }
    return "";
}

const char* sqlite_type(Type type) {
    switch (type) {
        case Type::text:
        case Type::json:
        case Type::time:
            return "TEXT";
        case Type::integer:
        case Type::bigint:
            return "INTEGER";
        case Type::real:
            return "REAL";
        case Type::boolean:
            return "BOOLEAN";
    }
    return "";
}

std::string first_sentence(std::string_view description) {
    std::string sentence;
    for (size_t i = 0; i < description.size(); i++) {
        char c = description[i] == '\n' ? ' ' : description[i];
        if (c != '`') sentence += c;
        bool ends_word = i + 1 == description.size() || description[i + 1] == ' ' || description[i + 1] == '\n';
        if (c == '.' && ends_word) break;
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

std::string link_target(const CgFunction& function) {
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

std::string types_of(const Column& column) {
    return std::string(postgres_type(column.type)) + " | " + sqlite_type(column.type);
}

std::string result_table(const CgFunction& function) {
    std::string text = function.returns_rows ? "| column" : "| returns";
    text += " | PostgreSQL | SQLite |\n| --- | --- | --- |\n";
    for (const Column& column : function.columns)
        text += "| `" + std::string(column.name) + "` | " + types_of(column) + " |\n";
    return text + "\n";
}

std::string entry(const CgFunction& function) {
    return "### " + std::string(function.name) + "\n\n```sql\n" + signature(function) + "\n```\n\n" +
           function.description + "\n\n" + argument_table(function) + result_table(function);
}

std::string group(const char* title, const char* introduction, std::span<const CgFunction> functions) {
    std::string text = "## " + std::string(title) + "\n\n" + introduction + "\n\n";
    for (const CgFunction& function : functions)
        text += "- " + link_target(function) + ": " + first_sentence(function.description) + "\n";
    text += "\n";
    for (const CgFunction& function : functions) text += entry(function);
    return text;
}

}  // namespace

std::string markdown_reference() {
    std::string text =
        "<!-- Generated from shared/registry/ by `make generate`: edit the descriptions there. -->\n"
        "# SQL reference\n\n"
        "The same functions in PostgreSQL and SQLite. Arguments are positional (PostgreSQL takes them by name too), "
        "and "
        "trailing ones\n"
        "with a default may be left out. NULL for an optional argument is its default; NULL for a required one is an "
        "error.\n\n";
    text += group("Writers",
                  "Scalar functions. Each call is atomic, and safe to repeat: the same call again changes nothing.",
                  writer_functions);
    text += group("Readers",
                  "They work on a read-only database. A snapshot is given by its id or by a branch's name, either "
                  "followed by a moment of its past: `main@{3}`, `main@{2026-11-22T10:00:00Z}`.",
                  reader_functions);
    text.pop_back();
    return text;
}

}  // namespace codegraph
