// Numbers the keys of names densely, in the order they come, while outlines are read; the texts of all of them are
// asked for afterwards, in ranges of keys: what one snapshot refers to was mostly saved together.
#pragma once
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

class NameNumbers {
public:
    uint32_t of(int64_t key);
    uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }

    Task<> resolve(const Repository& repository);  // a key without a name is data corrupted
    // By number, after resolve(); the views live as long as this.
    const std::vector<std::string_view>& texts() const { return texts_; }

private:
    size_t slot_of(int64_t key) const;
    void grow();

    std::vector<int64_t> keys_;    // by number
    std::vector<uint32_t> slots_;  // number + 1, or 0; a power of two of them, at most half in use
    std::deque<Rows> pages_;
    std::vector<std::string_view> texts_;
};

}  // namespace codegraph
