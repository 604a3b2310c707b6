// Gives the keys of names dense indexes, in the order in which they come, while outlines are read. The texts of all
// names are asked for afterwards, in ranges of keys, because most of what one snapshot refers to was saved together.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

class DenseNames {
public:
    // Returns the key's index, which is a new one when the key comes for the first time.
    uint32_t index_of(int64_t key) {
        if (key == last_key_) return last_index_;
        uint32_t& index_plus_one = pages_[page_of(key)][static_cast<size_t>(key) % keys_a_page];
        if (index_plus_one == 0) {
            keys_.push_back(key);
            index_plus_one = size();
        }
        last_key_ = key;
        return last_index_ = index_plus_one - 1;
    }
    uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }

    // Asks for the texts of all keys. Throws corrupt() when a key has no name.
    Task<> resolve(const Repository& repository);
    // Returns the texts by index. Requires resolve(). The views live as long as this.
    const std::vector<std::string_view>& texts() const { return texts_; }

private:
    // Keys come from a sequence, so that those of one repository lie close together. Pages have the indexes of
    // neighbouring keys, and a hash table finds the pages.
    static constexpr size_t keys_a_page = 4096;
    using Page = std::array<uint32_t, keys_a_page>;  // index + 1, or 0
    struct Slot {
        int64_t first_key;  // of the page, divided by keys_a_page
        uint32_t page;      // its index in pages_ + 1; 0: an empty slot
    };
    size_t slot_of(int64_t first_key) const;
    size_t page_of(int64_t key) {
        const Slot& slot = slots_[slot_of(key / static_cast<int64_t>(keys_a_page))];
        return slot.page != 0 ? slot.page - 1 : add_page(key / static_cast<int64_t>(keys_a_page));
    }
    size_t add_page(int64_t first_key);

    int64_t last_key_ = -1;  // that of the last call, as kinds and relationships come in runs; no key is negative
    uint32_t last_index_ = 0;
    std::vector<int64_t> keys_;            // by index
    std::vector<Slot> slots_{64, {0, 0}};  // a power of two of them, at most half in use
    std::deque<Page> pages_;
    std::deque<Rows> answers_;
    std::vector<std::string_view> texts_;
};

}  // namespace codegraph
