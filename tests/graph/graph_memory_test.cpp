#include "graph/graph_memory.h"

#include <gtest/gtest.h>

#include <numeric>

namespace codegraph {
namespace {

constexpr size_t megabyte = 1 << 20;

TEST(GraphMemory, HoldsArraysInABlockAndBeyondIt) {
    GraphMemory memory;
    memory.add_block(3 * megabyte);
    std::vector<std::pmr::vector<uint32_t>> arrays;
    for (uint32_t i = 0; i < 40; i++) {  // of odd sizes, 8 MB in all
        arrays.emplace_back(50001 + i, &memory);
        std::iota(arrays.back().begin(), arrays.back().end(), i);
        EXPECT_EQ(reinterpret_cast<uintptr_t>(arrays.back().data()) % alignof(std::max_align_t), 0u);
    }
    for (uint32_t i = 0; i < 40; i++)
        for (uint32_t k = 0; k < arrays[i].size(); k++) ASSERT_EQ(arrays[i][k], i + k);
}

TEST(GraphMemory, GivesABlockBackWithItsLastArrayAndGoesOn) {
    GraphMemory memory;
    for (int round = 0; round < 2000; round++) {  // 8 GB, were any of it kept
        memory.add_block(4 * megabyte);
        std::pmr::vector<char> first(3 * megabyte, 'a', &memory), second(megabyte / 2, 'b', &memory);
        first = {};
        first.shrink_to_fit();
        ASSERT_EQ(second.back(), 'b');
    }
}

TEST(GraphMemory, WithoutABlockIsOrdinaryMemory) {
    GraphMemory memory;
    memory.add_block(0);
    std::pmr::vector<uint64_t> array(1000, 7, &memory);
    EXPECT_EQ(std::accumulate(array.begin(), array.end(), uint64_t{0}), 7000u);
}

}  // namespace
}  // namespace codegraph
