#include "operations/verify/pages.h"

namespace codegraph {

Task<Rows> read_next_page(const Repository& repository, const Rows& page, const Statement& first,
                          const Statement& next) {
    co_await checkpoint();
    if (page.empty()) co_return co_await query(first, repository.key);
    constexpr CellPlace key{0};  // these statements return first what they go by
    const Cell last = page.cell(page.size() - 1, key);
    co_return co_await query(next, repository.key, last);
}

}  // namespace codegraph
