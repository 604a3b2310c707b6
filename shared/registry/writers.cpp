#include "registry/registry.h"
namespace codegraph {
const std::span<const CgFunction> writer_functions = {};
}
