// Holds one definition as ctags reports it, and reads it from its line of JSON.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace codegraph::index {

struct Tag {
    std::string name;
    std::string kind;
    std::string scope;       // in the language's own notation, such as a::b::C or A.method
    std::string scope_kind;  // such as class or namespace
    std::string access;      // public, protected, private or, often, empty
    std::string inherits;    // such as "Base,Other<int>"
    std::string typeref;     // such as "struct:name" for a typedef or variable
    std::uint32_t line = 0;
    std::uint32_t end = 0;  // is 0 when the parser does not say
    bool file_only = false;
};

// Returns std::nullopt for a line that is no tag, and for a tag without a name, kind or line.
std::optional<Tag> parse_tag(std::string_view json_line);

}  // namespace codegraph::index
