#include "diff/compare.h"

#include <gtest/gtest.h>

#include "naive_compare.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph::compare_tests {
namespace {

// One side as ChunkComparison takes it, and the snapshot that its views lead into.
struct Side {
    const Snapshot& snapshot;
    std::vector<ComparedChunk> chunks;
};

Symbols symbols_in(const Snapshot& snapshot, const std::vector<std::string_view>& targets) {
    Symbols symbols;
    for (std::string_view target : targets) symbols.emplace(target, compare_tests::bind(snapshot, std::string(target)));
    return symbols;
}
ChunkComparison comparison_of(const std::vector<ComparedChunk>& from, const std::vector<ComparedChunk>& to) {
    ScriptedDatabase database;
    const std::vector<std::string_view> rebound = database.run(rebound_targets(from, to));
    return database.run(ChunkComparison::make(from, to, rebound));
}
std::vector<std::string_view> targets_of(const ChunkComparison& comparison) {
    return ScriptedDatabase().run(comparison.targets_to_bind());
}
std::vector<ChangedChunk> changes_of(const ChunkComparison& comparison, const Symbols& in_from, const Symbols& in_to) {
    return ScriptedDatabase().run(comparison.changes(in_from, in_to));
}
std::vector<std::string_view> rebound_of(const std::vector<ComparedChunk>& from, const std::vector<ComparedChunk>& to) {
    return ScriptedDatabase().run(rebound_targets(from, to));
}
std::vector<ChangedChunk> compare(const Side& from, const Side& to) {
    const ChunkComparison comparison = comparison_of(from.chunks, to.chunks);
    const std::vector<std::string_view> targets = targets_of(comparison);
    return changes_of(comparison, symbols_in(from.snapshot, targets), symbols_in(to.snapshot, targets));
}

template <class Wanted>
Side side_of(const Snapshot& snapshot, Wanted wanted) {
    Side side{snapshot, {}};
    for (const auto& [path, chunks] : snapshot)
        for (const SavedChunk& chunk : chunks) {
            if (!wanted(path, chunk)) continue;
            side.chunks.push_back({chunk.id, path, chunk.kind, chunk.content, {}, {}});
            if (chunk.fqn) side.chunks.back().fqn = *chunk.fqn;
            for (const auto& [relationship, target] : chunk.dependencies)
                side.chunks.back().dependencies.push_back({relationship, target});
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

// As the head of compare.h says: files that differ, and what depends on a rebound name.
std::vector<Row> compare_differing_and_rebound(const SnapshotPair& pair) {
    const auto in_differing = [&](const std::string& path, const SavedChunk&) { return differs(pair, path); };
    const Side from = side_of(pair.from, in_differing), to = side_of(pair.to, in_differing);
    const auto names = rebound_of(from.chunks, to.chunks);
    const auto wanted = [&](const std::string& path, const SavedChunk& chunk) {
        if (differs(pair, path)) return true;
        return chunk.fqn && std::any_of(chunk.dependencies.begin(), chunk.dependencies.end(), [&](const auto& d) {
                   return std::binary_search(names.begin(), names.end(), d.second);
               });
    };
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

TEST(CompareChunks, NeedsOnlyFilesThatDifferAndDependentsOfReboundNames) {
    size_t shared_fqns = 0, where_rebound_ones_matter = 0;
    for (uint64_t seed = 0; seed < 4000; seed++) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Random random(seed);
        const SnapshotPair pair = random_pair(random);
        const std::vector<Row> whole = naive_compare(pair.from, pair.to);
        ASSERT_EQ(compare_differing_and_rebound(pair), whole);
        // Without the dependents of rebound names, what is missing are relinked chunks of unchanged files, no more.
        const std::vector<Row> without = compare_differing(pair);
        std::vector<Row> in_differing;
        for (const Row& row : whole) {
            if (differs(pair, row.path))
                in_differing.push_back(row);
            else
                ASSERT_EQ(row.change, "relinked") << row;
        }
        where_rebound_ones_matter += without != whole;
        std::set<std::string> inside, outside;
        for (const NaiveChunk& c : all_chunks(pair.to))
            if (c.chunk->fqn) (differs(pair, c.path) ? inside : outside).insert(*c.chunk->fqn);
        for (const std::string& fqn : inside) shared_fqns += outside.contains(fqn);
        ASSERT_EQ(without, in_differing);
    }
    EXPECT_GT(shared_fqns, 400u);  // changed files do define FQNs that unchanged files define too
    EXPECT_GT(where_rebound_ones_matter, 20u);
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

TEST(CompareChunks, CountsATargetSavedUnderTwoNamesOnce) {
    const std::vector<ComparedChunk> from{{"1", "a", "function", "x", "f", {{"CALLS", "g"}}}};
    const std::vector<ComparedChunk> same{
        {"1", "a", "function", "x", "f", {{"CALLS", "g"}, {"CALLS", "another name of g"}}}};
    const std::vector<ComparedChunk> more{
        {"1", "a", "function", "x", "f", {{"READS", "g"}, {"CALLS", "another name of g"}, {"READS", "g"}}}};
    const Symbols symbols{{"another name of g", "g"}};
    EXPECT_TRUE(changes_of(comparison_of(from, same), symbols, symbols).empty());
    const std::vector<ChangedChunk> changes = changes_of(comparison_of(from, more), symbols, symbols);
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].dependencies_added, 1);
    EXPECT_EQ(changes[0].dependencies_removed, 0);
}

TEST(CompareChunks, BindsOnlyTargetsThatCanMatter) {
    const std::vector<ComparedChunk> from{{"1", "a", "function", "x", "f", {{"CALLS", "t"}}},
                                          {"2", "a", "function", "x", "g", {{"CALLS", "u"}, {"CALLS", "v"}}},
                                          {"3", "a", "function", "x", "h", {{"CALLS", "w"}}},
                                          {"4", "a", "function", "x", "i", {{"CALLS", "3"}}}};
    const std::vector<ComparedChunk> to{{"1", "a", "function", "y", "f", {{"CALLS", "t"}}},
                                        {"2", "a", "function", "x", "g", {{"CALLS", "u"}, {"READS", "v"}}},
                                        {"4", "a", "function", "x", "i", {{"CALLS", "3"}}}};
    EXPECT_EQ(targets_of(comparison_of(from, to)), (std::vector<std::string_view>{"3", "u", "v", "w"}));
    EXPECT_TRUE(targets_of(comparison_of(from, from)).empty());
}

// `caller`, in a file that stays, saved the id of a chunk that had no FQN then; now it has one.
TEST(CompareChunks, RelinksAChunkOfAnUnchangedFileWhoseTargetGotAnFqn) {
    SnapshotPair pair;
    pair.from = {{"caller.py", {chunk("1", "x", "caller", {{"CALLS", "2"}})}}, {"f.py", {chunk("2", "y", {})}}};
    pair.to = {{"caller.py", {chunk("1", "x", "caller", {{"CALLS", "2"}})}}, {"f.py", {chunk("2", "y", "f")}}};
    const std::vector<Row> expected{{"relinked", "caller", "1", "1", "caller.py", 1, 1},
                                    {"deleted", {}, "2", {}, "f.py", 0, 0},
                                    {"added", "f", {}, "2", "f.py", 0, 0}};
    EXPECT_EQ(compare_differing_and_rebound(pair), expected);
    EXPECT_EQ(naive_compare(pair.from, pair.to), expected);
}

TEST(ReboundTargets, AreIdsThatStandForAnotherSymbol) {
    const auto one = [](const char* id, std::optional<std::string_view> fqn) {
        return ComparedChunk{id, "a", "function", "x", fqn, {}};
    };
    const std::vector<ComparedChunk> from{one("same", "f"),       one("other", "f"), one("got", {}),
                                          one("lost", "g"),       one("went", "h"),  one("nameless", {}),
                                          one("itself", "itself")};
    const std::vector<ComparedChunk> to{one("same", "f"), one("other", "g"), one("got", "x"), one("lost", {}),
                                        one("came", "y")};
    EXPECT_EQ(rebound_of(from, to), (std::vector<std::string_view>{"came", "got", "lost", "other", "went"}));
    EXPECT_EQ(rebound_of(to, from), rebound_of(from, to));
    EXPECT_TRUE(rebound_of(from, from).empty());
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
    const ChunkComparison comparison = database.run(ChunkComparison::make(from, to, {}));
    EXPECT_GE(database.checkpoints, 2 * 6);  // of each side, as often as there are pieces
    EXPECT_LE(database.checkpoints, 200);    // four passes over both sides, each a sort of seven pieces in three rounds
    const std::vector<ChangedChunk> changes = changes_of(comparison, {}, {});
    ASSERT_EQ(changes.size(), count);
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::moved; }),
              static_cast<ptrdiff_t>(count / 2));
    EXPECT_EQ(std::count_if(changes.begin(), changes.end(), [](const auto& c) { return c.change == Change::modified; }),
              static_cast<ptrdiff_t>(count / 2));
}

}  // namespace
}  // namespace codegraph::compare_tests
