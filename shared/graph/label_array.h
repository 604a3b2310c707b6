// Holds the labels of edges. A label takes one byte where 256 labels are enough for a graph, which they nearly always
// are; otherwise it takes four.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <vector>

namespace codegraph {

// Stands for a pair (relationship, confidence) of a graph. Labels ascend by name of the relationship, then confidence.
using Label = uint32_t;

// Views the labels of neighbouring edges.
class LabelView {
public:
    LabelView() = default;
    LabelView(const uint8_t* narrow, const uint32_t* wide) : narrow_(narrow), wide_(wide) {}
    Label operator[](size_t i) const { return narrow_ ? narrow_[i] : wide_[i]; }

private:
    const uint8_t* narrow_ = nullptr;
    const uint32_t* wide_ = nullptr;
};

class LabelArray {
public:
    explicit LabelArray(std::pmr::memory_resource* memory) : narrow_(memory), wide_(memory) {}
    static size_t bytes_for(size_t label_count, size_t size) {
        return label_count <= most_narrow ? size : size * sizeof(Label);
    }

    void assign(size_t label_count, size_t size) {
        is_narrow_ = label_count <= most_narrow;
        narrow_.assign(is_narrow_ ? size : 0, 0);
        wide_.assign(is_narrow_ ? 0 : size, 0);
    }
    void set(size_t i, Label label) {
        if (is_narrow_)
            narrow_[i] = static_cast<uint8_t>(label);
        else
            wide_[i] = label;
    }
    Label operator[](size_t i) const { return is_narrow_ ? narrow_[i] : wide_[i]; }
    LabelView from(size_t i) const {
        return is_narrow_ ? LabelView(narrow_.data() + i, nullptr) : LabelView(nullptr, wide_.data() + i);
    }
    bool empty() const { return narrow_.empty() && wide_.empty(); }
    size_t bytes() const { return narrow_.capacity() + wide_.capacity() * sizeof(uint32_t); }

private:
    static constexpr size_t most_narrow = 256;
    bool is_narrow_ = true;
    std::pmr::vector<uint8_t> narrow_;
    std::pmr::vector<Label> wide_;
};

}  // namespace codegraph
