// One SQL function as the registry describes it. Everything that is said about it elsewhere (SQLite's registration, the
// PostgreSQL install script, the reference in docs/) is derived from this.
#pragma once
#include <span>

#include "engine/port.h"
#include "engine/task.h"

namespace codegraph {

class Arguments;

enum class Type { text, json, integer, bigint, real, boolean, time };

struct Argument {
    const char* name;
    Type type;
    // nullptr: required. Else its default as SQL: NULL, '[]', 0, false.
    const char* default_value;
};

struct Column {
    const char* name;
    Type type;
};

// A column of the result by whose value a call finds its rows faster. `rows` and `microseconds` are then typical. One
// row means: at most one, while the optional arguments are left out.
struct Narrowing {
    const char* column;  // text that is never empty
    int rows;
    int microseconds;
};

enum class Effect {
    reads,
    writes,
    founds,      // writes, and makes the tables of a SQLite file that has none yet
    configures,  // changes the connection alone
};

}  // namespace codegraph

struct CgFunction {
    const char* name;
    std::span<const codegraph::Argument> arguments;
    std::span<const codegraph::Column> columns;  // of the result; a scalar function has one
    bool returns_rows;
    codegraph::Effect effect;
    int rows;                 // of a table function: a typical number, for the planners
    int microseconds;         // that a typical call takes, to a power of ten or so: for the planners
    const char* description;  // Markdown, for the reference: what it does, costs, and refuses
    codegraph::Task<> (*body)(const codegraph::Arguments&);
    std::span<const codegraph::Narrowing> narrowings = {};  // see Arguments::narrowed()

    size_t required_arguments() const {
        size_t count = 0;
        while (count < arguments.size() && !arguments[count].default_value) ++count;
        return count;
    }
    bool writes() const { return effect == codegraph::Effect::writes || effect == codegraph::Effect::founds; }
};
