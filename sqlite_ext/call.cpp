#include "sqlite_ext/call.h"

#include <new>
#include <string_view>

#include "sqlite_ext/foundation.h"
#include "sqlite_ext/requests.h"

namespace codegraph::sqlite {

static Outcome outcome_of(const CgFailure& failure) {
    const std::string_view state = failure.sqlstate;
    int code = SQLITE_ERROR;
    if (state == "23505") code = SQLITE_CONSTRAINT;
    if (state == "XX001") code = SQLITE_CORRUPT;
    if (state == "53200") code = SQLITE_NOMEM;
    if (state == "40001" || state == "55P03") code = SQLITE_BUSY;
    return {code, failure.message};
}

static Outcome in_function(const CgFunction& function, Outcome outcome) {
    if (!outcome.ok()) outcome.message = std::string(function.name) + ": " + outcome.message;
    return outcome;
}

constexpr int64_t everyone = 0;  // SQLite knows no users

Call::Call(SharedConnection connection, const CgFunction& function, std::span<const CgCell> arguments, Kind kind)
    : connection_(std::move(connection)), function_(function), kind_(kind) {
    operation_.reset(
        codegraph_operation_new(&function, connection_->session.get(), everyone, arguments.data(), arguments.size()));
    if (!operation_) throw std::bad_alloc();
}

bool Call::next_row(Outcome& outcome) {
    const bool at_row = step(outcome);
    if (!at_row && outcome.ok()) outcome = finish();
    if (!outcome.ok() && savepoint_) savepoint_->undo();
    return at_row;
}

bool Call::step(Outcome& outcome) {
    for (;;) {
        const CgStep step = codegraph_operation_step(operation_.get());
        if (step == CG_ROW) return true;
        if (step == CG_DONE) return false;
        if (step == CG_FAILED)
            outcome = outcome_of(*codegraph_operation_failure(operation_.get()));
        else
            outcome = answer(step);
        if (!outcome.ok()) return false;
    }
}

// Serves a request. An error of the user's analyzer is passed on as it is; every other error of the database gets the
// name of our function in front.
Outcome Call::answer(CgStep step) {
    Outcome outcome = ++requests_ == 1 ? enter() : Outcome{};
    if (outcome.ok()) outcome = inject_fault();
    if (outcome.ok() && (step == CG_QUERY || step == CG_QUERY_NOW || step == CG_MANY)) outcome = begin();
    if (!outcome.ok()) return in_function(function_, std::move(outcome));

    // The user's function may take its time, so no lock is held meanwhile. Operations look again after the function.
    if (step == CG_CALL_FUNCTION && savepoint_ && savepoint_->is_untouched()) savepoint_.reset();
    outcome = serve(*connection_, step, *codegraph_operation_request(operation_.get()));
    return step == CG_CALL_FUNCTION ? outcome : in_function(function_, std::move(outcome));
}

Outcome Call::inject_fault() {
    if (requests_ == connection_->interrupt_request) sqlite3_interrupt(connection_->db);
    if (requests_ != connection_->fail_request) return {};
    return {SQLITE_IOERR, "request " + std::to_string(requests_) + " failed on demand"};
}

// Checks the database, and makes the tables where the function does that. This is done at the first request: a call
// with wrong arguments has failed by then and leaves nothing behind.
Outcome Call::enter() {
    Outcome outcome = check_encoding(*connection_);
    if (!outcome.ok() || !function_.writes()) return outcome;
    if (function_.effect == Effect::founds) return found_store(*connection_);
    return store_exists(*connection_, store_exists_);
}

// Opens the savepoint or the read view before the first statement runs. A cursor needs neither: the user's statement
// holds the state that the cursor reads.
Outcome Call::begin() {
    if (savepoint_ || view_) return {};
    if (function_.writes()) {
        if (!store_exists_) return {};  // every statement finds an empty store, and there is nothing to write to
        savepoint_.emplace(*connection_, write_nothing);
        Outcome outcome = savepoint_->open();
        return outcome.ok() ? savepoint_->lock() : outcome;
    }
    if (kind_ == Kind::cursor || !sqlite3_get_autocommit(connection_->db)) return {};
    return view_.emplace(*connection_).opened();
}

Outcome Call::finish() {
    if (!savepoint_) return {};
    return in_function(function_, savepoint_->release());
}

}  // namespace codegraph::sqlite
