// Pages whose rows follow each other are taken, whatever the types of their keys; any other is told.
#include "storage/page_order.h"

#include <gtest/gtest.h>

#include "outcome.h"

namespace codegraph {
namespace {

constexpr CellPlace first{0, "first"}, second{1, "second"};

Rows integers(const std::vector<int64_t>& values) {
    Rows rows;
    codegraph_rows_begin(&rows, 1);
    for (int64_t value : values) codegraph_rows_integer(&rows, value);
    return rows;
}

Rows pairs(const std::vector<std::pair<int64_t, std::string>>& values) {
    Rows rows;
    codegraph_rows_begin(&rows, 2);
    for (const auto& [number, text] : values) {
        codegraph_rows_integer(&rows, number);
        codegraph_rows_blob(&rows, text.data(), text.size());
    }
    return rows;
}

TEST(PageOrder, TakesPagesThatAscend) {
    PageOrder order({first});
    EXPECT_TRUE(order.ascends(integers({INT64_MIN, -1, 0, 1})));
    EXPECT_TRUE(order.ascends(integers({2})));
    EXPECT_TRUE(order.ascends(integers({})));
    EXPECT_TRUE(order.ascends(integers({INT64_MAX - 1, INT64_MAX})));
}

TEST(PageOrder, TellsARowThatDoesNotFollowTheOneBefore) {
    PageOrder order({first});
    EXPECT_FALSE(order.ascends(integers({1, 3, 2})));
    EXPECT_FALSE(PageOrder({first}).ascends(integers({1, 1})));
}

TEST(PageOrder, TellsAPageThatDoesNotFollowTheOneBefore) {
    for (int64_t next : {4, 5}) {
        PageOrder order({first});
        EXPECT_TRUE(order.ascends(integers({1, 5})));
        EXPECT_FALSE(order.ascends(integers({next})));
    }
}

TEST(PageOrder, ComparesAllColumnsOfTheKeyAndBytesByTheirValue) {
    PageOrder order({first, second});
    EXPECT_TRUE(order.ascends(pairs({{1, "a"}, {1, "b"}, {1, "b\x01"}, {1, "\x80"}, {2, ""}})));
    EXPECT_TRUE(order.ascends(pairs({{2, "a"}})));
    EXPECT_FALSE(order.ascends(pairs({{2, "a"}})));
    EXPECT_FALSE(PageOrder({first, second}).ascends(pairs({{1, "b"}, {1, "ab"}})));
}

TEST(PageOrder, HasSQLitesOrderOfTypes) {
    Rows rows;
    codegraph_rows_begin(&rows, 1);
    codegraph_rows_null(&rows);
    codegraph_rows_integer(&rows, 7);
    codegraph_rows_real(&rows, 7.5);
    codegraph_rows_integer(&rows, 8);
    codegraph_rows_text(&rows, "", 0);
    codegraph_rows_text(&rows, "z", 1);
    codegraph_rows_blob(&rows, "", 0);
    EXPECT_TRUE(PageOrder({first}).ascends(rows));
}

TEST(PageOrder, NamesTheTable) {
    EXPECT_EQ(outcome_of([] {
                  PageOrder({first}).check(integers({2, 1}), "codegraph_log");
              }),
              "XX001 data corrupted: the rows of codegraph_log are out of order");
}

}  // namespace
}  // namespace codegraph
