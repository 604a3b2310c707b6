// Gives texts numbers, from 0 on in the order in which they come. The texts are copied, and lie one behind the other.
// The texts that came last can be taken back.
#pragma once
#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "binding/fingerprint.h"
#include "binding/number_table.h"

namespace codegraph {

class TextTable {
public:
    using Text = uint32_t;  // the number of a text
    static constexpr Text none = ~uint32_t{0};

    explicit TextTable(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : bytes_(memory), starts_(1, 0, memory), fingerprints_(memory), places_(memory) {}
    void reserve(size_t texts, size_t bytes);

    uint32_t size() const { return static_cast<uint32_t>(fingerprints_.size()); }
    std::string_view operator[](Text text) const {
        return std::string_view(bytes_).substr(starts_[text], starts_[text + 1] - starts_[text]);
    }
    Fingerprint fingerprint(Text text) const { return fingerprints_[text]; }

    Text find(std::string_view text) const;  // returns `none` when the table does not have it
    // Returns the text's number, a new one when it comes for the first time. The text must not lie in this table.
    Text intern(std::string_view text);
    void truncate(uint32_t size);  // takes back all texts but the first `size`
    size_t bytes() const;          // of memory

private:
    Text find(std::string_view text, Fingerprint fingerprint) const;

    std::pmr::string bytes_;
    std::pmr::vector<uint32_t> starts_;  // text i is bytes_ from starts_[i] to starts_[i + 1]
    std::pmr::vector<Fingerprint> fingerprints_;
    NumberTable places_;
};

}  // namespace codegraph
