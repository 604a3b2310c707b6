// Checks that reading a table page by page advances: the key of each row is greater than that of the row before, in the
// same page or in an earlier one. In a damaged SQLite file rows can lie in any order, and then asking for what follows
// the last key would go round for ever.
#pragma once
#include <string>
#include <vector>

#include "engine/rows.h"

namespace codegraph {

class PageOrder {
public:
    // `key` names the columns of the pages by which they are ordered.
    explicit PageOrder(std::vector<CellPlace> key) : key_(std::move(key)), last_(key_.size()) {}
    // Takes the next page. Returns whether its rows follow those of the pages before and each other.
    bool ascends(const Rows& page);
    // Takes the next page. Throws corrupt() with the name of the table unless ascends().
    void check(const Rows& page, const char* table);

private:
    struct Part {  // of the last key
        CgCell cell{};
        std::string bytes;
    };
    bool follows(const Rows& page, size_t row) const;
    void keep_last(const Rows& page);

    const std::vector<CellPlace> key_;
    std::vector<Part> last_;
    bool has_last_ = false;
};

}  // namespace codegraph
