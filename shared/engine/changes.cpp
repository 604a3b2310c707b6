#include "engine/changes.h"

namespace codegraph {

Error rows_skipped_by(const Statement& statement) {
    const std::string_view text = statement.postgres;
    const size_t begin = text.find_first_not_of(" \n");
    const size_t table = text.find('{') + 1;
    const std::string_view verb = text.substr(begin, text.find(' ', begin) - begin);
    const char* act = verb == "INSERT" ? "insertion" : verb == "UPDATE" ? "update" : "deletion";
    return skipped_rows(act, text.substr(table, text.find('}') - table));
}

void check_changed(const Statement& statement, const Rows& rows, size_t expected) {
    if (rows.changed < static_cast<int64_t>(expected)) throw rows_skipped_by(statement);
}

Task<size_t> insert_missing(const Batch& insert, const Statement& find) {
    Rows inserted = co_await run(insert);
    const auto count = static_cast<size_t>(inserted.changed);
    if (count == insert.size()) co_return count;
    Batch keys(find);
    for (size_t row = 0; row < insert.size(); row++)
        for (size_t column = 0; column < keys.width_; column++)
            keys.cells_.push_back(insert.cells_[row * insert.width_ + column]);
    Rows found = co_await run(keys);
    if (found.size() < insert.size()) throw rows_skipped_by(*insert.statement_);
    co_return count;
}

}  // namespace codegraph
