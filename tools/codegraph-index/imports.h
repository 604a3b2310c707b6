// The import statements of a file (`#include`, `import`, `from … import`, `require`) and which files they mean.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "definitions.h"
#include "language.h"
#include "tokens.h"

namespace codegraph::index {

struct Import {
    std::string module;                   // as written: tree/node.h, a.b, ..a, ./x
    std::vector<std::string_view> names;  // the module's own names that it brings in: `Foo` of `from a import Foo as F`
    std::size_t first_token = 0;
    std::size_t end_token = 0;
    std::uint32_t line = 0;
};

std::vector<Import> find_imports(const std::vector<Token>& tokens, Family family);

// The paths of the snapshot that the module may be, sorted. Relative ones start at the importing file; others are found
// by the end of their path (`tree/node.h` is `shared/tree/node.h`), the ones with the shortest rest first, longer ones
// not.
std::vector<std::string> resolve_module(std::string_view importing_path, const std::string& module, Family family,
                                        const Definitions& definitions);

// The last part of a module's name, which qualifies the names that come from it: node, b, x.
std::string module_stem(std::string_view module, Family family);

}  // namespace codegraph::index
