// Cost follows what changed: the engine's counts of requests and bytes, for one change in a small repository and in one
// thirty times as large, must be of one size.
#include <gtest/gtest.h>

#include "database.h"

namespace {

constexpr int small = 100, large = 3000;  // files

struct Cost {
    int64_t requests, sent, received;
};

// Files of two chunks with contents of their own, each calling into the next file.
void fill_files(const Database& database, int files, const std::string& repo = "r") {
    ASSERT_TRUE(
        database.run("SELECT cg_save_repository('" + repo + "'); SELECT cg_create_snapshot('" + repo + "', 'one')")
            .ok());
    const Result filled = database.run(R"(
        WITH RECURSIVE files(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM files WHERE i < )" +
                                       std::to_string(files) + R"()
        SELECT cg_replace_files(')" + repo +
                                       R"(', 'one', 'one', json_group_array(json_object(
            'file_path', format('src/p%d/f%05d.c', i % 17, i),
            'chunks', json_array(
                json_object('fqn', 'f' || i, 'kind', 'function', 'content', format('%.*c', 300, 'x') || i),
                json_object('fqn', 'g' || i, 'kind', 'function', 'start_line', 9, 'content', 'g' || i)),
            'dependencies', json_array(json_object('from_fqn', 'f' || i, 'to_fqn', 'g' || (i + 1)))))) FROM files)");
    ASSERT_TRUE(filled.ok()) << filled.error;
}

Cost total(const Database& database) {
    const auto number = [&](const char* name) {
        return std::stoll(database.get(std::string("SELECT codegraph_debug_traffic() ->> '$.") + name + "'"));
    };
    return {number("requests"), number("bytes_sent"), number("bytes_received")};
}

Cost cost_of(const Database& database, const std::string& sql) {
    const Cost before = total(database);
    const Result done = database.run(sql);
    EXPECT_TRUE(done.ok()) << sql << ": " << done.error;
    const Cost after = total(database);
    return {after.requests - before.requests, after.sent - before.sent, after.received - before.received};
}

std::string replace_into(const std::string& snapshot, const std::string& content) {
    return "SELECT cg_replace_file('r', 'one', '" + snapshot +
           "', 'src/p7/f00007.c', '[{\"fqn\": \"f7\", \"kind\": \"function\", \"content\": \"" + content + "\"}]')";
}

class CostFollowsChange : public testing::Test {
protected:
    void SetUp() override {
        fill_files(few, small);
        fill_files(many, large);
    }
    // Of the same statement in both; a tree of thirty times as many files is at most one level higher. `descents` says
    // how often a call goes down a tree.
    void expect_same(const std::string& sql, int64_t most_requests, int64_t most_bytes, int64_t descents = 1) {
        const Cost in_few = cost_of(few, sql), in_many = cost_of(many, sql);
        SCOPED_TRACE(sql);
        EXPECT_LE(in_few.requests, most_requests);
        EXPECT_LE(in_many.requests, in_few.requests + descents);
        EXPECT_LE(in_many.requests, most_requests);
        EXPECT_LE(in_many.sent + in_many.received, most_bytes);
        RecordProperty("requests", std::to_string(in_many.requests));
        RecordProperty("bytes", std::to_string(in_many.sent + in_many.received));
    }
    Database few, many;
};

TEST_F(CostFollowsChange, CreatingASnapshot) {
    expect_same("SELECT cg_create_snapshot('r', 'two', NULL, NULL, 'one')", 6, 1 << 10);
}

TEST_F(CostFollowsChange, ReplacingAFile) {
    expect_same(replace_into("two", "changed"), 25, 16 << 10);
    expect_same(replace_into("two", "again"), 25, 16 << 10);
    expect_same(replace_into("two", "again"), 20, 8 << 10);  // nothing changes
}

void set_auto_index(const Database& database, int contents) {
    EXPECT_TRUE(database.run("SELECT cg_config('auto_index_content', '" + std::to_string(contents) + "')").ok());
}

// With the setting 0 nothing is asked; for more than it allows, or less than is worth it, there is one question.
TEST_F(CostFollowsChange, LeavingContentsUnindexed) {
    for (const Database* database : {&few, &many}) {
        set_auto_index(*database, 0);
        const Cost off = cost_of(*database, replace_into("two", "first"));
        const Cost off_again = cost_of(*database, replace_into("two", "second"));
        set_auto_index(*database, 64);
        const Cost on = cost_of(*database, replace_into("two", "third"));
        EXPECT_GT(off.requests, off_again.requests);  // the first one makes the snapshot
        EXPECT_EQ(on.requests, off_again.requests + 1);
        EXPECT_LE(on.received - off_again.received, 64);
        ASSERT_TRUE(database->run("SELECT cg_index_content('r')").ok());
        EXPECT_EQ(cost_of(*database, replace_into("two", "fourth")).requests, on.requests);
        EXPECT_NE(database->get("SELECT cg_index_content('r')"), "{\"contents\":0}");
    }
}

TEST_F(CostFollowsChange, IndexingContents) {
    for (const Database* database : {&few, &many}) {
        ASSERT_TRUE(database->run("SELECT cg_index_content('r')").ok());
        set_auto_index(*database, 1);
    }
    expect_same(replace_into("two", "first"), 46, 32 << 10, 2);
    expect_same(replace_into("two", "second"), 41, 32 << 10, 2);
    for (const Database* database : {&few, &many})
        EXPECT_EQ(database->get("SELECT cg_index_content('r')"), "{\"contents\":0}");
}

TEST_F(CostFollowsChange, OtherWritesToAFile) {
    expect_same("SELECT cg_save_chunk('r', 'one', '{\"file_path\": \"src/p7/f00007.c\", \"content\": \"c\"}')", 30,
                16 << 10);
    expect_same("SELECT cg_save_dependency('r', 'one', '{\"from_fqn\": \"f7\", \"to_fqn\": \"f9\"}')", 24, 16 << 10);
    expect_same("SELECT cg_soft_delete_file_chunks('r', 'one', 'src/p7/f00007.c')", 24, 16 << 10);
    expect_same("SELECT cg_restore_file_chunks('r', 'one', 'src/p7/f00007.c')", 24, 16 << 10);
    expect_same("SELECT cg_update_file_metadata('r', 'one', 'src/p7/f00007.c', 'h')", 24, 16 << 10);
}

TEST_F(CostFollowsChange, Comparing) {
    expect_same(replace_into("two", "changed"), 25, 16 << 10);
    expect_same("SELECT count(*) FROM cg_compare_commits('r', 'one', 'two')", 20, 16 << 10);
    expect_same("SELECT count(*) FROM cg_compare_files('r', 'one', 'two')", 12, 16 << 10);
    expect_same("SELECT count(*) FROM cg_compare_commits('r', 'one', 'one')", 6, 2 << 10);
}

TEST_F(CostFollowsChange, GoingBack) {
    expect_same(replace_into("two", "changed"), 25, 16 << 10);
    expect_same("SELECT cg_rollback('r', 'two', 0)", 12, 16 << 10);
    expect_same("SELECT count(*) FROM cg_log('r')", 4, 2 << 10);
    expect_same("SELECT content FROM cg_chunk('r', 'two@{1}', 'f7')", 20, 16 << 10);
    expect_same("SELECT count(*) FROM cg_chunk_history('r', 'f7')", 20, 16 << 10);
    expect_same("SELECT cg_delete_snapshot('r', 'two')", 8, 2 << 10);
}

// Fifty snapshots of which one changes the chunk: the others cost their paths in the tree alone.
TEST_F(CostFollowsChange, TheHistoryOfAChunk) {
    for (const Database* database : {&few, &many})
        for (int i = 0; i < 50; i++) {
            const std::string snapshot = "'v" + std::to_string(i) + "'";
            ASSERT_TRUE(database
                            ->run("SELECT cg_replace_file('r', 'one', " + snapshot +
                                  ", 'src/p7/f00007.c', '[{\"fqn\": " +
                                  (i == 25 ? "\"f7\"" : "\"h" + std::to_string(i) + "\"") + ", \"content\": \"c\"}]')")
                            .ok());
        }
    const Cost in_few = cost_of(few, "SELECT count(*) FROM cg_chunk_history('r', 'f9')"),
               in_many = cost_of(many, "SELECT count(*) FROM cg_chunk_history('r', 'f9')");
    EXPECT_LE(in_many.requests, 51 * 4);
    EXPECT_LE(in_many.received, 51 * (16 << 10));
    EXPECT_LE(in_many.requests, in_few.requests + 2 * 51);
}

// One pass: as many requests as there are kinds of things to write, not as many as there are files; a content that
// comes often travels once.
TEST(BulkLoad, IsOnePass) {
    Database database;
    database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 'one')");
    const std::string load = R"(
        WITH RECURSIVE files(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM files WHERE i < 1000)
        SELECT cg_replace_files('r', 'one', 'one', json_group_array(json_object('file_path', 'f' || i,
            'chunks', json_array(json_object('fqn', 'f' || i, 'content', format('%.*c', 2000, 'x')))))) FROM files)";
    const Cost cost = cost_of(database, load);
    EXPECT_LE(cost.requests, 30);
    EXPECT_LE(cost.sent, 1000 * 1000);  // two megabytes of contents, one of them different
    EXPECT_LE(cost.received, 200 * 1000);
    EXPECT_EQ(database.get("SELECT contents FROM cg_stats('r')"), "1");
    EXPECT_LE(cost_of(database, load).requests, 12);  // nothing changes
}

// Many snapshots of the same files: what collecting reads follows the distinct nodes.
TEST(Collecting, DoesNotFollowSnapshotsTimesFiles) {
    Database database;
    fill_files(database, 500);
    for (int i = 0; i < 200; i++)
        ASSERT_TRUE(database.run(replace_into("v" + std::to_string(i), std::to_string(i))).ok());
    const Cost kept = cost_of(database, "SELECT cg_gc('r')");
    // 200 paths of three nodes and 500 outlines; 200 times 500 files would be 100,000 entries of 80 bytes.
    EXPECT_LE(kept.requests, 60);
    EXPECT_LE(kept.received, 2 << 20);
    for (int i = 0; i < 200; i++)
        ASSERT_TRUE(database.run("SELECT cg_delete_snapshot('r', 'v" + std::to_string(i) + "')").ok());
    const Cost freed = cost_of(database, "SELECT cg_gc('r')");
    EXPECT_LE(freed.requests, 60);
    EXPECT_LE(freed.received, 1 << 20);
    EXPECT_EQ(database.get("SELECT cg_gc('r')"),
              "{\"file_versions\":0,\"chunks\":0,\"contents\":0,\"symbols\":0,\"tree_nodes\":0}");
}

// A file of so many functions, and as many dependencies among them.
std::string list_of(int count, const std::string& item) {
    return "(WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + std::to_string(count) +
           ") SELECT json_group_array(json_object(" + item + ")) FROM n)";
}

Cost cost_of_saving(int count, const std::string& dependency) {
    Database database;
    EXPECT_TRUE(database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 'one')").ok());
    const std::string chunks = list_of(count, "'fqn', 'f' || i, 'name', 'n', 'start_line', i + 1, 'content', 'x'");
    EXPECT_TRUE(database.run("SELECT cg_replace_file('r', 'one', 'one', 'f', " + chunks + ")").ok());
    return cost_of(database, "SELECT cg_save_dependencies('r', 'one', " + list_of(count, dependency) + ")");
}

TEST(SavingDependencies, TakesTheSameRequestsForAFewAndForMany) {
    for (const char* dependency : {"'from_fqn', 'f' || i, 'to_fqn', 'f' || (i / 2)",
                                   "'from_chunk_id', 'r:f:n:' || (i + 1) || '-' || (i + 1), 'to_fqn', 'f0'",
                                   "'from_fqn', 'f0', 'to_fqn', 'r:f:missing:' || (i + 1) || '-' || (i + 1)"}) {
        const Cost few = cost_of_saving(20, dependency), many = cost_of_saving(2000, dependency);
        EXPECT_EQ(many.requests, few.requests) << dependency;
        EXPECT_LE(many.sent + many.received, 2000 * 1000) << dependency;
    }
}

// So many snapshots, and in each the function is in another file than in the one before.
Cost cost_of_following(int snapshots, const std::string& question) {
    Database database;
    EXPECT_TRUE(database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 'v0')").ok());
    for (int i = 1; i <= snapshots; i++) {
        const auto number = [&](int n) { return std::to_string(n); };
        EXPECT_TRUE(database
                        .run("SELECT cg_replace_files('r', 'v" + number(i - 1) + "', 'v" + number(i) +
                             R"(', '[{"file_path": "f)" + number(i) +
                             R"(", "chunks": [{"fqn": "f", "content": "x"}]}, {"file_path": "f)" + number(i - 1) +
                             R"(", "chunks": [{"fqn": "other", "content": "y"}]}]'))")
                        .ok());
    }
    return cost_of(database, question);
}

TEST(AFunctionThatMovesFromFileToFile, IsFollowedAtTheCostOfWhatChanges) {
    for (const char* question :
         {"SELECT count(*) FROM cg_chunks_by_fqn('f', 'r')", "SELECT count(*) FROM cg_chunk_history('r', 'f')"}) {
        const Cost few = cost_of_following(40, question), many = cost_of_following(160, question);
        EXPECT_LE(many.requests, 5 * few.requests) << question;
        EXPECT_LE(many.sent + many.received, 6 * (few.sent + few.received)) << question;
    }
}

// --- other repositories

// Counts the pages of the database that the statement looks at.
int pages_of(const Database& database, const std::string& sql) {
    const auto seen = [&](int what) {
        int now = 0, highest = 0;
        sqlite3_db_status(database, what, &now, &highest, 0);
        return now;
    };
    const int before = seen(SQLITE_DBSTATUS_CACHE_HIT) + seen(SQLITE_DBSTATUS_CACHE_MISS);
    const Result done = database.run(sql);
    EXPECT_TRUE(done.ok()) << sql << ": " << done.error;
    return seen(SQLITE_DBSTATUS_CACHE_HIT) + seen(SQLITE_DBSTATUS_CACHE_MISS) - before;
}

// Beside a repository of thousands of files, a call that names one of ten files sees a few pages more: each look-up
// goes through a level or two more.
TEST(CostOfOneRepository, IsThatOfNoOther) {
    Database alone, beside;
    fill_files(alone, 10);
    fill_files(beside, 10);
    fill_files(beside, large, "other");
    for (const Database* database : {&alone, &beside})
        ASSERT_TRUE(database->run("SELECT cg_config('auto_index_content', '0'); SELECT cg_index_content()").ok());
    for (const char* call : {"* FROM cg_stats('r')",
                             "* FROM cg_verify('r')",
                             "* FROM cg_snapshots('r')",
                             "* FROM cg_log('r')",
                             "* FROM cg_export('r')",
                             "* FROM cg_chunks('r', 'one')",
                             "* FROM cg_chunks_by_fqn('f7', 'r')",
                             "* FROM cg_search_content('x7', 50, 'r')",
                             "* FROM cg_files('r', 'one')",
                             "* FROM cg_dependencies('r', 'one')",
                             "* FROM cg_chunk_history('r', 'f7')",
                             "* FROM cg_transitive_dependents('r', 'one', 'g7')",
                             "cg_create_snapshot('r', 'two', NULL, NULL, 'one')",
                             "cg_save_chunk('r', 'two', '{\"file_path\": \"new\", \"content\": \"new\"}')",
                             "cg_rollback('r', 'two', 0)",
                             "cg_prune('r', 1)",
                             "cg_gc('r')",
                             "cg_index_content('r')",
                             "cg_delete_snapshot('r', 'two')",
                             "cg_delete_repository('r')"}) {
        const std::string sql = std::string("SELECT ") + call;
        const int pages = pages_of(alone, sql);
        EXPECT_LE(pages_of(beside, sql), 3 * pages + 30) << sql << ", alone: " << pages;
    }
}

TEST(ContentsOfChunks, AreReadOnlyWhereTheStatementUsesThem) {
    constexpr int64_t size = 100000;
    const Database database;
    ASSERT_TRUE(
        database
            .run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 's'); SELECT cg_save_chunk('r', "
                 "'s', json_object('file_path', 'a', 'fqn', 'f', 'kind', 'class', 'content', 'rare' || "
                 "format('%.*c', 100000, 'x')))")
            .ok());
    for (const char* function :
         {"cg_chunks('r', 's')", "cg_chunks('r', 's') WHERE fqn = 'f'", "cg_chunk('r', 's', 'f')",
          "cg_file_chunks('r', 's', 'a')", "cg_chunks_by_kind('r', 's', 'class')", "cg_chunks_by_fqn('f')",
          "cg_unreferenced('r', 's')", "cg_search_content('rare')"}) {
        SCOPED_TRACE(function);
        const auto received = [&](const std::string& columns) {
            return cost_of(database, "SELECT " + columns + " FROM " + function).received;
        };
        received("*");  // the graph is kept from here on
        const int64_t without = received("chunk_id, attrs, indexed_at");
        EXPECT_LE(received("count(*)"), without);
        EXPECT_LT(received("content_hash"), without + size);
        EXPECT_GE(received("content"), without + size);
        EXPECT_GE(received("max(length(content))"), without + size);
        EXPECT_EQ(database.get(std::string("SELECT content_hash FROM ") + function),
                  database.get(std::string("SELECT content_hash FROM (SELECT * FROM ") + function + ")"));
    }
    EXPECT_GE(cost_of(database, "SELECT count(*) FROM cg_chunks('r', 's') WHERE content LIKE '%x'").received, size);
    EXPECT_GE(cost_of(database, "SELECT 1 FROM cg_chunks('r', 's') ORDER BY content").received, size);
    EXPECT_LT(cost_of(database, "SELECT name FROM cg_chunks('r', 's') WHERE kind = 'class' OR fqn = 'f'").received,
              size);
}

}  // namespace
