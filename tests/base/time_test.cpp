// Times against the C library's calendar, and every form that is not one.
#include "base/time.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>

#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

constexpr int64_t first = -62135596800000, last = 253402300799999;  // years 0001 to 9999

std::string printed(const char* form, auto... values) {
    char text[100];
    std::snprintf(text, sizeof text, form, values...);
    return text;
}

// The same time by the C library.
std::string by_c_library(int64_t milliseconds) {
    int64_t in_second = ((milliseconds % 1000) + 1000) % 1000;
    time_t seconds = (milliseconds - in_second) / 1000;
    tm parts{};
    gmtime_r(&seconds, &parts);
    return printed("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                   parts.tm_hour, parts.tm_min, parts.tm_sec, static_cast<int>(in_second));
}

TEST(Times, AreFormattedAsTheCLibraryDoesAndComeBack) {
    Random random(2);
    for (int i = 0; i < 200000; i++) {
        int64_t time = i % 2 ? random.between(first, last) : random.between(-100000000000, 4000000000000);
        std::string text = format_time(time);
        ASSERT_EQ(text, by_c_library(time)) << time;
        ASSERT_EQ(parse_time(text), time) << text;
    }
    EXPECT_EQ(format_time(0), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(format_time(-1), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(format_time(first), "0001-01-01T00:00:00.000Z");
    EXPECT_EQ(format_time(last), "9999-12-31T23:59:59.999Z");
}

TEST(Times, WithAnOffsetAreTheSameMomentInUtc) {
    Random random(3);
    for (int i = 0; i < 100000; i++) {
        int64_t local = random.between(first / 2, last / 2);
        int offset = static_cast<int>(random.between(-23 * 60 - 59, 23 * 60 + 59));
        std::string text = by_c_library(local);
        text.pop_back();
        text += printed("%c%02d:%02d", offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
        ASSERT_EQ(parse_time(text), local - offset * int64_t(60000)) << text;
    }
}

// Every day of every year, those that are not in the calendar too.
TEST(Times, KnowTheCalendar) {
    int64_t days = 0;
    for (int year = 1; year <= 9999; year++) {
        bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        for (int month = 1; month <= 12; month++) {
            int length =
                month == 2 ? (leap ? 29 : 28) : (month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
            for (int day : {1, 28, 29, 30, 31, 32}) {
                auto time = parse_time(printed("%04d-%02d-%02dT00:00:00Z", year, month, day));
                if (day <= length)
                    ASSERT_EQ(time, first + (days + day - 1) * 86400000) << year << " " << month << " " << day;
                else
                    ASSERT_FALSE(time) << year << " " << month << " " << day;
            }
            days += length;
        }
    }
}

TEST(Times, AreCutToMilliseconds) {
    EXPECT_EQ(parse_time("1970-01-01T00:00:00.1Z"), 100);
    EXPECT_EQ(parse_time("1970-01-01T00:00:00.12Z"), 120);
    EXPECT_EQ(parse_time("1970-01-01T00:00:00.123Z"), 123);
    EXPECT_EQ(parse_time("1970-01-01T00:00:00.1239999999999999999999999Z"), 123);
    EXPECT_EQ(parse_time("1970-01-01T00:00:00.0009Z"), 0);
    EXPECT_EQ(parse_time("1969-12-31T23:59:59.9999Z"), -1);
}

TEST(Times, MayBeWrittenAsRfc3339Allows) {
    for (const char* text : {"2026-11-22T10:00:00Z", "2026-11-22t10:00:00z", "2026-11-22 10:00:00Z",
                             "2026-11-22T10:00:00+00:00", "2026-11-22T10:00:00-00:00", "2026-11-22T15:30:00+05:30",
                             "2026-11-21T23:00:00-11:00", "2026-11-22T09:59:60Z"})
        EXPECT_EQ(parse_time(text), 1795341600000) << text;
}

TEST(Times, OfAnyOtherFormAreRefused) {
    const std::string good = "2026-11-22T10:00:00.123+05:30";
    ASSERT_TRUE(parse_time(good));
    for (size_t length = 0; length < good.size(); length++)
        EXPECT_FALSE(parse_time(good.substr(0, length))) << good.substr(0, length);
    for (size_t i = 0; i < good.size(); i++)  // one character too many, or another in its place
        for (char c : std::string("x/,;_=e\0 ", 9)) {
            std::string inserted = good, replaced = good;
            inserted.insert(i, 1, c);
            replaced[i] = c;
            EXPECT_FALSE(parse_time(inserted)) << inserted;
            if (i != 10 || c != ' ') {
                EXPECT_FALSE(parse_time(replaced)) << replaced;
            }
        }
    for (const char* text : {"2026-11-22",
                             "2026-11-22T10:00:00",
                             "2026-11-22T10:00Z",
                             "2026-11-22T10:00:00.Z",
                             "2026-11-22T24:00:00Z",
                             "2026-11-22T10:60:00Z",
                             "2026-11-22T10:00:61Z",
                             "2026-00-22T10:00:00Z",
                             "2026-13-22T10:00:00Z",
                             "2026-11-00T10:00:00Z",
                             "2026-11-31T10:00:00Z",
                             "2026-02-29T10:00:00Z",
                             "1900-02-29T10:00:00Z",
                             "0000-01-01T00:00:00Z",
                             "-001-01-01T00:00:00Z",
                             "12026-11-22T10:00:00Z",
                             "26-11-22T10:00:00Z",
                             "2026-11-22T10:00:00+24:00",
                             "2026-11-22T10:00:00+05:60",
                             "2026-11-22T10:00:00+0530",
                             "2026-11-22T10:00:00+05",
                             "2026-11-22T10:00:00 Z",
                             "2026-11-22T10:00:00ZZ",
                             "2026-11-22T10:00:00Z+00:00",
                             "2026-11-22T10:00:00UTC",
                             " 2026-11-22T10:00:00Z",
                             "2026-11-22T10:00:00Z ",
                             "2026-11-22T10:00:00Z\n",
                             "20261122T100000Z",
                             "2026-W47-7T10:00:00Z",
                             "2026-326T10:00:00Z",
                             "2026-11-22T1a:00:00Z",
                             "2026-11-22T+1:00:00Z",
                             "2026-11-22T-1:00:00Z",
                             "2026-1--22T10:00:00Z",
                             "1795341600000",
                             "now",
                             ""})
        EXPECT_FALSE(parse_time(text)) << text;
}

TEST(Times, OutsideTheYearsOfFourDigitsInUtcAreRefused) {
    EXPECT_FALSE(parse_time("0001-01-01T00:00:00+00:01"));
    EXPECT_EQ(parse_time("0001-01-01T00:01:00+00:01"), first);
    EXPECT_FALSE(parse_time("9999-12-31T23:59:59.999-00:01"));
    EXPECT_EQ(parse_time("9999-12-31T23:58:59.999-00:01"), last);
    EXPECT_FALSE(parse_time("9999-12-31T23:59:60Z"));
}

TEST(Times, NowIsNow) {
    int64_t before = static_cast<int64_t>(std::time(nullptr)) * 1000;
    int64_t now = now_milliseconds();
    EXPECT_GE(now, before);
    EXPECT_LE(now, static_cast<int64_t>(std::time(nullptr) + 1) * 1000);
}

}  // namespace
}  // namespace codegraph
