// Holds what the fuzz targets share. Every target checks one rule: whatever the bytes are, a decoder returns a value or
// throws one of the errors that it may, and nothing else happens.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace codegraph {

#define FUZZ_EXPECT(holds)                                                   \
    do {                                                                     \
        if (!(holds)) {                                                      \
            std::fprintf(stderr, "%s:%d: " #holds "\n", __FILE__, __LINE__); \
            std::abort();                                                    \
        }                                                                    \
    } while (false)

// The result; nothing for an error of one of these kinds.
template <class Function>
auto result_or_error(std::initializer_list<ErrorKind> kinds, Function function) -> std::optional<decltype(function())> {
    try {
        return function();
    } catch (const Error& error) {
        bool is_allowed = false;
        for (ErrorKind kind : kinds) is_allowed |= error.kind == kind;
        FUZZ_EXPECT(is_allowed);
        return std::nullopt;
    }
}

// Cuts a field that ends with a zero byte off the front.
inline std::string_view next_field(std::string_view& rest) {
    const std::string_view field = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(field.size() < rest.size() ? field.size() + 1 : field.size());
    return field;
}

void fuzz(std::string_view input);  // the target's

}  // namespace codegraph

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    codegraph::fuzz({reinterpret_cast<const char*>(data), size});
    return 0;
}
