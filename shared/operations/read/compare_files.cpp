#include "operations/read/compare_files.h"

#include <map>

#include "engine/request.h"
#include "operations/read/snapshot_difference.h"
#include "signatures/readers.h"
#include "storage/file_load.h"

namespace codegraph {

namespace {

Task<std::map<std::string, StoredFile>> find_live_files(const Repository& repository,
                                                        std::span<const TreeEntry> entries) {
    std::vector<StoredFile> stored = co_await find_files(repository, entries, WithOutline::no);
    std::map<std::string, StoredFile> live;
    for (StoredFile& file : stored)
        if (!file.is_deleted) live.emplace(file.path, std::move(file));
    co_return live;
}

std::string_view name_of_change(bool was_live, bool is_live) {
    if (!was_live) return "added";
    return is_live ? "modified" : "deleted";
}

}  // namespace

Task<> compare_files(const Arguments& arguments) {
    SnapshotDifference difference = co_await snapshot_difference(arguments);
    const Repository& repository = difference.repository;
    std::map<std::string, StoredFile> old_files = co_await find_live_files(repository, difference.before);
    std::map<std::string, StoredFile> new_files = co_await find_live_files(repository, difference.after);
    for (const TreeChange& change : difference.changes) {
        auto old_file = old_files.find(change.key), new_file = new_files.find(change.key);
        const bool was_live = old_file != old_files.end(), is_live = new_file != new_files.end();
        if (!was_live && !is_live) continue;
        const auto row = row_of<compared_file_columns>(name_of_change(was_live, is_live), change.key,
                                                       was_live ? cell(old_file->second.file_hash) : null_cell(),
                                                       is_live ? cell(new_file->second.file_hash) : null_cell());
        co_yield row;
    }
}

}  // namespace codegraph
