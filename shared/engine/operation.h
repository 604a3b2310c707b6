// One call of one function. It owns the call's coroutine and failure. An adapter steps it.
#pragma once
#include <string>

#include "engine/arguments.h"
#include "engine/function.h"
#include "engine/task.h"

struct CgOperation {
public:
    CgOperation(const CgFunction& function, const codegraph::Caller& caller, std::span<const CgCell> given);
    ~CgOperation();
    CgOperation(const CgOperation&) = delete;
    CgOperation& operator=(const CgOperation&) = delete;

    CgStep step() noexcept;
    const CgRequest& request() const { return trampoline_.request; }
    const CgFailure& failure() const { return failure_; }
    const codegraph::Caller& caller() const { return arguments_.caller(); }
    const CgTraffic& traffic() const { return traffic_; }

private:
    void start();
    void resume_with(codegraph::Task<> body);
    bool is_explaining(const std::exception_ptr& error);
    CgStep fail(std::exception_ptr error) noexcept;
    void count_question() noexcept;
    void count_answer() noexcept;

    const CgFunction& function_;
    // The order matters: the body must be destroyed before what it refers to.
    codegraph::Trampoline trampoline_;
    codegraph::Arguments arguments_;
    std::string message_, hint_;
    CgFailure failure_{};
    CgTraffic traffic_{};
    codegraph::Task<> body_;
    bool explained_ = false;  // whether the body is that of Session::explain()
};
