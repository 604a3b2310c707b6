// Reads a table of a repository page by page.
#pragma once
#include "engine/request.h"
#include "operations/verify/findings.h"
#include "storage/page_order.h"
#include "storage/repository.h"

namespace codegraph {

// Goes over a table of a repository in the order of a key:
//     TablePages pages(repository, "contents", list_first_contents, list_next_contents, findings);
//     for (bool more = ...) check pages.rows();
// where `more` comes from `more = co_await pages.next();`.
class TablePages {
public:
    // `first` and `next` return as their first column the key by which they order the rows. `table` names the table in
    // findings.
    TablePages(const Repository& repository, const char* table, const Statement& first, const Statement& next,
               Findings& findings)
        : repository_(repository), table_(table), first_(first), next_(next), findings_(findings) {}
    // Reads the next page, after a checkpoint. Returns whether there is one. Where rows are out of order, adds that to
    // the findings and reads no further.
    Task<bool> next();
    const Rows& rows() const { return page_; }

private:
    static constexpr CellPlace key{0};

    const Repository& repository_;
    const char* table_;
    const Statement &first_, &next_;
    Findings& findings_;
    Rows page_;
    PageOrder order_{{key}};
};

}  // namespace codegraph
