// The plans that SQLite makes with table functions, and that narrowing a call changes no answer.
#include <gtest/gtest.h>

#include <vector>

#include "database.h"
#include "random.h"

namespace {

struct Plans : testing::Test {
    Plans() {
        fill(database);
        database.run(
            "CREATE TABLE wanted(path TEXT, name TEXT COLLATE NOCASE, number INTEGER, anything);"
            "CREATE TABLE keyed(path TEXT PRIMARY KEY) WITHOUT ROWID;"
            "CREATE TABLE by_number(id INTEGER PRIMARY KEY, fqn TEXT)");
    }
    ~Plans() override { EXPECT_TRUE(is_clean(database)); }

    // One loop a line, the outermost first: `d`, `c chunk_id=`.
    std::string plan(const std::string& sql) const {
        std::string loops;
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(database, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &statement, nullptr),
                  SQLITE_OK)
            << sqlite3_errmsg(database);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            std::string line = reinterpret_cast<const char*>(sqlite3_column_text(statement, 3));
            const std::string function = " VIRTUAL TABLE INDEX ";
            if (!line.starts_with("SCAN ") && !line.starts_with("SEARCH ")) continue;
            line.erase(0, line.find(' ') + 1);
            std::string loop = line.substr(0, line.find(' '));
            const size_t at = line.find(function);
            const size_t colon = at == std::string::npos ? at : line.find(':', at);
            if (colon != std::string::npos && colon + 1 < line.size()) loop += " " + line.substr(colon + 1);
            loops += (loops.empty() ? "" : "\n") + loop;
        }
        sqlite3_finalize(statement);
        return loops;
    }
    // Written in both orders, a join has one plan.
    std::string plan_of_join(const std::string& a, const std::string& b, const std::string& on) const {
        const std::string one = plan("SELECT * FROM " + a + " JOIN " + b + " ON " + on);
        EXPECT_EQ(plan("SELECT * FROM " + b + " JOIN " + a + " ON " + on), one);
        return one;
    }
    Database database;
};

const std::string chunks = "cg_chunks('app', 's1') c", dependents = "cg_transitive_dependents('app', 's1', 'a.g') d";

TEST_F(Plans, ChunksAreLookedUpForWhatATraversalReached) {
    EXPECT_EQ(plan_of_join(dependents, chunks, "c.chunk_id = d.chunk_id"), "d\nc chunk_id=");
    EXPECT_EQ(plan_of_join(dependents, chunks, "c.fqn = d.fqn"), "d\nc fqn=");
    EXPECT_EQ(plan_of_join(dependents, chunks, "c.chunk_id = d.chunk_id AND c.kind = 'class'"), "d\nc chunk_id= kind=");
    EXPECT_EQ(plan_of_join(chunks, "cg_dependencies('app', 's1') d", "c.chunk_id = d.from_chunk_id"), "d\nc chunk_id=");
}

TEST_F(Plans, ChunksAreLookedUpForTheRowsOfATable) {
    EXPECT_EQ(plan_of_join("wanted", chunks, "c.file_path = wanted.path"), "wanted\nc file_path=");
    EXPECT_EQ(plan_of_join("wanted", chunks, "c.fqn = wanted.path"), "wanted\nc fqn=");
    EXPECT_EQ(plan_of_join("wanted", chunks, "c.chunk_id = wanted.anything"), "wanted\nc chunk_id=");
    EXPECT_EQ(plan_of_join("wanted", "cg_files('app', 's1') f", "f.file_path = wanted.path"), "wanted\nf file_path=");
    EXPECT_EQ(plan_of_join("wanted", "cg_chunks_by_kind('app', 's1', 'class') c", "c.fqn = wanted.path"),
              "wanted\nc fqn=");
}

TEST_F(Plans, AlsoWhenTheTableHasAnIndexOrStatistics) {
    EXPECT_EQ(plan_of_join("keyed", chunks, "c.file_path = keyed.path"), "keyed\nc file_path=");
    EXPECT_EQ(plan_of_join("by_number", chunks, "c.fqn = by_number.fqn AND by_number.id = 7"), "by_number\nc fqn=");
    database.run("INSERT INTO keyed VALUES ('src/a.py'), ('src/b.py'); ANALYZE");
    EXPECT_EQ(plan_of_join("keyed", chunks, "c.file_path = keyed.path"), "keyed\nc file_path=");
}

TEST_F(Plans, TwoTableFunctionsJoinWithoutAScanForEachRow) {
    EXPECT_EQ(plan_of_join("cg_files('app', 's1') f", chunks, "c.file_path = f.file_path"), "f\nc file_path=");
    EXPECT_EQ(plan("SELECT * FROM cg_chunks('app', 's1') a JOIN cg_chunks('app', 's1') b ON a.fqn = b.fqn"),
              "a\nb fqn=");
}

TEST_F(Plans, ADearFunctionStaysOutside) {
    EXPECT_EQ(plan_of_join("wanted", dependents, "d.fqn = wanted.path"), "d\nwanted");
    EXPECT_EQ(plan_of_join("wanted", chunks, "c.kind = wanted.path"), "c\nwanted");
    EXPECT_EQ(plan_of_join("wanted", chunks, "c.name = wanted.path"), "c\nwanted");
}

TEST_F(Plans, OnlyWhatComparesByBytesNarrows) {
    const std::string where = "SELECT * FROM cg_chunks('app', 's1') c WHERE ";
    EXPECT_EQ(plan(where + "fqn = 'a.f'"), "c fqn=");
    EXPECT_EQ(plan(where + "fqn = 'a.f' COLLATE NOCASE"), "c");
    EXPECT_EQ(plan(where + "fqn COLLATE RTRIM = 'a.f'"), "c");
    EXPECT_EQ(plan(where + "fqn IS 'a.f'"), "c");
    EXPECT_EQ(plan(where + "fqn > 'a.f'"), "c");
    EXPECT_EQ(plan(where + "fqn IN ('a.f', 'a.g')"), "c fqn=");
    EXPECT_EQ(plan_of_join("wanted", chunks, "wanted.name = c.fqn"), "c\nwanted");  // the left side's collation counts
}

TEST_F(Plans, ANumberMayEqualTwoChunkIds) {
    database.run(R"(SELECT cg_save_chunks('app', 's1', '[{"file_path": "5", "chunk_id": "5", "content": ""},
                                                          {"file_path": "05", "chunk_id": "5.0", "content": ""}]'))");
    database.run("INSERT INTO by_number(id) VALUES (5)");
    const std::string join = "SELECT file_path FROM by_number CROSS JOIN cg_chunks('app', 's1') c ON chunk_id = id";
    EXPECT_EQ(database.get(join + " ORDER BY id, file_path"), "05\n5");
    EXPECT_EQ(database.get(join + " ORDER BY id, file_path DESC"), "5\n05");
    // SQLite leaves out an outer join with one row that nobody looks at.
    EXPECT_EQ(database.get("SELECT id FROM by_number LEFT JOIN cg_chunks('app', 's1') c ON chunk_id = id"), "5\n5");
}

TEST_F(Plans, EveryPartOfAnOrGivesItsRowsOnce) {
    const std::string of_s1 = "repo = 'app' AND snapshot = 's1' AND ";
    auto both = [&](const std::string& a, const std::string& b) {
        return database.get("SELECT fqn FROM cg_chunks WHERE (" + of_s1 + a + ") OR (" + of_s1 + b + ") ORDER BY fqn");
    };
    EXPECT_EQ(both("fqn = 'a.f'", "fqn = 'b.C'"), "a.f\nb.C");
    EXPECT_EQ(both("fqn = 'a.f'", "file_path = 'src/a.py'"), "a.f\na.g");
    EXPECT_EQ(both("kind = 'function'", "chunk_id = 'app:src/a.py:f:1-1'"), "a.f\na.g");
    database.run("SELECT cg_create_snapshot('old', 'o2')");
    EXPECT_EQ(database.get("SELECT snapshot_id FROM cg_snapshots WHERE repo = 'app' OR repo = 'old' ORDER BY 1"),
              "o1\no2\ns1");
}

TEST_F(Plans, ErrorsAreTheSameWhenNothingCanMatch) {
    for (const char* value : {"NULL", "x'61'", "5", "''", "'a.f'"})
        EXPECT_EQ(database.run(std::string("SELECT * FROM cg_chunks('app', 'none') WHERE fqn = ") + value).error,
                  "cg_chunks: unknown snapshot \"none\" in repository \"app\"");
}

// ---- narrowed answers against those that are not ----

// Names of every kind that could be mistaken: for a chunk id, for a number, for another in capitals.
struct RandomHistory {
    explicit RandomHistory(unsigned seed) : random(seed) {}

    std::string one_of(const std::vector<std::string>& texts) { return texts[random.below(texts.size())]; }
    std::string path() { return one_of({"a.c", "A.c", "5", "05", "5.0", "a:b.c", "a", "d/e.c"}); }
    std::string fqn() {
        return one_of(
            {"f", "F", "g", "5", "5.0", "h.i", "r:a.c:f:1-1", "r:a:b.c:f:1-1", "explicit", "r:5:unknown:1-1"});
    }
    std::string kind() { return one_of({"function", "class", "Class", "7"}); }
    std::string value() {
        switch (random.below(4)) {
            case 0:
                return one_of({"NULL", "5", "5.0", "7", "x'66'", "' 5'", "'5 '", "'05'", "''", "'f' || char(0)"});
            case 1:
                return "'" + path() + "'";
            case 2:
                return "'" + kind() + "'";
            default:
                return "'" + fqn() + "'";
        }
    }

    std::string chunk(int line) {
        std::string text = R"({"start_line": )" + std::to_string(line) + R"(, "kind": ")" + kind() + "\"";
        if (random.below(4) > 0) text += R"(, "fqn": ")" + fqn() + "\"";
        if (random.below(6) == 0) text += R"(, "chunk_id": ")" + fqn() + "\"";
        return text + R"(, "content": ")" + std::to_string(random.below(9)) + "\"}";
    }
    std::string change() {
        const std::string where = "('r', 's', ";
        if (random.below(4) == 0) return "SELECT cg_soft_delete_file_chunks" + where + "'" + path() + "')";
        if (random.below(8) == 0) return "SELECT cg_restore_file_chunks" + where + "'" + path() + "')";
        std::string list;
        for (int line = 1; line < 5; line++)
            if (random.below(2)) list += (list.empty() ? "" : ", ") + chunk(line);
        return "SELECT cg_replace_file('r', 's', 's', '" + path() + "', '[" + list + "]')";
    }
    codegraph::Random random;
};

struct NarrowedAnswers : testing::Test, testing::WithParamInterface<unsigned> {};

TEST_P(NarrowedAnswers, AreThoseOfTheWholeSnapshot) {
    Database database;
    RandomHistory history(GetParam());
    database.run("SELECT cg_save_repository('r'), cg_create_snapshot('r', 's')");
    int made = 0;  // the others are refused: a chunk id twice
    for (int i = 0; i < 40; i++) made += database.run(history.change()).ok();
    EXPECT_GT(made, 10);
    database.run("CREATE TABLE given(t TEXT, n TEXT COLLATE NOCASE, i INTEGER, r REAL, x)");
    for (int i = 0; i < 40; i++) {
        const std::string v = history.value();
        database.run("INSERT INTO given VALUES (" + v + ", " + v + ", " + v + ", " + v + ", " + v + ")");
    }
    database.run(
        "INSERT INTO given(t, n, x) SELECT chunk_id, upper(chunk_id), chunk_id FROM cg_chunks('r', 's', 1);"
        "CREATE VIEW mixed AS SELECT i AS m FROM given UNION ALL SELECT x FROM given;"
        "CREATE TABLE whole AS SELECT * FROM cg_chunks('r', 's'); CREATE TABLE whole_deleted AS SELECT * FROM "
        "cg_chunks('r', 's', 1); CREATE TABLE whole_files AS SELECT * FROM cg_files('r', 's');"
        "CREATE TABLE whole_kind AS SELECT * FROM cg_chunks_by_kind('r', 's', 'class')");
    const std::vector<std::pair<std::string, std::string>> sources = {
        {"cg_chunks('r', 's')", "whole"},
        {"cg_chunks('r', 's', 1)", "whole_deleted"},
        {"cg_chunks_by_kind('r', 's', 'class')", "whole_kind"},
        {"cg_files('r', 's')", "whole_files"}};
    for (const auto& [function, table] : sources)
        for (const std::string column : {"file_path", "chunk_id", "fqn", "kind"}) {
            if (table == "whole_files" && column != "file_path") continue;
            // With +, for SQLite leaves out sorting by what equals a number ('5' and '5.0' do), which is wrong.
            const std::string columns = table == "whole_files" ? "+c.file_path, c.chunks, c.attrs"
                                                               : "+c.chunk_id, +c.file_path, +c.fqn, c.is_deleted";
            // CROSS JOIN keeps the function inside, whatever the planner would rather do.
            const std::string given[] = {"given.t", "given.n", "given.i",
                                         "given.r", "given.x", "given.x COLLATE NOCASE"};
            for (const std::string& value : given)
                for (const std::string& condition : {"c." + column + " = " + value, value + " = c." + column}) {
                    const std::string head = "SELECT given.rowid, " + columns + " FROM given CROSS JOIN ";
                    const std::string tail = " c ON " + condition + " ORDER BY 1, 2, 3, 4, 5";
                    EXPECT_EQ(database.get(head + function + tail), database.get(head + table + tail)) << tail;
                }
            const std::string head = "SELECT " + columns + " FROM mixed CROSS JOIN ";
            const std::string tail = " c ON c." + column + " = m ORDER BY 1, 2, 3, 4";
            EXPECT_EQ(database.get(head + function + tail), database.get(head + table + tail)) << tail;
            const std::string in = " c WHERE c." + column + " IN (SELECT t FROM given) ORDER BY 1, 2, 3, 4";
            EXPECT_EQ(database.get("SELECT " + columns + " FROM " + function + in),
                      database.get("SELECT " + columns + " FROM " + table + in));
            if (table == "whole_files") continue;
            const std::string two = " c ON c." + column + " = given.t AND c.kind = 'function' AND c.fqn = 'f'";
            EXPECT_EQ(database.get("SELECT count(*) FROM given CROSS JOIN " + function + two),
                      database.get("SELECT count(*) FROM given CROSS JOIN " + table + two));
        }
    // In reader order, too.
    for (const char* fqn : {"f", "g", "r:a.c:f:1-1", "explicit"}) {
        const std::string where = std::string(" WHERE fqn = '") + fqn + "'";
        EXPECT_EQ(database.get("SELECT chunk_id, file_path FROM cg_chunks('r', 's', 1)" + where),
                  database.get("SELECT chunk_id, file_path FROM whole_deleted" + where + " ORDER BY rowid"));
    }
    EXPECT_TRUE(is_clean(database));
}

INSTANTIATE_TEST_SUITE_P(Seeds, NarrowedAnswers, testing::Range(1u, 9u));

}  // namespace
