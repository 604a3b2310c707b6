// Loading, closing, and what the module keeps for a connection meanwhile.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "database.h"

namespace {

const char* read = "SELECT count(*) FROM cg_chunks('app', 's1')";
const char* write = "SELECT cg_create_snapshot('app', 's1')";
const char* fail = "SELECT cg_create_snapshot('app', 's2', NULL, NULL, 'nope')";

int open_statements(sqlite3* database) {
    int count = 0;
    for (sqlite3_stmt* s = sqlite3_next_stmt(database, nullptr); s; s = sqlite3_next_stmt(database, s)) count++;
    return count;
}

TEST(Closing, IsNeverBusyAfterAnyCalls) {
    for (int calls = 0; calls < 8; calls++) {
        Database database;
        fill(database);
        if (calls & 1) database.run(write);
        if (calls & 2) database.run(read);
        if (calls & 4) database.run(fail);
        EXPECT_EQ(database.close(), SQLITE_OK);
    }
    Database database;
    fill(database);
    database.run("BEGIN");
    database.run("SELECT cg_save_repository('new')");
    EXPECT_EQ(database.close(), SQLITE_OK) << "in a transaction";
}

TEST(Closing, IsBusyForTheUsersOwnStatementsAndAllGoesOn) {
    Database database;
    fill(database);
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(database, "SELECT fqn FROM cg_chunks('app', 's1')", -1, &statement, nullptr);
    ASSERT_EQ(sqlite3_step(statement), SQLITE_ROW);
    EXPECT_EQ(database.close(), SQLITE_BUSY);
    int rows = 1;
    while (sqlite3_step(statement) == SQLITE_ROW) rows++;
    EXPECT_EQ(rows, 3);
    EXPECT_EQ(database.get(read), "3");
    EXPECT_EQ(database.get(write), "s1");
    sqlite3_finalize(statement);
    EXPECT_TRUE(is_clean(database));
}

TEST(Closing, ByCloseV2EndsWithTheLastStatement) {
    const sqlite3_int64 before = sqlite3_memory_used();
    sqlite3* handle = nullptr;
    sqlite3_stmt *reader = nullptr, *writer = nullptr;
    {
        TemporaryFile file;
        {
            Database database(file.name());
            fill(database);
        }
        sqlite3_open(file.name().c_str(), &handle);
        sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
        ASSERT_EQ(sqlite3_load_extension(handle, CODEGRAPH_MODULE, nullptr, nullptr), SQLITE_OK);
        sqlite3_prepare_v2(handle, "SELECT fqn FROM cg_chunks('app', 's1')", -1, &reader, nullptr);
        sqlite3_prepare_v2(handle, write, -1, &writer, nullptr);
        ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
        EXPECT_EQ(sqlite3_close_v2(handle), SQLITE_OK);
        while (sqlite3_step(reader) == SQLITE_ROW) {
        }
        EXPECT_NE(sqlite3_step(writer), SQLITE_ROW) << "a closing connection prepares nothing";
        sqlite3_finalize(reader);
        sqlite3_finalize(writer);
    }
    EXPECT_LE(sqlite3_memory_used(), before);
}

TEST(Statements, ArePreparedOnceAndKept) {
    Database database;
    fill(database);
    database.run(read);
    database.run(write);
    const int kept = open_statements(database);
    EXPECT_GT(kept, 5);
    for (int i = 0; i < 100; i++) {
        database.run(read);
        database.run(write);
        database.run(fail);
    }
    EXPECT_LE(open_statements(database), kept + 5);
    EXPECT_TRUE(is_clean(database));
}

TEST(Statements, KeptOnesAreInNobodysWay) {
    Database database;
    fill(database);
    database.run(read);
    EXPECT_TRUE(database
                    .run("VACUUM; PRAGMA journal_mode = MEMORY; ATTACH ':memory:' AS x; DETACH x;"
                         "BEGIN; CREATE TABLE z(x); ROLLBACK; ALTER TABLE codegraph_chunks ADD COLUMN more")
                    .ok());
    EXPECT_EQ(database.get(read), "3");
    EXPECT_TRUE(database.run("DROP TABLE codegraph_log").ok());
}

TEST(Statements, ThatCannotBeKeptAreClosedAfterUse) {
    Database database;
    fill(database);
    const char* keep[] = {"cg_chunks", nullptr};
    sqlite3_drop_modules(database, keep);
    database.run("SELECT 1");  // SQLite disconnects what was dropped when it next prepares a statement
    EXPECT_EQ(open_statements(database), 0);
    EXPECT_EQ(database.get(read), "3");
    EXPECT_EQ(database.get(write), "s1");
    EXPECT_FALSE(database.run(fail).ok());
    EXPECT_EQ(open_statements(database), 0);
    EXPECT_TRUE(is_clean(database));
}

TEST(Statements, OneFunctionMayRunManyTimesAtOnce) {
    Database database;
    fill(database);
    std::string from = "cg_chunks('app', 's1') t0", where = "t0.fqn = 'a.f'";
    for (int i = 1; i < 10; i++) {
        from += ", cg_chunks('app', 's1') t" + std::to_string(i);
        where += " AND t" + std::to_string(i) + ".fqn = 'a.g'";
    }
    EXPECT_EQ(database.get("SELECT count(*) FROM " + from + " WHERE " + where), "1");
    EXPECT_TRUE(is_clean(database));
}

TEST(Loading, TwiceIsHarmless) {
    Database database;
    fill(database);
    EXPECT_EQ(database.get(read), "3");
    EXPECT_EQ(database.load(), SQLITE_OK);
    EXPECT_EQ(database.get(read), "3");
    EXPECT_EQ(database.get(write), "s1");
    // While a statement runs SQLite does not replace functions; those that are there go on.
    database.run("SELECT load_extension('" CODEGRAPH_MODULE "')");
    EXPECT_EQ(database.get(read), "3");
    EXPECT_EQ(database.get(write), "s1");
    EXPECT_TRUE(is_clean(database));
    EXPECT_GT(open_statements(database), 0) << "the statements are kept still";
}

int load_into(sqlite3* database, char** error, const sqlite3_api_routines*) {
    sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    return sqlite3_load_extension(database, CODEGRAPH_MODULE, nullptr, error);
}

TEST(Loading, AsAnAutomaticExtensionWorks) {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(load_into));
    {
        Database database(":memory:", Database::read_write, Database::Module::leave_out);
        fill(database);
        EXPECT_EQ(database.get(read), "3");
    }
    sqlite3_reset_auto_extension();
}

TEST(Connections, CloseInAnyOrder) {
    for (bool first_opened_closes_first : {true, false}) {
        Database one, two;
        fill(one);
        fill(two);
        Database& first = first_opened_closes_first ? one : two;
        Database& second = first_opened_closes_first ? two : one;
        EXPECT_EQ(first.close(), SQLITE_OK);
        EXPECT_EQ(second.get(read), "3");
        EXPECT_EQ(second.close(), SQLITE_OK);
    }
}

TEST(Connections, OfManyThreadsDoNotMeet) {
    auto work = [] {
        for (int round = 0; round < 5; round++) {
            Database database;
            fill(database);
            for (int i = 0; i < 40; i++) {
                EXPECT_EQ(database.get(read), "3");
                EXPECT_EQ(database.get(write), "s1");
                EXPECT_FALSE(database.run(fail).ok());
            }
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 6; i++) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
}

TEST(Connections, OneMayBeSharedByThreads) {
    Database database(":memory:", Database::read_write | SQLITE_OPEN_FULLMUTEX);
    fill(database);
    auto work = [&] {
        for (int i = 0; i < 100; i++) {
            EXPECT_EQ(database.get(read), "3");
            EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 'main')"), "3");
        }
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(is_clean(database));
}

}  // namespace
