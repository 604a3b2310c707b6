// Where the arrays of a resident graph lie: blocks whose sizes are known before the arrays are made. On Linux a block
// of megabytes asks for pages of 2 MB. In pages of 4 KB it is filled with 512 times as many page faults, which on a
// virtual machine can take longer than all else that deriving a graph does.
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

    // What is allocated from now on comes from a new block while it has room, else from new. A block goes when all that
    // came from it is freed.
    void add_block(size_t bytes);
    // Of an array with so many elements in a block.
    template <class T>
    static size_t room_for(size_t count) {
        return count * sizeof(T) + alignof(std::max_align_t);
    }

private:
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
