// Describes one SQL function as the registry has it. SQLite's registration, the PostgreSQL install script and the
// reference in docs/ are made from this.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "engine/port.h"
#include "engine/task.h"

namespace codegraph {

class Arguments;

enum class Type { text, json, integer, bigint, real, boolean, time };

struct Argument {
    const char* name;
    Type type;
    // The default as SQL: NULL, '[]', 0, false. An argument without one is required.
    const char* default_value = nullptr;
};

struct Column {
    const char* name;
    Type type;
};

// Returns the position of a name in a list while the core is compiled. A name that the list does not have is a compile
// error.
template <class Item>
consteval size_t index_of(std::span<const Item> list, std::string_view name) {
    for (size_t i = 0; i < list.size(); i++)
        if (list[i].name == name) return i;
    throw "the list has no item of this name";
}

// A list of arguments or columns in their order: the only place where their names are written. Operations find
// positions in it by name: `arguments.text(chunk_arguments["snapshot"])`, `case dependency_columns["fqn"]:`.
template <class Item, class Place, size_t count>
struct SignatureList {
    Item items[count];

    consteval Place operator[](std::string_view name) const {
        return Place{index_of(std::span<const Item>(items), name)};
    }
    // Returns the list with more items behind its own.
    template <size_t more_count>
    consteval SignatureList<Item, Place, count + more_count> extend(const Item (&more)[more_count]) const {
        SignatureList<Item, Place, count + more_count> longer{};
        for (size_t i = 0; i < count; i++) longer.items[i] = items[i];
        for (size_t i = 0; i < more_count; i++) longer.items[count + i] = more[i];
        return longer;
    }
    static constexpr size_t size() { return count; }
    constexpr operator std::span<const Item>() const { return items; }
};

struct ArgumentPlace {
    size_t index;
};

template <size_t count>
using ArgumentList = SignatureList<Argument, ArgumentPlace, count>;
template <size_t count>
using ColumnList = SignatureList<Column, size_t, count>;

template <size_t count>
consteval ArgumentList<count> argument_list(const Argument (&items)[count]) {
    ArgumentList<count> list{};
    for (size_t i = 0; i < count; i++) list.items[i] = items[i];
    return list;
}
template <size_t count>
consteval ColumnList<count> column_list(const Column (&items)[count]) {
    ColumnList<count> list{};
    for (size_t i = 0; i < count; i++) list.items[i] = items[i];
    return list;
}

// A column of the result by whose value a call finds its rows faster. `rows` and `microseconds` are those of a typical
// call with such a value. 1 row means that there is at most one while the optional arguments are left out.
struct Narrowing {
    const char* column;  // text that is never empty
    int rows;
    int microseconds;
};

enum class Result { one_value, rows };

enum class Effect {
    reads,
    writes,
    founds,      // writes, and makes the tables of a SQLite file that has none yet
    configures,  // changes only the connection
};

}  // namespace codegraph

struct CgFunction {
    const char* name;
    std::span<const codegraph::Argument> arguments = {};
    std::span<const codegraph::Column> columns = {};  // of the result; one column when it is one value
    codegraph::Result result = codegraph::Result::rows;
    codegraph::Effect effect = codegraph::Effect::reads;
    // Must see every row of the tables, and refuses to run where row-level security applies to the caller.
    bool sees_all = false;
    int rows = 1;                                           // how many a typical call returns; for the planners
    int microseconds = 1;                                   // how long a typical call takes; for the planners
    std::span<const codegraph::Narrowing> narrowings = {};  // see Arguments::required_value()
    // Columns of the result that cost more than the others. See Arguments::uses().
    std::span<const char* const> costly = {};
    const char* description = "";  // Markdown, for the reference
    codegraph::Task<> (*body)(const codegraph::Arguments&) = nullptr;

    bool returns_rows() const { return result == codegraph::Result::rows; }
    size_t required_arguments() const {
        size_t count = 0;
        while (count < arguments.size() && !arguments[count].default_value) ++count;
        return count;
    }
    bool writes() const { return effect == codegraph::Effect::writes || effect == codegraph::Effect::founds; }
};
