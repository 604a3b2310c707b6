// The arguments of one call, as views, checked against the registry's entry, and read by position. What is left out or
// NULL is the argument's default.
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

    bool is_null(size_t i) const { return i >= cells_.size() || cells_[i].type == CG_NULL; }
    std::string_view text(size_t i) const;  // required, or its default
    std::optional<std::string_view> optional_text(size_t i) const;
    // Left out: its default. NULL is nothing, whatever the default is: no limit.
    std::optional<int64_t> optional_integer(size_t i) const;
    double real(size_t i) const;
    bool boolean(size_t i) const;
    const char* name(size_t i) const;  // for error texts
    // The value that this column must have in every row that the caller will look at; nothing: any. Only an adapter
    // whose database says so passes it on. No row has an empty one.
    std::optional<std::string_view> narrowed(std::string_view column) const;
    const Caller& caller() const { return caller_; }

private:
    void check_text(size_t i) const;
    const CgFunction& function_;
    const Caller caller_;
    std::vector<CgCell> cells_;
};

}  // namespace codegraph
