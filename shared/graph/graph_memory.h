// Gives the arrays of a resident graph their memory, from blocks whose sizes are known before the arrays are made. On
// Linux a block of 2 MB or more asks for pages of 2 MB. With pages of 4 KB, filling it takes 512 times as many page
// faults, which on a virtual machine can take longer than all else that deriving a graph does.
#pragma once
#include <cstddef>
#include <memory_resource>
#include <vector>

namespace codegraph {

class GraphMemory : public std::pmr::memory_resource {
public:
    GraphMemory() = default;
    ~GraphMemory() override;
    GraphMemory(const GraphMemory&) = delete;
    GraphMemory& operator=(const GraphMemory&) = delete;

    // Makes a new block, unless it would be a small one. All later allocations come from it while it has room; what has
    // no room comes from operator new. A block is given back when all that came from it is freed.
    void add_block(size_t bytes);
    // Returns how many bytes an array of so many elements takes of a block.
    template <class T>
    static constexpr size_t room_for(size_t count) {
        return in_units(count * sizeof(T));
    }

private:
    static constexpr size_t unit = alignof(std::max_align_t);  // sizes are rounded up to it
    static constexpr size_t in_units(size_t bytes) { return (bytes + unit - 1) / unit * unit; }
    struct Block {
        std::byte* begin;
        size_t size;   // as mapped
        size_t used;   // from the beginning
        size_t freed;  // of what was used
    };
    void* do_allocate(size_t bytes, size_t alignment) override;
    void do_deallocate(void* memory, size_t bytes, size_t alignment) override;
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::vector<Block> blocks_;
};

}  // namespace codegraph
