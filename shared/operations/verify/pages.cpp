#include "operations/verify/pages.h"

namespace codegraph {

Task<bool> TablePages::next() {
    co_await checkpoint();
    if (page_.empty()) {
        page_ = co_await query(first_, repository_.key);
    } else {
        const Cell last = page_.cell(page_.size() - 1, key);
        page_ = co_await query(next_, repository_.key, last);
    }
    if (order_.ascends(page_)) co_return !page_.empty();
    findings_.add(table_, "rows are out of order");
    co_return false;
}

}  // namespace codegraph
