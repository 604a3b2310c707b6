#include "engine/arguments.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "base/utf8.h"

namespace codegraph {

Arguments::Arguments(const CgFunction& function, const Caller& caller, std::span<const CgCell> given)
    : function_(function), caller_(caller), cells_(given.begin(), given.end()) {}

void Arguments::check_text(size_t i) const {
    std::string_view value(cells_[i].data, cells_[i].size);
    if (value.find('\0') != std::string_view::npos) throw invalid(std::string(name(i)) + " contains a NUL character");
    if (!is_utf8(value)) throw invalid(std::string(name(i)) + " is not valid UTF-8");
}

static Error wrong_type(const char* name, const char* expected) {
    return invalid(std::string(name) + " must be " + expected);
}

void Arguments::check() {
    for (size_t i = 0; i < function_.arguments.size(); i++) {
        const Argument& argument = function_.arguments[i];
        if (is_null(i)) {
            if (!argument.default_value) throw null_argument(argument.name);
            continue;
        }
        CgCellType given = cells_[i].type;
        switch (argument.type) {
            case Type::text:
            case Type::json:
            case Type::time:
                if (given != CG_TEXT) throw wrong_type(argument.name, "text");
                check_text(i);
                break;
            case Type::integer:
            case Type::bigint:
                if (given != CG_INTEGER) throw wrong_type(argument.name, "an integer");
                if (argument.type == Type::integer && static_cast<int32_t>(cells_[i].integer) != cells_[i].integer)
                    throw invalid(std::string(argument.name) + " " + std::to_string(cells_[i].integer) +
                                  " is out of range");
                break;
            case Type::real:
                if (given == CG_INTEGER) {
                    double value = static_cast<double>(cells_[i].integer);
                    cells_[i].type = CG_REAL;
                    cells_[i].real = value;
                } else if (given != CG_REAL) {
                    throw wrong_type(argument.name, "a number");
                }
                break;
            case Type::boolean:
                if (given != CG_INTEGER || (cells_[i].integer != 0 && cells_[i].integer != 1))
                    throw wrong_type(argument.name, "true or false");
                break;
        }
    }
}

std::optional<std::string_view> Arguments::optional_text(ArgumentPlace place) const {
    if (is_null(place)) return std::nullopt;
    return std::string_view(cells_[place.index].data, cells_[place.index].size);
}

std::string_view Arguments::text(ArgumentPlace place) const {
    if (const std::optional<std::string_view> given = optional_text(place)) return *given;
    const std::string_view quoted_default = default_of(place);  // '[]'
    return quoted_default.substr(1, quoted_default.size() - 2);
}

bool Arguments::takes_default(ArgumentPlace place) const {
    return place.index >= cells_.size() && std::strcmp(default_of(place), "NULL") != 0;
}

std::optional<int64_t> Arguments::optional_integer(ArgumentPlace place) const {
    if (takes_default(place)) return std::strtoll(default_of(place), nullptr, 10);
    if (is_null(place)) return std::nullopt;
    return cells_[place.index].integer;
}

std::optional<double> Arguments::optional_real(ArgumentPlace place) const {
    if (takes_default(place)) return std::strtod(default_of(place), nullptr);
    if (is_null(place)) return std::nullopt;
    return cells_[place.index].real;
}

double Arguments::real(ArgumentPlace place) const {
    return is_null(place) ? std::strtod(default_of(place), nullptr) : cells_[place.index].real;
}

bool Arguments::boolean(ArgumentPlace place) const {
    return is_null(place) ? std::string_view(default_of(place)) == "true" : cells_[place.index].integer != 0;
}

// Such values stand behind the declared arguments, in the order of the registry's entry.
std::optional<std::string_view> Arguments::required_value(std::string_view column) const {
    for (size_t i = 0; i < function_.narrowings.size(); i++)
        if (function_.narrowings[i].column == column)
            return optional_text(ArgumentPlace{function_.arguments.size() + i});
    return std::nullopt;
}

// Behind those stands for each costly column a 0 where it is not used.
bool Arguments::uses(std::string_view column) const {
    const size_t first = function_.arguments.size() + function_.narrowings.size();
    for (size_t i = 0; i < function_.costly.size(); i++)
        if (function_.costly[i] == column) return is_null(first + i);
    return true;
}

}  // namespace codegraph
