// A replacement takes three steps. First every file gets its new version or goes, so that all new chunks are in the
// content. Then targets are looked up, because a dependency may point at a chunk of another given file, and each file
// gets its dependencies. Then the content is compared with the stored one, which gives the counts, and committed.
#include "operations/write/file_replacement.h"

#include <unordered_map>

#include "base/error.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "model/json_writer.h"
#include "operations/write/given_chunks.h"

namespace codegraph {

std::string Counts::json() const {
    JsonWriter json;
    json.open('{');
    auto add = [&](std::string_view name, uint64_t count) { json.key(name).integer(count); };
    add("files_checked", files_checked);
    add("files_skipped", files_skipped);
    add("files_analyzed", files_analyzed);
    add("files_replaced", files_replaced);
    add("files_deleted", files_deleted);
    add("chunks_inserted", chunks_inserted);
    add("chunks_updated", chunks_updated);
    add("chunks_deleted", chunks_deleted);
    add("chunks_unchanged", chunks_unchanged);
    add("dependencies", dependencies);
    return json.close('}').take();
}

namespace {

FileVersion make_file_version(const Repository& repository, GivenFile& given) {
    assign_ids(repository, given.path, given.chunks);
    FileVersion file;
    file.path = given.path;
    file.attrs = std::move(given.attrs);
    file.aliases = std::move(given.aliases);
    for (GivenChunk& chunk : given.chunks) file.chunks.push_back(std::move(chunk.chunk));
    make_canonical(file);
    Sha256 sha256;
    file.file_hash = given.file_hash ? std::move(*given.file_hash) : compute_file_hash(file, sha256);
    return file;
}

// The chunks in which dependencies of one file can start: each by its id, and the first chunk with each FQN.
class SourceChunks {
public:
    SourceChunks(const Repository& repository, const FileVersion& file) {
        for (size_t i = 0; i < file.chunks.size(); i++) {
            by_id_.emplace(chunk_id(repository.id, file.path, file.chunks[i]), i);
            if (file.chunks[i].fqn) by_fqn_.emplace(*file.chunks[i].fqn, i);
        }
    }
    size_t find_ordinal(const ChunkName& from) const {
        auto& places = from.is_id ? by_id_ : by_fqn_;
        auto place = places.find(from.text);
        if (place == places.end()) throw unknown_chunk(from.text);
        return place->second;
    }

private:
    std::unordered_map<std::string, size_t> by_id_, by_fqn_;
};

std::vector<OutgoingDependency> make_dependencies(const SnapshotContent& content, GivenFile& given,
                                                  const TargetNames& targets) {
    std::vector<OutgoingDependency> dependencies;
    if (given.dependencies.empty()) return dependencies;
    SourceChunks sources(content.repository(), *content.file(given.path));
    for (GivenDependency& d : given.dependencies) {
        const size_t from = sources.find_ordinal(d.from);
        dependencies.push_back(targets.make_dependency(from, std::move(d)));
    }
    return dependencies;
}

// Counts the differences between the live chunks before and after, which it compares by id.
void count_chunks(const Repository& repository, const FileVersion* before, const FileVersion* after, Counts& counts) {
    std::unordered_map<std::string, const Chunk*> old;
    for (size_t i = 0; before && !before->is_deleted && i < before->chunks.size(); i++)
        if (!before->chunks[i].is_deleted)
            old.emplace(chunk_id(repository.id, before->path, before->chunks[i]), &before->chunks[i]);
    if (old.empty() && after) {
        counts.chunks_inserted += after->chunks.size();
        return;
    }
    for (size_t i = 0; after && i < after->chunks.size(); i++) {
        auto twin = old.find(chunk_id(repository.id, after->path, after->chunks[i]));
        if (twin == old.end()) {
            ++counts.chunks_inserted;
            continue;
        }
        same_fields(*twin->second, after->chunks[i]) ? ++counts.chunks_unchanged : ++counts.chunks_updated;
        old.erase(twin);
    }
    counts.chunks_deleted += old.size();
}

Task<> count_changes(SnapshotContent& content, const std::vector<GivenFile>& given, Counts& counts) {
    std::set<std::string_view> changed;
    const std::vector<SnapshotContent::Change> changes = co_await content.changes();
    Pace pace;
    for (const SnapshotContent::Change& change : changes) {
        changed.insert(change.path);
        if (pace.is_due(1 + (change.after ? change.after->chunks.size() : 0))) co_await checkpoint();
        count_chunks(content.repository(), change.before, change.after, counts);
        if (change.after) {
            ++counts.files_replaced;
            counts.dependencies += change.after->dependencies.size();
        } else if (!change.before->is_deleted) {
            ++counts.files_deleted;
        }
    }
    for (const GivenFile& file : given) {
        const FileVersion* now = content.file(file.path);
        if (now && !changed.contains(file.path)) counts.chunks_unchanged += now->live_chunks();
    }
}

}  // namespace

Task<> replace_in_snapshot(Session& session, WrittenSnapshot& written, SnapshotContent& content,
                           std::vector<GivenFile> files, std::string_view operation, Counts& counts) {
    std::vector<std::string> paths;
    for (const GivenFile& file : files) paths.push_back(file.path);
    co_await content.load(std::move(paths));
    TargetNames targets(content.repository().id);
    Pace pace;
    for (GivenFile& file : files) {
        if (pace.is_due(1 + file.chunks.size() + file.dependencies.size())) co_await checkpoint();
        if (file.deleted) {
            content.remove(file.path);
            continue;
        }
        content.replace(make_file_version(content.repository(), file));
        for (const GivenDependency& dependency : file.dependencies) targets.want(dependency.to);
    }
    co_await targets.resolve(content);
    for (GivenFile& file : files) {
        if (!file.deleted) content.set_dependencies(file.path, make_dependencies(content, file, targets));
        if (pace.is_due(1 + file.chunks.size() + file.dependencies.size())) co_await checkpoint();
    }
    co_await count_changes(content, files, counts);
    co_await commit(session, written, content, operation);
}

}  // namespace codegraph
