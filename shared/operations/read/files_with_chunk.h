// Finds, in one snapshot after another, the files that have a chunk of one name. It looks only at paths that can have
// the chunk. What two trees share is looked at once: of each tree node it remembers which files below have the chunk,
// and of each file version whether it has. So all snapshots together cost what they differ in, however many paths ever
// had the name.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tree/node_store.h"

namespace codegraph {

class FilesWithChunk {
public:
    // `paths` ascend. Of each snapshot at most `most` files are found: the first ones.
    FilesWithChunk(int64_t repo_key, std::vector<std::string> paths, size_t most)
        : nodes_(repo_key), paths_(std::move(paths)), most_(most) {}
    virtual ~FilesWithChunk() = default;

    // Returns the files that have the chunk, by path.
    Task<std::vector<TreeEntry>> find(Digest root);

protected:
    // Returns for each of these files whether it has the chunk. Each file version is asked for once.
    virtual Task<std::vector<bool>> have_chunk(std::vector<TreeEntry> files) = 0;

private:
    using Found = std::vector<TreeEntry>;
    std::vector<const TreeEntry*> wanted_entries(const TreeNode& node, std::string_view after) const;
    Task<> look_into(const TreeNode& node, std::string after, Found& found);
    Task<> look_into_leaf(const TreeNode& leaf, std::string after, Found& found);

    NodeStore nodes_;
    const std::vector<std::string> paths_;
    const size_t most_;
    std::unordered_map<Digest, Found, DigestHash> found_below_;  // by node
    std::unordered_map<Digest, bool, DigestHash> has_chunk_;     // by file version
};

}  // namespace codegraph
