#include "model/moment.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace codegraph {

TEST(Moment, IsARevision) {
    EXPECT_EQ(parse_moment("main@{3}"), (SnapshotMoment{"main", RevisionNumber{3}}));
    EXPECT_EQ(parse_moment("app:main@{0}"), (SnapshotMoment{"app:main", RevisionNumber{0}}));
    EXPECT_EQ(parse_moment("main@{007}"), (SnapshotMoment{"main", RevisionNumber{7}}));
    EXPECT_EQ(parse_moment("main@{9223372036854775807}"), (SnapshotMoment{"main", RevisionNumber{INT64_MAX}}));
}

TEST(Moment, IsATime) {
    EXPECT_EQ(parse_moment("main@{2026-11-22T10:00:00Z}"),
              (SnapshotMoment{"main", PointInTime{*parse_time("2026-11-22T10:00:00Z")}}));
    EXPECT_EQ(parse_moment("main@{2026-11-22T10:00:00.250+02:00}"),
              (SnapshotMoment{"main", PointInTime{*parse_time("2026-11-22T08:00:00.250Z")}}));
}

TEST(Moment, IsTheLastOfSeveral) {
    EXPECT_EQ(parse_moment("main@{1}@{2}"), (SnapshotMoment{"main@{1}", RevisionNumber{2}}));
    EXPECT_EQ(parse_moment("@{1}@{2}"), (SnapshotMoment{"@{1}", RevisionNumber{2}}));
}

TEST(Moment, OtherBracesArePartOfTheName) {
    for (const char* name :
         {"", "main", "@{3}", "main@{}", "main@{-1}", "main@{+1}", "main@{ 1}", "main@{1", "main@1}", "main@{1}x",
          "main@{yesterday}", "main@{9223372036854775808}", "main@{2026-11-22}", "main@{1.5}", "main@{\xD9\xA3}"})
        EXPECT_EQ(parse_moment(name), std::nullopt) << name;
}

TEST(Steps, AreDigitsBehindTheLastTilde) {
    EXPECT_EQ(parse_steps("main~2"), (SnapshotSteps{"main", 2}));
    EXPECT_EQ(parse_steps("main~0"), (SnapshotSteps{"main", 0}));
    EXPECT_EQ(parse_steps("main~007"), (SnapshotSteps{"main", 7}));
    EXPECT_EQ(parse_steps("a~1~2"), (SnapshotSteps{"a~1", 2}));
    EXPECT_EQ(parse_steps("main@{3}~1"), (SnapshotSteps{"main@{3}", 1}));
}

TEST(Steps, AreOneWithoutDigits) {
    EXPECT_EQ(parse_steps("main~"), (SnapshotSteps{"main", 1}));
    EXPECT_EQ(parse_steps("main~~"), (SnapshotSteps{"main~", 1}));
}

TEST(Steps, OfMoreThan64BitsAreAsManyAsThereCanBe) {
    EXPECT_EQ(parse_steps("main~99999999999999999999"), (SnapshotSteps{"main", INT64_MAX}));
}

TEST(Steps, NeedANameAndNothingButDigits) {
    for (const char* text : {"", "main", "~", "~1", "main~x", "main~-1", "main~1x", "main~ 1", "main~1@{0}"})
        EXPECT_EQ(parse_steps(text), std::nullopt) << text;
}

TEST(HashPrefix, HasSevenHexadecimalDigitsAndMoreWhichBecomeSmall) {
    EXPECT_EQ(parse_hash_prefix("0123456"), "0123456");
    EXPECT_EQ(parse_hash_prefix("ABCDEFabcdef0"), "abcdefabcdef0");
    for (const char* text : {"", "012345", "012345g", "0123456 ", "0123456\xc3\xa4", "G123456"})
        EXPECT_EQ(parse_hash_prefix(text), std::nullopt) << text;
}

}  // namespace codegraph
