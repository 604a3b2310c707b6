#include "refs.h"

#include <map>

#include "source_text.h"

namespace codegraph::index {
namespace {

constexpr std::size_t longest_ref = 200;  // in bytes; the store's limit

bool can_be_saved(const std::string& name) {
    const bool has_marks = name.find('~') != std::string::npos || name.find("@{") != std::string::npos;
    return !name.empty() && name.size() <= longest_ref && !has_marks && is_utf8(name);
}

bool wins(const GitRef& ref, const GitRef* over) {
    return over == nullptr || (ref.is_branch && !over->is_branch);
}

}  // namespace

RefChanges find_ref_changes(const std::vector<GitRef>& git, const std::unordered_set<std::string>& snapshots,
                            const std::vector<SavedRef>& saved) {
    RefChanges changes;
    // Of all refs, so that a tag gets no name that a branch has, be its commit in the store or not.
    std::map<std::string, const GitRef*> by_name;
    for (const GitRef& ref : git) {
        const GitRef*& known = by_name[ref.name];
        if (wins(ref, known)) known = &ref;
    }
    std::map<std::string, std::string> wanted;  // to snapshot ids
    for (const auto& [name, ref] : by_name) {
        if (!snapshots.contains(ref->commit)) continue;
        if (can_be_saved(name))
            wanted.emplace(name, ref->commit);
        else
            changes.refused.push_back(name);
    }
    for (const SavedRef& ref : saved) {
        const auto found = wanted.find(ref.name);
        if (found == wanted.end()) {
            if (ref.is_of_commit) changes.taken_away.push_back(ref.name);
        } else if (found->second == ref.snapshot_id) {
            wanted.erase(found);
        }
    }
    for (const auto& [name, snapshot_id] : wanted) changes.set.push_back({name, snapshot_id, true});
    return changes;
}

}  // namespace codegraph::index
