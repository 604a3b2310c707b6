// Columns that both functions that read and functions that write return; see readers.h.
#pragma once
#include "engine/function.h"

namespace codegraph {

inline constexpr auto count_column = column_list({
    {"count", Type::bigint},
});
inline constexpr auto file_hash_column = column_list({
    {"file_hash", Type::text},
});

}  // namespace codegraph
