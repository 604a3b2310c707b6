// Statement texts as each database wants them, and the buffer they go into.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "engine/port.h"

namespace {

std::string expanded(const CgStatement& statement, CgDatabase database, const char* prefix = "\"app\".codegraph_") {
    size_t length = codegraph_expand(&statement, database, prefix, nullptr, 0);
    std::string text(length + 1, '~');
    EXPECT_EQ(codegraph_expand(&statement, database, prefix, text.data(), text.size()), length);
    EXPECT_EQ(text.back(), '\0');
    text.pop_back();
    EXPECT_EQ(text.find('\0'), std::string::npos);
    return text;
}

TEST(Expand, WritesTheTablesAndParametersOfEachDatabase) {
    const CgStatement statement = {"SELECT $1, a FROM {files} f JOIN {chunks} USING (x) WHERE b = $2 AND c = $10",
                                   nullptr, "ttt"};
    EXPECT_EQ(
        expanded(statement, CG_POSTGRES),
        "SELECT $1, a FROM \"app\".codegraph_files f JOIN \"app\".codegraph_chunks USING (x) WHERE b = $2 AND c = $10");
    EXPECT_EQ(expanded(statement, CG_SQLITE, "main.codegraph_"),
              "SELECT ?1, a FROM main.codegraph_files f JOIN main.codegraph_chunks USING (x) WHERE b = ?2 AND c = ?10");
}

TEST(Expand, WritesParameterRowsAsARelation) {
    const CgStatement one = {"SELECT r.a FROM {rows(a)}", nullptr, "t"};
    EXPECT_EQ(expanded(one, CG_POSTGRES), "SELECT r.a FROM ROWS FROM (pg_catalog.unnest($1)) AS r(a)");
    EXPECT_EQ(expanded(one, CG_SQLITE), "SELECT r.a FROM (SELECT ?1 AS a) AS r");
    const CgStatement three = {"{rows(a, b_2,c)} WHERE x = {x}.y", nullptr, "tib"};
    EXPECT_EQ(expanded(three, CG_POSTGRES, "p_"),
              "ROWS FROM (pg_catalog.unnest($1), pg_catalog.unnest($2), pg_catalog.unnest($3)) AS r(a, b_2, c) WHERE x "
              "= p_x.y");
    EXPECT_EQ(expanded(three, CG_SQLITE, "p_"), "(SELECT ?1 AS a, ?2 AS b_2, ?3 AS c) AS r WHERE x = p_x.y");
    std::string columns, unnested;
    for (int i = 1; i <= 12; i++) {
        columns += (i > 1 ? ", c" : "c") + std::to_string(i);
        unnested += (i > 1 ? ", pg_catalog.unnest($" : "pg_catalog.unnest($") + std::to_string(i) + ")";
    }
    const std::string text = "{rows(" + columns + ")}";
    const CgStatement twelve = {text.c_str(), nullptr, "iiiiiiiiiiii"};
    EXPECT_EQ(expanded(twelve, CG_POSTGRES), "ROWS FROM (" + unnested + ") AS r(" + columns + ")");
}

TEST(Expand, WritesParameterRowsAsTheSourceOfAnInsert) {
    const CgStatement two = {"INSERT INTO {x} {values(a, b_2 <> 0)} ON CONFLICT DO NOTHING", nullptr, "ti"};
    EXPECT_EQ(expanded(two, CG_POSTGRES, "p_"),
              "INSERT INTO p_x (a, b_2) SELECT r.a, r.b_2 <> 0 FROM ROWS FROM (pg_catalog.unnest($1), "
              "pg_catalog.unnest($2)) AS r(a, b_2) ON CONFLICT DO NOTHING");
    EXPECT_EQ(expanded(two, CG_SQLITE, "p_"), "INSERT INTO p_x (a, b_2) VALUES (?1, ?2 <> 0) ON CONFLICT DO NOTHING");
    const CgStatement one = {"{values(a)}", nullptr, "t"};
    EXPECT_EQ(expanded(one, CG_SQLITE), "(a) VALUES (?1)");
    const CgStatement broken = {"{values(a,\n  b)}", nullptr, "tt"};
    EXPECT_EQ(expanded(broken, CG_SQLITE), "(a, b) VALUES (?1, ?2)");
}

TEST(Expand, TakesSqlitesOwnTextWhereThereIsOne) {
    const CgStatement statement = {"for postgres $1 {a}", "for sqlite $1 {a}", "t"};
    EXPECT_EQ(expanded(statement, CG_POSTGRES, "p_"), "for postgres $1 p_a");
    EXPECT_EQ(expanded(statement, CG_SQLITE, "p_"), "for sqlite ?1 p_a");
}

TEST(Expand, LeavesTheRestAlone) {
    const CgStatement statement = {"SELECT '}' || E'x' || :a, 'ä', {", nullptr, ""};
    EXPECT_EQ(expanded(statement, CG_POSTGRES), statement.postgres);
    EXPECT_EQ(expanded(statement, CG_SQLITE), statement.postgres);
    const CgStatement empty = {"", nullptr, ""};
    EXPECT_EQ(expanded(empty, CG_POSTGRES), "");
}

TEST(Expand, FillsABufferOfAnySizeAndNotMore) {
    const CgStatement statement = {"SELECT {rows(a, b)} {values(a, b <> 0)} FROM {files} WHERE x = $1", nullptr, "tt"};
    for (CgDatabase database : {CG_POSTGRES, CG_SQLITE}) {
        const std::string whole = expanded(statement, database);
        for (size_t size = 0; size <= whole.size() + 3; size++) {
            std::vector<char> buffer(size + 4, '~');
            EXPECT_EQ(codegraph_expand(&statement, database, "\"app\".codegraph_", buffer.data(), size), whole.size());
            EXPECT_EQ(std::string(buffer.data() + size, 4), "~~~~");
            if (size > 0) {
                EXPECT_EQ(buffer.data(), whole.substr(0, size - 1));
            }
        }
    }
}

}  // namespace
