// Holds the part of an old tree that a batch of edits touches: the nodes on the paths to the edited keys, and those
// neighbours of them that apply() needs.
#pragma once
#include <map>

#include "tree/node_store.h"

namespace codegraph {

enum class Side { left, right };

class TouchedTree {
public:
    struct Place {
        Digest hash;
        NodePointer node;
    };
    using Level = std::map<std::string_view, Place>;  // by last key; a key is a view into its node

    explicit TouchedTree(NodeStore& store) : store_(store) {}

    // Loads the path of nodes that hold each of these sorted keys, or would hold it.
    Task<> load_paths(Digest root, std::vector<std::string_view> keys);
    // Loads the neighbours of these nodes of a level, which are given by last key. Makes a request for that level, and
    // one for each level above where a neighbour has another parent.
    Task<> load_neighbours(unsigned level, std::vector<std::string_view> nodes);

    unsigned top() const { return static_cast<unsigned>(levels_.size()) - 1; }
    const Level& level(unsigned level) const { return levels_[level]; }
    // Returns the loaded node of the level on whose path the key is.
    Level::const_iterator find_holder(unsigned level, std::string_view key) const;
    // Returns whether the level has no further node on that side.
    bool is_outermost(unsigned level, std::string_view node, Side side) const;
    // Returns the entry of the next node of the level on that side, or nullptr when there is none. The neighbours must
    // be loaded.
    const TreeEntry* neighbour(unsigned level, std::string_view node, Side side) const;

private:
    Task<> load(std::vector<const TreeEntry*> entries, unsigned level);

    NodeStore& store_;
    std::vector<Level> levels_;  // leaves first
};

}  // namespace codegraph
