// Every function that reads. Readers take snapshots by id or by branch and work on a read-only database.
#include "operations/readers.h"

#include "registry/registry.h"

namespace codegraph {
namespace {

constexpr Column version_columns[] = {{"version", Type::text}};

constexpr CgFunction readers[] = {
    {"cg_version",
     {},
     version_columns,
     false,
     Effect::reads,
     1,
     "The version of the extension, and of its storage and tree formats.",
     version},
};

}  // namespace

const std::span<const CgFunction> reader_functions = readers;

}  // namespace codegraph
