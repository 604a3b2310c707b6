#include "storage/snapshot_content.h"

#include <algorithm>
#include <unordered_set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "storage/file_load.h"
#include "storage/file_save.h"
#include "tree/apply.h"
#include "tree/lookup.h"

namespace codegraph {

// --- files

Task<> SnapshotContent::load(std::vector<std::string> paths) {
    std::ranges::sort(paths);
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    std::erase_if(paths, [this](const std::string& path) { return files_.contains(path); });
    std::vector<std::optional<TreeValue>> found = co_await find_many(nodes_, root_, paths);
    std::vector<TreeEntry> in_tree;
    std::vector<Entry*> entries;
    for (size_t i = 0; i < paths.size(); i++) {
        Entry& entry = files_[paths[i]];
        if (!found[i]) continue;
        entry.digest_before = found[i]->digest;
        in_tree.push_back({paths[i], *found[i]});
        entries.push_back(&entry);
    }
    std::vector<FileVersion> versions = co_await load_file_versions(repository_, in_tree);
    for (size_t i = 0; i < entries.size(); i++)
        entries[i]->before = std::make_unique<FileVersion>(std::move(versions[i]));
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

std::vector<SnapshotContent::Change> SnapshotContent::changes() {
    std::vector<Change> changes;
    for (auto& [path, entry] : files_) {
        if (!entry.changed || (!entry.before && !entry.after)) continue;
        if (entry.after && !entry.digest_after) entry.digest_after = digest_of(*entry.after, repository_.id, sha256_);
        if (entry.before && entry.after && *entry.digest_after == entry.digest_before) continue;
        changes.push_back({path, entry.before.get(), entry.after.get(), entry.digest_after.value_or(Digest())});
    }
    return changes;
}

// --- chunks by name

static bool is_live(const FileVersion& file, const Chunk& chunk) {
    return !file.is_deleted && !chunk.is_deleted;
}

static std::optional<ChunkPlace> live_chunk_with_id(const Repository& repository, const FileVersion* file,
                                                    std::string_view id) {
    if (!file) return std::nullopt;
    for (size_t i = 0; i < file->chunks.size(); i++)
        if (is_live(*file, file->chunks[i]) && chunk_id(repository.id, file->path, file->chunks[i]) == id)
            return ChunkPlace{file, i};
    return std::nullopt;
}

Task<std::map<std::string, ChunkPlace, std::less<>>> SnapshotContent::chunks_by_id(std::vector<std::string> ids) {
    std::map<std::string, ChunkPlace, std::less<>> places;
    std::unordered_set<std::string_view> wanted(ids.begin(), ids.end());
    const bool wants_computed =
        std::ranges::any_of(ids, [&](const std::string& id) { return has_computed_form(repository_.id, id); });
    for (auto& [path, entry] : files_) {  // the definitions do not know yet what this call changes
        const FileVersion* file = entry.changed ? entry.after.get() : nullptr;
        for (size_t i = 0; file && i < file->chunks.size(); i++) {
            if (!wants_computed && !file->chunks[i].explicit_id) continue;
            std::string id = chunk_id(repository_.id, path, file->chunks[i]);
            if (is_live(*file, file->chunks[i]) && wanted.contains(id))
                places.insert_or_assign(std::move(id), ChunkPlace{file, i});
        }
    }
    std::vector<std::string> rest;
    for (std::string& id : ids)
        if (!places.contains(id)) rest.push_back(std::move(id));
    PathsById candidates = co_await find_paths_of_ids(repository_, std::move(rest));
    std::vector<std::string> paths;
    for (auto& [id, paths_of_id] : candidates) paths.insert(paths.end(), paths_of_id.begin(), paths_of_id.end());
    co_await load(std::move(paths));
    for (auto& [id, paths_of_id] : candidates)
        for (const std::string& path : paths_of_id) {
            std::optional<ChunkPlace> place = live_chunk_with_id(repository_, file(path), id);
            if (place) places.emplace(id, *place);
        }
    co_return places;
}

Task<std::vector<ChunkPlace>> SnapshotContent::chunks_by_fqn(std::string fqn) {
    std::set<std::string> paths;
    for (auto& [path, entry] : files_)
        if (entry.changed) paths.insert(path);
    const std::vector<std::string> defining = co_await find_paths_with_fqn(repository_, fqn);
    paths.insert(defining.begin(), defining.end());
    std::vector<std::string> sorted(paths.begin(), paths.end());
    co_await load(sorted);
    std::vector<ChunkPlace> places;
    for (const std::string& path : sorted) {
        const FileVersion* at = file(path);
        for (size_t i = 0; at && i < at->chunks.size(); i++)
            if (is_live(*at, at->chunks[i]) && at->chunks[i].fqn == fqn) places.push_back({at, i});
    }
    co_return places;
}

Task<std::vector<ChunkPlace>> SnapshotContent::chunks_named(std::string name) {
    std::vector<std::string> ids(1, name);
    std::map<std::string, ChunkPlace, std::less<>> by_id = co_await chunks_by_id(std::move(ids));
    if (!by_id.empty()) co_return std::vector<ChunkPlace>(1, by_id.begin()->second);
    co_return co_await chunks_by_fqn(std::move(name));
}

// --- one chunk an id

// Returns the ids of live chunks of the changed files, each with its path. Throws when two of these chunks have one id.
SnapshotContent::PathOfId SnapshotContent::ids_of_changed_files() const {
    PathOfId path_of_id;
    for (auto& [path, entry] : files_) {
        if (!entry.changed || !entry.after) continue;
        for (const Chunk& chunk : entry.after->chunks) {
            if (!is_live(*entry.after, chunk)) continue;
            auto [known, is_new] = path_of_id.try_emplace(chunk_id(repository_.id, path, chunk), path);
            if (!is_new)
                throw duplicate_chunk_id(known->first,
                                         known->second == path ? "in one call" : "in one call, in two files");
        }
    }
    return path_of_id;
}

// Returns those of the ids that a chunk of another file can have at all: explicit ids; computed ids that also read as
// those of another path; and every computed id when the repository has explicit ids of that form.
Task<std::vector<std::string>> SnapshotContent::ids_to_look_for(const PathOfId& path_of_id) {
    std::vector<std::string> mark(1, std::string(misleading_ids));
    const PathsById misleading = co_await find_paths_of_explicit_ids(repository_, std::move(mark));
    std::vector<std::string> ids;
    for (auto& [id, path] : path_of_id) {
        std::vector<std::string_view> readings = paths_of_computed_id(repository_.id, id);
        bool only_of_this_path = readings.size() == 1 && readings[0] == path;
        if (!only_of_this_path || !misleading.empty()) ids.push_back(id);
    }
    co_return ids;
}

Task<> SnapshotContent::check_chunk_ids() {
    const PathOfId path_of_id = ids_of_changed_files();
    std::vector<std::string> ids = co_await ids_to_look_for(path_of_id);
    PathsById candidates = co_await find_paths_of_ids(repository_, std::move(ids));
    std::vector<std::string> paths;
    for (auto& [id, paths_of_id] : candidates) paths.insert(paths.end(), paths_of_id.begin(), paths_of_id.end());
    co_await load(std::move(paths));
    for (auto& [id, paths_of_id] : candidates)
        for (const std::string& path : paths_of_id) {
            auto entry = files_.find(path);
            if (entry->second.changed) continue;  // ids_of_changed_files() has compared it
            if (live_chunk_with_id(repository_, entry->second.now(), id))
                throw duplicate_chunk_id(id, "in another file, " + quote(path));
        }
}

// --- writing

// Drops contents that the file had before: they are stored, and need not travel again.
static void leave_out_known_contents(FileVersion& after, const FileVersion& before) {
    std::set<Digest> known;
    for (const Chunk& chunk : before.chunks) known.insert(chunk.content_hash);
    for (Chunk& chunk : after.chunks)
        if (known.contains(chunk.content_hash)) chunk.content.reset();
}

Task<SnapshotContent::SaveResult> SnapshotContent::save() {
    std::vector<NewFile> versions;
    std::vector<TreeEdit> edits;
    std::vector<Change> changed = changes();
    for (const Change& change : changed) {
        if (!change.after) {
            edits.push_back({change.path, std::nullopt});
            continue;
        }
        if (change.before) leave_out_known_contents(*files_.find(change.path)->second.after, *change.before);
        versions.push_back({change.digest_after, change.after});
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
