// Splits long loops into pieces, between which the caller's interrupt is looked for.
#pragma once
#include <algorithm>
#include <cstddef>

#include "engine/request.h"

namespace codegraph {

inline constexpr size_t piece = 1 << 16;  // items of a loop that takes nanoseconds for each

// Calls work(from, to) for consecutive parts of 0 ... count, with a checkpoint between two of them.
template <class Work>
Task<> in_pieces(size_t count, const Work& work) {
    for (size_t from = 0; from < count; from += piece) {
        if (from > 0) co_await checkpoint();
        work(from, std::min(from + piece, count));
    }
}

}  // namespace codegraph
