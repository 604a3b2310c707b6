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

}  // namespace codegraph
