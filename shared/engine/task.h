// Tasks: the coroutines that operations are written in. A task may co_await other tasks and requests (request.h) and
// co_yield rows for the caller. Tasks return to a trampoline (CgOperation::step), never into each other: symmetric
// transfer overflows the stack where the compiler does not make it a tail call (-O0, AddressSanitizer).
//
// The rule that g++ 12 imposes: co_await stands alone in its statement.
//     co_await f(a);   T x = co_await f(a);   x += co_await f(a);   co_return co_await f(a);
// Other forms (in a condition, with && || ?: braces, beside a lambda) can be miscompiled without a warning; the lint in
// tests/ refuses them and check_frame() stops what gets past it.
#pragma once
#include <atomic>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <span>
#include <utility>

#include "engine/port.h"
#include "engine/rows.h"

namespace codegraph {

using Cell = CgCell;

}  // namespace codegraph

// A row whose columns cost something to make: only those are made that the caller asks for. It stays in place until the
// next step.
struct CgLazyRow {
    virtual CgCell column(size_t column) const = 0;

protected:
    ~CgLazyRow() = default;
};

namespace codegraph {

using LazyRow = CgLazyRow;

// What all tasks of one running operation share: whom to resume next, and what is asked for.
struct Trampoline {
    std::coroutine_handle<> next;
    CgStep step = CG_DONE;
    bool pending = false;  // a step for the adapter
    CgRequest request{};
    std::shared_ptr<SpareAnswers> spare_answers = std::make_shared<SpareAnswers>();

    void ask(std::coroutine_handle<> who, CgStep what, const CgRequest& of) noexcept {
        next = who;
        step = what;
        pending = true;
        request = of;
    }
};

extern std::atomic<long> live_frames;

struct TaskPromise {
    Trampoline* trampoline = nullptr;
    std::coroutine_handle<> caller;
    std::exception_ptr error;

    static inline thread_local void* last_frame = nullptr;
    // Not inlined: g++ 12 would warn that the inlined halves of a pair do not match.
    [[gnu::noinline]] static void* operator new(size_t size) {
        void* frame = ::operator new(size);
        ++live_frames;
        return last_frame = frame;
    }
    [[gnu::noinline]] static void operator delete(void* frame, size_t size) noexcept {
        --live_frames;
        ::operator delete(frame, size);
    }
    // A miscompiled frame has a temporary in front of its header, so that its handle is not its address.
    static void check_frame(void* address) noexcept {
        if (address == last_frame) return;
        std::fputs("codegraph: broken coroutine frame: co_await must stand alone in its statement\n", stderr);
        std::abort();
    }

    std::suspend_always initial_suspend() noexcept { return {}; }
    struct Final {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> task) noexcept {
            task.promise().trampoline->next = task.promise().caller;
        }
        void await_resume() noexcept {}
    };
    Final final_suspend() noexcept { return {}; }
    void unhandled_exception() noexcept { error = std::current_exception(); }

    struct Row {
        CgRequest request;
        bool await_ready() noexcept { return false; }
        template <class Promise>
        void await_suspend(std::coroutine_handle<Promise> task) noexcept {
            task.promise().trampoline->ask(task, CG_ROW, request);
        }
        void await_resume() noexcept {}
    };
    // Rows are views until the next step: yield a named local.
    Row yield_value(std::span<const Cell> row) noexcept {
        return {{nullptr, row.data(), row.size(), 1, nullptr, nullptr}};
    }
    Row yield_value(const LazyRow& row) noexcept { return {{nullptr, nullptr, 0, 1, nullptr, &row}}; }
};

template <class T>
struct TaskResult : TaskPromise {
    std::optional<T> value;
    template <class U>
    void return_value(U&& v) {
        value.emplace(std::forward<U>(v));
    }
    T take() { return std::move(*value); }
};
template <>
struct TaskResult<void> : TaskPromise {
    void return_void() noexcept {}
    void take() noexcept {}
};

template <class T = void>
class [[nodiscard]] Task {
public:
    struct promise_type : TaskResult<T> {
        Task get_return_object() noexcept {
            auto handle = std::coroutine_handle<promise_type>::from_promise(*this);
            TaskPromise::check_frame(handle.address());
            return Task{handle};
        }
    };
    Task() = default;
    explicit Task(std::coroutine_handle<promise_type> handle) : handle(handle) {}
    Task(Task&& other) noexcept : handle(std::exchange(other.handle, {})) {}
    Task& operator=(Task&& other) noexcept {
        std::swap(handle, other.handle);
        return *this;
    }
    ~Task() {
        if (handle) handle.destroy();
    }

    bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> caller) noexcept {
        handle.promise().trampoline = caller.promise().trampoline;
        handle.promise().caller = caller;
        handle.promise().trampoline->next = handle;
    }
    T await_resume() {
        if (handle.promise().error) std::rethrow_exception(handle.promise().error);
        return handle.promise().take();
    }

    std::coroutine_handle<promise_type> handle;
};

}  // namespace codegraph
