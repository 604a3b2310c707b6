#include "operations/write/repair_sequences.h"

#include "engine/request.h"
#include "signatures/writers.h"
#include "storage/repository.h"
#include "storage/sequences.h"

namespace codegraph {

Task<> repair_sequences(const Arguments&) {
    co_await refuse_old_views();  // the greatest keys would not be among what they see
    const size_t moved = co_await repair_all_sequences();
    const auto row = row_of<count_column>(moved);
    co_yield row;
}

}  // namespace codegraph
