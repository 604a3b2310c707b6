// Finds the equal items of a sorted list. std::ranges::equal_range does the same, but clang 14 does not compile it with
// the library of g++ 12.
#pragma once
#include <algorithm>
#include <span>
#include <vector>

namespace codegraph {

// Returns the items whose projection is the key. The list ascends by it.
template <class Item, class Key, class Projection>
std::span<const Item> equal_items(const std::vector<Item>& sorted, const Key& key, Projection projection) {
    const auto begin = std::ranges::lower_bound(sorted, key, {}, projection);
    return {begin, std::ranges::upper_bound(begin, sorted.end(), key, {}, projection)};
}

}  // namespace codegraph
