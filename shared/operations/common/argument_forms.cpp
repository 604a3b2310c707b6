#include "operations/common/argument_forms.h"

#include "base/error.h"
#include "base/time.h"
#include "model/json_input.h"
#include "storage/repository_statements.h"

namespace codegraph {

std::optional<int64_t> time_argument(const Arguments& arguments, ArgumentPlace place) {
    const std::optional<std::string_view> text = arguments.optional_text(place);
    if (!text) return std::nullopt;
    const std::optional<int64_t> time = parse_time(*text);
    if (!time)
        throw invalid(std::string(arguments.name(place)) + " " + in_quotes(*text) + " is not a time",
                      "Give it as 2026-11-22T10:00:00Z, with Z or an offset.");
    return time;
}

std::optional<std::string> attrs_argument(const Arguments& arguments, ArgumentPlace place) {
    const std::optional<std::string_view> text = arguments.optional_text(place);
    if (!text) return std::nullopt;
    return parse_attrs(arguments.name(place), *text);
}

Task<std::vector<std::string>> repository_ids(const Arguments& arguments, ArgumentPlace place) {
    std::vector<std::string> ids;
    if (!arguments.is_null(place)) {
        ids.emplace_back(arguments.text(place));
        co_return ids;
    }
    Rows rows = co_await query(statements::list_repositories);
    for (size_t row = 0; row < rows.size(); row++)
        ids.emplace_back(rows.text(row, statements::list_repositories["repo_id"]));
    co_return ids;
}

}  // namespace codegraph
