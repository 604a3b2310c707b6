// Chunk ids: computed, given, and taken apart again, against a brute force over all ways to split one.
#include "model/chunk_id.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "model/names.h"
#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

Chunk chunk_of(std::string name, int64_t start_line, int64_t end_line, uint64_t number = 1) {
    Chunk chunk;
    chunk.name = std::move(name);
    chunk.start_line = start_line;
    chunk.end_line = end_line;
    chunk.occurrence = number;
    return chunk;
}

TEST(ChunkIds, AreComputedFromPathNameLinesAndNumber) {
    EXPECT_EQ(default_id("app", "src/a.py", chunk_of("f", 1, 20)), "app:src/a.py:f:1-20");
    EXPECT_EQ(chunk_id("app", "src/a.py", chunk_of("f", 1, 20)), "app:src/a.py:f:1-20");
    EXPECT_EQ(chunk_id("app", "src/a.py", chunk_of("f", 1, 20, 2)), "app:src/a.py:f:1-20#2");
    EXPECT_EQ(chunk_id("a:b", "c:d", chunk_of("e:f", 1, 2147483647, 13)), "a:b:c:d:e:f:1-2147483647#13");
}

TEST(ChunkIds, ThatAreGivenStand) {
    Chunk chunk = chunk_of("f", 1, 2);
    chunk.explicit_id = "mine";
    EXPECT_EQ(chunk_id("app", "a", chunk), "mine");
    EXPECT_EQ(default_id("app", "a", chunk), "app:a:f:1-2");
    EXPECT_EQ(symbol_of("app", "a", chunk), "mine");
    chunk.fqn = "a.f";
    EXPECT_EQ(symbol_of("app", "a", chunk), "a.f");
}

TEST(SetId, KnowsTheDefaultIdAndItsNumbers) {
    const std::string base = "app:a:f:1-2";
    auto expect = [&](const std::string& given, uint64_t number, bool is_explicit) {
        Chunk chunk = chunk_of("f", 1, 2, 99);
        chunk.explicit_id = "old";
        set_id(chunk, given, base);
        EXPECT_EQ(chunk.explicit_id.has_value(), is_explicit) << given;
        if (!is_explicit) {
            EXPECT_EQ(chunk.occurrence, number) << given;
        }
        EXPECT_EQ(chunk_id("app", "a", chunk), given);  // a given id stays as it is
    };
    expect(base, 1, false);
    expect(base + "#2", 2, false);
    expect(base + "#10", 10, false);
    expect(base + "#9223372036854775807", INT64_MAX, false);
    for (const char* tail :
         {"#0", "#1", "#02", "#", "#-2", "#+2", "# 2", "#2 ", "#2x", "#x", "#2#3", "#9223372036854775808",
          "#18446744073709551618", "#99999999999999999999999", "2", " ", ":2", "#2.0", "##2"})
        expect(base + tail, 0, true);
    for (const char* other : {"app:a:f:1-3", "app:a:f:1-", "a", "app:b:f:1-2", "APP:a:f:1-2"}) expect(other, 0, true);
}

bool is_number(std::string_view text, bool of_equal_ones) {
    if (text.empty() || text[0] == '0' || text.size() > 19) return false;
    for (char c : text)
        if (c < '0' || c > '9') return false;
    return !of_equal_ones || text != "1";
}

// Every path for which some name, lines and number make `id`, by trying all ends of all parts.
std::vector<std::string_view> paths_by_brute_force(std::string_view repo_id, std::string_view id) {
    std::vector<std::string_view> paths;
    const std::string prefix = std::string(repo_id) + ":";
    if (!id.starts_with(prefix)) return paths;
    std::string_view rest = id.substr(prefix.size());
    for (size_t path = rest.size(); path > 0; path--) {
        bool found = false;
        for (size_t name = path + 2; !found && name < rest.size(); name++) {
            if (rest[path] != ':' || rest[name] != ':') continue;
            std::string_view lines = rest.substr(name + 1);
            size_t mark = lines.find('#');
            if (mark != std::string_view::npos && !is_number(lines.substr(mark + 1), true)) continue;
            lines = lines.substr(0, mark);
            size_t dash = lines.find('-');
            found = dash != std::string_view::npos && is_number(lines.substr(0, dash), false) &&
                    is_number(lines.substr(dash + 1), false);
        }
        if (found) paths.push_back(rest.substr(0, path));
    }
    return paths;
}

TEST(PathsOfAComputedId, AreAllThatABruteForceFindsTheLongestFirst) {
    Random random(5);
    const std::string parts[] = {":",  ":",  ":", "a", "b.c", "/", "1-2", "12-13",
                                 "#2", "#1", "-", "#", "0",   "7", "ä",   "app"};
    size_t with_several = 0, with_none = 0;
    for (int i = 0; i < 300000; i++) {
        std::string id = random.one_in(10) ? "ap" : "app:";
        for (uint64_t n = random.below(9); n > 0; n--) id += random.of(parts);
        if (!random.one_in(3)) id += ":" + std::to_string(1 + random.below(20)) + "-2";
        if (random.one_in(4)) id += "#" + std::to_string(random.below(4));
        auto paths = paths_of_computed_id("app", id);
        ASSERT_EQ(paths, paths_by_brute_force("app", id)) << id;
        ASSERT_EQ(has_computed_form("app", id), !paths.empty()) << id;
        ASSERT_TRUE(std::ranges::is_sorted(paths, std::ranges::greater(), &std::string_view::size));
        with_several += paths.size() > 1;
        with_none += paths.empty();
    }
    EXPECT_GT(with_several, 10000u);
    EXPECT_GT(with_none, 10000u);
}

TEST(PathsOfAComputedId, HoldThePathOfEveryComputedId) {
    Random random(6);
    const std::string repos[] = {"app", "a:b", ":", "app:src"};
    const std::string texts[] = {"a",     "a:b", ":",   "::",      "a:1-2",     "src/a.py",
                                 "a:b:c", "x#2", "1-2", "f:3-4#5", "operator::"};
    for (int i = 0; i < 100000; i++) {
        std::string repo = random.of(repos), path = random.of(texts);
        int64_t start_line = random.between(1, 50);
        Chunk chunk = chunk_of(random.of(texts), start_line, random.one_in(9) ? INT32_MAX : start_line + 3,
                               random.one_in(3) ? random.below(20) + 1 : 1);
        std::string id = chunk_id(repo, path, chunk);
        auto paths = paths_of_computed_id(repo, id);
        ASSERT_TRUE(std::ranges::find(paths, std::string_view(path)) != paths.end()) << id;
        ASSERT_TRUE(has_computed_form(repo, id)) << id;
    }
}

TEST(PathsOfAComputedId, AreNoneForOtherNames) {
    for (const char* name : {"",
                             "app",
                             "app:",
                             "app::",
                             "app:::1-2",
                             "app:a:1-2",
                             "app:a::1-2",
                             "app::f:1-2",
                             "ap:a:f:1-2",
                             "apps:a:f:1-2",
                             "app:a:f:1",
                             "app:a:f:-2",
                             "app:a:f:1-",
                             "app:a:f:01-2",
                             "app:a:f:0-2",
                             "app:a:f:1-2#1",
                             "app:a:f:1-2#",
                             "app:a:f:1-2-3",
                             "app:a:f:1-2 ",
                             "a.b.c",
                             "app:a:f:x-y"}) {
        EXPECT_TRUE(paths_of_computed_id("app", name).empty()) << name;
        EXPECT_FALSE(has_computed_form("app", name)) << name;
    }
}

// Whatever is longer is no path and no name. So a name of any length has few readings, which are short.
TEST(PathsOfAComputedId, AreNoMoreThanAPathAndANameCanHave) {
    std::string colons = "r:";
    for (int i = 0; i < 1000; i++) colons += "a:1-1:";
    EXPECT_TRUE(paths_of_computed_id("r", colons + "f:1-1").empty());
    const std::string path(name_limit, 'p'), name(name_limit, 'n');
    EXPECT_EQ(paths_of_computed_id("r", "r:" + path + ":" + name + ":1-1"), std::vector<std::string_view>(1, path));
    EXPECT_TRUE(paths_of_computed_id("r", "r:" + path + "p:f:1-1").empty());
    EXPECT_TRUE(paths_of_computed_id("r", "r:a:" + name + "n:1-1").empty());
    size_t bytes = 0;
    const std::string both = "r:" + std::string(2 * name_limit + 1, ':') + ":1-1";
    for (std::string_view reading : paths_of_computed_id("r", both)) bytes += reading.size();
    EXPECT_LE(bytes, name_limit);  // the one reading that cuts it in half
}

TEST(ComputedIds, AreTakenApart) {
    const std::optional<ComputedId> id = parse_computed_id("app", "app:src/a:b.py:f::g:3-14#5");
    ASSERT_TRUE(id);
    EXPECT_EQ(id->path_and_name, "src/a:b.py:f::g");
    EXPECT_EQ(id->start_line, 3u);
    EXPECT_EQ(id->end_line, 14u);
    EXPECT_EQ(id->occurrence, 5u);
    EXPECT_EQ(parse_computed_id("app", "app:a:f:1-2")->occurrence, 1u);
}

}  // namespace
}  // namespace codegraph
