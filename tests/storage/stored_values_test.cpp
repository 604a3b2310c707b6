// A stored number, time or document that cannot be is told, with its column and value.
#include "storage/stored_values.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>

#include "outcome.h"

namespace codegraph {
namespace {

constexpr CellPlace column{0, "column"};

Rows integer(int64_t value) {
    Rows rows;
    codegraph_rows_begin(&rows, 1);
    codegraph_rows_integer(&rows, value);
    return rows;
}
Rows real(double value) {
    Rows rows;
    codegraph_rows_begin(&rows, 1);
    codegraph_rows_real(&rows, value);
    return rows;
}
Rows text(std::string_view value) {
    Rows rows;
    codegraph_rows_begin(&rows, 1);
    codegraph_rows_text(&rows, value.data(), value.size());
    return rows;
}

template <class Read>
std::string reading(const Rows& rows, Read read) {
    return outcome_of([&] { read(rows, 0, column); });
}
std::string refused(const std::string& value) {
    return "XX001 data corrupted: a stored column is " + value;
}

TEST(StoredValues, AKeyIsPositive) {
    EXPECT_EQ(read_key(integer(1), 0, column), 1);
    EXPECT_EQ(read_key(integer(INT64_MAX), 0, column), INT64_MAX);
    EXPECT_EQ(reading(integer(0), read_key), refused("0"));
    EXPECT_EQ(reading(integer(INT64_MIN), read_key), refused("-9223372036854775808"));
}

TEST(StoredValues, ACountIsNotNegative) {
    EXPECT_EQ(read_count(integer(0), 0, column), 0u);
    EXPECT_EQ(reading(integer(-1), read_count), refused("-1"));
    EXPECT_EQ(read_number(integer(1), 0, column), 1u);
    EXPECT_EQ(reading(integer(0), read_number), refused("0"));
}

TEST(StoredValues, ARevisionCanBeFollowedByAnother) {
    EXPECT_EQ(read_revision(integer(0), 0, column), 0);
    EXPECT_EQ(read_revision(integer(INT64_MAX - 1), 0, column), INT64_MAX - 1);
    EXPECT_EQ(reading(integer(INT64_MAX), read_revision), refused("9223372036854775807"));
    EXPECT_EQ(reading(integer(-1), read_revision), refused("-1"));
}

TEST(StoredValues, AFlagIs0Or1) {
    EXPECT_FALSE(read_flag(integer(0), 0, column));
    EXPECT_TRUE(read_flag(integer(1), 0, column));
    EXPECT_EQ(reading(integer(2), read_flag), refused("2"));
}

TEST(StoredValues, ATimeIsOfTheYears1To9999) {
    EXPECT_EQ(read_time(integer(-62135596800000), 0, column), -62135596800000);
    EXPECT_EQ(read_time(integer(253402300799999), 0, column), 253402300799999);
    EXPECT_EQ(reading(integer(253402300800000), read_time), refused("253402300800000"));
    EXPECT_EQ(reading(integer(INT64_MIN), read_time), refused("-9223372036854775808"));
}

TEST(StoredValues, AnImportanceIsFrom0To1) {
    EXPECT_EQ(read_importance(real(0.5), 0, column), 0.5);
    for (double value : {-0.5, 1.5, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()})
        EXPECT_NE(reading(real(value), read_importance), "ok");
}

TEST(StoredValues, AttributesAreAJsonObject) {
    for (std::string_view value : {"{}", "{\"a\":[1,{\"b\":null}]}"})
        EXPECT_EQ(read_attrs(text(value), 0, column), value);
    for (std::string_view value :
         {"", "x", "{", "null", "[]", "{\"a\":}", "{\"a\":1}x", "{\"a\":\"\x01\"}", "{\"\xFF\":1}", " {}"})
        EXPECT_EQ(reading(text(value), read_attrs), "XX001 data corrupted: stored column are no JSON object") << value;
}

TEST(StoredValues, ARowThatWasNotAskedForIsTold) {
    std::map<int64_t, int> places{{1, 10}};
    EXPECT_EQ(find_stored(places, 1, "other rows"), 10);
    EXPECT_EQ(outcome_of([&] { find_stored(places, 2, "other rows"); }), "XX001 data corrupted: other rows");
}

}  // namespace
}  // namespace codegraph
