// Sorts names by their bytes, in steps of bounded work. It is a multikey quicksort that looks at eight bytes at a time
// and keeps them beside the names (Bentley and Sedgewick, "Fast algorithms for sorting and searching strings", 1997;
// the cached bytes: Ng and Kakehi, "Cache efficient radix sort for string sorting", 2007). Names of one repository
// share long beginnings, which a comparison sort would read again and again.
//
// Where the order of the names makes the middle of three a bad guess again and again, the median of all is taken: names
// that were saved in an order to that end are sorted in about the same time.
#pragma once
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace codegraph {

class NameSort {
public:
    // Sorts the indexes of the names, which stay in place meanwhile. Equal names come in any order.
    explicit NameSort(const std::vector<std::string_view>& names);

    bool step(size_t budget);          // looks at about `budget` names more; returns true when all is done
    std::vector<uint32_t> order() &&;  // returns the indexes in the order of their names

private:
    struct Item {
        uint64_t bytes;  // the eight at the depth of its range, big-endian; 0 behind the end of the name
        uint32_t name;   // its index
        uint32_t left;   // how many bytes the name has from that depth on, at most 9
    };
    struct Range {
        size_t begin, end, depth;
        bool is_read;      // the bytes of its items are those at its depth
        int bad_cuts = 0;  // how often a cut left most of a range in one part
    };
    void read(const Range& range);
    void sort_few(const Range& range);
    void partition(const Range& range);
    std::pair<uint64_t, uint32_t> pivot_of(const Range& range) const;
    bool less(const Item& a, const Item& b, size_t depth) const;

    const std::vector<std::string_view>& names_;
    std::vector<Item> items_;
    std::vector<Range> ranges_;  // those that are still to be sorted
};

}  // namespace codegraph
