// Decides which refs a store gets, from the branches and tags of a git repository.
#pragma once
#include <string>
#include <unordered_set>
#include <vector>

#include "git_history.h"
#include "store.h"

namespace codegraph::index {

struct RefChanges {
    std::vector<SavedRef> set;
    std::vector<std::string> taken_away;
    std::vector<std::string> refused;  // names in git that a ref of the store cannot have
};

// A ref is wanted for each branch and tag whose commit has a snapshot. A branch wins over a tag of its name. Of the
// saved refs, those to snapshots of commits are taken away where they are not wanted; others are not ours.
RefChanges find_ref_changes(const std::vector<GitRef>& git, const std::unordered_set<std::string>& snapshots,
                            const std::vector<SavedRef>& saved);

}  // namespace codegraph::index
