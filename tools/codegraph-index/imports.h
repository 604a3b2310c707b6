// Finds the import statements of a file (`#include`, `import`, `from … import`, `require`) and the files that they
// mean.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "definitions.h"
#include "language.h"
#include "tokens.h"

namespace codegraph::index {

struct Import {
    std::string module;                   // as written, such as tree/node.h, a.b, ..a or ./x
    std::vector<std::string_view> names;  // as the module calls them: `Foo` of `from a import Foo as F`
    std::size_t first_token = 0;
    std::size_t end_token = 0;
    std::uint32_t line = 0;
};

std::vector<Import> find_imports(const std::vector<Token>& tokens, Family family);

// Returns the paths of the snapshot that the module may be, sorted. A relative module is looked for from the importing
// file. Any other one is found by the end of its path (`tree/node.h` is `shared/tree/node.h`); of several paths only
// those count of which the least is left over.
std::vector<std::string> resolve_module(std::string_view importing_path, const std::string& module, Family family,
                                        const Definitions& definitions);

// Returns the last part of a module's name, such as node, b or x. It qualifies the names that come from the module.
std::string module_stem(std::string_view module, Family family);

}  // namespace codegraph::index
