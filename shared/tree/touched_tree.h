// The part of an old tree that a batch of edits touches: the nodes on the paths to its keys, and what apply() wants
// besides, the nodes next to some of these.
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
    using Level = std::map<std::string_view, Place>;  // by last key; the keys are views into the nodes

    explicit TouchedTree(NodeStore& store) : store_(store) {}

    // Loads, for each of these sorted keys, the path of nodes that hold it or would.
    Task<> load_paths(Digest root, std::vector<std::string_view> keys);
    // Loads the nodes on both sides of these nodes of a level (by last key): a request for that level, and one for each
    // level above where a neighbour hangs under another node.
    Task<> load_neighbours(unsigned level, std::vector<std::string_view> nodes);

    unsigned top() const { return static_cast<unsigned>(levels_.size()) - 1; }
    const Level& level(unsigned level) const { return levels_[level]; }
    Level::const_iterator find_holder(unsigned level, std::string_view key) const;  // on whose path the key is
    bool is_outermost(unsigned level, std::string_view node, Side side) const;
    // The entry of the next node of the level on that side; nullptr when there is none. load_neighbours() came before.
    const TreeEntry* neighbour(unsigned level, std::string_view node, Side side) const;

private:
    Task<> load(std::vector<const TreeEntry*> entries, unsigned level);

    NodeStore& store_;
    std::vector<Level> levels_;  // leaves first
};

}  // namespace codegraph
