#include "registry/install_script.h"

#include <vector>

#include "registry/reference.h"
#include "registry/registry.h"
#include "registry/type_names.h"
#include "storage/schema.h"

namespace codegraph {
namespace {

std::string schema_text() {
    const CgStatement schema = {postgres_schema, nullptr, ""};
    std::string text(codegraph_expand(&schema, CG_POSTGRES, "codegraph_", nullptr, 0), '\0');
    codegraph_expand(&schema, CG_POSTGRES, "codegraph_", text.data(), text.size() + 1);
    return text;
}

// Returns the names of the tables and sequences. Both hold users' data, which pg_dump leaves out of an extension unless
// it is told.
std::vector<std::string_view> dumped_objects(std::string_view schema) {
    std::vector<std::string_view> names;
    for (size_t at = 0; at < schema.size();) {
        size_t end = std::min(schema.find('\n', at), schema.size());
        std::string_view line = schema.substr(at, end - at);
        for (std::string_view create : {"CREATE TABLE ", "CREATE SEQUENCE "}) {
            if (!line.starts_with(create)) continue;
            std::string_view name = line.substr(create.size());
            names.push_back(name.substr(0, name.find_first_of(" (;")));
        }
        at = end + 1;
    }
    return names;
}

const char* argument_type(Type type, const char* json_type) {
    switch (type) {
        case Type::json:
            return json_type;
        case Type::time:
            return "text";  // RFC 3339
        default:
            return postgres_type(type);
    }
}

// Returns how many leading arguments have no default. An overload for json or jsonb has the same defaults where a JSON
// argument is required: that one tells the overloads apart. Elsewhere these are all up to the last JSON argument: a
// call that left one of them out would fit several overloads.
size_t arguments_without_default(const CgFunction& function, bool is_overload) {
    size_t count = function.required_arguments();
    if (!is_overload) return count;
    for (size_t i = 0; i < count; i++)
        if (function.arguments[i].type == Type::json) return count;
    for (size_t i = count; i < function.arguments.size(); i++)
        if (function.arguments[i].type == Type::json) count = i + 1;
    return count;
}

std::string argument_list(const CgFunction& function, const char* json_type) {
    size_t without_default = arguments_without_default(function, std::string_view(json_type) != "text");
    std::string list;
    for (size_t i = 0; i < function.arguments.size(); i++) {
        const Argument& argument = function.arguments[i];
        list += i > 0 ? ", " : "";
        list += std::string(argument.name) + " " + argument_type(argument.type, json_type);
        if (i >= without_default) list += std::string(" DEFAULT ") + argument.default_value;
    }
    return list;
}

std::string argument_types(const CgFunction& function, const char* json_type) {
    std::string list;
    for (const Argument& argument : function.arguments) {
        list += list.empty() ? "" : ", ";
        list += argument_type(argument.type, json_type);
    }
    return list;
}

std::string result(const CgFunction& function) {
    if (!function.returns_rows()) return postgres_type(function.columns[0].type);
    std::string columns;
    for (const Column& column : function.columns) {
        columns += columns.empty() ? "" : ", ";
        columns += std::string(column.name) + " " + postgres_type(column.type);
    }
    return "TABLE (" + columns + ")";
}

// COST is the cost of a whole call, also for a function that returns rows, in units of a cheap operator. With
// PostgreSQL's own settings 400 of these units are one page read in sequence, say 10 microseconds.
constexpr int operators_per_microsecond = 40;

std::string properties(const CgFunction& function) {
    std::string text = function.effect != Effect::reads ? "VOLATILE PARALLEL UNSAFE" : "STABLE PARALLEL RESTRICTED";
    text += " COST " + std::to_string(function.microseconds * operators_per_microsecond);
    if (function.returns_rows()) text += " ROWS " + std::to_string(function.rows);
    return text;
}

std::string quoted_literal(std::string_view text) {
    std::string literal = "'";
    for (char c : text) literal += c == '\'' ? std::string("''") : std::string(1, c);
    return literal + "'";
}

std::string create_function(const CgFunction& function, const char* json_type) {
    std::string name = function.name;
    return "CREATE FUNCTION " + name + "(" + argument_list(function, json_type) + ")\n    RETURNS " + result(function) +
           "\n    LANGUAGE C " + properties(function) + "\n    AS 'MODULE_PATHNAME', '" +
           (function.returns_rows() ? "codegraph_rows" : "codegraph_scalar") + "';\nCOMMENT ON FUNCTION " + name + "(" +
           argument_types(function, json_type) + ") IS\n    " + quoted_literal(first_sentence(function.description)) +
           ";\n\n";
}

bool takes_json(const CgFunction& function) {
    for (const Argument& argument : function.arguments)
        if (argument.type == Type::json) return true;
    return false;
}

}  // namespace

std::string postgres_install_script() {
    std::string schema = schema_text();
    std::string script =
        "-- Generated from shared/registry/ and shared/storage/schema.cpp by `make generate`: edit those.\n"
        "\\echo Use \"CREATE EXTENSION codegraph\" to load this file. \\quit\n";
    script += schema + "\n-- pg_dump and pg_upgrade carry what these hold.\n";
    for (std::string_view name : dumped_objects(schema))
        script += "SELECT pg_catalog.pg_extension_config_dump('" + std::string(name) + "', '');\n";
    script += "\n-- The functions. Those with JSON arguments take them as text, as json or as jsonb.\n";
    for (const CgFunction* function : all_functions()) {
        script += create_function(*function, "text");
        if (!takes_json(*function)) continue;
        script += create_function(*function, "json");
        script += create_function(*function, "jsonb");
    }
    script.pop_back();
    return script;
}

}  // namespace codegraph
