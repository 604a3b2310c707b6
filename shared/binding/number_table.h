// Is the hash table of a list of distinct items: it finds an item's number in the list by its fingerprint. The list
// itself, and what makes two items equal, are the caller's.
//
// It is open addressing with linear probing. The item that came last was placed by a search that no later one went
// through, so that emptying its slot takes it back as if it had never come. Nothing else can be taken back.
#pragma once
#include <cstdint>
#include <memory_resource>
#include <vector>

#include "binding/fingerprint.h"

namespace codegraph {

class NumberTable {
public:
    static constexpr uint32_t none = ~uint32_t{0};

    explicit NumberTable(std::pmr::memory_resource* memory = std::pmr::get_default_resource()) : slots_(64, memory) {}
    void reserve(size_t items);

    // Returns the number of an item with this fingerprint for which is_it(number) is true, or `none`.
    template <class IsIt>
    uint32_t find(Fingerprint fingerprint, const IsIt& is_it) const {
        for (size_t slot = fingerprint & mask();; slot = (slot + 1) & mask()) {
            if (slots_[slot].number == none) return none;
            if (slots_[slot].fingerprint == fingerprint && is_it(slots_[slot].number)) return slots_[slot].number;
        }
    }
    // Adds the next item: the one whose number is size().
    void push(Fingerprint fingerprint) {
        if (!has_room_for(size_ + 1, slots_.size())) grow(slots_.size() * 2);
        slots_[first_empty(fingerprint)] = {fingerprint, static_cast<uint32_t>(size_)};
        size_++;
    }
    // Takes back the item that came last, which has this fingerprint.
    void pop(Fingerprint fingerprint) {
        const auto last = static_cast<uint32_t>(--size_);
        size_t slot = fingerprint & mask();
        while (slots_[slot].number != last) slot = (slot + 1) & mask();
        slots_[slot] = {};
    }
    size_t size() const { return size_; }
    size_t bytes() const { return slots_.capacity() * sizeof(Slot); }

private:
    struct Slot {
        Fingerprint fingerprint = 0;
        uint32_t number = none;
    };
    size_t mask() const { return slots_.size() - 1; }
    size_t first_empty(Fingerprint fingerprint) const {
        size_t slot = fingerprint & mask();
        while (slots_[slot].number != none) slot = (slot + 1) & mask();
        return slot;
    }
    static bool has_room_for(size_t items, size_t slots) { return items * 3 <= slots * 2; }
    void grow(size_t slots);

    std::pmr::vector<Slot> slots_;  // a power of two of them, at most two thirds in use
    size_t size_ = 0;
};

}  // namespace codegraph
