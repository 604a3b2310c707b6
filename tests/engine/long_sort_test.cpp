#include "engine/long_sort.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "random.h"
#include "task_runner.h"

namespace codegraph {
namespace {

TEST(LongSort, SortsAsAPlainSortDoes) {
    Random random(1);
    for (const size_t size : {size_t(0), size_t(1), size_t(100), sorted_at_once, sorted_at_once + 1, 3 * sorted_at_once,
                              5 * sorted_at_once + 17, 8 * sorted_at_once - 1}) {
        std::vector<std::string> items;
        for (size_t i = 0; i < size; i++) items.push_back(std::to_string(random.below(size)));
        std::vector<std::string> expected = items;
        std::ranges::sort(expected);
        ScriptedDatabase().run(sort_in_pieces(items, std::less<>()));
        EXPECT_EQ(items, expected) << size;
    }
}

TEST(LongSort, LooksForInterruptsAsOftenAsItMoves) {
    const auto checkpoints_of = [](size_t size) {
        std::vector<int> items(size);
        for (size_t i = 0; i < size; i++) items[i] = static_cast<int>(i * 7919 % size);
        ScriptedDatabase database;
        database.run(sort_in_pieces(items, std::less<>()));
        return database.checkpoints;
    };
    EXPECT_EQ(checkpoints_of(sorted_at_once), 0);
    EXPECT_GE(checkpoints_of(16 * sorted_at_once), 16 * 4);
    EXPECT_LE(checkpoints_of(16 * sorted_at_once), 16 * 5);
}

}  // namespace
}  // namespace codegraph
