#include "engine/operation.h"

#include <cxxabi.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <typeinfo>

#include "base/error.h"
#include "base/utf8.h"
#include "engine/rows.h"
#include "engine/session.h"

static std::atomic<long> live_operations{0};

CgOperation::CgOperation(const CgFunction& function, const codegraph::Caller& caller, std::span<const CgCell> given)
    : function_(function), arguments_(function, caller, given) {
    ++live_operations;
}

CgOperation::~CgOperation() {
    --live_operations;
}

void CgOperation::start() {
    arguments_.check();
    resume_with(function_.body(arguments_));
}

void CgOperation::resume_with(codegraph::Task<> body) {
    body_ = std::move(body);
    body_.handle.promise().trampoline = &trampoline_;
    trampoline_.next = body_.handle;
}

// Goes on with the explanation of an error, where it needs one. A session has it, since it takes a look at tables.
bool CgOperation::is_explaining(const std::exception_ptr& error) {
    if (explained_ || !caller().session) return false;
    try {
        std::rethrow_exception(error);
    } catch (const codegraph::Error& e) {
        if (!e.may_be_hidden) return false;
        resume_with(caller().session->explain(e));
        explained_ = true;
        return true;
    } catch (...) {
        return false;
    }
}

static bool asks_the_database(CgStep step) {
    return step == CG_QUERY || step == CG_MANY || step == CG_QUERY_NOW;
}

void CgOperation::count_question() noexcept {
    if (!asks_the_database(trampoline_.step)) return;
    const CgRequest& request = trampoline_.request;
    traffic_.requests++;
    traffic_.rows_sent += request.height;
    for (const CgCell& cell : std::span(request.cells, request.width * request.height))
        traffic_.bytes_sent += cell.type == CG_TEXT || cell.type == CG_BLOB ? cell.size : sizeof cell.integer;
}

void CgOperation::count_answer() noexcept {
    if (!trampoline_.pending || !asks_the_database(trampoline_.step)) return;
    const CgRows& rows = *trampoline_.request.rows;
    traffic_.rows_received += rows.size();
    traffic_.bytes_received += rows.bytes.size() + rows.cells.size() * sizeof rows.cells[0].integer;
}

CgStep CgOperation::step() noexcept {
    if (failure_.message) return CG_FAILED;
    if (!body_.handle) {
        try {
            start();
        } catch (...) {
            return fail(std::current_exception());
        }
    }
    count_answer();
    trampoline_.pending = false;
    while (!trampoline_.pending) {
        if (body_.handle.done()) {
            std::exception_ptr error = body_.handle.promise().error;
            if (!error) return CG_DONE;
            if (!is_explaining(error)) return fail(error);
        }
        trampoline_.next.resume();
    }
    count_question();
    return trampoline_.step;
}

// Returns the type's name as C++ has it.
static std::string type_name(const std::type_info& type) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status),
                                                           &std::free);
    return name ? name.get() : type.name();
}

static constexpr const char* what_to_do = "This is a defect of codegraph; please report it with the call.";

// What an exception of the C++ library says, such as `vector::_M_range_check`, helps no user, so its type is given.
CgStep CgOperation::fail(std::exception_ptr error) noexcept {
    using codegraph::ErrorKind;
    ErrorKind kind = ErrorKind::internal;
    try {
        try {
            std::rethrow_exception(error);
        } catch (const codegraph::Error& e) {
            kind = e.kind;
            hint_ = e.hint;
            message_ = std::string(function_.name) + ": " + e.what();
        } catch (const std::bad_alloc&) {
            throw;
        } catch (const std::exception& e) {
            message_ = std::string(function_.name) + ": internal error: unexpected " + type_name(typeid(e));
            hint_ = what_to_do;
        } catch (...) {
            message_ = std::string(function_.name) + ": internal error: unexpected exception";
            hint_ = what_to_do;
        }
        if (!codegraph::is_utf8(message_))  // it quotes a damaged value, whose ASCII characters it keeps
            std::ranges::replace_if(
                message_, [](char c) { return (c & 0x80) != 0; }, '?');
        failure_.message = message_.c_str();
        failure_.hint = hint_.empty() ? nullptr : hint_.c_str();
    } catch (...) {
        kind = ErrorKind::out_of_memory;
        failure_.message = "out of memory";
        failure_.hint = nullptr;
    }
    std::memcpy(failure_.sqlstate, codegraph::sqlstate_of(kind), sizeof failure_.sqlstate);
    return CG_FAILED;
}

// What an operation asked and got is its session's once it is destroyed.
static void add(CgTraffic& sum, const CgTraffic& part) {
    sum.requests += part.requests;
    sum.rows_sent += part.rows_sent;
    sum.bytes_sent += part.bytes_sent;
    sum.rows_received += part.rows_received;
    sum.bytes_received += part.bytes_received;
}

extern "C" {
bool codegraph_sees_all(const CgFunction* function) noexcept {
    return function->sees_all;
}
CgOperation* codegraph_operation_new(const CgFunction* function, CgSession* session, int64_t user,
                                     const CgCell* arguments, size_t count) noexcept {
    try {
        auto* operation = new CgOperation(*function, {session, user}, {arguments, count});
        if (session) ++session->open_operations;
        return operation;
    } catch (...) {
        return nullptr;
    }
}
void codegraph_operation_destroy(CgOperation* operation) noexcept {
    if (!operation) return;
    if (CgSession* session = operation->caller().session) {
        --session->open_operations;
        add(session->traffic, operation->traffic());
    }
    delete operation;
}
CgStep codegraph_operation_step(CgOperation* operation) noexcept {
    return operation->step();
}
const CgRequest* codegraph_operation_request(const CgOperation* operation) noexcept {
    return &operation->request();
}
const CgFailure* codegraph_operation_failure(const CgOperation* operation) noexcept {
    return &operation->failure();
}
bool codegraph_row_cell(const CgRequest* row, size_t column, CgCell* cell) noexcept {
    try {
        *cell = row->cells ? row->cells[column] : row->lazy_row->column(column);
        return true;
    } catch (...) {  // bad_alloc: making a column's text
        return false;
    }
}
void codegraph_session_destroy(CgSession* session) noexcept {
    delete session;
}
CgTraffic codegraph_session_traffic(const CgSession* session) noexcept {
    return session->traffic;
}
long codegraph_live_operations(void) noexcept {
    return live_operations;
}
long codegraph_live_frames(void) noexcept {
    return codegraph::count_live_frames();
}
}
