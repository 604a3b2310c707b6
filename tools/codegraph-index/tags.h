// One definition as ctags reports it, and the JSON line it comes in.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace codegraph::index {

struct Tag {
    std::string name;
    std::string kind;
    std::string scope;       // in the language's own notation: a::b::C, A.method
    std::string scope_kind;  // class, namespace, …
    std::string access;      // public, protected, private; often empty
    std::string inherits;    // "Base,Other<int>"
    std::string typeref;     // "struct:name" of a typedef or variable
    std::uint32_t line = 0;
    std::uint32_t end = 0;  // 0 when the parser does not say
    bool file_only = false;
};

// Nothing for a line that is no tag, or one without a name, kind or line.
std::optional<Tag> parse_tag(std::string_view json_line);

}  // namespace codegraph::index
