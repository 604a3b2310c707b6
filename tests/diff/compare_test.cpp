#include "diff/compare.h"

#include <gtest/gtest.h>

#include "naive_compare.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph::compare_tests {
namespace {

using Side = std::vector<ComparedChunk>;  // its views lead into a snapshot

std::vector<ChangedChunk> compare(const Side& from, const Side& to) {
    return ScriptedDatabase().run(compare_chunks(from, to));
}

template <class Wanted>
Side side_of(const Snapshot& snapshot, Wanted wanted) {
    Side side;
    for (const auto& [path, chunks] : snapshot)
        for (const SavedChunk& chunk : chunks) {
            if (!wanted(path, chunk)) continue;
            side.push_back({chunk.id, path, chunk.kind, chunk.content, {}, {}});
            if (chunk.fqn) side.back().fqn = *chunk.fqn;
            for (const auto& [relationship, target] : chunk.dependencies)
                side.back().dependencies.push_back({relationship, target});
        }
    return side;
}

std::vector<Row> rows_of(const Side& from, const Side& to) {
    std::vector<Row> rows;
    for (const ChangedChunk& c : compare(from, to)) {
        const ComparedChunk& shown = c.after ? *c.after : *c.before;
        Row row{std::string(name_of(c.change)), {}, {}, {}, std::string(shown.file_path), c.dependencies_added,
                c.dependencies_removed};
        if (shown.fqn) row.fqn = *shown.fqn;
        if (c.before) row.old_id = c.before->chunk_id;
        if (c.after) row.new_id = c.after->chunk_id;
        rows.push_back(row);
    }
    return rows;
}

constexpr auto every_chunk = [](const std::string&, const SavedChunk&) { return true; };

std::vector<Row> compare_all(const Snapshot& from, const Snapshot& to) {
    return rows_of(side_of(from, every_chunk), side_of(to, every_chunk));
}

bool differs(const SnapshotPair& pair, const std::string& path) {
    const auto before = pair.from.find(path), after = pair.to.find(path);
    if (before == pair.from.end() || after == pair.to.end()) return true;
    return before->second != after->second;
}

std::vector<Row> compare_differing(const SnapshotPair& pair) {
    const auto wanted = [&](const std::string& path, const SavedChunk&) { return differs(pair, path); };
    return rows_of(side_of(pair.from, wanted), side_of(pair.to, wanted));
}

TEST(CompareChunks, GivesWhatTheNaiveReadingOfTheTextGives) {
    std::map<std::string, size_t> seen;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        const std::vector<Row> expected = naive_compare(pair.from, pair.to);
        ASSERT_EQ(compare_all(pair.from, pair.to), expected);
        for (const Row& row : expected) seen[row.change]++;
    }
    for (const char* change : {"added", "deleted", "modified", "moved", "relinked"}) EXPECT_GT(seen[change], 100u);
}

TEST(CompareChunks, NeedsOnlyFilesThatDiffer) {
    size_t shared_fqns = 0;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        ASSERT_EQ(compare_differing(pair), naive_compare(pair.from, pair.to));
        std::set<std::string> inside, outside;
        for (const NaiveChunk& c : all_chunks(pair.to))
            if (c.chunk->fqn) (differs(pair, c.path) ? inside : outside).insert(*c.chunk->fqn);
        for (const std::string& fqn : inside) shared_fqns += outside.contains(fqn);
    }
    EXPECT_GT(shared_fqns, 400u);  // changed files do define FQNs that unchanged files define too
}

TEST(CompareChunks, SwappedSwapsAddedWithDeletedAndOldWithNewAndNothingElse) {
    for (uint64_t seed = 0; seed < 2000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        const Side from = side_of(pair.from, every_chunk), to = side_of(pair.to, every_chunk);
        using Plain = std::tuple<Change, const ComparedChunk*, const ComparedChunk*, int64_t, int64_t>;
        std::vector<Plain> forth, back;
        for (const ChangedChunk& c : compare(from, to))
            forth.emplace_back(c.change, c.before, c.after, c.dependencies_added, c.dependencies_removed);
        for (const ChangedChunk& c : compare(to, from)) {
            Change change = c.change;
            if (c.change == Change::added) change = Change::deleted;
            if (c.change == Change::deleted) change = Change::added;
            back.emplace_back(change, c.after, c.before, c.dependencies_removed, c.dependencies_added);
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

TEST(CompareChunks, TakesOneGroupOfAHundredThousandChunks) {
    constexpr size_t count = 100000;
    std::vector<std::string> ids, contents;
    for (size_t i = 0; i < 2 * count; i++) {
        ids.push_back("id" + std::to_string(i));
        contents.push_back("content" + std::to_string(i));
    }
    std::vector<ComparedChunk> from, to;
    for (size_t i = 0; i < count; i++) {
        from.push_back({ids[i], "a", "function", contents[i], "f", {}});
        to.push_back({ids[i], "b", "function", contents[2 * i], "f", {}});  // half of the contents are known
    }
    ScriptedDatabase database;
    const std::vector<ChangedChunk> changes = database.run(compare_chunks(from, to));
    EXPECT_GE(database.checkpoints, 2 * 6);  // of each side, as often as there are pieces
    EXPECT_LE(database.checkpoints, 230);    // four passes over both sides, each a sort of seven pieces in three rounds
    ASSERT_EQ(changes.size(), count);
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::moved; }),
              static_cast<ptrdiff_t>(count / 2));
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::modified; }),
              static_cast<ptrdiff_t>(count / 2));
}

}  // namespace
}  // namespace codegraph::compare_tests
