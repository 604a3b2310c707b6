// The whole rule has an oracle in tests/cross/compare_oracle.py. These tests are about what a comparison may be given,
// about its cost, and about single cases.
#include "diff/compare.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "diff/pairing.h"
#include "random_snapshots.h"
#include "task_runner.h"

namespace codegraph::compare_tests {
namespace {

using Side = std::vector<ComparedChunk>;  // its views lead into a snapshot

// Nothing is nested: an own content is the content, which stands for its hash too.
class WholeContents : public OwnContents {
public:
    size_t read_chunks = 0;

    Task<Texts> read(std::span<const ComparedChunk* const> chunks) override {
        EXPECT_LE(chunks.size(), most_at_once);
        read_chunks += chunks.size();
        Texts texts;
        for (const ComparedChunk* chunk : chunks) texts.parts.emplace_back(1, chunk->content_hash);
        co_return texts;
    }
};

Task<std::vector<ChangedChunk>> compare_task(const Side& from, const Side& to, OwnContents& contents,
                                             std::optional<double> min_similarity) {
    const std::vector<ChunkPair> pairs = co_await pair_chunks(from, to, contents, min_similarity);
    co_return co_await find_changes(pairs, contents);
}

std::vector<ChangedChunk> compare(const Side& from, const Side& to, std::optional<double> min_similarity = 0.6) {
    WholeContents contents;
    return result_of(compare_task(from, to, contents, min_similarity));
}

ComparedChunk compared(const SavedChunk& chunk, const std::string& path) {
    ComparedChunk made;
    made.chunk_id = chunk.id;
    made.file_path = path;
    made.kind = chunk.kind;
    made.name = "unknown";
    made.content_hash = made.own_hash = chunk.content;
    if (chunk.fqn) made.fqn = made.name = *chunk.fqn;
    for (const auto& [relationship, target] : chunk.dependencies) made.dependencies.push_back({relationship, target});
    return made;
}

template <class Wanted>
Side side_of(const Snapshot& snapshot, Wanted wanted) {
    Side side;
    for (const auto& [path, chunks] : snapshot)
        for (const SavedChunk& chunk : chunks)
            if (wanted(path)) side.push_back(compared(chunk, path));
    return side;
}

struct Row {
    std::string change;
    std::optional<std::string> fqn, old_id, new_id;
    std::string path;  // coalesce(new, old)
    int64_t added, removed;
    bool operator==(const Row&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
    return out << row.change << ' ' << row.path << ' ' << row.fqn.value_or("NULL") << " (" << row.old_id.value_or("-")
               << " -> " << row.new_id.value_or("-") << ") +" << row.added << " -" << row.removed;
}

std::vector<Row> rows_of(const Side& from, const Side& to) {
    std::vector<Row> rows;
    for (const ChangedChunk& c : compare(from, to)) {
        const auto [before, after] = c.pair;
        const ComparedChunk& shown = after ? *after : *before;
        Row row{std::string(name_of(c.change)), {}, {}, {}, std::string(shown.file_path), c.dependencies_added,
                c.dependencies_removed};
        if (shown.fqn) row.fqn = *shown.fqn;
        if (before) row.old_id = before->chunk_id;
        if (after) row.new_id = after->chunk_id;
        rows.push_back(row);
    }
    return rows;
}

constexpr auto every_file = [](const std::string&) { return true; };

std::vector<Row> compare_all(const Snapshot& from, const Snapshot& to) {
    return rows_of(side_of(from, every_file), side_of(to, every_file));
}

bool differs(const SnapshotPair& pair, const std::string& path) {
    const auto before = pair.from.find(path), after = pair.to.find(path);
    if (before == pair.from.end() || after == pair.to.end()) return true;
    return before->second != after->second;
}

std::vector<Row> compare_differing(const SnapshotPair& pair) {
    const auto wanted = [&](const std::string& path) { return differs(pair, path); };
    return rows_of(side_of(pair.from, wanted), side_of(pair.to, wanted));
}

TEST(CompareChunks, NeedsOnlyFilesThatDiffer) {
    std::map<std::string, size_t> seen;
    size_t shared_fqns = 0;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        const std::vector<Row> rows = compare_all(pair.from, pair.to);
        ASSERT_EQ(compare_differing(pair), rows);
        for (const Row& row : rows) seen[row.change]++;
        std::set<std::string> inside, outside;
        for (const auto& [path, chunks] : pair.to)
            for (const SavedChunk& chunk : chunks)
                if (chunk.fqn) (differs(pair, path) ? inside : outside).insert(*chunk.fqn);
        for (const std::string& fqn : inside) shared_fqns += outside.contains(fqn);
    }
    EXPECT_GT(shared_fqns, 400u);  // changed files do define FQNs that unchanged files define too
    for (const char* change : {"added", "deleted", "modified", "moved", "relinked", "renamed"})
        EXPECT_GT(seen[change], 50u) << change;
}

// Ties of similarity apart, which go by the old chunk first.
TEST(CompareChunks, SwappedSwapsAddedWithDeletedAndOldWithNewAndNothingElse) {
    for (uint64_t seed = 0; seed < 2000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        const Side from = side_of(pair.from, every_file), to = side_of(pair.to, every_file);
        using Plain =
            std::tuple<Change, const ComparedChunk*, const ComparedChunk*, std::string, double, int64_t, int64_t>;
        std::vector<Plain> forth, back;
        for (const ChangedChunk& c : compare(from, to, std::nullopt))
            forth.emplace_back(c.change, c.pair.before, c.pair.after, c.aspects.text(), c.similarity,
                               c.dependencies_added, c.dependencies_removed);
        for (const ChangedChunk& c : compare(to, from, std::nullopt)) {
            Change change = c.change;
            if (c.change == Change::added) change = Change::deleted;
            if (c.change == Change::deleted) change = Change::added;
            back.emplace_back(change, c.pair.after, c.pair.before, c.aspects.text(), c.similarity,
                              c.dependencies_removed, c.dependencies_added);
        }
        std::sort(forth.begin(), forth.end());
        std::sort(back.begin(), back.end());
        ASSERT_EQ(forth, back);
    }
}

TEST(CompareChunks, OfASnapshotWithItselfIsEmpty) {
    Random random(1);
    for (int i = 0; i < 100; i++) {
        const Snapshot snapshot = random_pair(random).to;
        ASSERT_EQ(compare_all(snapshot, snapshot), std::vector<Row>{});
    }
    EXPECT_EQ(compare_all({}, {}), std::vector<Row>{});
}

SavedChunk chunk(std::string id, std::string content, std::optional<std::string> fqn, Dependencies dependencies = {}) {
    return {std::move(id), "function", std::move(content), std::move(fqn), std::move(dependencies)};
}

TEST(CompareChunks, NamesEachKindOfChange) {
    const Snapshot from{{"a", {chunk("1", "x", "f"), chunk("2", "x", "g", {{"CALLS", "f"}}), chunk("3", "y", "h")}},
                        {"b", {chunk("4", "z", "k"), chunk("5", "q", "gone", {{"CALLS", "f"}, {"CALLS", "g"}})}}};
    const Snapshot to{{"a", {chunk("1", "x2", "f"), chunk("2", "x", "g", {{"CALLS", "h"}, {"READS", "f"}})}},
                      {"b", {chunk("4b", "z", "k"), chunk("6", "y", "h"), chunk("7", "n", "new", {{"CALLS", "f"}})}}};
    EXPECT_EQ(compare_all(from, to), (std::vector<Row>{{"modified", "f", "1", "1", "a", 0, 0},
                                                       {"relinked", "g", "2", "2", "a", 2, 1},
                                                       {"deleted", "gone", "5", {}, "b", 0, 2},
                                                       {"moved", "h", "3", "6", "b", 0, 0},
                                                       {"added", "new", {}, "7", "b", 1, 0}}));
}

TEST(CompareChunks, PairsTheSameContentInAnotherFileBeforeOtherContentInTheSame) {
    const Snapshot from{{"a", {chunk("1", "x", "f")}}, {"b", {chunk("2", "y", "f")}}};
    const Snapshot to{{"a", {chunk("1", "y", "f")}}, {"c", {chunk("3", "new", "f")}}};
    EXPECT_EQ(compare_all(from, to),
              (std::vector<Row>{{"moved", "f", "2", "1", "a", 0, 0}, {"modified", "f", "1", "3", "c", 0, 0}}));
}

TEST(CompareChunks, WithoutAnFqnAreOnlyAddedOrDeleted) {
    const Snapshot from{{"a", {chunk("1", "x", {}, {{"CALLS", "f"}}), chunk("2", "y", {})}},
                        {"b", {chunk("3", "z", {})}}};
    const Snapshot to{{"a", {chunk("4", "x", {}, {{"CALLS", "g"}}), chunk("5", "y2", {})}},
                      {"c", {chunk("6", "z", {})}}};
    EXPECT_EQ(compare_all(from, to), (std::vector<Row>{{"added", {}, {}, "5", "a", 0, 0},
                                                       {"deleted", {}, "2", {}, "a", 0, 0},
                                                       {"deleted", {}, "3", {}, "b", 0, 0},
                                                       {"added", {}, {}, "6", "c", 0, 0}}));
}

// `caller` saved the id of a chunk that had no FQN then; now it has one.
TEST(CompareChunks, ComparesDependenciesAsTheyWereSaved) {
    const Snapshot from{{"caller.py", {chunk("1", "x", "caller", {{"CALLS", "2"}})}}, {"f.py", {chunk("2", "y", {})}}};
    const Snapshot to{{"caller.py", {chunk("1", "x", "caller", {{"CALLS", "2"}})}}, {"f.py", {chunk("2", "y", "f")}}};
    const std::vector<Row> expected{{"deleted", {}, "2", {}, "f.py", 0, 0}, {"added", "f", {}, "2", "f.py", 0, 0}};
    EXPECT_EQ(compare_all(from, to), expected);
    const Snapshot renamed{{"caller.py", {chunk("1", "x", "caller", {{"CALLS", "f"}})}},
                           {"f.py", {chunk("2", "y", "f")}}};
    EXPECT_EQ(compare_all(to, renamed), (std::vector<Row>{{"relinked", "caller", "1", "1", "caller.py", 1, 1}}));
}

TEST(CompareChunks, ReadsOwnContentsOnlyOfWhatDiffers) {
    Snapshot snapshot;
    for (size_t i = 0; i < 1000; i++) {
        const std::string text = "content " + std::to_string(i);
        snapshot["a"].push_back({text, "function", text, text, {}});
    }
    const Side from = side_of(snapshot, every_file);
    Side to = from;
    to[500].content_hash = to[500].own_hash = "another content";
    to[501].file_path = "b";
    WholeContents contents;
    EXPECT_EQ(result_of(compare_task(from, to, contents, 0.6)).size(), 2u);
    EXPECT_EQ(contents.read_chunks, 2u);  // of the modified pair; a moved chunk is equal without a look
}

TEST(CompareChunks, TakesOneGroupOfAHundredThousandChunks) {
    constexpr size_t count = 100000;
    std::vector<std::string> texts;
    for (size_t i = 0; i < 2 * count; i++) texts.push_back("content" + std::to_string(i));
    Side from, to;
    for (size_t i = 0; i < count; i++) {
        ComparedChunk chunk;
        chunk.chunk_id = chunk.content_hash = chunk.own_hash = texts[i];
        chunk.file_path = "a";
        chunk.kind = "function";
        chunk.fqn = chunk.name = "f";
        from.push_back(chunk);
        chunk.file_path = "b";
        chunk.content_hash = chunk.own_hash = texts[2 * i];  // half of the contents are known
        to.push_back(chunk);
    }
    ScriptedDatabase database;
    WholeContents contents;
    const std::vector<ChangedChunk> changes = database.run(compare_task(from, to, contents, 0.6));
    EXPECT_GE(database.checkpoints, 2 * 6);  // of each side, as often as there are pieces
    // Five passes over both sides, each a sort of seven pieces in three rounds, and one for each group of texts.
    EXPECT_LE(database.checkpoints, 300 + static_cast<long>(count / OwnContents::most_at_once));
    ASSERT_EQ(changes.size(), count);
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::moved; }),
              static_cast<ptrdiff_t>(count / 2));
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::modified; }),
              static_cast<ptrdiff_t>(count / 2));
}

}  // namespace
}  // namespace codegraph::compare_tests
