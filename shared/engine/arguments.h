// Holds the arguments of one call as views. They are checked against the registry's entry, and read by name from the
// list that the entry has: `arguments.text(snapshot_arguments["snapshot"])`. An argument that is left out or NULL has
// its default.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/function.h"
#include "engine/port.h"

namespace codegraph {

// The connection and the rights with which an operation runs.
struct Caller {
    CgSession* session = nullptr;  // null in unit tests
    int64_t user = 0;
};

class Arguments {
public:
    Arguments(const CgFunction& function, const Caller& caller, std::span<const CgCell> given);

    // Throws what the registry's entry forbids: NULL for a required argument, a value of another type, text that is not
    // UTF-8 or contains NUL, an integer or number out of range.
    void check();

    bool is_null(ArgumentPlace place) const { return is_null(place.index); }
    std::string_view text(ArgumentPlace place) const;
    std::optional<std::string_view> optional_text(ArgumentPlace place) const;
    // Returns the default when the argument is left out, and nothing when it is NULL, whatever its default is. So NULL
    // can mean that there is no limit.
    std::optional<int64_t> optional_integer(ArgumentPlace place) const;
    std::optional<double> optional_real(ArgumentPlace place) const;
    double real(ArgumentPlace place) const;
    bool boolean(ArgumentPlace place) const;
    const char* name(ArgumentPlace place) const { return name(place.index); }  // for error texts
    // Returns what a parser makes of the text of an argument. The parser gets the argument's name, for its error texts,
    // the text, and `more`.
    template <class Parser, class... More>
    auto parse(ArgumentPlace place, Parser parser, const More&... more) const {
        return parser(name(place), text(place), more...);
    }
    // Returns the value that this column must have in every row that the caller will look at. Returns nothing when the
    // caller looks at all rows, or when the database does not tell its adapter. No row has an empty value there.
    std::optional<std::string_view> required_value(std::string_view column) const;
    // Returns whether the caller looks at this column of the result. It is one of CgFunction::costly.
    bool uses(std::string_view column) const;
    const Caller& caller() const { return caller_; }

private:
    bool takes_default(ArgumentPlace place) const;  // it was left out, and its default is a value
    bool is_null(size_t i) const { return i >= cells_.size() || cells_[i].type == CG_NULL; }
    const char* name(size_t i) const { return function_.arguments[i].name; }
    const char* default_of(ArgumentPlace place) const { return function_.arguments[place.index].default_value; }
    void check_text(size_t i) const;
    const CgFunction& function_;
    const Caller caller_;
    std::vector<CgCell> cells_;
};

}  // namespace codegraph
