// Statements: the names of their columns, and what they are checked for while they are compiled.
#include "engine/statement.h"

#include <gtest/gtest.h>

namespace codegraph {
namespace {

template <size_t count>
std::vector<std::string> columns_of(const char (&sql)[count]) {
    StatementText text(sql);
    std::vector<std::string> names;
    for (std::string_view name; text.next_column(name);) names.emplace_back(name);
    return names;
}

using Names = std::vector<std::string>;

TEST(Statements, NameTheColumnsOfTheirOutermostSelect) {
    EXPECT_EQ(columns_of("SELECT a, t.b, count(*) AS c FROM {files} t"), (Names{"a", "b", "c"}));
    EXPECT_EQ(columns_of("\n  SELECT coalesce(a, b) AS one,\n    (SELECT x, y FROM {log}) AS two\n  FROM {files}"),
              (Names{"one", "two"}));
    EXPECT_EQ(columns_of("SELECT 'read committed' AS level"), (Names{"level"}));
    EXPECT_EQ(columns_of("SELECT root FROM {snapshots} UNION SELECT root_after FROM {log}"), (Names{"root"}));
    EXPECT_EQ(columns_of("SELECT fromage, selected FROM {files}"), (Names{"fromage", "selected"}));
}

TEST(Statements, NameWhatAWriterReturns) {
    EXPECT_EQ(columns_of("INSERT INTO {files} {values(digest, path)} RETURNING digest, file_key"),
              (Names{"digest", "file_key"}));
    EXPECT_EQ(columns_of("DELETE FROM {files} WHERE repo_key = $1"), Names{});
    EXPECT_EQ(columns_of("DELETE FROM {files} WHERE file_key IN (SELECT file_key FROM {chunks})"), Names{});
}

TEST(Statements, GiveThePlaceOfAColumnByName) {
    static constexpr Statement one("i", "SELECT a, b FROM {files} WHERE c = $1");
    static_assert(one["a"].index == 0 && one["b"].index == 1);
    EXPECT_EQ(one["b"].name, "b");
    static constexpr Statement two("ib", "SELECT r.a, now() AS b FROM {rows(a, c)}", "SELECT a AS a, 1 AS b");
    static_assert(two["b"].index == 1);
}

TEST(Statements, CountTheParametersOfTheirText) {
    EXPECT_EQ(StatementText("SELECT 1").parameters(), 0u);
    EXPECT_EQ(StatementText("SELECT $2, $10, $9").parameters(), 10u);
    EXPECT_EQ(StatementText("SELECT r.a FROM {rows(a, b, c)} WHERE r.a = 1").parameters(), 3u);
    EXPECT_EQ(StatementText("INSERT INTO {files} {values(a, b <> 0)}").parameters(), 2u);
}

}  // namespace
}  // namespace codegraph
