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
        EXPECT_EQ(rows.integer(i, CellPlace{0}), static_cast<int64_t>(i));
        EXPECT_EQ(rows.real(i, CellPlace{1}), static_cast<double>(i) / 2);
        EXPECT_EQ(rows.text(i, CellPlace{2}), std::string(i % 50, 'x') + std::to_string(i));
        EXPECT_EQ(rows.blob(i, CellPlace{3}), std::string_view("\0\xFF", 2));
        EXPECT_EQ(rows.is_null(i, CellPlace{4}), i % 2 == 1);
        if (i % 2 == 0) {
            EXPECT_EQ(rows.text(i, CellPlace{4}), "");
        }
    }
    EXPECT_EQ(rows.cell(3, CellPlace{0}).integer, 3);
    EXPECT_EQ(rows.cell(3, CellPlace{1}).real, 1.5);
    EXPECT_EQ(std::string_view(rows.cell(3, CellPlace{2}).data, rows.cell(3, CellPlace{2}).size), "xxx3");
    EXPECT_EQ(rows.cell(3, CellPlace{3}).type, CG_BLOB);
    EXPECT_EQ(rows.cell(3, CellPlace{4}).type, CG_NULL);
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
        corrupt(column == 1, [&] { rows.integer(0, CellPlace{column}); });
        corrupt(column == 2, [&] { rows.real(0, CellPlace{column}); });
        corrupt(column == 3, [&] { rows.text(0, CellPlace{column}); });
        corrupt(column == 4, [&] { rows.blob(0, CellPlace{column}); });
    }
}

void put_text(Rows& rows, std::string_view text) {
    codegraph_rows_begin(&rows, 1);
    ASSERT_TRUE(codegraph_rows_text(&rows, text.data(), text.size()));
}

TEST(Rows, KeepTheirViewsWhereverTheyAreMoved) {
    for (const std::string& text : {std::string("x"), std::string(1000, 'y')}) {
        Rows first;
        put_text(first, text);
        codegraph_rows_changed(&first, 3);
        const std::string_view view = first.text(0, CellPlace{0});
        Rows second = std::move(first);
        Rows third;
        put_text(third, "other");
        third = std::move(second);
        EXPECT_EQ(third.text(0, CellPlace{0}), text);
        EXPECT_EQ(third.text(0, CellPlace{0}).data(), view.data());
        EXPECT_EQ(third.size(), 1u);
        EXPECT_EQ(third.changed, 3);
    }
}

// Where the texts of the next answer would lie; nullptr: it has to ask for memory.
const char* memory_of_next(const std::shared_ptr<SpareAnswers>& spare) {
    Rows rows;
    spare->lend_to(rows);
    EXPECT_TRUE(rows.empty());
    EXPECT_EQ(rows.size(), 0u);
    EXPECT_TRUE(rows.bytes.empty());
    return rows.bytes.capacity() > 0 ? rows.bytes.data() : nullptr;
}

#ifndef __SANITIZE_ADDRESS__  // under which no memory is used again
TEST(SpareAnswers, LendTheMemoryOfAnswersThatAreDoneWith) {
    const auto spare = std::make_shared<SpareAnswers>();
    EXPECT_EQ(memory_of_next(spare), nullptr);
    const char* memory = nullptr;
    {
        Rows rows;
        spare->lend_to(rows);
        put_text(rows, std::string(1000, 'x'));
        memory = rows.text(0, CellPlace{0}).data();
        Rows moved = std::move(rows);
        EXPECT_EQ(memory_of_next(spare), nullptr);
    }
    EXPECT_EQ(memory_of_next(spare), memory);
    EXPECT_EQ(memory_of_next(spare), memory);
}

TEST(SpareAnswers, KeepWhatManyAnswersNeedAtOnceUpToABound) {
    const auto spare = std::make_shared<SpareAnswers>();
    {
        std::vector<Rows> many(20);
        for (Rows& rows : many) {
            spare->lend_to(rows);
            put_text(rows, "some text");
        }
    }
    std::vector<Rows> many(20);
    size_t with_memory = 0;
    for (Rows& rows : many) {
        spare->lend_to(rows);
        with_memory += rows.bytes.capacity() > 0;
    }
    EXPECT_EQ(with_memory, 4u);
}
#endif

TEST(SpareAnswers, AreThereAsLongAsAnAnswerIs) {
    auto spare = std::make_shared<SpareAnswers>();
    Rows rows;
    spare->lend_to(rows);
    put_text(rows, "some text");
    const std::weak_ptr<SpareAnswers> watched = spare;
    spare.reset();
    EXPECT_FALSE(watched.expired());
    rows = Rows();
    EXPECT_TRUE(watched.expired());
}

TEST(SpareAnswers, KeepNoLargeAnswers) {
    const auto spare = std::make_shared<SpareAnswers>();
    {
        Rows rows;
        spare->lend_to(rows);
        put_text(rows, std::string(5 << 20, 'x'));
    }
    EXPECT_EQ(memory_of_next(spare), nullptr);
}

}  // namespace
}  // namespace codegraph
