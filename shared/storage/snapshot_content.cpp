#include "storage/snapshot_content.h"

#include <algorithm>
#include <unordered_set>

#include "base/error.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "storage/file_load.h"
#include "storage/file_save.h"
#include "tree/apply.h"
#include "tree/lookup.h"

namespace codegraph {

// --- files

Task<> SnapshotContent::load(std::vector<std::string> paths) {
    co_await load_files_of(paths);
    for (std::string& path : paths) files_.try_emplace(std::move(path));
}

// Brings those of the paths into memory that are files of the snapshot, and notes nothing about the others.
Task<> SnapshotContent::load_files_of(std::vector<std::string> paths) {
    std::ranges::sort(paths);
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    std::erase_if(paths, [this](const std::string& path) { return files_.contains(path); });
    std::vector<std::optional<TreeValue>> found = co_await find_many(nodes_, root_, paths);
    std::vector<TreeEntry> in_tree;
    for (size_t i = 0; i < paths.size(); i++)
        if (found[i]) in_tree.push_back({std::move(paths[i]), *found[i]});
    std::vector<FileVersion> versions = co_await load_file_versions(repository_, in_tree);
    for (size_t i = 0; i < in_tree.size(); i++) {
        Entry& entry = files_[in_tree[i].key];
        entry.digest_before = in_tree[i].value.digest;
        entry.before = std::make_unique<FileVersion>(std::move(versions[i]));
    }
}

const FileVersion* SnapshotContent::file(std::string_view path) const {
    auto entry = files_.find(path);
    return entry == files_.end() ? nullptr : entry->second.now();
}

FileVersion SnapshotContent::copy_or_new(const std::string& path) const {
    if (const FileVersion* stored = file(path)) return *stored;
    FileVersion made;
    made.path = path;
    return made;
}

void SnapshotContent::replace(FileVersion file) {
    make_canonical(file);
    Entry& entry = files_.find(file.path)->second;
    entry.after = std::make_unique<FileVersion>(std::move(file));
    entry.digest_after.reset();
    entry.changed = true;
}

void SnapshotContent::remove(const std::string& path) {
    Entry& entry = files_.find(path)->second;
    entry.after.reset();
    entry.changed = true;
}

void SnapshotContent::set_dependencies(std::string_view path, std::vector<OutgoingDependency> dependencies) {
    Entry& entry = files_.find(path)->second;
    entry.after->dependencies = std::move(dependencies);
    entry.digest_after.reset();
    make_canonical(*entry.after);
}

Task<std::vector<SnapshotContent::Change>> SnapshotContent::changes() {
    std::vector<Change> changes;
    Pace pace;
    for (auto& [path, entry] : files_) {
        if (!entry.changed || (!entry.before && !entry.after)) continue;
        if (entry.after && !entry.digest_after) {
            entry.digest_after = digest_of(*entry.after, repository_.id, sha256_);
            if (pace.is_due(entry.after->chunks.size() + entry.after->dependencies.size())) co_await checkpoint();
        }
        if (entry.before && entry.after && *entry.digest_after == entry.digest_before) continue;
        changes.push_back({path, entry.before.get(), entry.after.get(), entry.digest_after.value_or(Digest())});
    }
    co_return changes;
}

// --- chunks by name

static bool is_live(const FileVersion& file, const Chunk& chunk) {
    return !file.is_deleted && !chunk.is_deleted;
}

// Loads the files of the snapshot that may have a chunk with one of these ids: those where it is or was an explicit id,
// and those that a computed id names. Returns their paths, each once.
Task<std::vector<std::string>> SnapshotContent::load_files_of_ids(const std::vector<std::string>& ids) {
    constexpr size_t bytes_at_once = 1 << 20;  // of paths: a computed id may name a thousand
    const PathsById holders = co_await find_paths_of_explicit_ids(repository_, ids);
    std::vector<std::string> paths, candidates;
    for (const auto& [id, paths_of_id] : holders)
        candidates.insert(candidates.end(), paths_of_id.begin(), paths_of_id.end());
    size_t bytes = 0;
    for (size_t i = 0; i <= ids.size(); i++) {
        if (i < ids.size())
            for (std::string_view path : paths_of_computed_id(repository_.id, ids[i])) {
                if (!candidates.empty() && candidates.back() == path) continue;
                bytes += path.size();
                candidates.emplace_back(path);
            }
        if (bytes < bytes_at_once && i < ids.size()) continue;
        co_await load_files_of(candidates);
        std::erase_if(candidates, [this](const std::string& path) { return !files_.contains(path); });
        std::ranges::move(candidates, std::back_inserter(paths));
        candidates.clear();
        bytes = 0;
        co_await checkpoint();
    }
    std::ranges::sort(paths);
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    co_return paths;
}

// Goes over the chunks of each file once, however many of the ids are looked for in it.
Task<std::map<std::string, ChunkPlace, std::less<>>> SnapshotContent::chunks_by_id(std::vector<std::string> ids) {
    std::map<std::string, ChunkPlace, std::less<>> places;
    const std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    const bool wants_computed =
        std::ranges::any_of(ids, [&](const std::string& id) { return has_computed_form(repository_.id, id); });
    const auto look_at = [&](const FileVersion& file, size_t ordinal) {
        const Chunk& chunk = file.chunks[ordinal];
        if (!is_live(file, chunk) || (!wants_computed && !chunk.explicit_id)) return;
        std::string id = chunk_id(repository_.id, file.path, chunk);
        if (wanted.contains(id)) places.try_emplace(std::move(id), ChunkPlace{&file, ordinal});
    };
    Pace pace;
    for (auto& [path, entry] : files_) {  // the definitions do not know yet what this call changes
        const FileVersion* file = entry.changed ? entry.after.get() : nullptr;
        for (size_t i = 0; file && i < file->chunks.size(); i++) {
            look_at(*file, i);
            if (pace.is_due()) co_await checkpoint();
        }
    }
    std::vector<std::string> rest;
    for (const std::string& id : ids)
        if (!places.contains(id)) rest.push_back(id);
    const std::vector<std::string> paths = co_await load_files_of_ids(rest);
    for (const std::string& path : paths) {
        const Entry& entry = files_.find(path)->second;
        for (size_t i = 0; !entry.changed && entry.before && i < entry.before->chunks.size(); i++) {
            look_at(*entry.before, i);
            if (pace.is_due()) co_await checkpoint();
        }
    }
    co_return places;
}

Task<std::map<std::string, std::vector<ChunkPlace>, std::less<>>> SnapshotContent::chunks_by_fqn(
    std::vector<std::string> fqns) {
    std::map<std::string, std::vector<ChunkPlace>, std::less<>> places;
    const std::unordered_set<std::string_view> wanted(fqns.begin(), fqns.end());
    std::set<std::string> paths;
    for (auto& [path, entry] : files_)
        if (entry.changed) paths.insert(path);
    auto definitions = co_await find_definitions(repository_, fqns);
    for (const auto& [fqn, definitions_of_fqn] : definitions)
        for (const Definition& definition : definitions_of_fqn)
            if (!definition.as_id) paths.insert(definition.path);
    co_await load_files_of(std::vector<std::string>(paths.begin(), paths.end()));
    Pace pace;
    for (const std::string& path : paths) {
        const FileVersion* at = file(path);
        for (size_t i = 0; at && i < at->chunks.size(); i++) {
            const Chunk& chunk = at->chunks[i];
            if (is_live(*at, chunk) && chunk.fqn && wanted.contains(*chunk.fqn)) places[*chunk.fqn].push_back({at, i});
            if (pace.is_due()) co_await checkpoint();
        }
    }
    co_return places;
}

Task<std::vector<ChunkPlace>> SnapshotContent::chunks_named(std::string name) {
    std::vector<std::string> ids(1, name);
    std::map<std::string, ChunkPlace, std::less<>> by_id = co_await chunks_by_id(std::move(ids));
    if (!by_id.empty()) co_return std::vector<ChunkPlace>(1, by_id.begin()->second);
    std::vector<std::string> fqns(1, name);
    auto by_fqn = co_await chunks_by_fqn(std::move(fqns));
    co_return by_fqn.empty() ? std::vector<ChunkPlace>() : std::move(by_fqn.begin()->second);
}

// --- one chunk an id

// Returns the ids of live chunks of the changed files, each with its path. Throws when two of these chunks have one id.
Task<SnapshotContent::PathOfId> SnapshotContent::ids_of_changed_files() const {
    PathOfId path_of_id;
    Pace pace;
    for (auto& [path, entry] : files_) {
        if (!entry.changed || !entry.after) continue;
        for (const Chunk& chunk : entry.after->chunks) {
            if (pace.is_due()) co_await checkpoint();
            if (!is_live(*entry.after, chunk)) continue;
            auto [known, is_new] = path_of_id.try_emplace(chunk_id(repository_.id, path, chunk), path);
            if (!is_new)
                throw duplicate_chunk_id(known->first,
                                         known->second == path ? "in one call" : "in one call, in two files");
        }
    }
    co_return path_of_id;
}

// Returns those of the ids that a chunk of another file can have at all: explicit ids; computed ids that also read as
// those of another path; and every computed id when the repository has explicit ids of that form.
Task<std::vector<std::string>> SnapshotContent::ids_to_look_for(const PathOfId& path_of_id) {
    const bool all_may_be = co_await has_misleading_ids(repository_);
    std::vector<std::string> ids;
    Pace pace;
    for (auto& [id, path] : path_of_id) {
        if (pace.is_due()) co_await checkpoint();
        std::vector<std::string_view> readings = paths_of_computed_id(repository_.id, id);
        bool only_of_this_path = readings.size() == 1 && readings[0] == path;
        if (!only_of_this_path || all_may_be) ids.push_back(id);
    }
    co_return ids;
}

Task<> SnapshotContent::check_chunk_ids() {
    const PathOfId path_of_id = co_await ids_of_changed_files();
    const std::vector<std::string> ids = co_await ids_to_look_for(path_of_id);
    const std::vector<std::string> paths = co_await load_files_of_ids(ids);
    std::map<std::string, std::string_view> twice;  // the path of the other file
    Pace pace;
    for (const std::string& path : paths) {
        const Entry& entry = files_.find(path)->second;
        if (entry.changed || !entry.before) continue;  // ids_of_changed_files() has compared it
        for (const Chunk& chunk : entry.before->chunks) {
            if (pace.is_due()) co_await checkpoint();
            if (!is_live(*entry.before, chunk)) continue;
            std::string id = chunk_id(repository_.id, path, chunk);
            if (path_of_id.contains(id)) twice.try_emplace(std::move(id), path);
        }
    }
    if (!twice.empty())
        throw duplicate_chunk_id(twice.begin()->first, "in another file, " + quote(twice.begin()->second));
}

// --- writing

Task<SnapshotContent::SaveResult> SnapshotContent::save() {
    std::vector<NewFile> versions;
    std::vector<TreeEdit> edits;
    std::vector<Change> changed = co_await changes();
    for (const Change& change : changed) {
        if (!change.after) {
            edits.push_back({change.path, std::nullopt});
            continue;
        }
        versions.push_back({change.digest_after, change.after, std::nullopt, change.before});
        edits.push_back({change.path, TreeValue{change.digest_after, change.after->live_chunks()}});
    }
    SaveResult saved{root_, changed.size()};
    if (changed.empty()) co_return saved;
    co_await save_file_versions(repository_, std::move(versions));
    saved.root = co_await apply(nodes_, root_, std::move(edits));
    co_await nodes_.save();
    co_return saved;
}

}  // namespace codegraph
