#include "graph/name_sort.h"
#include "random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace codegraph {
namespace {

std::vector<std::string_view> sorted_by_steps(const std::vector<std::string>& names, size_t budget) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    NameSort sort(views);
    while (!sort.step(budget)) continue;
    std::vector<std::string_view> sorted;
    for (uint32_t number : std::move(sort).order()) sorted.push_back(views[number]);
    return sorted;
}

void expect_sorted(const std::vector<std::string>& names, size_t budget = 1000) {
    std::vector<std::string_view> expected(names.begin(), names.end());
    std::ranges::sort(expected);
    EXPECT_EQ(sorted_by_steps(names, budget), expected);
}

TEST(NameSort, SortsRandomBytesAsComparingThemDoes) {
    Random random(1);
    for (int round = 0; round < 300; round++) {
        std::vector<std::string> names;
        const size_t count = random.below(300), letters = 1 + random.below(4), longest = 1 + random.below(40);
        for (size_t i = 0; i < count; i++) {
            std::string name;
            for (size_t length = random.below(longest); length > 0; length--)
                name +=
                    "\0\x01\xff"
                    "a"[random.below(letters)];
            names.push_back(name);
        }
        expect_sorted(names, 1 + random.below(100));
    }
}

TEST(NameSort, SortsNamesWithLongCommonBeginnings) {
    std::vector<std::string> names;
    for (int i = 0; i < 20000; i++)
        names.push_back("package" + std::to_string(i % 17) + ".module_of_a_long_name_" + std::to_string(i % 251) +
                        ".Class.method_" + std::to_string(i));
    expect_sorted(names);
    std::ranges::sort(names);
    expect_sorted(names);
    std::ranges::reverse(names);
    expect_sorted(names);
}

TEST(NameSort, TellsAnEndFromZeros) {
    using std::string_literals::operator""s;
    std::vector<std::string> names;
    for (size_t i = 0; i < 40; i++) names.push_back("abcdefgh"s + std::string(i % 20, '\0'));
    for (size_t i = 0; i < 40; i++) names.push_back(std::string(i % 20, '\0'));
    expect_sorted(names);
}

TEST(NameSort, WorksInStepsOfAboutTheirBudget) {
    Random random(2);
    std::vector<std::string> names;
    for (int i = 0; i < 100000; i++) names.push_back(std::to_string(random()));
    const std::vector<std::string_view> views(names.begin(), names.end());
    NameSort sort(views);
    size_t steps = 1;
    while (!sort.step(10000)) steps++;
    EXPECT_GT(steps, 20u);
}

std::vector<std::string> descending_then_ascending(size_t count) {
    std::vector<std::string> names;
    for (size_t i = 0; i < count; i++)
        names.push_back(std::to_string(10000000 + (i < count / 2 ? count / 2 - i : i - count / 2)));
    return names;
}

size_t count_steps(const std::vector<std::string>& names) {
    const std::vector<std::string_view> views(names.begin(), names.end());
    NameSort sort(views);
    size_t steps = 1;
    while (!sort.step(1000)) steps++;
    return steps;
}

// The middle of three items is nearly the least in each part of such a list.
TEST(NameSort, TakesAboutAsLongForAnOrderThatChoosesBadPivots) {
    expect_sorted(descending_then_ascending(20000));
    const size_t steps = count_steps(descending_then_ascending(20000)),
                 twice = count_steps(descending_then_ascending(40000));
    EXPECT_LE(steps, 1000u);
    EXPECT_LE(twice, steps * 5 / 2);
}

TEST(NameSort, OfNoneAndOneIsDone) {
    expect_sorted({});
    expect_sorted({"a"});
}

}  // namespace
}  // namespace codegraph
