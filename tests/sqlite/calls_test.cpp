// Arguments in, values and rows out.
#include <gtest/gtest.h>

#include "database.h"

namespace {

struct Calls : testing::Test {
    Calls() { fill(database); }
    ~Calls() override { EXPECT_TRUE(is_clean(database)); }
    Database database;
};

TEST_F(Calls, AScalarFunctionAnswers) {
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), "3");
    EXPECT_EQ(database.get("SELECT cg_file_hash('app', 's1', 'not/there')"), "NULL");
    EXPECT_EQ(database.get("SELECT length(cg_snapshot_root('app', 'main'))"), "64");
}

TEST_F(Calls, ATableFunctionGivesItsRowsInOrder) {
    EXPECT_EQ(database.get("SELECT fqn, start_line, end_line FROM cg_chunks('app', 's1')"),
              "a.f|1|1\na.g|3|3\nb.C|1|1");
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's1') LIMIT 1"), "a.f");
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's1', 1) WHERE is_deleted"), "gone.h");
}

TEST_F(Calls, ColumnsHaveTheDeclaredTypesThatClientsLookAt) {
    sqlite3_stmt* statement = nullptr;
    const char* sql =
        "SELECT content, start_line, importance, is_deleted, attrs, indexed_at FROM cg_chunks('app', 's1')";
    ASSERT_EQ(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr), SQLITE_OK);
    const char* expected[] = {"TEXT", "INTEGER", "REAL", "BOOLEAN", "TEXT", "TEXT"};
    for (int i = 0; i < 6; i++) EXPECT_STREQ(sqlite3_column_decltype(statement, i), expected[i]);
    sqlite3_finalize(statement);
}

TEST_F(Calls, ValuesHaveTheirTypesAndTimesAreText) {
    EXPECT_EQ(
        database.get("SELECT typeof(content), typeof(start_line), typeof(importance), typeof(is_deleted), is_deleted,"
                     " typeof(indexed_at) FROM cg_chunks('app', 's1') LIMIT 1"),
        "text|integer|real|integer|0|text");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories() WHERE created_at GLOB"
                           " '20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z'"),
              "2");
}

TEST_F(Calls, AnOrOfColumnsDoesNotLoseTheArguments) {
    EXPECT_TRUE(database.run("SELECT 1 FROM cg_chunks('app', 's1') WHERE fqn = 'a.f' OR chunk_id = 'no such id'").ok());
    EXPECT_TRUE(
        database.run("SELECT 1 FROM cg_chunks('app', 's1') WHERE kind = 'a' OR (fqn = 'b' AND name = 'c')").ok());
}

TEST_F(Calls, AnIntegerThatPostgresCouldNotTakeIsOutOfRange) {
    EXPECT_EQ(database.run("SELECT * FROM cg_transitive_dependencies('app', 's1', 'a.f', 2147483648)").error,
              "cg_transitive_dependencies: max_depth 2147483648 is out of range");
}

TEST_F(Calls, AMissingArgumentIsNamed) {
    Result result = database.run("SELECT * FROM cg_chunks('app')");
    EXPECT_EQ(result.code, SQLITE_ERROR);
    EXPECT_EQ(result.error, "cg_chunks: argument \"snapshot\" is missing");
    EXPECT_EQ(database.run("SELECT * FROM cg_chunks").error, "cg_chunks: argument \"repo\" is missing");
    EXPECT_EQ(database.run("SELECT * FROM cg_chunks WHERE snapshot = 's1'").error,
              "cg_chunks: argument \"repo\" is missing");
    EXPECT_EQ(database.run("SELECT cg_create_snapshot('app')").error,
              "wrong number of arguments to function cg_create_snapshot()");
    EXPECT_FALSE(database.run("SELECT * FROM cg_chunks('app', 's1', 0, 1)").ok());
}

TEST_F(Calls, NullForARequiredArgumentIsRefusedByName) {
    EXPECT_EQ(database.run("SELECT * FROM cg_chunks('app', NULL)").error, "cg_chunks: snapshot must not be NULL");
    EXPECT_EQ(database.run("SELECT cg_create_snapshot('app', NULL)").error,
              "cg_create_snapshot: snapshot_id must not be NULL");
}

TEST_F(Calls, OptionalArgumentsMayBeLeftOutInTheMiddle) {
    const std::string reached =
        "FROM cg_transitive_dependencies WHERE repo = 'app' AND snapshot = 's1' AND chunk = 'a.f'";
    EXPECT_EQ(database.get("SELECT fqn " + reached + " AND relationships = 'CALLS'"), "a.g\nos.exit");
    EXPECT_EQ(database.get("SELECT fqn " + reached + " AND relationships = 'EXTENDS'"), "");
    EXPECT_EQ(database.get("SELECT fqn " + reached + " AND max_depth = 1"), "a.g");
}

TEST_F(Calls, HiddenColumnsShowTheArguments) {
    EXPECT_EQ(database.get("SELECT DISTINCT repo, snapshot, include_deleted FROM cg_chunks('app', 's1')"),
              "app|s1|NULL");
}

TEST_F(Calls, TwoValuesForOneArgumentAgreeOrGiveNothing) {
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_chunks('app', 's1') WHERE snapshot = 's1'"), "3");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_chunks('app', 's1') WHERE snapshot = 'other'"), "0");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_chunks WHERE repo = 'app' AND snapshot IN ('s1', 'main')"), "6");
}

TEST_F(Calls, ConstraintsOnResultColumnsHold) {
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's1') WHERE kind = 'class'"), "b.C");
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's1') WHERE file_path = 'src/a.py' AND fqn = 'a.g'"),
              "a.g");
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's1') WHERE kind = 'CLASS' COLLATE NOCASE"), "b.C");
}

TEST_F(Calls, NumbersForTextArgumentsAreTheirText) {
    EXPECT_EQ(database.get("SELECT cg_save_repository(12), cg_save_repository(1.5)"), "12|1.5");
    EXPECT_EQ(database.get("SELECT repo_id FROM cg_repositories() WHERE repo_id < 'a'"), "1.5\n12");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_snapshots(12)"), "0");
}

TEST_F(Calls, ValuesOfAnotherTypeAreRefused) {
    EXPECT_EQ(database.run("SELECT cg_save_repository(x'6162')").error, "cg_save_repository: repo_id must be text");
    EXPECT_EQ(database.run("SELECT * FROM cg_chunks('app', 's1', 'yes')").error,
              "cg_chunks: include_deleted must be true or false");
    EXPECT_EQ(database.run("SELECT * FROM cg_transitive_dependencies('app', 's1', 'a.f', 1.5)").error,
              "cg_transitive_dependencies: max_depth must be an integer");
    EXPECT_EQ(database.run("SELECT * FROM cg_transitive_dependencies('app', 's1', 'a.f', 1, NULL, '0.5')").error,
              "cg_transitive_dependencies: min_confidence must be a number");
    EXPECT_EQ(database.run("SELECT cg_save_repository('a' || char(0) || 'b')").code, SQLITE_ERROR);
    EXPECT_EQ(database.run("SELECT cg_save_repository(CAST(x'ff' AS TEXT))").code, SQLITE_ERROR);
}

TEST_F(Calls, TableFunctionsJoinWithEachOtherAndWithTables) {
    EXPECT_EQ(
        database.get("SELECT a.fqn, b.fqn FROM cg_chunks('app', 's1') a, cg_chunks('app', 's1') b WHERE a.fqn < b.fqn"),
        "a.f|a.g\na.f|b.C\na.g|b.C");
    EXPECT_EQ(
        database.get(
            "SELECT c.fqn, d.to_fqn FROM cg_chunks('app', 's1') c, cg_dependencies_from('app', 's1', c.chunk_id) d"),
        "a.f|a.g\na.g|os.exit\nb.C|a.f");
    database.run("CREATE TABLE wanted(snapshot); INSERT INTO wanted VALUES ('s1'), ('main')");
    EXPECT_EQ(database.get("SELECT w.snapshot, count(*) FROM wanted w JOIN cg_chunks c ON c.repo = 'app'"
                           " AND c.snapshot = w.snapshot GROUP BY 1 ORDER BY 1"),
              "main|3\ns1|3");
    EXPECT_EQ(database.get("SELECT count(*) FROM wanted w LEFT JOIN cg_chunks('app', w.snapshot) c"
                           " WHERE c.fqn IN (SELECT to_fqn FROM cg_dependencies('app', w.snapshot))"),
              "4");
}

TEST_F(Calls, AWriterRunsOnceARowOfATableFunction) {
    EXPECT_EQ(database.get("SELECT count(cg_save_repository('copy of ' || repo_id)) FROM cg_repositories()"), "2");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "4");
}

TEST_F(Calls, ATableFunctionCanBeReadInAViewAndBySqlThatWrites) {
    database.run(
        "CREATE VIEW names AS SELECT fqn FROM cg_chunks('app', 's1'); CREATE TABLE saved AS SELECT * FROM names");
    EXPECT_EQ(database.get("SELECT count(*) FROM saved"), "3");
    EXPECT_TRUE(database.run("INSERT INTO saved SELECT cg_count_chunks('app', 's1')").ok());
    EXPECT_EQ(database.get("SELECT fqn FROM saved WHERE fqn = '3'"), "3");
}

// ---- the analyzer callback ----

const char* incremental = "SELECT cg_create_incremental_snapshot('app', 's1', 's2', '[\"src/a.py\"]', '%')";

std::string with_analyzer(std::string name) {
    std::string sql = incremental;
    return sql.replace(sql.find('%'), 1, name);
}

TEST_F(Calls, TheAnalyzerIsAFunctionOfTheApplication) {
    database.define("analyze", [](sqlite3_context* context, const std::string& path) {
        const std::string json = R"({"chunks": [{"fqn": "a.new", "content": ")" + path + R"("}]})";
        sqlite3_result_text(context, json.c_str(), -1, SQLITE_TRANSIENT);
    });
    EXPECT_TRUE(database.run(with_analyzer("analyze")).ok());
    EXPECT_EQ(database.get("SELECT fqn, content FROM cg_chunks('app', 's2')"), "a.new|src/a.py\nb.C|class C: pass\n");
    EXPECT_TRUE(is_clean(database));
}

TEST_F(Calls, AnUnknownAnalyzerIsSaidToBeUnknown) {
    const std::string before = content(database);
    database.run("SELECT 1");
    for (const char* name : {"nobody", "", "length\"", "substr", "analyze; DROP TABLE codegraph_files", "cg_chunks"}) {
        const Result result = database.run(with_analyzer(name));
        EXPECT_EQ(result.code, SQLITE_ERROR) << name;
        EXPECT_NE(result.error.find("cg_create_incremental_snapshot: "), std::string::npos) << result.error;
    }
    EXPECT_EQ(database.run(with_analyzer("nobody")).error,
              "cg_create_incremental_snapshot: unknown analyzer function \"nobody\"");
    EXPECT_EQ(content(database), before);
}

TEST_F(Calls, TheAnalyzersOwnErrorPassesThrough) {
    const std::string before = content(database);
    database.define("boom", [](sqlite3_context* context, const std::string&) {
        sqlite3_result_error(context, "boom: no such language", -1);
    });
    Result result = database.run(with_analyzer("boom"));
    EXPECT_EQ(result.code, SQLITE_ERROR);
    EXPECT_EQ(result.error, "boom: no such language");
    database.define("stop", [](sqlite3_context* context, const std::string&) {
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    });
    EXPECT_EQ(database.run(with_analyzer("stop")).code, SQLITE_INTERRUPT);
    EXPECT_EQ(content(database), before);
}

TEST_F(Calls, NonsenseFromTheAnalyzerIsRefused) {
    const std::string before = content(database);
    database.define("number", [](sqlite3_context* context, const std::string&) { sqlite3_result_int(context, 7); });
    database.define("bytes", [](sqlite3_context* context, const std::string&) {
        sqlite3_result_blob(context, "\xff\x00", 2, SQLITE_STATIC);
    });
    for (const char* name : {"number", "bytes"})
        EXPECT_EQ(database.run(with_analyzer(name)).code, SQLITE_ERROR) << name;
    EXPECT_EQ(content(database), before);
}

TEST_F(Calls, TheAnalyzerMayUseTheDatabase) {
    database.define("analyze", [this](sqlite3_context* context, const std::string&) {
        EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), "3");
        EXPECT_EQ(database.get("SELECT cg_save_repository('from the analyzer')"), "from the analyzer");
        sqlite3_result_null(context);
    });
    EXPECT_TRUE(database.run(with_analyzer("analyze")).ok());
    EXPECT_EQ(database.get("SELECT fqn FROM cg_chunks('app', 's2')"), "b.C");
    EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "3");
}

TEST_F(Calls, AnAnalyzerThatEndsTheTransactionLeavesNoPartialEffect) {
    for (const char* end : {"ROLLBACK", "COMMIT"}) {
        const std::string before = content(database);
        database.define("analyze", [this, end](sqlite3_context* context, const std::string&) {
            database.run(end);
            sqlite3_result_text(context, R"({"chunks": [{"content": "x"}], "unknown": 1})", -1, SQLITE_STATIC);
        });
        for (const char* begin : {"", "BEGIN"}) {
            database.run(begin);
            EXPECT_FALSE(database.run(with_analyzer("analyze")).ok());
            EXPECT_FALSE(database.in_transaction());
            EXPECT_EQ(content(database), before);
        }
    }
}

}  // namespace
