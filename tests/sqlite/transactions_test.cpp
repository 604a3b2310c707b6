// Writers in and outside of the user's transaction: codes, texts, and no partial effect, ever.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "database.h"

namespace {

const char* new_snapshot = "SELECT cg_create_snapshot('app', 's2', NULL, NULL, 's1')";
// Fails after it has written: the second file has a chunk id that is in the first.
const char* duplicate = R"(SELECT cg_replace_files('app', 's1', 's9', '[
    {"file_path": "x.py", "chunks": [{"content": "x", "chunk_id": "twice"}]},
    {"file_path": "y.py", "chunks": [{"content": "y", "chunk_id": "twice"}]}]'))";

struct Transactions : testing::Test {
    Transactions() {
        fill(database);
        database.run("CREATE TABLE mine(x)");
        before = content(database);
    }
    ~Transactions() override { EXPECT_TRUE(is_clean(database)); }
    Database database;
    std::string before;
};

TEST_F(Transactions, AnErrorHasItsCodeAndTextAndChangesNothing) {
    const Result result = database.run(duplicate);
    EXPECT_EQ(result.code, SQLITE_CONSTRAINT);
    EXPECT_EQ(result.error.find("cg_replace_files: duplicate chunk id \"twice\""), 0u) << result.error;
    EXPECT_EQ(database.run("SELECT cg_create_snapshot('nope', 's1')").code, SQLITE_ERROR);
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(content(database), before);
}

TEST_F(Transactions, DamagedDataIsSqliteCorrupt) {
    database.run("UPDATE codegraph_tree_nodes SET body = x'0102'");
    EXPECT_EQ(database.run("SELECT * FROM cg_chunks('app', 's1')").code, SQLITE_CORRUPT);
    EXPECT_EQ(database.run("SELECT cg_count_chunks('app', 's1')").code, SQLITE_CORRUPT);
}

TEST_F(Transactions, TheUsersTransactionGoesOnAfterAnError) {
    database.run("BEGIN; INSERT INTO mine VALUES (1); SAVEPOINT user");
    EXPECT_EQ(database.run(duplicate).code, SQLITE_CONSTRAINT);
    EXPECT_TRUE(database.in_transaction());
    EXPECT_EQ(content(database), before);
    EXPECT_TRUE(database.run("INSERT INTO mine VALUES (2); RELEASE user; COMMIT").ok());
    EXPECT_EQ(database.get("SELECT count(*) FROM mine"), "2");
}

TEST_F(Transactions, ACallIsPartOfTheUsersTransaction) {
    database.run("BEGIN");
    EXPECT_EQ(database.get(new_snapshot), "s2");
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's2')"), "3");
    database.run("ROLLBACK");
    EXPECT_EQ(content(database), before);
}

TEST_F(Transactions, ACallInTheUsersSavepointIsUndoneWithIt) {
    database.run("BEGIN; SAVEPOINT user");
    EXPECT_EQ(database.get(new_snapshot), "s2");
    EXPECT_TRUE(database.run("ROLLBACK TO user; COMMIT").ok());
    EXPECT_EQ(content(database), before);
}

TEST_F(Transactions, APendingReadSurvivesTheUndoing) {
    for (const char* begin : {"", "BEGIN; INSERT INTO mine VALUES (1)"}) {
        database.run(begin);
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(database, "SELECT * FROM codegraph_chunks", -1, &statement, nullptr);
        int rows = 0, code;
        while ((code = sqlite3_step(statement)) == SQLITE_ROW)
            if (++rows == 2) {
                EXPECT_EQ(database.run(duplicate).code, SQLITE_CONSTRAINT);
            }
        EXPECT_EQ(code, SQLITE_DONE);
        EXPECT_EQ(std::to_string(rows), database.get("SELECT count(*) FROM codegraph_chunks"));
        sqlite3_finalize(statement);
    }
    database.run("ROLLBACK");
}

TEST_F(Transactions, ARowThatFailsEndsTheUsersSelect) {
    database.run("INSERT INTO mine VALUES ('ok'), (''), ('never')");
    EXPECT_EQ(database.run("SELECT cg_save_repository(x) FROM mine ORDER BY rowid").code, SQLITE_ERROR);
    EXPECT_FALSE(database.in_transaction());
}

TEST_F(Transactions, InsideAWriteTheySayWhereToCallThem) {
    const std::string where = ": call it from a top-level SELECT, not inside an INSERT, UPDATE or DELETE";
    for (const char* sql :
         {"INSERT INTO mine SELECT cg_save_repository('new')", "INSERT INTO mine VALUES (cg_save_repository('new'))",
          "UPDATE codegraph_repositories SET name = cg_save_repository('new')",
          "DELETE FROM codegraph_log WHERE cg_save_repository('new') = ''"}) {
        const Result result = database.run(sql);
        EXPECT_EQ(result.code, SQLITE_ERROR) << sql;
        EXPECT_EQ(result.error, "cg_save_repository" + where);
        EXPECT_FALSE(database.in_transaction());
    }
    Database fresh;
    fresh.run("CREATE TABLE mine(x)");
    EXPECT_EQ(fresh.run("INSERT INTO mine SELECT cg_save_repository('new')").error, "cg_save_repository" + where);
    EXPECT_EQ(content(database), before);
}

TEST_F(Transactions, TriggersAndViewsMayNotWrite) {
    database.run(
        "CREATE TRIGGER t AFTER INSERT ON mine BEGIN SELECT cg_save_repository('new'); END;"
        "CREATE VIEW v AS SELECT cg_save_repository('new')");
    EXPECT_EQ(database.run("INSERT INTO mine VALUES (1)").error, "unsafe use of cg_save_repository()");
    EXPECT_EQ(database.run("SELECT * FROM v").error, "unsafe use of cg_save_repository()");
    EXPECT_EQ(content(database), before);
}

TEST_F(Transactions, TheApplicationsLastInsertRowidStays) {
    database.run("INSERT INTO mine(rowid, x) VALUES (4711, 1)");
    EXPECT_EQ(database.get(std::string(new_snapshot) + "; SELECT last_insert_rowid()"), "s2\n4711");
    database.run(duplicate);
    EXPECT_EQ(database.get("SELECT last_insert_rowid()"), "4711");
}

TEST(TransactionsInAFile, AFullDiskUndoesEverything) {
    for (const char* begin : {"", "BEGIN; INSERT INTO mine VALUES (1)"}) {
        TemporaryFile file;
        Database database(file.name());
        fill(database);
        database.run("PRAGMA synchronous = OFF; CREATE TABLE mine(x)");
        const std::string before = content(database);
        const int pages = std::stoi(database.get("PRAGMA page_count"));
        database.run("PRAGMA max_page_count = " + std::to_string(pages + 2));
        database.run(begin);
        std::string chunks;
        for (int i = 0; i < 300; i++)
            chunks += (i ? "," : "") + std::string(R"({"fqn": "f)") + std::to_string(i) + R"(", "content": ")" +
                      std::to_string(i) + std::string(2000, 'x') + "\"}";
        const Result result = database.run("SELECT cg_replace_file('app', 's1', 's1', 'big.py', '[" + chunks + "]')");
        EXPECT_EQ(result.code, SQLITE_FULL);
        EXPECT_EQ(result.error, "cg_replace_file: database or disk is full");
        EXPECT_TRUE(is_clean(database));
        if (database.in_transaction()) database.run("ROLLBACK");
        EXPECT_EQ(content(database), before);
        database.run("PRAGMA max_page_count = 100000");
        EXPECT_TRUE(database.run("SELECT cg_replace_file('app', 's1', 's1', 'big.py', '[" + chunks + "]')").ok());
    }
}

TEST(TransactionsInAFile, ALockOfAnotherConnectionIsSqliteBusy) {
    TemporaryFile file;
    Database database(file.name()), other(file.name());
    fill(database);
    const std::string before = content(database);
    other.run("BEGIN IMMEDIATE");
    const Result result = database.run(new_snapshot);
    EXPECT_EQ(result.code, SQLITE_BUSY);
    EXPECT_EQ(result.error, "cg_create_snapshot: database is locked");
    EXPECT_FALSE(database.in_transaction());
    EXPECT_TRUE(is_clean(database));
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), "3");
    EXPECT_EQ(content(database), before);
    other.run("COMMIT");
    EXPECT_EQ(database.get(new_snapshot), "s2");
}

TEST(TransactionsInAFile, ACommitThatIsRefusedIsUndone) {
    TemporaryFile file;
    Database database(file.name()), other(file.name());
    fill(database);
    const std::string before = content(database);
    sqlite3_stmt* reader = nullptr;  // in a rollback journal a reader keeps the commit out
    sqlite3_prepare_v2(other, "SELECT * FROM codegraph_chunks", -1, &reader, nullptr);
    ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
    EXPECT_EQ(database.run(new_snapshot).code, SQLITE_BUSY);
    EXPECT_FALSE(database.in_transaction());
    EXPECT_TRUE(is_clean(database));
    sqlite3_finalize(reader);
    EXPECT_EQ(content(database), before);
    EXPECT_EQ(database.get(new_snapshot), "s2");
}

TEST(TransactionsInAFile, ATableFunctionReadsOneStateToItsEnd) {
    TemporaryFile file;
    Database database(file.name()), other(file.name());
    database.run("PRAGMA journal_mode = WAL");
    fill(database);
    sqlite3_stmt* reader = nullptr;
    sqlite3_prepare_v2(database, "SELECT c.fqn FROM cg_snapshots('app') s, cg_chunks('app', s.snapshot_id) c", -1,
                       &reader, nullptr);
    ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
    EXPECT_TRUE(other.run("SELECT cg_delete_repository('app')").ok());
    int rows = 1;
    while (sqlite3_step(reader) == SQLITE_ROW) rows++;
    EXPECT_EQ(rows, 3);
    EXPECT_EQ(sqlite3_finalize(reader), SQLITE_OK);
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "1");
}

// Deletes the repository through another connection when the second statement of the call begins.
struct DeleteMeanwhile {
    const Database& other;
    int statements = 0;

    static int on_statement(unsigned, void* context, void*, void* text) {
        auto& self = *static_cast<DeleteMeanwhile*>(context);
        const bool ours = std::string(static_cast<const char*>(text)).find(" main.codegraph_") != std::string::npos;
        if (ours && ++self.statements == 2) {
            EXPECT_TRUE(self.other.run("SELECT cg_delete_repository('app')").ok());
        }
        return 0;
    }
};

TEST(TransactionsInAFile, AScalarReaderSeesOneState) {
    TemporaryFile file;
    Database database(file.name()), other(file.name());
    database.run("PRAGMA journal_mode = WAL");
    fill(database);
    DeleteMeanwhile meanwhile{other};
    sqlite3_trace_v2(database, SQLITE_TRACE_STMT, DeleteMeanwhile::on_statement, &meanwhile);
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), "3");
    sqlite3_trace_v2(database, 0, nullptr, nullptr);
    EXPECT_GE(meanwhile.statements, 2);
    EXPECT_EQ(database.run("SELECT cg_count_chunks('app', 's1')").error, "cg_count_chunks: unknown repository \"app\"");
    EXPECT_TRUE(is_clean(database));
}

TEST(TransactionsInAFile, NoLockIsHeldWhileTheAnalyzerWorks) {
    TemporaryFile file;
    Database database(file.name()), other(file.name());
    database.run("PRAGMA journal_mode = WAL");
    fill(database);
    database.define("analyze", [&](sqlite3_context* context, const std::string&) {
        EXPECT_EQ(other.get("SELECT cg_save_repository('meanwhile')"), "meanwhile");
        sqlite3_result_null(context);
    });
    const Result result = database.run(
        "SELECT cg_create_incremental_snapshot('app', 's1', 's2', '[\"src/a.py\", \"src/b.py\"]', 'analyze')");
    EXPECT_TRUE(result.ok()) << result.error;
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's2')"), "0");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "3");
}

TEST(TransactionsInAFile, WritersOfSeveralConnectionsWaitForEachOther) {
    for (const char* mode : {"WAL", "DELETE"}) {
        TemporaryFile file;
        {
            Database database(file.name());
            database.run(std::string("PRAGMA journal_mode = ") + mode);
            fill(database);
        }
        constexpr int writers = 4, calls = 25;
        auto write = [&](int writer) {
            Database database(file.name());
            sqlite3_busy_timeout(database, 30000);
            database.run("PRAGMA synchronous = OFF");
            for (int i = 0; i < calls; i++) {
                const std::string id = std::to_string(writer) + "-" + std::to_string(i);
                EXPECT_EQ(database.get("SELECT cg_create_snapshot('app', '" + id + "', NULL, NULL, 's1')"), id);
                EXPECT_EQ(database.get("SELECT cg_count_chunks('app', '" + id + "')"), "3");
            }
        };
        std::vector<std::thread> threads;
        for (int writer = 0; writer < writers; writer++) threads.emplace_back(write, writer);
        for (std::thread& thread : threads) thread.join();
        Database database(file.name());
        EXPECT_EQ(database.get("SELECT count(*) FROM cg_snapshots('app')"), std::to_string(1 + writers * calls));
    }
}

}  // namespace
