#include "refs.h"

#include <gtest/gtest.h>

namespace codegraph::index {
namespace {

// As `name>snapshot` for a ref that is set, `-name` for one that is taken away, `!name` for a name that is refused.
std::string text_of(const RefChanges& changes) {
    std::string text;
    for (const SavedRef& ref : changes.set) text += ref.name + ">" + ref.snapshot_id + " ";
    for (const std::string& name : changes.taken_away) text += "-" + name + " ";
    for (const std::string& name : changes.refused) text += "!" + name + " ";
    return text;
}

std::string changes_of(const std::vector<GitRef>& git, const std::vector<SavedRef>& saved) {
    return text_of(find_ref_changes(git, {"c1", "c2", "worktree"}, saved));
}

constexpr bool branch = true, tag = false, of_commit = true, of_directory = false;

TEST(Refs, AreSetForBranchesAndTagsOfCommitsInTheStore) {
    EXPECT_EQ(changes_of({{"main", "c2", branch}, {"v1", "c1", tag}, {"side", "c9", branch}}, {}), "main>c2 v1>c1 ");
}

TEST(Refs, ThatMeanTheirCommitAlreadyAreLeftAlone) {
    EXPECT_EQ(changes_of({{"main", "c2", branch}}, {{"main", "c2", of_commit}}), "");
}

TEST(Refs, MoveWithTheirBranch) {
    EXPECT_EQ(changes_of({{"main", "c2", branch}}, {{"main", "c1", of_commit}}), "main>c2 ");
}

TEST(Refs, ThatGitNoLongerHasAreTakenAway) {
    EXPECT_EQ(changes_of({}, {{"gone", "c1", of_commit}}), "-gone ");
}

TEST(Refs, WhoseBranchMovedToACommitThatIsNotInTheStoreAreTakenAway) {
    EXPECT_EQ(changes_of({{"main", "c9", branch}}, {{"main", "c1", of_commit}}), "-main ");
}

TEST(Refs, ToSnapshotsThatAreNoCommitsAreNotOurs) {
    EXPECT_EQ(changes_of({}, {{"mine", "worktree", of_directory}}), "");
}

TEST(Refs, OfABranchWinOverATagOfItsName) {
    EXPECT_EQ(changes_of({{"both", "c1", tag}, {"both", "c2", branch}}, {}), "both>c2 ");
    EXPECT_EQ(changes_of({{"both", "c2", branch}, {"both", "c1", tag}}, {}), "both>c2 ");
    EXPECT_EQ(changes_of({{"both", "c1", tag}, {"both", "c9", branch}}, {}), "");
}

TEST(Refs, AreRefusedWithANameThatTheStoreDoesNotTake) {
    const std::string longest(200, 'x');
    EXPECT_EQ(changes_of({{longest, "c1", branch}}, {}), longest + ">c1 ");
    EXPECT_EQ(changes_of({{longest + "x", "c1", branch}}, {}), "!" + longest + "x ");
    EXPECT_EQ(changes_of({{"latin\xe9", "c1", tag}}, {}), "!latin\xe9 ");
    EXPECT_EQ(changes_of({{"latin\xe9", "c9", tag}}, {}), "");
}

}  // namespace
}  // namespace codegraph::index
