#include "graph/name_sort.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

namespace codegraph {

static constexpr size_t window = sizeof(uint64_t);
static constexpr size_t few = 6;  // as many names are sorted plainly
static constexpr int most_bad_cuts = 8;

NameSort::NameSort(const std::vector<std::string_view>& names) : names_(names), items_(names.size()) {
    for (size_t i = 0; i < items_.size(); i++) items_[i].name = static_cast<uint32_t>(i);
    if (items_.size() > 1) ranges_.push_back({0, items_.size(), 0, false});
}

static uint64_t bytes_at(std::string_view name, size_t depth) {
    if (name.size() >= depth + window) {
        uint64_t bytes;
        std::memcpy(&bytes, name.data() + depth, window);
        return std::endian::native == std::endian::little ? __builtin_bswap64(bytes) : bytes;
    }
    uint64_t bytes = 0;
    for (size_t i = depth; i < depth + window; i++) {
        bytes <<= 8;
        if (i < name.size()) bytes |= static_cast<unsigned char>(name[i]);
    }
    return bytes;
}

void NameSort::read(const Range& range) {
    constexpr size_t ahead = 16;  // names lie anywhere in memory: some are fetched ahead
    for (size_t i = range.begin; i < range.end; i++) {
        if (i + ahead < range.end) __builtin_prefetch(names_[items_[i + ahead].name].data() + range.depth);
        const std::string_view name = names_[items_[i].name];
        items_[i].bytes = bytes_at(name, range.depth);
        items_[i].left = static_cast<uint32_t>(std::min(name.size() - range.depth, window + 1));
    }
}

// Where the eight bytes are equal and both names go on, what follows decides. Where one name ends, the shorter comes
// first: the zeros that fill it up could be bytes of the other.
bool NameSort::less(const Item& a, const Item& b, size_t depth) const {
    if (a.bytes != b.bytes) return a.bytes < b.bytes;
    if (a.left <= window || b.left <= window) return a.left < b.left;
    return names_[a.name].substr(depth + window) < names_[b.name].substr(depth + window);
}

void NameSort::sort_few(const Range& range) {
    std::sort(items_.begin() + static_cast<std::ptrdiff_t>(range.begin),
              items_.begin() + static_cast<std::ptrdiff_t>(range.end),
              [&](const Item& a, const Item& b) { return less(a, b, range.depth); });
}

using Key = std::pair<uint64_t, uint32_t>;

Key NameSort::pivot_of(const Range& range) const {
    const auto key = [](const Item& item) { return Key(item.bytes, std::min<uint32_t>(item.left, window + 1)); };
    const size_t size = range.end - range.begin;
    if (range.bad_cuts > most_bad_cuts) {
        std::vector<Key> keys(size);
        for (size_t i = 0; i < size; i++) keys[i] = key(items_[range.begin + i]);
        const auto middle = keys.begin() + static_cast<std::ptrdiff_t>(size / 2);
        std::nth_element(keys.begin(), middle, keys.end());
        return *middle;
    }
    const Key low = key(items_[range.begin]), middle = key(items_[range.begin + size / 2]),
              high = key(items_[range.end - 1]);
    return std::max(std::min(low, middle), std::min(std::max(low, middle), high));
}

// Splits the range around one of its items into smaller, equal and greater bytes. The equal ones are sorted on by the
// next eight bytes, but for names that end here: their length alone orders them.
void NameSort::partition(const Range& range) {
    const auto key = [](const Item& item) { return Key(item.bytes, std::min<uint32_t>(item.left, window + 1)); };
    const size_t size = range.end - range.begin;
    const Key pivot = pivot_of(range);
    size_t less_end = range.begin, i = range.begin, greater_begin = range.end;
    while (i < greater_begin) {
        const auto here = key(items_[i]);
        if (here < pivot)
            std::swap(items_[less_end++], items_[i++]);
        else if (pivot < here)
            std::swap(items_[i], items_[--greater_begin]);
        else
            i++;
    }
    const bool is_bad = std::max(less_end - range.begin, range.end - greater_begin) > size - size / 8;
    const int bad_cuts = range.bad_cuts + is_bad;
    if (less_end - range.begin > 1) ranges_.push_back({range.begin, less_end, range.depth, true, bad_cuts});
    if (range.end - greater_begin > 1) ranges_.push_back({greater_begin, range.end, range.depth, true, bad_cuts});
    if (greater_begin - less_end > 1 && pivot.second > window)
        ranges_.push_back({less_end, greater_begin, range.depth + window, false});
}

bool NameSort::step(size_t budget) {
    for (size_t done = 0; !ranges_.empty() && done < budget;) {
        const Range range = ranges_.back();
        ranges_.pop_back();
        done += range.end - range.begin;
        if (!range.is_read) read(range);
        if (range.end - range.begin <= few)
            sort_few(range);
        else
            partition(range);
    }
    return ranges_.empty();
}

std::vector<uint32_t> NameSort::order() && {
    std::vector<uint32_t> names(items_.size());
    for (size_t i = 0; i < items_.size(); i++) names[i] = items_[i].name;
    return names;
}

}  // namespace codegraph
