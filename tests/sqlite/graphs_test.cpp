// What the module keeps of graphs between calls: that it is used, derived from and let go, seen from outside.
#include <gtest/gtest.h>

#include "database.h"

namespace {

// Snapshot `one` of repository "r": file i of 40 has one chunk fi that calls f(i + 1).
void fill_chain(const Database& database) {
    ASSERT_TRUE(database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 'one')").ok());
    const Result filled = database.run(R"(
        WITH RECURSIVE files(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM files WHERE i < 39)
        SELECT cg_replace_files('r', 'one', 'one', json_group_array(json_object('file_path', format('f%02d', i),
            'chunks', json_array(json_object('fqn', 'f' || i, 'content', 'x')),
            'dependencies', json_array(json_object('from_fqn', 'f' || i, 'to_fqn', 'f' || (i + 1)))))) FROM files)");
    ASSERT_TRUE(filled.ok()) << filled.error;
}

constexpr char reached_in_one[] = "SELECT cg_count_dependencies('r', 'one', 'f0')";
constexpr char reached_in_two[] = "SELECT cg_count_dependencies('r', 'two', 'f0')";
constexpr char lose_all_outlines[] = "UPDATE codegraph_files SET outline = x'00'";
constexpr char corrupt[] = "error 11: ";

TEST(ResidentGraphs, AnswerWithoutReadingOutlinesAgain) {
    Database database;
    fill_chain(database);
    EXPECT_EQ(database.get(reached_in_one), "40");
    database.run(lose_all_outlines);
    EXPECT_EQ(database.get(reached_in_one), "40");
    EXPECT_EQ(database.get("SELECT cg_config('graph_cache_size', '0')"), "0");
    EXPECT_EQ(database.get(reached_in_one).substr(0, sizeof corrupt - 1), corrupt);
}

TEST(ResidentGraphs, AreDerivedFromAPredecessorByReadingWhatDiffersAlone) {
    Database database;
    fill_chain(database);
    EXPECT_EQ(database.get(reached_in_one), "40");
    database.run(
        "SELECT cg_replace_file('r', 'one', 'two', 'f20', '[{\"fqn\": \"f20\", \"content\": \"y\"}]',"
        " '[{\"from_fqn\": \"f20\", \"to_fqn\": \"elsewhere\"}]')");
    database.run(std::string(lose_all_outlines) +
                 " WHERE path <> 'f20' OR file_key <> (SELECT max(file_key) FROM codegraph_files)");
    EXPECT_EQ(database.get(reached_in_two), "21");
    EXPECT_EQ(database.get(reached_in_one), "40");  // both are kept now
    database.run("SELECT cg_config('graph_cache_size', '0')");
    EXPECT_EQ(database.get(reached_in_two).substr(0, sizeof corrupt - 1), corrupt);
}

// Snapshot `one` of repository "r": the chunk fi of file i of 40 calls `run` of an object oi, whose members are those
// of T0, T1, T2 and T3 in turn. The file `types` defines `run` of the first three.
void fill_with_objects(const Database& database) {
    ASSERT_TRUE(database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 'one')").ok());
    const Result filled = database.run(R"(
        WITH RECURSIVE files(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM files WHERE i < 39)
        SELECT cg_replace_files('r', 'one', 'one', json_group_array(json_object('file_path', format('f%02d', i),
            'chunks', json_array(json_object('fqn', 'f' || i, 'content', 'x')),
            'aliases', json_array(json_object('fqn', 'o' || i, 'to_fqns', json_array('T' || (i % 4)),
                                              'members', json('true'))),
            'dependencies', json_array(json_object('from_fqn', 'f' || i,
                                                   'to_fqns', json_array('o' || i || '.run', 'run')))))) FROM files)");
    ASSERT_TRUE(filled.ok()) << filled.error;
    const Result types = database.run(R"(SELECT cg_replace_file('r', 'one', 'one', 'types',
        '[{"fqn":"T0.run","content":"0"},{"fqn":"T1.run","content":"1"},{"fqn":"T2.run","content":"2"}]'))");
    ASSERT_TRUE(types.ok()) << types.error;
}

std::string targets_in(const Database& database, const std::string& snapshot) {
    return database.get("SELECT to_fqn, count(*) FROM cg_dependencies('r', '" + snapshot +
                        "') GROUP BY to_fqn ORDER BY to_fqn");
}

TEST(ResidentGraphs, BindAgainOnlyListsThatAskedForANameThatChanged) {
    Database database;
    fill_with_objects(database);
    const std::string one = "T0.run|10\nT1.run|10\nT2.run|10";
    const auto bound_again = [&] { return database.get("SELECT codegraph_debug_lists_bound_again()"); };
    const auto replace = [&](const std::string& base, const std::string& snapshot, const std::string& file,
                             const std::string& chunks) {
        const Result replaced = database.run("SELECT cg_replace_file('r', '" + base + "', '" + snapshot + "', '" +
                                             file + "', '" + chunks + "')");
        ASSERT_TRUE(replaced.ok()) << replaced.error;
    };
    EXPECT_EQ(targets_in(database, "one").substr(0, one.size()), one);
    EXPECT_EQ(bound_again(), "0");
    // T1.run goes, and T3.run comes: each has been asked for by ten lists.
    replace("one", "two", "types",
            R"([{"fqn":"T0.run","content":"0"},{"fqn":"T2.run","content":"2"},{"fqn":"T3.run","content":"3"}])");
    const std::string two = targets_in(database, "two");
    EXPECT_EQ(two.substr(0, one.size()), "T0.run|10\nT2.run|10\nT3.run|10");
    EXPECT_EQ(bound_again(), "20");
    // Nobody has asked for this name.
    replace("two", "three", "other", R"([{"fqn":"T1.walk","content":"4"}])");
    EXPECT_EQ(targets_in(database, "three"), two);
    EXPECT_EQ(bound_again(), "20");
    // The second candidate is asked for by the ten lists whose first one stands for nothing.
    replace("three", "four", "other", R"([{"fqn":"run","content":"4"}])");
    EXPECT_EQ(targets_in(database, "four"), "T0.run|10\nT2.run|10\nT3.run|10\nrun|10");
    EXPECT_EQ(bound_again(), "30");
    database.run("SELECT cg_config('graph_cache_size', '0')");  // so that all is loaded
    EXPECT_EQ(targets_in(database, "two"), two);
    EXPECT_EQ(targets_in(database, "four"), "T0.run|10\nT2.run|10\nT3.run|10\nrun|10");
    EXPECT_EQ(bound_again(), "30");
}

// What a name is bound to can depend on every file.
TEST(ResidentGraphs, AreLoadedForAShallowQuestionToo) {
    Database database;
    fill_chain(database);
    database.run(std::string(lose_all_outlines) + " WHERE path = 'f20'");
    EXPECT_EQ(database.get("SELECT to_fqn FROM cg_dependencies_from('r', 'one', 'f0')").substr(0, sizeof corrupt - 1),
              corrupt);
}

TEST(ResidentGraphs, OutliveTheirPlaceInTheCacheWhileACursorReadsThem) {
    Database database;
    fill_chain(database);
    const std::string text = database.get(
        "SELECT count(*), count(DISTINCT a.fqn) FROM cg_transitive_dependencies('r', 'one', 'f0') a"
        " WHERE cg_config('graph_cache_size', '0') = '0' AND a.fqn IN"
        " (SELECT b.fqn FROM cg_transitive_dependents('r', 'one', 'f40') b)");
    EXPECT_EQ(text, "39|39");
}

TEST(ResidentGraphs, BelongToTheirConnection) {
    TemporaryFile file;
    Database one(file.name()), other(file.name());
    fill_chain(one);
    EXPECT_EQ(one.get(reached_in_one), "40");
    EXPECT_EQ(one.get("SELECT cg_config('graph_cache_size', '1MB')"), "1MB");
    EXPECT_EQ(other.get("SELECT cg_config('graph_cache_size')"), "256MB");
    one.run(lose_all_outlines);
    EXPECT_EQ(one.get(reached_in_one), "40");
    EXPECT_EQ(other.get(reached_in_one).substr(0, sizeof corrupt - 1), corrupt);
}

TEST(Log, NamesTheActorOfTheConnection) {
    Database database;
    fill_chain(database);
    database.run("SELECT cg_config('actor', 'somebody'); SELECT cg_soft_delete_file_chunks('r', 'one', 'f00')");
    EXPECT_EQ(database.get("SELECT revision, actor FROM codegraph_log ORDER BY revision"),
              "0|NULL\n1|NULL\n2|somebody");
}

}  // namespace
