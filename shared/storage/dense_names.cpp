#include "storage/dense_names.h"

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "storage/file_statements.h"

namespace codegraph {

size_t DenseNames::slot_of(int64_t first_key) const {
    const size_t mask = slots_.size() - 1;
    size_t slot = static_cast<size_t>(first_key) & mask;
    while (slots_[slot].page != 0 && slots_[slot].first_key != first_key) slot = (slot + 1) & mask;
    return slot;
}

size_t DenseNames::add_page(int64_t first_key) {
    if ((pages_.size() + 1) * 2 > slots_.size()) {
        const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2, Slot{0, 0}));
        for (const Slot& slot : before)
            if (slot.page != 0) slots_[slot_of(slot.first_key)] = slot;
    }
    pages_.emplace_back().fill(0);
    slots_[slot_of(first_key)] = {first_key, static_cast<uint32_t>(pages_.size())};
    return pages_.size() - 1;
}

namespace {

struct KeyRange {
    int64_t first, last;
};

constexpr int64_t near = 8;  // a gap of fewer keys is cheaper to read over than to leave out
constexpr int64_t keys_a_request = 8192;

std::vector<KeyRange> ranges_of(std::vector<int64_t> keys) {
    std::ranges::sort(keys);
    std::vector<KeyRange> ranges;
    for (int64_t key : keys) {
        if (ranges.empty() || key - ranges.back().last > near || key - ranges.back().first >= keys_a_request)
            ranges.push_back({key, key});
        else
            ranges.back().last = key;
    }
    return ranges;
}

}  // namespace

Task<> DenseNames::resolve(const Repository& repository) {
    constexpr const Statement& columns = statements::find_names_between;
    texts_.assign(keys_.size(), {});
    const std::vector<KeyRange> ranges = ranges_of(keys_);
    size_t found = 0;
    for (size_t i = 0; i < ranges.size();) {
        Batch page(statements::find_names_between);
        for (int64_t keys = 0; i < ranges.size() && keys < keys_a_request; i++) {
            page.add(repository.key, ranges[i].first, ranges[i].last);
            keys += ranges[i].last - ranges[i].first + 1;
        }
        Rows answer = co_await run(page);
        const Rows& rows = answers_.emplace_back(std::move(answer));
        for (size_t row = 0; row < rows.size(); row++) {
            const uint32_t index_plus_one =
                pages_[page_of(rows.integer(row, columns["symbol_key"]))]
                      [static_cast<size_t>(rows.integer(row, columns["symbol_key"])) % keys_a_page];
            if (index_plus_one == 0) continue;  // in a gap
            std::string_view& text = texts_[index_plus_one - 1];
            found += text.data() == nullptr;
            text = rows.text(row, columns["name"]);
        }
        co_await checkpoint();
    }
    if (found < keys_.size()) throw missing("a symbol that an outline refers to is missing");
}

}  // namespace codegraph
