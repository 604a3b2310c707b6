// The columns that functions of both kinds return, those that read and those that write; see readers.h.
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
