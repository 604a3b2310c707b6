// Makes pairs of snapshots in which FQNs, contents, ids and targets meet in every way.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "random.h"

namespace codegraph::compare_tests {

using Dependencies = std::set<std::pair<std::string, std::string>>;  // relationship, target as saved

struct SavedChunk {
    std::string id, kind, content;
    std::optional<std::string> fqn;
    Dependencies dependencies;
    bool operator==(const SavedChunk&) const = default;
};

using Snapshot = std::map<std::string, std::vector<SavedChunk>>;  // by path; chunks in canonical order

inline std::string name(Random& random, const char* prefix, size_t of) {
    return prefix + std::to_string(random.below(of));
}

inline std::set<std::string> ids_of(const Snapshot& snapshot) {
    std::set<std::string> ids;
    for (const auto& [path, chunks] : snapshot)
        for (const SavedChunk& chunk : chunks) ids.insert(chunk.id);
    return ids;
}

// Has few or many tokens, which others have too.
inline std::string random_content(Random& random) {
    if (random.below(2)) return name(random, "content", 4);
    std::string content;
    for (size_t n = 7 + random.below(4); n > 0; n--) content += name(random, "word", 4) + " ";
    return content;
}

inline SavedChunk random_chunk(Random& random, const std::string& id) {
    SavedChunk chunk{id, name(random, "kind", 2), random_content(random), {}, {}};
    if (random.below(4)) chunk.fqn = name(random, "f", 6);
    if (random.below(6) == 0) chunk.fqn = name(random, "i", 20);  // which may be a chunk's id
    for (size_t n = random.below(4); n > 0; n--)
        chunk.dependencies.emplace(name(random, "R", 2),
                                   random.below(2) ? name(random, "f", 6) : name(random, "i", 20));
    return chunk;
}

// Replaces the file by one with random chunks; ids are unique in a snapshot.
inline void replace_file(Random& random, Snapshot& snapshot, const std::string& path) {
    snapshot.erase(path);
    std::vector<SavedChunk> chunks;
    std::set<std::string> taken = ids_of(snapshot);
    for (size_t n = random.below(6); n > 0; n--) {
        const std::string id = name(random, "i", 20);
        if (taken.insert(id).second) chunks.push_back(random_chunk(random, id));
    }
    snapshot[path] = std::move(chunks);
}

// A small change to one file, as editing makes it: ids move, chunks come, go, change places, get other contents.
inline void edit_file(Random& random, Snapshot& snapshot, const std::string& path) {
    std::vector<SavedChunk>& chunks = snapshot[path];
    const std::set<std::string> taken = ids_of(snapshot);
    const std::string id = name(random, "i", 20);
    if (chunks.empty()) return;
    SavedChunk& chunk = chunks[random.below(chunks.size())];
    switch (random.below(6)) {
        case 0:
            chunk.content = random_content(random);
            break;
        case 1:
            if (!taken.contains(id)) chunk.id = id;
            break;
        case 2:
            chunk.dependencies.emplace(name(random, "R", 2), name(random, "i", 20));
            break;
        case 3:
            chunk.fqn = chunk.fqn ? std::nullopt : std::optional(name(random, "f", 6));
            break;
        case 4:
            std::swap(chunk, chunks[0]);
            break;
        case 5:
            chunks.erase(chunks.begin());
            break;
    }
}

struct SnapshotPair {
    Snapshot from, to;
};

inline SnapshotPair random_pair(Random& random) {
    SnapshotPair pair;
    for (size_t n = random.below(6); n > 0; n--) replace_file(random, pair.from, name(random, "file", 6));
    pair.to = pair.from;
    for (size_t n = random.below(5); n > 0; n--) {
        const std::string path = name(random, "file", 6), other = name(random, "file", 6);
        const size_t choice = random.below(6);
        if (choice == 0) replace_file(random, pair.to, path);
        if (choice == 1) pair.to.erase(path);
        if (choice >= 2 && pair.to.contains(path)) edit_file(random, pair.to, path);
        if (choice == 5 && pair.to.contains(path) && path != other) {  // renamed, onto another maybe
            pair.to[other] = pair.to[path];
            pair.to.erase(path);
        }
    }
    return pair;
}

}  // namespace codegraph::compare_tests
