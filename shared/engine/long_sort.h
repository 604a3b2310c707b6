// Sorts long lists in pieces, between which the caller's interrupt is looked for: sorts short runs by themselves and
// then merges them.
#pragma once
#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

#include "engine/request.h"

namespace codegraph {

inline constexpr size_t sorted_at_once = 1 << 14;

// Sorts the items, which no one else looks at meanwhile. Equal items come in any order.
template <class Item, class Less>
Task<> sort_in_pieces(std::vector<Item>& items, Less less) {
    const size_t size = items.size();
    for (size_t begin = 0; begin < size; begin += sorted_at_once) {
        if (begin > 0) co_await checkpoint();
        std::sort(items.begin() + static_cast<std::ptrdiff_t>(begin),
                  items.begin() + static_cast<std::ptrdiff_t>(std::min(begin + sorted_at_once, size)), less);
    }
    std::vector<Item> merged;
    for (size_t width = sorted_at_once; width < size; width *= 2) {
        merged.reserve(size);
        size_t since_checkpoint = 0;
        for (size_t begin = 0; begin < size; begin += 2 * width) {
            const size_t middle = std::min(begin + width, size), end = std::min(begin + 2 * width, size);
            size_t left = begin, right = middle;
            while (left < middle || right < end) {
                const bool takes_right = left == middle || (right < end && less(items[right], items[left]));
                merged.push_back(std::move(items[takes_right ? right++ : left++]));
                if (++since_checkpoint < sorted_at_once) continue;
                since_checkpoint = 0;
                co_await checkpoint();
            }
        }
        std::swap(items, merged);
        merged.clear();
    }
}

}  // namespace codegraph
