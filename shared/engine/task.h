// A task is a coroutine in which an operation is written. It awaits other tasks and requests (request.h), and yields
// rows for the caller.
//
// 1. co_await stands alone in its statement:
//        co_await f(a);   T x = co_await f(a);   x += co_await f(a);   co_return co_await f(a);
//    g++ 12 can miscompile other forms (in a condition, with && || ?: braces, beside a lambda) without a warning. A
//    lint in tests/ refuses them, and check_frame() stops what gets past it.
// 2. A task returns to a trampoline (CgOperation::step), never into another task. Symmetric transfer overflows the
//    stack where the compiler does not make it a tail call (-O0, AddressSanitizer).
// 3. A yielded row, the cells of a request and a lazy row are views: they stay in place until the next step. Yield a
//    named local.
// 4. An exception ends its task. It is thrown again in the task that awaits it.
#pragma once
#include <coroutine>
#include <exception>
#include <optional>
#include <span>
#include <utility>

#include "engine/port.h"
#include "engine/rows.h"

namespace codegraph {

using Cell = CgCell;

}  // namespace codegraph

// A row whose columns cost something to make. Only the columns that the caller asks for are made.
struct CgLazyRow {
    virtual CgCell column(size_t column) const = 0;

protected:
    ~CgLazyRow() = default;
};

namespace codegraph {

using LazyRow = CgLazyRow;

// What all tasks of one running operation share: which task is resumed next, and what it asks for.
struct Trampoline {
    std::coroutine_handle<> next;
    CgStep step = CG_DONE;
    bool pending = false;  // whether `step` and `request` wait for the adapter
    CgRequest request{};
    std::shared_ptr<SpareAnswers> spare_answers = std::make_shared<SpareAnswers>();

    // Asks the adapter for a step, after which the task is resumed.
    void ask(std::coroutine_handle<> task, CgStep new_step, const CgRequest& new_request) noexcept {
        next = task;
        step = new_step;
        pending = true;
        request = new_request;
    }
};

// Returns how many coroutine frames are alive.
long count_live_frames() noexcept;

// The part of a task's promise that does not depend on what the task returns.
struct TaskPromise {
    Trampoline* trampoline = nullptr;
    std::coroutine_handle<> caller;
    std::exception_ptr error;

    static void* operator new(size_t size);
    static void operator delete(void* frame, size_t size) noexcept;
    // Aborts with a message unless `address` is that of the frame that was made last: see rule 1.
    static void check_frame(void* address) noexcept;

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
