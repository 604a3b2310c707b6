#include "git_history.h"

#include <gtest/gtest.h>

namespace codegraph::index {
namespace {

TEST(GitHistory, ABlobHasTheIdThatGitGivesIt) {
    EXPECT_EQ(git_blob_id(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    EXPECT_EQ(git_blob_id("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST(GitHistory, ARemoteUrlIsSavedWithoutCredentials) {
    EXPECT_EQ(without_credentials("https://user:secret@example.org/a.git"), "https://example.org/a.git");
    EXPECT_EQ(without_credentials("https://example.org/a@b.git"), "https://example.org/a@b.git");
    EXPECT_EQ(without_credentials("git@example.org:a/b.git"), "git@example.org:a/b.git");
    EXPECT_EQ(without_credentials("https://us@er:se@example.org"), "https://example.org");
    EXPECT_EQ(without_credentials("/srv/a.git"), "/srv/a.git");
}

TEST(GitHistory, TimesAreIso8601InUtc) {
    EXPECT_EQ(iso_time(0), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso_time(1763805600), "2025-11-22T10:00:00Z");
    EXPECT_EQ(iso_time(-1), "1969-12-31T23:59:59Z");
}

TEST(GitHistory, ADirectoryWithoutGitIsNoRepository) {
    EXPECT_FALSE(GitHistory::open("/usr"));
}

}  // namespace
}  // namespace codegraph::index
