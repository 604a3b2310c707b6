#include "binding/path_table.h"

#include <gtest/gtest.h>

#include "naive_binding.h"
#include "random.h"

using namespace codegraph;

namespace {

std::string text_of_path(const PathTable& table, PathId path) {
    std::string text;
    table.append_text(path, text);
    return text;
}

// Returns a text of separators, calls and parts in any order.
std::string random_text(Random& random) {
    static const std::vector<std::string> pieces = {".", "::", ":", "#", "/", "()", "a", "b", "ab", "(", ")", "é"};
    std::string text = random.of(pieces);
    while (!random.one_in(5)) text += random.of(pieces);
    return text;
}

std::string divided(std::string_view text) {
    const std::optional<DividedText> parts = divide_at_last_separator(text);
    if (!parts) return "";
    return std::string(parts->owner) + " " + std::string(text_of(parts->separator)) + " " + std::string(parts->member);
}

}  // namespace

TEST(PathTable, TextsAreDividedAtTheirLastSeparator) {
    EXPECT_EQ(divided("a.b::c#d/e"), "a.b::c#d / e");
    EXPECT_EQ(divided("a.b::c#d"), "a.b::c # d");
    EXPECT_EQ(divided("a.b::c"), "a.b :: c");
    EXPECT_EQ(divided("f().g()"), "f() . g()");
    EXPECT_EQ(divided("a:::b"), "a: :: b");
    EXPECT_EQ(divided("m."), "m . ");
    EXPECT_EQ(divided("operator/()"), "operator / ()");
    for (const char* text : {"a", "a:b", ".f", "::f", ".", "::", "#", "/", "()", ".()"}) EXPECT_EQ(divided(text), "");
}

TEST(PathTable, PathsWithoutOwnerOrMemberAreNotDivided) {
    PathTable table;
    for (const char* text : {"a", ".f", "m.", "operator/", ".", "::", "a.b.", ":::"})
        EXPECT_FALSE(table.is_divided(table.intern(text))) << text;
    for (const char* text : {"a.b", "a..b", ":::b", "operator/()", ".a.b"})
        EXPECT_TRUE(table.is_divided(table.intern(text))) << text;
}

TEST(PathTable, HasOneNumberForEachText) {
    for (uint64_t seed : fresh_seeds(20)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        PathTable table;
        std::map<std::string, PathId> numbers;
        for (int i = 0; i < 1000; i++) {
            const std::string text = random_text(random);
            const PathId path = table.intern(text);
            EXPECT_EQ(numbers.try_emplace(text, path).first->second, path) << text;
            EXPECT_EQ(text_of_path(table, path), text);
            EXPECT_EQ(table.length(path), text.size());
            EXPECT_EQ(table.fingerprint(path), path_fingerprint(text));
        }
    }
}

TEST(PathTable, MakesPathsAsTheirTextsWouldBe) {
    for (uint64_t seed : fresh_seeds(20)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        PathTable table;
        for (int i = 0; i < 1000; i++) {
            const std::string text = random_text(random), other = random_text(random);
            const PathId path = table.intern(text), owner = table.intern(other);
            EXPECT_EQ(table.called(path), table.intern(text + "()"));
            const bool is_call = text.size() > 2 && text.ends_with("()");
            EXPECT_EQ(table.callee(path), is_call ? table.intern(text.substr(0, text.size() - 2)) : no_path) << text;
            const std::optional<DividedText> parts = divide_at_last_separator(text);
            ASSERT_EQ(table.is_divided(path), parts && !parts->member.empty()) << text;
            if (!table.is_divided(path)) continue;
            EXPECT_EQ(table.owner(path), table.intern(parts->owner));
            const std::string moved = other + std::string(text_of(parts->separator)) + std::string(parts->member);
            EXPECT_EQ(table.with_owner(owner, path), table.intern(moved)) << other << ' ' << text;
        }
    }
}

TEST(PathTable, TakesBackWhatCameLast) {
    for (uint64_t seed : fresh_seeds(20)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        PathTable table;
        std::map<std::string, PathId> kept;
        for (int round = 0; round < 50; round++) {
            for (uint64_t i = random.below(20); i > 0; i--) {
                const std::string text = random_text(random);
                kept[text] = table.intern(text);
            }
            const PathTable::Mark mark = table.mark();
            for (uint64_t i = random.below(200); i > 0; i--) table.called(table.intern(random_text(random)));
            table.truncate(mark);
            ASSERT_EQ(table.size(), mark.paths);
            for (const auto& [text, path] : kept) ASSERT_EQ(table.intern(text), path) << text;
            ASSERT_EQ(table.size(), mark.paths);
        }
    }
}

TEST(PathTable, TakesPathsOfAnyDepth) {
    PathTable table;
    std::string text = "a";
    for (int i = 0; i < 100000; i++) text += i % 2 ? ".a" : "::b()";
    const PathId path = table.intern(text);
    EXPECT_EQ(text_of_path(table, path), text);
    EXPECT_EQ(table.fingerprint(path), path_fingerprint(text));
}
