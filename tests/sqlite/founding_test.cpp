// Fresh, foreign, read-only and UTF-16 databases: where our tables come from, and where they are not.
#include <gtest/gtest.h>

#include "database.h"

namespace {

const char* objects = "SELECT count(*) FROM main.sqlite_schema";

TEST(Founding, AFreshDatabaseReadsAsAnEmptyStore) {
    Database database;
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
    EXPECT_EQ(database.run("SELECT count(*) FROM cg_chunks('app', 's1')").error,
              "cg_chunks: unknown repository \"app\"");
    EXPECT_EQ(database.run("SELECT cg_count_chunks('app', 's1')").error, "cg_count_chunks: unknown repository \"app\"");
    EXPECT_EQ(database.run("SELECT cg_create_snapshot('app', 's1')").error,
              "cg_create_snapshot: unknown repository \"app\"");
    EXPECT_EQ(database.get("SELECT cg_delete_snapshot('app', 's1'), cg_delete_repository('app')"), "0|0");
    EXPECT_EQ(database.get(objects), "0");
    EXPECT_TRUE(is_clean(database));
}

TEST(Founding, ABadArgumentDoesNotMakeTheTables) {
    Database database;
    EXPECT_FALSE(database.run("SELECT cg_save_repository('')").ok());
    EXPECT_FALSE(database.run("SELECT cg_save_repository(NULL)").ok());
    EXPECT_EQ(database.get(objects), "0");
}

TEST(Founding, TheFirstWriteMakesTheTablesAndLeavesTheApplicationsNumbersAlone) {
    Database database;
    database.run("PRAGMA user_version = 7; PRAGMA application_id = 9");
    EXPECT_EQ(database.get("SELECT cg_save_repository('app')"), "app");
    EXPECT_EQ(database.get("SELECT repo_id FROM cg_repositories()"), "app");
    EXPECT_EQ(database.get("SELECT count(*) FROM main.sqlite_schema WHERE name NOT GLOB '*codegraph_*'"
                           " AND name <> 'sqlite_sequence'"),
              "0");
    EXPECT_EQ(database.get("PRAGMA user_version; PRAGMA application_id"), "7\n9");
    EXPECT_FALSE(database.in_transaction());
    EXPECT_TRUE(is_clean(database));
}

TEST(Founding, ItWorksInTheMiddleOfASelect) {
    Database database;
    database.run("CREATE TABLE wanted(id); INSERT INTO wanted VALUES ('a'), ('b'), ('c')");
    EXPECT_EQ(database.get("SELECT cg_save_repository(id) FROM wanted"), "a\nb\nc");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "3");
}

TEST(Founding, TheTablesGoWithTheUsersRollbackAndComeAgain) {
    Database database;
    for (int round = 0; round < 3; round++) {
        database.run("BEGIN");
        EXPECT_EQ(database.get("SELECT cg_save_repository('app')"), "app");
        EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "1");
        EXPECT_TRUE(database.run("ROLLBACK").ok());
        EXPECT_EQ(database.get(objects), "0");
        EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
    }
    database.run(
        "BEGIN; SAVEPOINT mine; SELECT cg_save_repository('app'); ROLLBACK TO mine; SELECT cg_save_repository('b'); "
        "COMMIT");
    EXPECT_EQ(database.get("SELECT repo_id FROM cg_repositories()"), "b");
}

TEST(Founding, TwoConnectionsMayFoundTheSameFile) {
    TemporaryFile file;
    Database one(file.name()), two(file.name());
    EXPECT_EQ(two.get("SELECT count(*) FROM cg_repositories()"), "0");  // two has read the empty schema
    EXPECT_EQ(one.get("SELECT cg_save_repository('one')"), "one");
    EXPECT_EQ(two.get("SELECT cg_save_repository('two')"), "two");
    EXPECT_EQ(one.get("SELECT repo_id FROM cg_repositories()"), "one\ntwo");
}

// The other connection is first, between this one's look and its CREATE TABLE.
int other_founds_in_between(unsigned, void* other, void*, void* text) {
    if (std::string(static_cast<const char*>(text)) == "-- SAVEPOINT codegraph_operation") {
        EXPECT_EQ(static_cast<const Database*>(other)->get("SELECT cg_save_repository('one')"), "one");
    }
    return 0;
}

TEST(Founding, TwoConnectionsMayFoundTheSameFileAtOnce) {
    TemporaryFile file;
    Database one(file.name()), two(file.name());
    sqlite3_trace_v2(two, SQLITE_TRACE_STMT, other_founds_in_between, &one);
    EXPECT_EQ(two.get("SELECT cg_save_repository('two')"), "two");
    sqlite3_trace_v2(two, 0, nullptr, nullptr);
    EXPECT_EQ(one.get("SELECT repo_id FROM cg_repositories()"), "one\ntwo");
    EXPECT_TRUE(is_clean(two));
}

// The authorizer is asked before each CREATE: a place between two statements of the founding.
int interrupt_before_create(void* argument, int action, const char* name, const char*, const char*, const char*) {
    auto* wanted = static_cast<std::pair<sqlite3*, std::string>*>(argument);
    if (action == SQLITE_CREATE_TABLE && wanted->second == name) sqlite3_interrupt(wanted->first);
    return SQLITE_OK;
}

TEST(Founding, InterruptedInTheMiddleItLeavesNothing) {
    for (const char* table : {"codegraph_repositories", "codegraph_files", "codegraph_contents"})
        for (const char* begin : {"", "BEGIN; CREATE TABLE mine(x)"}) {
            Database database;
            database.run(begin);
            std::pair<sqlite3*, std::string> wanted{database, table};
            sqlite3_set_authorizer(database, interrupt_before_create, &wanted);
            EXPECT_EQ(database.run("SELECT cg_save_repository('app')").code, SQLITE_INTERRUPT) << table;
            sqlite3_set_authorizer(database, nullptr, nullptr);
            EXPECT_TRUE(is_clean(database));
            EXPECT_EQ(database.get("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'codegraph%'"), "0");
            if (database.in_transaction()) {
                EXPECT_STRNE(begin, "");
                EXPECT_TRUE(database.run("COMMIT").ok());
            }
            EXPECT_EQ(database.get("SELECT cg_save_repository('app')"), "app");
        }
}

int deny_create(void*, int action, const char*, const char*, const char*, const char*) {
    return action == SQLITE_CREATE_INDEX ? SQLITE_DENY : SQLITE_OK;
}

TEST(Founding, WhatTheAuthorizerDeniesIsAnErrorAndLeavesNothing) {
    Database database;
    sqlite3_set_authorizer(database, deny_create, nullptr);
    const Result result = database.run("SELECT cg_save_repository('app')");
    EXPECT_EQ(result.code, SQLITE_AUTH);
    EXPECT_EQ(result.error.find("cg_save_repository: "), 0u) << result.error;
    sqlite3_set_authorizer(database, nullptr, nullptr);
    EXPECT_EQ(database.get(objects), "0");
    EXPECT_TRUE(is_clean(database));
}

TEST(Founding, AStoreThatLostATableIsNotAnEmptyOne) {
    Database database;
    fill(database);
    database.run("DROP TABLE codegraph_snapshots");
    const Result result = database.run("SELECT * FROM cg_snapshots('app')");
    EXPECT_EQ(result.code, SQLITE_ERROR);
    EXPECT_EQ(result.error, "cg_snapshots: no such table: main.codegraph_snapshots");
}

TEST(Founding, TablesOfTheSameNameElsewhereAreNotOurs) {
    Database database;
    database.run(
        "ATTACH ':memory:' AS other; CREATE TABLE other.codegraph_repositories(x);"
        "CREATE TEMP TABLE codegraph_snapshots(x)");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
    fill(database);
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_chunks('app', 's1')"), "3");
}

TEST(Founding, AUtf16DatabaseIsRefusedByEveryKindOfFunction) {
    for (const char* encoding : {"UTF-16le", "UTF-16be"}) {
        Database database;
        database.run(std::string("PRAGMA encoding = '") + encoding + "'; CREATE TABLE mine(x)");
        for (const char* call : {"SELECT cg_save_repository('app')", "SELECT * FROM cg_repositories()",
                                 "SELECT cg_count_chunks('app', 's1')", "SELECT cg_delete_repository('app')"}) {
            const Result result = database.run(call);
            EXPECT_EQ(result.code, SQLITE_ERROR);
            EXPECT_NE(result.error.find(std::string(": the database must be in UTF-8, this one is in ") + encoding),
                      std::string::npos)
                << result.error;
        }
        EXPECT_EQ(database.get(objects), "1");
        EXPECT_TRUE(is_clean(database));
    }
}

TEST(Founding, AnEncodingChosenAfterTheFirstCallIsSeen) {
    Database database;
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
    database.run("PRAGMA encoding = 'UTF-16'");
    EXPECT_FALSE(database.run("SELECT cg_save_repository('app')").ok());
    database.run("PRAGMA encoding = 'UTF-8'");
    EXPECT_TRUE(database.run("SELECT cg_save_repository('app')").ok());
}

TEST(Founding, AReadOnlyFileCanBeReadAndNotWritten) {
    TemporaryFile file;
    {
        Database database(file.name());
        fill(database);
    }
    Database database(file.name(), SQLITE_OPEN_READONLY);
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_chunks('app', 's1')"), "3");
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), "3");
    for (const char* call : {"SELECT cg_save_repository('new')", "SELECT cg_create_snapshot('app', 's2')"}) {
        const Result result = database.run(call);
        EXPECT_EQ(result.code, SQLITE_READONLY);
        EXPECT_NE(result.error.find(": attempt to write a readonly database"), std::string::npos) << result.error;
        EXPECT_FALSE(database.in_transaction());
        EXPECT_TRUE(is_clean(database));
    }
}

TEST(Founding, AnEmptyReadOnlyFileIsAnEmptyStore) {
    TemporaryFile file;
    {
        Database database(file.name());
        database.run("VACUUM");
    }
    Database database(file.name(), SQLITE_OPEN_READONLY);
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
    EXPECT_EQ(database.run("SELECT cg_save_repository('app')").code, SQLITE_READONLY);
    EXPECT_TRUE(is_clean(database));
}

}  // namespace
