// Reads a table of a repository page by page.
#pragma once
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

// Returns the rows that follow `page`, or the first rows where `page` has none. The answer is empty at the end of the
// table. `first` and `next` return as their first column the key by which they order the rows.
Task<Rows> read_next_page(const Repository& repository, const Rows& page, const Statement& first,
                          const Statement& next);

}  // namespace codegraph
