#include "graph/graph_memory.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <new>

#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)  // AddressSanitizer checks only what new gives
#include <sys/mman.h>
#endif

namespace codegraph {

#ifdef MADV_HUGEPAGE
static constexpr size_t huge_page = size_t{2} << 20;

// Returns memory that begins at a huge page, or null where there is none.
static std::byte* map(size_t bytes) {
    void* mapped = mmap(nullptr, bytes + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    auto* const begin = static_cast<std::byte*>(mapped);
    const size_t before = (huge_page - reinterpret_cast<uintptr_t>(mapped) % huge_page) % huge_page;
    if (before > 0) munmap(begin, before);
    if (before < huge_page) munmap(begin + before + bytes, huge_page - before);
    madvise(begin + before, bytes, MADV_HUGEPAGE);  // where that is refused, pages stay small
    return begin + before;
}
static void unmap(std::byte* begin, size_t bytes) {
    munmap(begin, bytes);
}
// A smaller block is as well served by new. The last page is not huge, so that no more memory is held than asked for.
static constexpr size_t least_block = huge_page;
#else
static std::byte* map(size_t) {
    return nullptr;
}
static void unmap(std::byte*, size_t) {}
static constexpr size_t least_block = SIZE_MAX;
#endif

static constexpr size_t largest_page = 65536;  // that a machine has: sizes of mappings are multiples of it

GraphMemory::~GraphMemory() {
    for (const Block& block : blocks_) unmap(block.begin, block.size);
}

void GraphMemory::add_block(size_t bytes) {
    if (bytes < least_block) return;
    const size_t size = (bytes + largest_page - 1) / largest_page * largest_page;
    blocks_.reserve(blocks_.size() + 1);  // so that adding the block cannot fail once it is mapped
    if (std::byte* begin = map(size)) blocks_.push_back({begin, size, 0, 0});
}

void* GraphMemory::do_allocate(size_t bytes, size_t alignment) {
    if (!blocks_.empty()) {
        Block& block = blocks_.back();
        if (alignment <= unit && in_units(bytes) <= block.size - block.used) {
            void* memory = block.begin + block.used;
            block.used += in_units(bytes);
            return memory;
        }
    }
    return ::operator new(bytes, std::align_val_t(alignment));
}

void GraphMemory::do_deallocate(void* memory, size_t bytes, size_t alignment) {
    const auto* const byte = static_cast<const std::byte*>(memory);
    const auto holds = [&](const Block& block) {
        return !std::less<>()(byte, block.begin) && std::less<>()(byte, block.begin + block.size);
    };
    const auto block = std::ranges::find_if(blocks_, holds);
    if (block == blocks_.end()) {
        ::operator delete(memory, std::align_val_t(alignment));
        return;
    }
    block->freed += in_units(bytes);
    if (block->freed < block->used) return;
    unmap(block->begin, block->size);
    blocks_.erase(block);
}

}  // namespace codegraph
