#include <array>

#include "engine/request.h"
#include "operations/readers.h"

namespace codegraph {

Task<> version(const Arguments&) {
    const std::array<Cell, 1> row = {cell(CODEGRAPH_VERSION)};
    co_yield row;
}

}  // namespace codegraph
