// What each type of argument takes and refuses, and the defaults.
#include "engine/arguments.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/request.h"
#include "outcome.h"

namespace codegraph {
namespace {

Task<> nothing(const Arguments&) {
    co_return;
}

CgFunction function_of(std::span<const Argument> arguments) {
    return {.name = "cg_test", .arguments = arguments, .body = nothing};
}

std::string outcome_of_one(Type type, const char* default_value, const Cell& given) {
    const Argument arguments[] = {{"thing", type, default_value}};
    const CgFunction function = function_of(arguments);
    return outcome_of([&] { Arguments(function, {}, {&given, 1}).check(); });
}

const Cell cells[] = {null_cell(), cell(int64_t(7)), cell(int64_t(1)), cell(2.5), cell("text"), blob_cell("text")};
enum { of_null, of_seven, of_one, of_real, of_text, of_blob };

TEST(Arguments, TakeValuesOfTheirTypeOnly) {
    const std::tuple<Type, std::vector<int>, const char*> types[] = {
        {Type::text, {of_text}, "text"},
        {Type::json, {of_text}, "text"},
        {Type::time, {of_text}, "text"},
        {Type::integer, {of_seven, of_one}, "an integer"},
        {Type::bigint, {of_seven, of_one}, "an integer"},
        {Type::real, {of_seven, of_one, of_real}, "a number"},
        {Type::boolean, {of_one}, "true or false"}};
    for (auto& [type, taken, expected] : types)
        for (int i = of_null; i <= of_blob; i++) {
            bool fits = std::ranges::find(taken, i) != taken.end();
            std::string refusal = std::string("22023 thing must be ") + expected;
            if (i == of_null) refusal = "22004 thing must not be NULL";
            EXPECT_EQ(outcome_of_one(type, nullptr, cells[i]), fits ? "ok" : refusal) << i;
            bool defaulted = fits || i == of_null;
            EXPECT_EQ(outcome_of_one(type, "NULL", cells[i]), defaulted ? "ok" : refusal) << i;
        }
    EXPECT_EQ(outcome_of_one(Type::boolean, nullptr, cell(int64_t(0))), "ok");
    EXPECT_EQ(outcome_of_one(Type::boolean, nullptr, cell(int64_t(-1))), "22023 thing must be true or false");
}

TEST(Arguments, OfTextAreUtf8WithoutNul) {
    for (Type type : {Type::text, Type::json, Type::time}) {
        EXPECT_EQ(outcome_of_one(type, nullptr, cell("")), "ok");
        EXPECT_EQ(outcome_of_one(type, nullptr, cell("ä€😀")), "ok");
        EXPECT_EQ(outcome_of_one(type, nullptr, cell(std::string_view("a\0b", 3))),
                  "22023 thing contains a NUL character");
        EXPECT_EQ(outcome_of_one(type, nullptr, cell("a\xFF")), "22023 thing is not valid UTF-8");
        EXPECT_EQ(outcome_of_one(type, nullptr, cell("\xED\xA0\x80")), "22023 thing is not valid UTF-8");
        EXPECT_EQ(outcome_of_one(type, "NULL", cell("\xC3")), "22023 thing is not valid UTF-8");
    }
}

TEST(Arguments, ThatAreLeftOutOrNullHaveTheirDefaults) {
    static constexpr auto given = argument_list({{"a", Type::text},
                                                 {"b", Type::text, "NULL"},
                                                 {"c", Type::json, "'[]'"},
                                                 {"d", Type::real, "0.25"},
                                                 {"e", Type::boolean, "false"},
                                                 {"f", Type::boolean, "true"},
                                                 {"g", Type::integer, "NULL"}});
    const CgFunction function = function_of(given);
    EXPECT_EQ(function.required_arguments(), 1u);
    for (size_t count : {size_t(1), size_t(3), size_t(7)}) {
        std::vector<Cell> values(count, null_cell());
        values[0] = cell("x");
        Arguments arguments(function, {}, values);
        arguments.check();
        EXPECT_EQ(arguments.text(given["a"]), "x");
        EXPECT_FALSE(arguments.is_null(given["a"]));
        EXPECT_TRUE(arguments.is_null(given["b"]));
        EXPECT_EQ(arguments.optional_text(given["b"]), std::nullopt);
        EXPECT_EQ(arguments.text(given["c"]), "[]");
        EXPECT_EQ(arguments.real(given["d"]), 0.25);
        EXPECT_FALSE(arguments.boolean(given["e"]));
        EXPECT_TRUE(arguments.boolean(given["f"]));
        EXPECT_EQ(arguments.optional_integer(given["g"]), std::nullopt);
        EXPECT_STREQ(arguments.name(given["d"]), "d");
    }
    EXPECT_EQ(outcome_of([&] { Arguments(function, {}, {}).check(); }), "22004 a must not be NULL");
}

TEST(Arguments, AreReadAsTheirTypes) {
    static constexpr auto given = argument_list({{"a", Type::text},
                                                 {"b", Type::text, "NULL"},
                                                 {"c", Type::real, "0"},
                                                 {"d", Type::real, "0"},
                                                 {"e", Type::boolean, "false"},
                                                 {"f", Type::bigint, "NULL"}});
    const CgFunction function = function_of(given);
    std::vector<Cell> values = {cell("first"), cell(""),         cell(int64_t(1)),
                                cell(0.5),     cell(int64_t(1)), cell(std::numeric_limits<int64_t>::min())};
    Arguments arguments(function, {}, values);
    values.clear();
    arguments.check();
    EXPECT_EQ(arguments.text(given["a"]), "first");
    EXPECT_EQ(arguments.optional_text(given["b"]), "");
    EXPECT_EQ(arguments.real(given["c"]), 1);
    EXPECT_EQ(arguments.real(given["d"]), 0.5);
    EXPECT_TRUE(arguments.boolean(given["e"]));
    EXPECT_EQ(arguments.optional_integer(given["f"]), std::numeric_limits<int64_t>::min());
}

TEST(Arguments, MayBeFollowedByWhatTheRowsAreNarrowedTo) {
    static constexpr Argument given[] = {{"a", Type::text, nullptr}, {"b", Type::text, "NULL"}};
    static constexpr Narrowing narrowings[] = {{"x", 1, 1}, {"y", 1, 1}};
    CgFunction function = function_of(given);
    function.narrowings = narrowings;
    Arguments arguments(function, {}, std::vector<Cell>{cell("a"), null_cell(), null_cell(), cell("value")});
    arguments.check();
    EXPECT_EQ(arguments.required_value("x"), std::nullopt);
    EXPECT_EQ(arguments.required_value("y"), "value");
    EXPECT_EQ(arguments.required_value("z"), std::nullopt);
    EXPECT_EQ(Arguments(function, {}, std::vector<Cell>{cell("a")}).required_value("y"), std::nullopt);
}

TEST(Arguments, MayBeFollowedByWhichCostlyColumnsAreNotUsed) {
    static constexpr Argument given[] = {{"a", Type::text, nullptr}};
    static constexpr Narrowing narrowings[] = {{"x", 1, 1}};
    static constexpr const char* costly[] = {"y", "z"};
    CgFunction function = function_of(given);
    function.narrowings = narrowings;
    function.costly = costly;
    Arguments arguments(function, {}, std::vector<Cell>{cell("a"), null_cell(), cell(0), null_cell()});
    arguments.check();
    EXPECT_FALSE(arguments.uses("y"));
    EXPECT_TRUE(arguments.uses("z"));
    EXPECT_TRUE(arguments.uses("x"));
    EXPECT_TRUE(Arguments(function, {}, std::vector<Cell>{cell("a")}).uses("y"));
}

}  // namespace
}  // namespace codegraph
