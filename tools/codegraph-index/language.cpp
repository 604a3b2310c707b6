#include "language.h"

#include <array>

namespace codegraph::index {
namespace {

struct Extension {
    std::string_view text;
    Language language;
    std::string_view parser_file_name;
};

// Headers keep their own name for ctags: what stands in a header is not private to the file.
constexpr std::array extensions{
    Extension{".c", Language::c, "source.c"},
    Extension{".h", Language::cpp, "source.h"},
    Extension{".cc", Language::cpp, "source.cpp"},
    Extension{".cpp", Language::cpp, "source.cpp"},
    Extension{".cxx", Language::cpp, "source.cpp"},
    Extension{".c++", Language::cpp, "source.cpp"},
    Extension{".hh", Language::cpp, "source.hpp"},
    Extension{".hpp", Language::cpp, "source.hpp"},
    Extension{".hxx", Language::cpp, "source.hpp"},
    Extension{".h++", Language::cpp, "source.hpp"},
    Extension{".inl", Language::cpp, "source.hpp"},
    Extension{".ipp", Language::cpp, "source.hpp"},
    Extension{".py", Language::python, "source.py"},
    Extension{".pyi", Language::python, "source.py"},
    Extension{".js", Language::javascript, "source.js"},
    Extension{".mjs", Language::javascript, "source.js"},
    Extension{".cjs", Language::javascript, "source.js"},
    Extension{".jsx", Language::javascript, "source.js"},
    Extension{".ts", Language::typescript, "source.ts"},
    Extension{".mts", Language::typescript, "source.ts"},
    Extension{".cts", Language::typescript, "source.ts"},
    Extension{".tsx", Language::typescript, "source.ts"},
};

constexpr std::array<std::string_view, 5> names{"C", "C++", "Python", "JavaScript", "TypeScript"};

const Extension* find_extension(std::string_view path) {
    std::string_view file = path.substr(path.rfind('/') + 1);
    std::size_t dot = file.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return nullptr;
    for (const Extension& extension : extensions)
        if (extension.text == file.substr(dot)) return &extension;
    return nullptr;
}

}  // namespace

std::optional<Language> language_of_path(std::string_view path) {
    const Extension* found = find_extension(path);
    if (found == nullptr) return std::nullopt;
    return found->language;
}

std::optional<Language> language_of_name(std::string_view name) {
    for (std::size_t i = 0; i < names.size(); i++)
        if (names[i] == name) return static_cast<Language>(i);
    return std::nullopt;
}

std::string_view language_name(Language language) {
    return names[static_cast<std::size_t>(language)];
}

Family family_of(Language language) {
    switch (language) {
        case Language::c:
        case Language::cpp:
            return Family::c;
        case Language::python:
            return Family::python;
        default:
            return Family::javascript;
    }
}

std::string_view parser_file_name(std::string_view path) {
    const Extension* found = find_extension(path);
    return found == nullptr ? std::string_view("source.txt") : found->parser_file_name;
}

}  // namespace codegraph::index
