// The arguments of one call, as views, checked against the registry's entry, and read by name: `arguments.text(
// snapshot_arguments["snapshot"])`, with the list that the entry names. What is left out or NULL is the default.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/function.h"
#include "engine/port.h"

namespace codegraph {

// On whose connection and with whose rights an operation runs.
struct Caller {
    CgSession* session = nullptr;  // not in unit tests
    int64_t user = 0;
};

class Arguments {
public:
    Arguments(const CgFunction& function, const Caller& caller, std::span<const CgCell> given);

    // Throws what the registry's entry forbids: NULL for a required argument, a value of another type, text that is not
    // UTF-8 or contains NUL, an integer or number out of range.
    void check();

    bool is_null(ArgumentPlace place) const { return is_null(place.index); }
    std::string_view text(ArgumentPlace place) const;  // required, or its default
    std::optional<std::string_view> optional_text(ArgumentPlace place) const;
    // Left out: its default. NULL is nothing, whatever the default is: no limit.
    std::optional<int64_t> optional_integer(ArgumentPlace place) const;
    double real(ArgumentPlace place) const;
    bool boolean(ArgumentPlace place) const;
    const char* name(ArgumentPlace place) const { return name(place.index); }  // for error texts
    // Returns what a parser makes of the text of an argument. The parser gets the argument's name, for its error texts,
    // the text, and `more`.
    template <class Parser, class... More>
    auto parse(ArgumentPlace place, Parser parser, const More&... more) const {
        return parser(name(place), text(place), more...);
    }
    // The value that this column must have in every row that the caller will look at; nothing: any. Only an adapter
    // whose database says so passes it on. No row has an empty one.
    std::optional<std::string_view> required_value(std::string_view column) const;
    const Caller& caller() const { return caller_; }

private:
    bool is_null(size_t i) const { return i >= cells_.size() || cells_[i].type == CG_NULL; }
    const char* name(size_t i) const { return function_.arguments[i].name; }
    const char* default_of(ArgumentPlace place) const { return function_.arguments[place.index].default_value; }
    void check_text(size_t i) const;
    const CgFunction& function_;
    const Caller caller_;
    std::vector<CgCell> cells_;
};

}  // namespace codegraph
