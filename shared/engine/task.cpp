#include "engine/task.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace codegraph {

static std::atomic<long> live_frames{0};
// The model makes the system reserve the memory of every thread-local variable of the module early: see base/memory.h.
[[gnu::tls_model("initial-exec")]] static thread_local void* last_frame = nullptr;

long count_live_frames() noexcept {
    return live_frames;
}

void* TaskPromise::operator new(size_t size) {
    void* frame = ::operator new(size);
    ++live_frames;
    return last_frame = frame;
}

void TaskPromise::operator delete(void* frame, size_t size) noexcept {
    --live_frames;
    ::operator delete(frame, size);
}

// A miscompiled frame has a temporary in front of its header, so that its handle is not its address.
void TaskPromise::check_frame(void* address) noexcept {
    if (address == last_frame) return;
    std::fputs("codegraph: broken coroutine frame: co_await must stand alone in its statement\n", stderr);
    std::abort();
}

}  // namespace codegraph
