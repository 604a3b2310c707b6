#include "operations/common/argument_forms.h"

#include "base/error.h"
#include "base/time.h"
#include "storage/repository_statements.h"

namespace codegraph {

std::optional<int64_t> time_argument(const Arguments& arguments, size_t i) {
    const std::optional<std::string_view> text = arguments.optional_text(i);
    if (!text) return std::nullopt;
    const std::optional<int64_t> time = parse_time(*text);
    if (!time)
        throw invalid(std::string(arguments.name(i)) + " " + in_quotes(*text) + " is not a time",
                      "Give it as 2026-11-22T10:00:00Z, with Z or an offset.");
    return time;
}

Task<std::vector<std::string>> repository_ids(const Arguments& arguments, size_t i) {
    std::vector<std::string> ids;
    if (!arguments.is_null(i)) {
        ids.emplace_back(arguments.text(i));
        co_return ids;
    }
    Rows rows = co_await query(statements::list_repositories);
    for (size_t row = 0; row < rows.size(); row++) ids.emplace_back(rows.text(row, 0));
    co_return ids;
}

}  // namespace codegraph
