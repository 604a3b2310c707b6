// Names the languages that are indexed: which one a file has, and which ones share their names (a C++ file calls C
// functions, a TypeScript file imports JavaScript).
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace codegraph::index {

enum class Language : std::uint8_t { c, cpp, python, javascript, typescript };
enum class Family : std::uint8_t { c, python, javascript };

// Returns the language by the extension alone, or std::nullopt for a file that is not indexed. A `.h` is taken as C++,
// which reads C as well.
std::optional<Language> language_of_path(std::string_view path);
std::optional<Language> language_of_name(std::string_view name);
std::string_view language_name(Language language);
Family family_of(Language language);
// Returns a file name by which ctags chooses the parser of this path's language.
std::string_view parser_file_name(std::string_view path);

}  // namespace codegraph::index
