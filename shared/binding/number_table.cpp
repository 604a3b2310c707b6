#include "binding/number_table.h"

#include <utility>

namespace codegraph {

// Places the items anew in the order of their numbers, so that the last one can still be taken back.
void NumberTable::grow(size_t slots) {
    std::vector<Fingerprint> fingerprints(size_);
    for (const Slot& slot : slots_)
        if (slot.number != none) fingerprints[slot.number] = slot.fingerprint;
    std::pmr::vector<Slot> wider(slots, slots_.get_allocator());
    slots_.swap(wider);
    for (uint32_t number = 0; number < fingerprints.size(); number++)
        slots_[first_empty(fingerprints[number])] = {fingerprints[number], number};
}

void NumberTable::reserve(size_t items) {
    size_t slots = slots_.size();
    while (!has_room_for(items, slots)) slots *= 2;
    if (slots > slots_.size()) grow(slots);
}

}  // namespace codegraph
