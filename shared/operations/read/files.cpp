#include "operations/read/files.h"

#include <map>
#include <unordered_map>

#include "base/error.h"
#include "engine/request.h"
#include "model/json_input.h"
#include "operations/read/snapshot_at.h"
#include "signatures/readers.h"
#include "storage/file_load.h"
#include "storage/file_statements.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

// Returns, by the key of a file, the commonest language of its live chunks; of equally common ones the first by name.
// Throws corrupt() when a file has other live chunks than the tree counts.
Task<std::unordered_map<int64_t, std::string>> find_languages(const Repository& repository,
                                                              const std::vector<StoredFile>& files) {
    constexpr const Statement& columns = statements::count_languages;
    Batch find(statements::count_languages);
    for (const StoredFile& file : files) find.add(repository.key, file.key);
    Rows rows = co_await run(find);
    std::unordered_map<int64_t, std::pair<int64_t, std::string>> best;
    std::unordered_map<int64_t, int64_t> live;
    for (size_t row = 0; row < rows.size(); row++) {
        auto& [count, language] = best[rows.integer(row, columns["file_key"])];
        std::string_view other = rows.text(row, columns["language"]);
        int64_t times = rows.integer(row, columns["chunks"]);
        live[rows.integer(row, columns["file_key"])] += times;
        if (times < count || (times == count && language <= other)) continue;
        count = times;
        language = other;
    }
    for (const StoredFile& file : files)
        if (!file.is_deleted && static_cast<uint64_t>(live[file.key]) != file.live_chunks)
            throw may_be_hidden(corrupt("file " + quote(file.path) + " has other live chunks than the tree counts"));
    std::unordered_map<int64_t, std::string> languages;
    for (auto& [key, counted] : best) languages.emplace(key, std::move(counted.second));
    co_return languages;
}

// Returns, by the key of a file, how many dependencies its live chunks have. Only for files with soft-deleted chunks
// does it read outlines.
Task<std::unordered_map<int64_t, uint64_t>> count_live_dependencies(const Repository& repository,
                                                                    const std::vector<StoredFile>& files,
                                                                    std::span<const TreeEntry> entries) {
    std::unordered_map<int64_t, uint64_t> counts;
    std::vector<Digest> with_deleted;
    for (size_t i = 0; i < files.size(); i++) {
        counts[files[i].key] = files[i].dependency_count;
        if (files[i].chunk_count != entries[i].value.count) with_deleted.push_back(files[i].digest);
    }
    std::vector<StoredFile> outlined = co_await find_files(repository, std::move(with_deleted), WithOutline::yes);
    for (const StoredFile& file : outlined) {
        uint64_t& count = counts[file.key] = 0;
        for (const OutlineDependency& d : file.outline.dependencies) count += !file.outline.chunks[d.from].is_deleted;
    }
    co_return counts;
}

Task<> yield_files(const Repository& repository, std::span<const TreeEntry> entries) {
    std::vector<StoredFile> stored = co_await find_files(repository, entries, WithOutline::no);
    std::unordered_map<int64_t, std::string> languages = co_await find_languages(repository, stored);
    std::unordered_map<int64_t, uint64_t> dependencies = co_await count_live_dependencies(repository, stored, entries);
    for (size_t i = 0; i < stored.size(); i++) {
        const StoredFile& file = stored[i];
        if (file.is_deleted) continue;
        auto language = languages.find(file.key);
        const auto row = row_of<file_columns>(
            file.path, file.file_hash, language == languages.end() ? null_cell() : cell(language->second),
            entries[i].value.count, dependencies[file.key], file.attrs, file.indexed_at);
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
    if (std::optional<std::string_view> path = arguments.required_value("file_path")) {
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

Task<std::vector<StoredFile>> find_live_file(const SnapshotAt& at, std::string_view path) {
    NodeStore nodes(at.repository.key);
    std::string key(path);
    const std::optional<TreeValue> found = co_await find(nodes, at.snapshot.root, std::move(key));
    std::vector<TreeEntry> entries;
    if (found) entries.push_back({std::string(path), *found});
    std::vector<StoredFile> files = co_await find_files(at.repository, entries, WithOutline::no);
    if (!files.empty() && files[0].is_deleted) files.clear();
    co_return files;
}

Task<> file_hash(const Arguments& arguments) {
    const SnapshotAt at = co_await snapshot_at(arguments);
    const std::vector<StoredFile> file = co_await find_live_file(at, arguments.text(file_arguments["file"]));
    const Cell hash = file.empty() ? null_cell() : cell(file[0].file_hash);
    const auto row = row_of<file_hash_column>(hash);
    co_yield row;
}

namespace {

// Returns the status of a file in cg_changed_files, or an empty text for an unchanged file.
std::string_view changed_status(const std::string* in_manifest, const StoredFile* stored) {
    if (!stored) return "added";
    if (!in_manifest) return "deleted";
    return stored->file_hash == *in_manifest ? "" : "modified";
}

}  // namespace

Task<> changed_files(const Arguments& arguments) {
    const Manifest manifest = co_await arguments.parse(changed_files_arguments["manifest"], parse_manifest);
    SnapshotAt at = co_await snapshot_at(arguments);
    NodeStore nodes(at.repository.key);
    TreeCursor cursor(nodes, at.snapshot.root);
    auto next = manifest.begin();  // both sides ascend by path
    bool more = co_await cursor.next();
    while (more) {
        std::vector<StoredFile> stored = co_await find_files(at.repository, cursor.entries(), WithOutline::no);
        for (const StoredFile& file : stored) {
            if (file.is_deleted) continue;
            for (; next != manifest.end() && next->first < file.path; ++next) {
                const auto row = row_of<changed_file_columns>(next->first, changed_status(&next->second, nullptr));
                co_yield row;
            }
            bool in_manifest = next != manifest.end() && next->first == file.path;
            std::string_view status = changed_status(in_manifest ? &next->second : nullptr, &file);
            if (in_manifest) ++next;
            if (status.empty()) continue;
            const auto row = row_of<changed_file_columns>(file.path, status);
            co_yield row;
        }
        more = co_await cursor.next();
    }
    for (; next != manifest.end(); ++next) {
        const auto row = row_of<changed_file_columns>(next->first, changed_status(&next->second, nullptr));
        co_yield row;
    }
}
}  // namespace codegraph
