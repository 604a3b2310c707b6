#include "storage/name_numbers.h"

#include <algorithm>

#include "base/error.h"
#include "storage/file_statements.h"

namespace codegraph {

// Keys come from a sequence: their low bits are a hash without collisions, and neighbours stay neighbours.
size_t NameNumbers::slot_of(int64_t key) const {
    const size_t mask = slots_.size() - 1;
    size_t slot = static_cast<size_t>(key) & mask;
    while (slots_[slot] != 0 && keys_[slots_[slot] - 1] != key) slot = (slot + 1) & mask;
    return slot;
}

void NameNumbers::grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
    for (uint32_t number = 0; number < size(); number++) slots_[slot_of(keys_[number])] = number + 1;
}

uint32_t NameNumbers::of(int64_t key) {
    if ((keys_.size() + 1) * 2 > slots_.size()) grow();
    const size_t slot = slot_of(key);
    if (slots_[slot] == 0) {
        keys_.push_back(key);
        slots_[slot] = size();
    }
    return slots_[slot] - 1;
}

namespace {

struct KeyRange {
    int64_t first, last;
};

constexpr int64_t near = 8;            // a gap of fewer keys is cheaper to read over than to leave out
constexpr int64_t keys_a_page = 8192;  // of one request

std::vector<KeyRange> ranges_of(std::vector<int64_t> keys) {
    std::ranges::sort(keys);
    std::vector<KeyRange> ranges;
    for (int64_t key : keys) {
        if (ranges.empty() || key - ranges.back().last > near || key - ranges.back().first >= keys_a_page)
            ranges.push_back({key, key});
        else
            ranges.back().last = key;
    }
    return ranges;
}

}  // namespace

Task<> NameNumbers::resolve(const Repository& repository) {
    texts_.assign(keys_.size(), {});
    const std::vector<KeyRange> ranges = ranges_of(keys_);
    size_t found = 0;
    for (size_t i = 0; i < ranges.size();) {
        Batch page(statements::find_names_between);
        for (int64_t keys = 0; i < ranges.size() && keys < keys_a_page; i++) {
            page.add(repository.key, ranges[i].first, ranges[i].last);
            keys += ranges[i].last - ranges[i].first + 1;
        }
        Rows answer = co_await run(page);
        const Rows& rows = pages_.emplace_back(std::move(answer));
        for (size_t row = 0; row < rows.size(); row++) {
            const uint32_t slot = slots_[slot_of(rows.integer(row, 0))];
            if (slot == 0) continue;  // in a gap
            texts_[slot - 1] = rows.text(row, 1);
            found++;
        }
        co_await checkpoint();
    }
    if (found < keys_.size()) throw corrupt("a symbol that an outline refers to is missing");
}

}  // namespace codegraph
