#include "operations/common/argument_forms.h"

#include "base/error.h"
#include "base/time.h"
#include "engine/progress.h"
#include "model/json_input.h"
#include "model/names.h"
#include "storage/schema.h"
#include "storage/status_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

std::optional<int64_t> time_argument(const Arguments& arguments, ArgumentPlace place) {
    const std::optional<std::string_view> text = arguments.optional_text(place);
    if (!text) return std::nullopt;
    const std::optional<int64_t> time = parse_time(*text);
    if (!time)
        throw invalid(std::string(arguments.name(place)) + " " + quote(*text) + " is not a time",
                      "Give it as 2026-11-22T10:00:00Z, with Z or an offset.");
    return time;
}

Task<std::optional<std::string>> attrs_argument(const Arguments& arguments, ArgumentPlace place) {
    std::optional<std::string> attrs;
    if (!arguments.is_null(place)) attrs = co_await arguments.parse(place, parse_attrs);
    co_return attrs;
}

std::string name_argument(const Arguments& arguments, ArgumentPlace place, size_t limit) {
    const std::string_view name = arguments.text(place);
    check_name(arguments.name(place), name, limit);
    return std::string(name);
}

std::optional<std::string> optional_name_argument(const Arguments& arguments, ArgumentPlace place, size_t limit) {
    if (arguments.is_null(place)) return std::nullopt;
    return name_argument(arguments, place, limit);
}

std::optional<std::string> short_text_argument(const Arguments& arguments, ArgumentPlace place, size_t limit) {
    const std::optional<std::string_view> text = arguments.optional_text(place);
    if (!text) return std::nullopt;
    check_length(arguments.name(place), *text, limit);
    return std::string(*text);
}

std::string path_argument(const Arguments& arguments, ArgumentPlace place) {
    const std::string_view path = arguments.text(place);
    check_path(arguments.name(place), path);
    return std::string(path);
}

Task<Repository> repository_argument(const Arguments& arguments, ArgumentPlace place, RepositoryLock lock,
                                     UnfinishedImport unfinished) {
    co_return co_await find_repository(std::string(arguments.text(place)), lock, unfinished);
}

Task<std::vector<std::string>> repository_ids(const Arguments& arguments, ArgumentPlace place) {
    std::vector<std::string> ids;
    if (!arguments.is_null(place)) {
        ids.emplace_back(arguments.text(place));
        co_return ids;
    }
    constexpr const Statement& columns = statements::list_repository_formats;
    Rows rows = co_await query(statements::list_repository_formats);
    for (size_t row = 0; row < rows.size(); row++) {
        const uint64_t format = read_count(rows, row, columns["format"]);
        std::string repo_id(rows.text(row, columns["repo_id"]));
        if (format > static_cast<uint64_t>(storage_format))
            co_await notice(std::string(newer_format(repo_id).what()) + ", and is left out");
        else if (format > 0)
            ids.push_back(std::move(repo_id));
    }
    co_return ids;
}

Task<> in_each_repository(const Arguments& arguments, ArgumentPlace place, RepositoryLock lock, RepositoryAct act) {
    const bool takes_all = arguments.is_null(place);
    const std::vector<std::string> repo_ids = co_await repository_ids(arguments, place);
    for (const std::string& repo_id : repo_ids) {
        const std::optional<Repository> repository = co_await look_up_repository(repo_id, lock);
        if (!repository && takes_all) continue;
        if (!repository) throw unknown_repository(repo_id);
        try {
            co_await act(*repository);
        } catch (const Error& error) {
            if (!takes_all) throw;
            throw in_repository(error, repo_id);
        }
    }
}

}  // namespace codegraph
