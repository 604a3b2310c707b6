// Writers that index contents by the way.
#include <gtest/gtest.h>

#include "database.h"

namespace {

const std::string all_indexed = R"({"contents":0})";

// Of `chunks` chunks, all with new contents.
std::string replace(const std::string& path, int chunks) {
    return R"(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < )" + std::to_string(chunks) +
           R"() SELECT cg_replace_file('r', 's', 's', ')" + path +
           R"(', json_group_array(json_object('content', 'text )" + path + R"( ' || i, 'start_line', i))) FROM n)";
}

class AutoIndex : public testing::Test {
protected:
    void SetUp() override {
        const Result made = database.run("SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 's')");
        ASSERT_TRUE(made.ok()) << made.error;
    }
    void allow(int contents) const {
        ASSERT_TRUE(database.run("SELECT cg_config('auto_index_content', '" + std::to_string(contents) + "')").ok());
    }
    std::string unindexed() const {
        return database.get(
            "SELECT count(*) FROM codegraph_files WHERE file_key >"
            " (SELECT coalesce(max(last_file_key), 0) FROM codegraph_content_segments)");
    }
    std::string found() const { return database.get("SELECT count(*) FROM cg_search_content('text', NULL, 'r')"); }
    Database database;
};

TEST_F(AutoIndex, IsOnFromTheStart) {
    for (int i = 0; i < 12; i++) ASSERT_TRUE(database.run(replace("a" + std::to_string(i), 20)).ok());
    EXPECT_EQ(unindexed(), "12");
    ASSERT_TRUE(database.run(replace("b", 20)).ok());
    EXPECT_EQ(unindexed(), "0");
    EXPECT_EQ(database.get("SELECT cg_index_content()"), all_indexed);
    EXPECT_EQ(found(), "260");
}

TEST_F(AutoIndex, IndexesFromHalfOfWhatIsAllowedOn) {
    allow(7);
    ASSERT_TRUE(database.run(replace("a", 3)).ok());
    EXPECT_EQ(unindexed(), "1");
    ASSERT_TRUE(database.run(replace("b", 4)).ok());
    EXPECT_EQ(unindexed(), "0");
    ASSERT_TRUE(database.run(replace("c", 8)).ok());
    EXPECT_EQ(unindexed(), "1");
    ASSERT_TRUE(database.run(replace("d", 4)).ok());
    EXPECT_EQ(unindexed(), "2");
    EXPECT_EQ(found(), "19");
    ASSERT_TRUE(database.run("SELECT cg_index_content()").ok());
    allow(8);
    ASSERT_TRUE(database.run(replace("e", 3)).ok());
    EXPECT_EQ(unindexed(), "1");
    ASSERT_TRUE(database.run(replace("f", 1)).ok());
    EXPECT_EQ(unindexed(), "0");
    allow(1);
    ASSERT_TRUE(database.run(replace("g", 1)).ok());
    EXPECT_EQ(unindexed(), "0");
}

// They cost a look each, too.
TEST_F(AutoIndex, CountsFilesWithoutChunks) {
    allow(2);
    for (const char* path : {"a", "b", "c"})
        ASSERT_TRUE(database.run(std::string("SELECT cg_update_file_metadata('r', 's', '") + path + "', 'h')").ok());
    EXPECT_EQ(unindexed(), "0");
    allow(0);
    for (const char* path : {"d", "e", "f"})
        ASSERT_TRUE(database.run(std::string("SELECT cg_update_file_metadata('r', 's', '") + path + "', 'h')").ok());
    allow(2);
    ASSERT_TRUE(database.run(replace("g", 1)).ok());
    EXPECT_EQ(unindexed(), "4");
}

TEST_F(AutoIndex, IsUndoneWithItsWriter) {
    allow(64);
    const std::string before = content(database);
    ASSERT_TRUE(database.run("BEGIN; SAVEPOINT a; " + replace("a", 40) + "; ROLLBACK TO a; COMMIT").ok());
    EXPECT_EQ(content(database), before);
    ASSERT_TRUE(database.run(replace("b", 40)).ok());
    EXPECT_EQ(unindexed(), "0");
    EXPECT_EQ(found(), "40");
}

// A search says that the index is damaged; a writer has something else to do.
TEST_F(AutoIndex, DoesNotRefuseAChangeBecauseTheIndexIsDamaged) {
    allow(64);
    for (const char* path : {"a", "b", "c"}) ASSERT_TRUE(database.run(replace(path, 40)).ok());
    EXPECT_EQ(database.get("SELECT count(*) FROM codegraph_content_segments"), "3");  // the next one joins them
    ASSERT_TRUE(database.run("UPDATE codegraph_content_segments SET files = x'00'").ok());
    EXPECT_TRUE(database.run(replace("d", 40)).ok());
    EXPECT_EQ(database.get("SELECT cg_count_chunks('r', 's')"), "160");
    EXPECT_EQ(unindexed(), "1");
    EXPECT_EQ(database.run("SELECT count(*) FROM cg_search_content('text', 50, 'r')").code, SQLITE_CORRUPT);
    EXPECT_TRUE(is_clean(database));
}

}  // namespace
