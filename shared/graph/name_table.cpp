#include "graph/name_table.h"

#include <functional>
#include <limits>

#include "base/error.h"

namespace codegraph {

size_t NameTable::slot_of(std::string_view name) const {
    const size_t mask = slots_.size() - 1;
    size_t slot = std::hash<std::string_view>()(name) & mask;
    while (slots_[slot] != 0 && (*this)[slots_[slot] - 1] != name) slot = (slot + 1) & mask;
    return slot;
}

void NameTable::grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
    for (uint32_t number = 0; number < size(); number++) slots_[slot_of((*this)[number])] = number + 1;
}

uint32_t NameTable::add(std::string_view name) {
    if ((static_cast<size_t>(size()) + 1) * 2 > slots_.size()) grow();
    const size_t slot = slot_of(name);
    if (slots_[slot] != 0) return slots_[slot] - 1;
    if (size() == std::numeric_limits<uint32_t>::max() - 1)
        throw Error(ErrorKind::not_supported, "a graph of more than 4,294,967,294 names");
    text_.append(name);
    ends_.push_back(text_.size());
    return (slots_[slot] = size()) - 1;
}

std::optional<uint32_t> NameTable::find(std::string_view name) const {
    if (slots_.empty()) return std::nullopt;
    const uint32_t found = slots_[slot_of(name)];
    if (found == 0) return std::nullopt;
    return found - 1;
}

void NameTable::shrink() {
    text_.shrink_to_fit();
    ends_.shrink_to_fit();
}

size_t NameTable::bytes() const {
    return text_.capacity() + ends_.capacity() * sizeof(uint64_t) + slots_.capacity() * sizeof(uint32_t);
}

}  // namespace codegraph
