#include "base/memory.h"

#include <cxxabi.h>

#include <cstdlib>

namespace codegraph {

// More than the runtime's pool of exceptions takes, which is about 72 kB.
static constexpr size_t pool_bytes = 100'000;

static bool has_memory(size_t bytes) noexcept {
    void* volatile memory = std::malloc(bytes);
    std::free(memory);
    return memory;
}

// The runtime asks for its pool just before this, and does not say what it got.
static const bool had_memory_at_load = has_memory(pool_bytes);

bool prepare_exceptions() noexcept {
    return had_memory_at_load && has_memory(pool_bytes) &&
           abi::__cxa_get_globals();  // the first use of the runtime's thread-local variables
}

}  // namespace codegraph
