#include <array>
#include <map>
#include <unordered_map>

#include "base/error.h"
#include "engine/request.h"
#include "model/json_input.h"
#include "operations/read/snapshot_at.h"
#include "operations/read/snapshot_difference.h"
#include "operations/readers.h"
#include "storage/file_statements.h"
#include "storage/file_store.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// The commonest language of each file's live chunks, the least on a tie, by the file's key.
Task<std::unordered_map<int64_t, std::string>> find_languages(const Repository& repository,
                                                              const std::vector<StoredFile>& files) {
    Batch find(statements::count_languages);
    for (const StoredFile& file : files) find.add(repository.key, file.key);
    Rows rows = co_await run(find);
    std::unordered_map<int64_t, std::pair<int64_t, std::string>> best;
    for (size_t row = 0; row < rows.size(); row++) {
        auto& [count, language] = best[rows.integer(row, 0)];
        std::string_view other = rows.text(row, 1);
        int64_t times = rows.integer(row, 2);
        if (times < count || (times == count && language <= other)) continue;
        count = times;
        language = other;
    }
    std::unordered_map<int64_t, std::string> languages;
    for (auto& [key, counted] : best) languages.emplace(key, std::move(counted.second));
    co_return languages;
}

// The dependencies of live chunks. Only a file with soft-deleted chunks needs its outline for that.
Task<std::unordered_map<int64_t, uint64_t>> count_live_dependencies(const Repository& repository,
                                                                    const std::vector<StoredFile>& files,
                                                                    std::span<const TreeEntry> entries) {
    std::unordered_map<int64_t, uint64_t> counts;
    std::vector<Digest> with_deleted;
    for (size_t i = 0; i < files.size(); i++) {
        counts[files[i].key] = files[i].dependency_count;
        if (files[i].chunk_count != entries[i].value.number) with_deleted.push_back(files[i].digest);
    }
    std::vector<StoredFile> outlined = co_await find_files(repository, std::move(with_deleted), With::outline);
    for (const StoredFile& file : outlined) {
        uint64_t& count = counts[file.key] = 0;
        for (const OutlineDependency& d : file.outline.dependencies) count += !file.outline.chunks[d.from].is_deleted;
    }
    co_return counts;
}

Task<> yield_files(const Repository& repository, std::span<const TreeEntry> entries) {
    std::vector<StoredFile> stored = co_await find_files(repository, entries, With::row);
    std::unordered_map<int64_t, std::string> languages = co_await find_languages(repository, stored);
    std::unordered_map<int64_t, uint64_t> dependencies = co_await count_live_dependencies(repository, stored, entries);
    for (size_t i = 0; i < stored.size(); i++) {
        const StoredFile& file = stored[i];
        if (file.is_deleted) continue;
        auto language = languages.find(file.key);
        const std::array<Cell, 7> row = {cell(file.path),
                                         cell(file.file_hash),
                                         language == languages.end() ? null_cell() : cell(language->second),
                                         cell(entries[i].value.number),
                                         cell(dependencies[file.key]),
                                         cell(file.attrs),
                                         cell(file.indexed_at)};
        co_yield row;
    }
}

Task<> yield_file_at(const SnapshotAt& at, std::string path) {
    NodeStore nodes(at.repository.key);
    std::optional<TreeValue> found = co_await find(nodes, at.snapshot.root, path);
    if (!found) co_return;
    const std::vector<TreeEntry> entries(1, TreeEntry{std::move(path), *found});
    co_await yield_files(at.repository, entries);
}

}  // namespace

Task<> files(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    if (std::optional<std::string_view> path = arguments.narrowed("file_path")) {
        co_await yield_file_at(at, std::string(*path));
        co_return;
    }
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    bool more = co_await cursor.next();
    while (more) {
        co_await yield_files(at.repository, cursor.entries());
        more = co_await cursor.next();
    }
}

Task<> file_hash(const Arguments& arguments) {
    SnapshotAt at = co_await snapshot_at(arguments);
    NodeStore nodes(at.repository.key);
    std::optional<TreeValue> found = co_await find(nodes, at.snapshot.root, std::string(arguments.text(2)));
    std::vector<TreeEntry> entries;
    if (found) entries.push_back({std::string(arguments.text(2)), *found});
    std::vector<StoredFile> stored = co_await find_files(at.repository, entries, With::row);
    Cell hash = stored.empty() || stored[0].is_deleted ? null_cell() : cell(stored[0].file_hash);
    const std::array<Cell, 1> row = {hash};
    co_yield row;
}

namespace {

std::string_view status_of(const std::string* in_manifest, const StoredFile* stored) {
    if (!stored) return "added";
    if (!in_manifest) return "deleted";
    return stored->file_hash == *in_manifest ? "" : "modified";
}

}  // namespace

Task<> changed_files(const Arguments& arguments) {
    std::map<std::string, std::string, std::less<>> manifest = parse_manifest("manifest", arguments.text(2));
    SnapshotAt at = co_await snapshot_at(arguments);
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    auto next = manifest.begin();  // both sides ascend by path
    bool more = co_await cursor.next();
    while (more) {
        std::vector<StoredFile> stored = co_await find_files(at.repository, cursor.entries(), With::row);
        for (const StoredFile& file : stored) {
            if (file.is_deleted) continue;
            for (; next != manifest.end() && next->first < file.path; ++next) {
                const std::array<Cell, 2> row = {cell(next->first), cell(status_of(&next->second, nullptr))};
                co_yield row;
            }
            bool in_manifest = next != manifest.end() && next->first == file.path;
            std::string_view status = status_of(in_manifest ? &next->second : nullptr, &file);
            if (in_manifest) ++next;
            if (status.empty()) continue;
            const std::array<Cell, 2> row = {cell(file.path), cell(status)};
            co_yield row;
        }
        more = co_await cursor.next();
    }
    for (; next != manifest.end(); ++next) {
        const std::array<Cell, 2> row = {cell(next->first), cell(status_of(&next->second, nullptr))};
        co_yield row;
    }
}

namespace {

Task<std::map<std::string, StoredFile>> find_live_files(const Repository& repository,
                                                        std::span<const TreeEntry> entries) {
    std::vector<StoredFile> stored = co_await find_files(repository, entries, With::row);
    std::map<std::string, StoredFile> live;
    for (StoredFile& file : stored)
        if (!file.is_deleted) live.emplace(file.path, std::move(file));
    co_return live;
}

}  // namespace

Task<> compare_files(const Arguments& arguments) {
    SnapshotDifference difference = co_await snapshot_difference(arguments);
    const Repository& repository = difference.repository;
    std::map<std::string, StoredFile> old_files = co_await find_live_files(repository, difference.before);
    std::map<std::string, StoredFile> new_files = co_await find_live_files(repository, difference.after);
    for (const TreeChange& change : difference.changes) {
        auto old_file = old_files.find(change.key), new_file = new_files.find(change.key);
        bool was = old_file != old_files.end(), is = new_file != new_files.end();
        if (!was && !is) continue;
        const std::array<Cell, 4> row = {cell(!was ? "added"
                                              : is ? "modified"
                                                   : "deleted"),
                                         cell(change.key), was ? cell(old_file->second.file_hash) : null_cell(),
                                         is ? cell(new_file->second.file_hash) : null_cell()};
        co_yield row;
    }
}

}  // namespace codegraph
