// cg_verify checks that in one snapshot an id belongs to one live chunk. The check of a file version (files.h) finds
// two chunks of one file; this check finds two chunks of different files.
//
// Most ids are computed and name their path, so that hardly any can occur in two files. While the file versions are
// checked, SharedIds collects the few that can. Only for these are the trees of the snapshots looked at.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/file_version.h"
#include "operations/verify/findings.h"
#include "operations/verify/snapshots.h"
#include "storage/repository.h"

namespace codegraph {

// Collects the chunk ids that live chunks of more than one path may have: all that have, and perhaps a few others.
class SharedIds {
public:
    explicit SharedIds(const Repository& repository) : repository_(repository) {}
    void add(std::string_view path, const Chunk& chunk, std::string_view id);
    bool empty() const { return shared_.empty(); }
    bool contains(std::string_view id) const { return shared_.contains(std::hash<std::string_view>()(id)); }

private:
    const Repository& repository_;
    // From the hash of an id to the hash of the first path that has it. Left out are computed ids that can be read in
    // one way only: another path can have such an id only as an explicit one, which is_misleading in add() sees.
    std::unordered_map<uint64_t, uint64_t> paths_;
    std::unordered_set<uint64_t> shared_;  // hashes of ids
};

// Finds ids that two live chunks of one snapshot have, in two files.
Task<> verify_shared_ids(const Repository& repository, Findings& findings, const SharedIds& shared,
                         std::vector<ReadableSnapshot> snapshots);

}  // namespace codegraph
