#include "operations/common/version.h"

#include "engine/request.h"
#include "signatures/readers.h"

namespace codegraph {

Task<> version(const Arguments&) {
    const auto row = row_of<version_column>(CODEGRAPH_VERSION);
    co_yield row;
}

}  // namespace codegraph
