// Compares whole snapshots as the reference describes cg_compare_commits, by linear search over strings: the oracle of
// the comparison. random_pair() makes pairs of snapshots in which FQNs, contents, ids and targets meet in every way.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "diff/compare.h"
#include "random.h"

namespace codegraph::compare_tests {

struct SavedChunk {
    std::string id, kind, content;
    std::optional<std::string> fqn;
    std::set<std::pair<std::string, std::string>> dependencies;  // relationship, target as saved
    bool operator==(const SavedChunk&) const = default;
};

using Snapshot = std::map<std::string, std::vector<SavedChunk>>;  // by path; chunks in canonical order
using Dependencies = std::set<std::pair<std::string, std::string>>;

struct Row {
    std::string change;
    std::optional<std::string> fqn, old_id, new_id;
    std::string path;  // coalesce(new, old)
    int64_t added, removed;
    auto order() const { return std::tie(path, fqn, change, old_id, new_id); }
    bool operator==(const Row&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.change << ' ' << row.path << ' ' << row.fqn.value_or("NULL") << " (" << row.old_id.value_or("-")
               << " -> " << row.new_id.value_or("-") << ") +" << row.added << " -" << row.removed;
}

inline int64_t only_in(const Dependencies& these, const Dependencies& others) {
    return std::count_if(these.begin(), these.end(), [&](const auto& d) { return !others.contains(d); });
}

struct NaiveChunk {
    std::string path;
    const SavedChunk* chunk;
    bool paired = false;
};

inline std::vector<NaiveChunk> all_chunks(const Snapshot& snapshot) {
    std::vector<NaiveChunk> all;
    for (const auto& [path, chunks] : snapshot)
        for (const SavedChunk& chunk : chunks) all.push_back({path, &chunk});
    return all;
}

inline Row naive_row(std::string change, const NaiveChunk* before, const NaiveChunk* after) {
    const Dependencies old_dependencies = before ? before->chunk->dependencies : Dependencies();
    const Dependencies new_dependencies = after ? after->chunk->dependencies : Dependencies();
    const NaiveChunk& shown = after ? *after : *before;
    Row row{std::move(change),
            shown.chunk->fqn,
            {},
            {},
            shown.path,
            only_in(new_dependencies, old_dependencies),
            only_in(old_dependencies, new_dependencies)};
    if (before) row.old_id = before->chunk->id;
    if (after) row.new_id = after->chunk->id;
    return row;
}

inline std::vector<Row> naive_compare(const Snapshot& from, const Snapshot& to) {
    std::vector<NaiveChunk> before = all_chunks(from), after = all_chunks(to);
    std::vector<Row> rows;
    using Rule = std::function<bool(const NaiveChunk&, const NaiveChunk&)>;
    const auto same_content = [](auto& a, auto& b) { return a.chunk->content == b.chunk->content; };
    const auto same_file = [](auto& a, auto& b) { return a.path == b.path; };
    const Rule passes[] = {[&](auto& a, auto& b) { return same_content(a, b) && same_file(a, b); }, same_content,
                           same_file, [](auto&, auto&) { return true; }};
    // To take the first that is free is to pair the k-th with the k-th.
    for (const Rule& rule : passes)
        for (NaiveChunk& a : before)
            for (NaiveChunk& b : after) {
                const bool group = a.chunk->fqn && a.chunk->fqn == b.chunk->fqn && a.chunk->kind == b.chunk->kind;
                if (a.paired || b.paired || !group || !rule(a, b)) continue;
                a.paired = b.paired = true;
                const Row row = naive_row("relinked", &a, &b);
                if (!same_content(a, b))
                    rows.push_back(naive_row("modified", &a, &b));
                else if (!same_file(a, b))
                    rows.push_back(naive_row("moved", &a, &b));
                else if (row.added || row.removed)
                    rows.push_back(row);
            }
    for (NaiveChunk& a : before)
        for (NaiveChunk& b : after) {
            const bool nameless = !a.chunk->fqn && !b.chunk->fqn && a.chunk->kind == b.chunk->kind;
            if (!a.paired && !b.paired && nameless && same_content(a, b) && same_file(a, b)) a.paired = b.paired = true;
        }
    for (const NaiveChunk& a : before)
        if (!a.paired) rows.push_back(naive_row("deleted", &a, nullptr));
    for (const NaiveChunk& b : after)
        if (!b.paired) rows.push_back(naive_row("added", nullptr, &b));
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.order() < b.order(); });
    return rows;
}

inline std::string name(Random& random, const char* prefix, size_t of) {
    return prefix + std::to_string(random.below(of));
}

inline std::set<std::string> ids_of(const Snapshot& snapshot) {
    std::set<std::string> ids;
    for (const NaiveChunk& c : all_chunks(snapshot)) ids.insert(c.chunk->id);
    return ids;
}

inline SavedChunk random_chunk(Random& random, const std::string& id) {
    SavedChunk chunk{id, name(random, "kind", 2), name(random, "content", 4), {}, {}};
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
            chunk.content = name(random, "content", 4);
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
