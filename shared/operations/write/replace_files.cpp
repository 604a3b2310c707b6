#include <array>

#include "base/error.h"
#include "model/names.h"
#include "operations/write/replacement.h"
#include "operations/writers.h"

namespace codegraph {

static Task<Counts> replace_given(const Arguments& arguments, std::vector<GivenFile> files,
                                  std::string_view operation) {
    std::string base_id(arguments.text(1)), new_id(arguments.text(2));
    check_name("new_snapshot_id", new_id, id_limit);
    Counts counts;
    counts.files_checked = files.size();
    Repository repository = co_await find_repository(std::string(arguments.text(0)), RepositoryLock::share);
    Target target = co_await open_replacement(repository, std::move(base_id), std::move(new_id));
    SnapshotContent content(repository, target.start);
    co_await replace(session_of(arguments), target, content, std::move(files), operation, counts);
    co_return counts;
}

Task<> replace_file(const Arguments& arguments) {
    GivenFile file;
    file.path = arguments.text(3);
    check_path("file_path", file.path);
    file.chunks = parse_chunks("chunks", arguments.text(4), file.path);
    file.dependencies = parse_dependencies("dependencies", arguments.text(5));
    if (std::optional<std::string_view> file_hash = arguments.optional_text(6)) {
        check_file_hash("file_hash", *file_hash);
        file.file_hash = *file_hash;
    }
    if (std::optional<std::string_view> attrs = arguments.optional_text(7)) file.attrs = parse_attrs("attrs", *attrs);
    std::vector<GivenFile> files;
    files.push_back(std::move(file));
    Counts counts = co_await replace_given(arguments, std::move(files), "replace_file");
    std::string json = counts.json();
    const std::array<Cell, 1> row = {cell(json)};
    co_yield row;
}

Task<> replace_files(const Arguments& arguments) {
    std::vector<GivenFile> files = parse_files("files", arguments.text(3));
    Counts counts = co_await replace_given(arguments, std::move(files), "replace_files");
    std::string json = counts.json();
    const std::array<Cell, 1> row = {cell(json)};
    co_yield row;
}

}  // namespace codegraph
