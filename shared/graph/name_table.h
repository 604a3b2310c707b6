// Every text of a graph once: names are kept one after the other in a single buffer and known by a small number, in the
// order they came. Looking one up is one probe of an open-addressed table of such numbers.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace codegraph {

class NameTable {
public:
    uint32_t add(std::string_view name);  // its number, an old one when it is known
    std::optional<uint32_t> find(std::string_view name) const;
    std::string_view operator[](uint32_t number) const {
        return {text_.data() + ends_[number], ends_[number + 1] - ends_[number]};
    }
    uint32_t size() const { return static_cast<uint32_t>(ends_.size() - 1); }
    void shrink();         // gives back what was reserved for growth
    size_t bytes() const;  // of memory held

private:
    size_t slot_of(std::string_view name) const;  // where it is, or where it would go
    void grow();

    std::string text_;
    std::vector<uint64_t> ends_{0};  // name i is text_ from ends_[i] to ends_[i + 1]
    std::vector<uint32_t> slots_;    // number + 1, or 0; a power of two of them, at most half in use
};

}  // namespace codegraph
