// Answers: what was put in comes out by row and column, and a value of another type is told.
#include "engine/rows.h"

#include <gtest/gtest.h>

#include "outcome.h"

namespace codegraph {
namespace {

TEST(Rows, GiveBackWhatWasPutIn) {
    Rows rows;
    EXPECT_TRUE(rows.empty());
    EXPECT_EQ(rows.size(), 0u);
    codegraph_rows_begin(&rows, 5);
    EXPECT_EQ(rows.size(), 0u);
    for (int i = 0; i < 1000; i++) {
        std::string text = std::string(static_cast<size_t>(i % 50), 'x') + std::to_string(i);
        ASSERT_TRUE(codegraph_rows_integer(&rows, i));
        ASSERT_TRUE(codegraph_rows_real(&rows, i / 2.0));
        ASSERT_TRUE(codegraph_rows_text(&rows, text.data(), text.size()));
        ASSERT_TRUE(codegraph_rows_blob(&rows, "\0\xFF", 2));
        ASSERT_TRUE(i % 2 ? codegraph_rows_null(&rows) : codegraph_rows_text(&rows, "", 0));
    }
    codegraph_rows_changed(&rows, 17);
    EXPECT_EQ(rows.changed, 17);
    ASSERT_EQ(rows.size(), 1000u);
    for (size_t i = 0; i < 1000; i++) {
        EXPECT_EQ(rows.integer(i, 0), static_cast<int64_t>(i));
        EXPECT_EQ(rows.real(i, 1), static_cast<double>(i) / 2);
        EXPECT_EQ(rows.text(i, 2), std::string(i % 50, 'x') + std::to_string(i));
        EXPECT_EQ(rows.blob(i, 3), std::string_view("\0\xFF", 2));
        EXPECT_EQ(rows.is_null(i, 4), i % 2 == 1);
        if (i % 2 == 0) {
            EXPECT_EQ(rows.text(i, 4), "");
        }
    }
    EXPECT_EQ(rows.cell(3, 0).integer, 3);
    EXPECT_EQ(rows.cell(3, 1).real, 1.5);
    EXPECT_EQ(std::string_view(rows.cell(3, 2).data, rows.cell(3, 2).size), "xxx3");
    EXPECT_EQ(rows.cell(3, 3).type, CG_BLOB);
    EXPECT_EQ(rows.cell(3, 4).type, CG_NULL);
}

TEST(Rows, TellValuesOfAnotherType) {
    Rows rows;
    codegraph_rows_begin(&rows, 5);
    codegraph_rows_null(&rows);
    codegraph_rows_integer(&rows, 1);
    codegraph_rows_real(&rows, 1);
    codegraph_rows_text(&rows, "1", 1);
    codegraph_rows_blob(&rows, "1", 1);
    for (size_t column = 0; column < 5; column++) {
        auto corrupt = [&](bool fits, auto read) {
            EXPECT_EQ(outcome_of(read).starts_with("XX001 "), !fits) << column;
        };
        corrupt(column == 1, [&] { rows.integer(0, column); });
        corrupt(column == 2, [&] { rows.real(0, column); });
        corrupt(column == 3, [&] { rows.text(0, column); });
        corrupt(column == 4, [&] { rows.blob(0, column); });
    }
}

}  // namespace
}  // namespace codegraph
