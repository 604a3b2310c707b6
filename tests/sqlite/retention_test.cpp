// cg_gc and cg_prune beside statements and connections that read.
#include <gtest/gtest.h>

#include "database.h"

namespace {

const std::string nothing_freed = R"({"file_versions":0,"chunks":0,"contents":0,"symbols":0,"tree_nodes":0})";

// A snapshot whose first revisions only the log keeps.
void make_garbage(const Database& database) {
    const Result made = database.run(R"(
        SELECT cg_save_repository('r'); SELECT cg_create_snapshot('r', 's');
        SELECT cg_replace_file('r', 's', 's', 'a.c', '[{"fqn": "a", "content": "old"}, {"fqn": "b", "content": "also old"}]');
        SELECT cg_replace_file('r', 's', 's', 'a.c', '[{"fqn": "a", "content": "new"}, {"fqn": "c", "content": "newer"}]'))");
    ASSERT_TRUE(made.ok()) << made.error;
}

// A statement that stands on its first row.
class OpenStatement {
public:
    OpenStatement(const Database& database, const std::string& sql) {
        EXPECT_EQ(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr), SQLITE_OK);
        EXPECT_EQ(sqlite3_step(statement_), SQLITE_ROW);
    }
    ~OpenStatement() { sqlite3_finalize(statement_); }
    OpenStatement(const OpenStatement&) = delete;
    OpenStatement& operator=(const OpenStatement&) = delete;
    operator sqlite3_stmt*() const { return statement_; }

private:
    sqlite3_stmt* statement_ = nullptr;
};

TEST(Retention, IsRefusedWhileAStatementOfTheConnectionReads) {
    Database database;
    make_garbage(database);
    for (const char* reader : {"SELECT content FROM cg_chunks('r', 's@{1}')", "SELECT revision FROM cg_log('r')"}) {
        OpenStatement open(database, reader);
        for (const char* call :
             {"SELECT cg_prune('r', 1)", "SELECT cg_gc('r')", "SELECT cg_gc()", "SELECT cg_delete_repository('r')"}) {
            const Result refused = database.run(call);
            EXPECT_EQ(refused.code & 0xFF, SQLITE_BUSY) << call;
            EXPECT_NE(refused.error.find("another codegraph call of this connection is still open"), std::string::npos)
                << refused.error;
        }
        while (sqlite3_step(open) == SQLITE_ROW) {
        }  // what it reads is still there
        EXPECT_EQ(sqlite3_reset(open), SQLITE_OK);
        EXPECT_EQ(database.get("SELECT cg_gc('r')"), nothing_freed) << "after the reset";
    }
    EXPECT_EQ(database.get("SELECT cg_prune('r', 1)"), R"({"revisions":2})");
    EXPECT_EQ(database.get("SELECT cg_gc('r')"),
              R"({"file_versions":1,"chunks":2,"contents":2,"symbols":1,"tree_nodes":1})");
    EXPECT_TRUE(is_clean(database));
}

TEST(Retention, LeavesAnotherConnectionsReadTransactionItsSnapshot) {
    TemporaryFile file;
    Database writer(file.name()), reader(file.name());
    writer.run("PRAGMA journal_mode = WAL");
    make_garbage(writer);
    const std::string old = "SELECT group_concat(content, ' ') FROM cg_chunks('r', 's@{1}')";
    ASSERT_TRUE(reader.run("BEGIN").ok());
    EXPECT_EQ(reader.get(old), "old also old");
    OpenStatement half_read(reader, "SELECT content FROM cg_chunks('r', 's@{1}')");

    EXPECT_EQ(writer.get("SELECT cg_prune('r', 1)"), R"({"revisions":2})");
    EXPECT_EQ(writer.get("SELECT cg_gc('r')"),
              R"({"file_versions":1,"chunks":2,"contents":2,"symbols":1,"tree_nodes":1})");
    EXPECT_TRUE(writer.get(old).find("has no revision") != std::string::npos) << writer.get(old);

    EXPECT_EQ(sqlite3_step(half_read), SQLITE_ROW);
    EXPECT_EQ(sqlite3_step(half_read), SQLITE_DONE);
    EXPECT_EQ(sqlite3_reset(half_read), SQLITE_OK);
    EXPECT_EQ(reader.get(old), "old also old");
    EXPECT_EQ(reader.get("SELECT count(*) FROM cg_transitive_dependencies('r', 's@{1}', 'b')"), "0");
    ASSERT_TRUE(reader.run("COMMIT").ok());
    EXPECT_TRUE(reader.get(old).find("has no revision") != std::string::npos);
    EXPECT_EQ(reader.get("SELECT group_concat(content, ' ') FROM cg_chunks('r', 's')"), "new newer");
}

TEST(Retention, OfARolledBackTransactionFreesNothing) {
    Database database;
    make_garbage(database);
    const std::string before = content(database);
    ASSERT_TRUE(database.run("BEGIN; SELECT cg_prune('r', 1); SELECT cg_gc('r'); ROLLBACK").ok());
    EXPECT_EQ(content(database), before);
    ASSERT_TRUE(
        database.run("BEGIN; SAVEPOINT a; SELECT cg_prune('r', 1); SELECT cg_gc('r'); ROLLBACK TO a; COMMIT").ok());
    EXPECT_EQ(content(database), before);
    EXPECT_EQ(database.get("SELECT content FROM cg_chunk('r', 's@{1}', 'b')"), "also old");
}

}  // namespace
