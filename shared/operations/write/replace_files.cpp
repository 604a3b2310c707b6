#include "operations/write/replace_files.h"

#include "base/error.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/write/file_replacement.h"
#include "signatures/writers.h"

namespace codegraph {

static Task<Counts> replace_given(const Arguments& arguments, std::vector<GivenFile> files,
                                  std::string_view operation) {
    std::string base_id(arguments.text(replacement_arguments["base_snapshot_id"]));
    std::string new_id = name_argument(arguments, replacement_arguments["new_snapshot_id"], id_limit);
    Counts counts;
    counts.files_checked = files.size();
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    WrittenSnapshot written = co_await open_or_make_snapshot(repository, std::move(base_id), std::move(new_id));
    SnapshotContent content(repository, written.start_root);
    co_await replace_in_snapshot(session_of(arguments), written, content, std::move(files), operation, counts);
    co_return counts;
}

Task<> replace_file(const Arguments& arguments) {
    GivenFile file;
    file.path = path_argument(arguments, replaced_file_arguments["file_path"]);
    const std::string_view path = file.path;
    file.chunks = co_await arguments.parse(replaced_file_arguments["chunks"], parse_chunks, path);
    file.dependencies = co_await arguments.parse(replaced_file_arguments["dependencies"], parse_dependencies);
    file.file_hash = optional_name_argument(arguments, replaced_file_arguments["file_hash"], hash_limit);
    std::optional<std::string> attrs = co_await attrs_argument(arguments, replaced_file_arguments["attrs"]);
    if (attrs) file.attrs = *std::move(attrs);
    file.aliases = co_await arguments.parse(replaced_file_arguments["aliases"], parse_aliases);
    std::vector<GivenFile> files;
    files.push_back(std::move(file));
    Counts counts = co_await replace_given(arguments, std::move(files), "replace_file");
    std::string json = counts.json();
    const auto row = row_of<counts_column>(json);
    co_yield row;
}

Task<> replace_files(const Arguments& arguments) {
    std::vector<GivenFile> files = co_await arguments.parse(replaced_files_arguments["files"], parse_files);
    Counts counts = co_await replace_given(arguments, std::move(files), "replace_files");
    std::string json = counts.json();
    const auto row = row_of<counts_column>(json);
    co_yield row;
}

}  // namespace codegraph
