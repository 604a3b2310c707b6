// JSON as text: what is not JSON is 22P02, whatever is in it; what is, is kept as it was given.
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "model/json_input.h"
#include "outcome.h"
#include "task_runner.h"

namespace codegraph {
namespace {

using namespace std::string_literals;

std::string outcome_of_attrs(const std::string& json) {
    return outcome_of([&] { result_of(parse_attrs("attrs", json)); });
}

// As a whole, and as the value of a field that is not looked into.
void expect_malformed(const std::string& value) {
    EXPECT_TRUE(outcome_of_attrs(value).starts_with("22P02 attrs")) << value << " gave " << outcome_of_attrs(value);
    std::string within = "{\"a\": [" + value + "]}";
    EXPECT_TRUE(outcome_of_attrs(within).starts_with("22P02 attrs")) << within << " gave " << outcome_of_attrs(within);
}

TEST(JsonText, ThatIsMalformedIsRefused) {
    for (const char* text : {"{",
                             "}",
                             "]",
                             "{]",
                             "[}",
                             "[1,]",
                             "[,1]",
                             "[1 2]",
                             "[1,,2]",
                             "{\"a\"}",
                             "{\"a\":}",
                             "{\"a\":1,}",
                             "{,}",
                             "{:1}",
                             "{\"a\" 1}",
                             "{\"a\":1 \"b\":2}",
                             "{\"a\":1,\"b\"}",
                             "{'a':1}",
                             "{a:1}",
                             "{1:1}",
                             "{null:1}",
                             "{\"a\":1}}",
                             "{\"a\"::1}",
                             "{\"a\":1;}",
                             "{\"a\":1}]",
                             "nul",
                             "nulll",
                             "tru",
                             "truE",
                             "falsee",
                             "TRUE",
                             "Null",
                             "undefined",
                             "NaN",
                             "Infinity",
                             "-Infinity",
                             "{} {}",
                             "{}x",
                             "{},",
                             ",",
                             ":",
                             "/* c */ {}",
                             "{} // c",
                             "{}#",
                             "\"",
                             "\"a",
                             "a\"",
                             "'a'",
                             "`a`",
                             "\"\\\"",
                             "\"a\" \"b\""})
        expect_malformed(text);
    for (const char* nothing : {"", " ", "\n\t\r "}) EXPECT_TRUE(outcome_of_attrs(nothing).starts_with("22P02 attrs"));
}

TEST(JsonText, WithMalformedNumbersIsRefused) {
    for (const char* number :
         {"01",    "-01", "00",    "1.",  ".5",    "-.5", "+1", "-",   "--1",   "1e",  "1e+", "1E-",  "1.e5",
          "1e1.5", "0x1", "1_000", "1,5", "1 000", "1f",  "1d", "0b1", "1e5e5", "1-1", "1+1", "1..2", "Inf"})
        if (std::string(number) != "1,5") expect_malformed(number);
}

TEST(JsonText, WithMalformedStringsIsRefused) {
    for (const char* inside : {"\\x",
                               "\\",
                               "\\a",
                               "\\'",
                               "\\0",
                               "\\u",
                               "\\u1",
                               "\\u12",
                               "\\u123",
                               "\\u123g",
                               "\\U0041",
                               "\\u 041",
                               "\\u+041",
                               "\\ud800",
                               "\\udc00",
                               "\\udfff",
                               "\\ud800a",
                               "\\ud800\\n",
                               "\\ud800\\u0041",
                               "\\ud800\\ud800",
                               "\\udc00\\ud800",
                               "\\ud83d\\ude00\\ude00"}) {
        expect_malformed("\""s + inside + "\"");
        expect_malformed("{\""s + inside + "\": 1}");
    }
    for (int control = 0; control < 0x20; control++) expect_malformed("\"a"s + static_cast<char>(control) + "b\"");
}

TEST(JsonText, WithInvalidUtf8IsRefused) {
    for (const char* bytes :
         {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\x80", "\xE2\x82", "\xED\xA0\x80",
          "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
        expect_malformed("\""s + bytes + "\"");
        expect_malformed("{\""s + bytes + "\":1}");
        expect_malformed("{}"s + bytes);
    }
}

TEST(JsonText, WithAByteOrderMarkANulOrOtherBlanksIsRefused) {
    expect_malformed("\xEF\xBB\xBF{}");
    expect_malformed("{}\0"s);
    expect_malformed("\0{}"s);
    expect_malformed("{\0}"s);
    expect_malformed("{}\v");
    expect_malformed("\f{}");
    expect_malformed("\xC2\xA0{}");      // a no-break space
    expect_malformed("{}\xE2\x80\xA8");  // a line separator
}

// One valid document with all that JSON has: each beginning of it, and each byte of it changed.
const std::string full_document =
    R"({"a" : [1, -0.5e-3, 12E+2, true,false ,null, {}, [ ] ],"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00" :{"ä€😀": ""}})";

TEST(JsonText, ThatIsCutAnywhereIsRefused) {
    ASSERT_EQ(outcome_of_attrs(full_document), "ok");
    for (size_t length = 0; length < full_document.size(); length++)
        EXPECT_TRUE(outcome_of_attrs(full_document.substr(0, length)).starts_with("22P02")) << length;
    for (size_t i = 0; i < full_document.size(); i++) {
        std::string after = outcome_of_attrs(full_document.substr(i));
        EXPECT_TRUE(i == 0 || after != "ok") << i;
    }
}

TEST(JsonText, ThatIsDamagedIsRefusedOrStillAnObject) {
    for (size_t i = 0; i < full_document.size(); i++)
        for (int bit = 0; bit < 8; bit++) {
            std::string damaged = full_document;
            damaged[i] = static_cast<char>(damaged[i] ^ 1 << bit);
            std::string outcome = outcome_of_attrs(damaged);
            EXPECT_TRUE(outcome == "ok" || outcome.starts_with("22P02 ") || outcome.starts_with("22023 ")) << outcome;
        }
}

TEST(JsonText, MayNestAThousandDeepButNotWithoutBound) {
    auto nested = [](size_t depth) { return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
    EXPECT_EQ(outcome_of_attrs(nested(1)), "ok");
    EXPECT_EQ(outcome_of_attrs(nested(1000)), "ok");
    EXPECT_TRUE(outcome_of_attrs(nested(100000)).starts_with("22P02 attrs"));
    EXPECT_TRUE(outcome_of_attrs("{\"a\":" + std::string(5000000, '[')).starts_with("22P02 attrs"));
    std::string objects;
    for (int i = 0; i < 100000; i++) objects += "{\"a\":";
    EXPECT_TRUE(outcome_of_attrs(objects).starts_with("22P02 attrs"));
}

TEST(Attrs, AreKeptByteForByteButForWhiteSpace) {
    EXPECT_EQ(result_of(parse_attrs("attrs", " \t\r\n{ \n} \r\n")), "{}");
    EXPECT_EQ(result_of(parse_attrs("attrs", full_document)),
              R"({"a":[1,-0.5e-3,12E+2,true,false,null,{},[]],"\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00":{"ä€😀":""}})");
    EXPECT_EQ(result_of(parse_attrs("attrs", R"({ "a b" : " x  y " , "t" : "\t" })")), R"({"a b":" x  y ","t":"\t"})");
    EXPECT_EQ(result_of(parse_attrs("attrs", R"({"a":1,"a":2,"a":{"b":1,"b":1}})")),
              R"({"a":1,"a":2,"a":{"b":1,"b":1}})");
    EXPECT_EQ(result_of(parse_attrs("attrs", R"({"z":1,"a":2})")), R"({"z":1,"a":2})");
}

// They are not looked into: a number may be larger or finer than any machine's.
TEST(Attrs, KeepNumbersAsWritten) {
    for (const char* number :
         {"0", "-0", "1.0", "1.50", "1e2", "1E+02", "0.1", "9223372036854775808", "18446744073709551616",
          "-9223372036854775809", "123456789012345678901234567890", "1e400", "-1e400", "1e-400",
          "3.14159265358979323846264338327950288419716939937510582097494459", "1e99999999999999999999"}) {
        std::string attrs = "{\"n\":"s + number + "}";
        EXPECT_EQ(outcome_of([&] { EXPECT_EQ(result_of(parse_attrs("attrs", attrs)), attrs); }), "ok") << number;
    }
}

TEST(Attrs, MustBeAnObject) {
    for (const char* other : {"1", "\"a\"", "[]", "[{}]", "true", "false", "null", "-1.5"})
        EXPECT_TRUE(outcome_of_attrs(other).starts_with("22023 attrs must be an object, not ")) << other;
    EXPECT_EQ(outcome_of_attrs("17"), "22023 attrs must be an object, not 17");
    EXPECT_EQ(outcome_of_attrs(" null "), "22023 attrs must be an object, not null");
    EXPECT_EQ(outcome_of_attrs("[1]"), "22023 attrs must be an object, not an array");
    EXPECT_EQ(outcome_of_attrs("\"x\""), "22023 attrs must be an object, not \"x\"");
}

}  // namespace
}  // namespace codegraph
