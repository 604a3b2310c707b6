// Operations and their tasks: values, rows and exceptions pass through nested tasks, whatever ends a call frees it, and
// a long run of steps uses no stack.
#include "engine/operation.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <numeric>

#include "base/error.h"
#include "engine/request.h"

namespace codegraph {
namespace {

constexpr Statement statement("i", "SELECT $1 AS value");
constexpr Argument count_argument[] = {{"count", Type::bigint, "NULL"}};

// What one call did, step by step; requests are answered with their parameter plus 1, the checkpoint with nothing.
struct Call {
    std::vector<int64_t> rows;
    long requests = 0, checkpoints = 0;
    std::string end;  // "done", or the SQLSTATE, message and hint

    bool serve(CgOperation* operation) {
        CgStep step = codegraph_operation_step(operation);
        const CgRequest* request = codegraph_operation_request(operation);
        switch (step) {
            case CG_QUERY:
                requests++;
                codegraph_rows_begin(request->rows, 1);
                codegraph_rows_integer(request->rows, request->cells[0].integer + 1);
                return true;
            case CG_CHECKPOINT:
                checkpoints++;
                return true;
            case CG_ROW:
                rows.push_back(request->cells[0].integer);
                return true;
            case CG_FAILED: {
                const CgFailure* failure = codegraph_operation_failure(operation);
                end = std::string(failure->sqlstate) + " " + failure->message;
                if (failure->hint) end += std::string(" | ") + failure->hint;
                return false;
            }
            case CG_DONE:
                end = "done";
                return false;
            default:
                ADD_FAILURE() << "step " << step;
                return false;
        }
    }
};

using Body = Task<> (*)(const Arguments&);

// Runs to the end, or destroys the operation after `steps`.
Call called(Body body, int64_t count = 0, long steps = -1) {
    const CgFunction function = {.name = "cg_test", .arguments = count_argument, .body = body};
    const Cell given = cell(count);
    Call call;
    CgOperation* operation = codegraph_operation_new(&function, nullptr, 0, &given, 1);
    EXPECT_EQ(codegraph_live_operations(), 1);
    bool more = true;
    while (more && steps != 0) {
        more = call.serve(operation);
        if (steps > 0) steps--;
    }
    if (!more) {
        Call again = call;
        EXPECT_FALSE(again.serve(operation)) << "the end stays the end";
        EXPECT_EQ(again.end, call.end);
    }
    codegraph_operation_destroy(operation);
    EXPECT_EQ(codegraph_live_operations(), 0);
    EXPECT_EQ(codegraph_live_frames(), 0);
    return call;
}

std::array<Cell, 1> row_of(int64_t value) {
    return {cell(value)};
}

// ---- nested tasks

Task<int64_t> asked(int64_t n) {
    Rows rows = co_await query(statement, n);
    co_return rows.integer(0, CellPlace{0});
}
Task<std::string> twice(std::string text) {
    co_await checkpoint();
    co_return text + text;
}
Task<int64_t> sum_of(int64_t n) {
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) sum += co_await asked(i);
    co_return sum;
}
Task<> nested_values(const Arguments& arguments) {
    int64_t n = arguments.optional_integer(ArgumentPlace{0}).value_or(0);
    int64_t sum = co_await sum_of(n);
    std::string text = co_await twice("ab");
    const std::array<Cell, 1> row = row_of(sum + static_cast<int64_t>(text.size()));
    co_yield row;
}

TEST(Tasks, PassTheirValuesUp) {
    Call call = called(nested_values, 10);
    EXPECT_EQ(call.end, "done");
    EXPECT_EQ(call.rows, std::vector<int64_t>{55 + 4});
    EXPECT_EQ(call.requests, 10);
    EXPECT_EQ(call.checkpoints, 1);
}

Task<> rows_from_below(int64_t from, int64_t depth) {
    for (int64_t i = from; i < from + 3; i++) {
        const std::array<Cell, 1> row = row_of(i);
        co_yield row;
    }
    if (depth > 0) co_await rows_from_below(from + 3, depth - 1);
    const std::array<Cell, 1> last = row_of(-from);
    co_yield last;
}
Task<> nested_rows(const Arguments&) {
    co_await rows_from_below(1, 2);
    const std::array<Cell, 1> row = row_of(100);
    co_yield row;
}

TEST(Tasks, YieldRowsFromAnyDepthInOrder) {
    Call call = called(nested_rows);
    EXPECT_EQ(call.rows, (std::vector<int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9, -7, -4, -1, 100}));
    EXPECT_EQ(call.end, "done");
}

TEST(Operations, ThatAreDestroyedAtAnyStepFreeEverything) {
    for (Body body : {nested_values, nested_rows}) {
        long steps = 0;
        while (called(body, 5, steps).end.empty()) steps++;
        EXPECT_GT(steps, 6);
    }
}

TEST(Operations, ThatWereNeverSteppedFreeEverything) {
    Call call = called(nested_rows, 0, 0);
    EXPECT_EQ(call.end, "");
}

// ---- exceptions

std::function<void()> mishap;

Task<int64_t> failing(int64_t depth) {
    int64_t below = 0;
    if (depth > 0) {
        below = co_await failing(depth - 1);
    } else {
        below = co_await asked(1);
        mishap();
    }
    co_return below + 1;
}
Task<> failing_below(const Arguments&) {
    const std::array<Cell, 1> row = row_of(1);
    co_yield row;
    int64_t value = co_await failing(20);
    const std::array<Cell, 1> result = row_of(value);
    co_yield result;
}
Task<> failing_at_once(const Arguments&) {
    mishap();
    co_return;
}
Task<> catching(const Arguments&) {
    bool caught = false;
    try {
        co_await failing(3);
    } catch (const Error& error) {
        caught = error.kind == ErrorKind::object_state;
    }
    const int64_t what = caught ? 1 : 0;
    int64_t more = co_await asked(what);
    const std::array<Cell, 1> row = row_of(more);
    co_yield row;
}

std::string end_after(std::function<void()> what) {
    mishap = std::move(what);
    Call call = called(failing_below);
    EXPECT_EQ(call.rows, std::vector<int64_t>{1});
    EXPECT_EQ(call.end, called(failing_at_once).end) << "from any depth the same";
    return call.end;
}

TEST(Exceptions, BecomeFailuresWithTheirSqlstate) {
    EXPECT_EQ(end_after([] { throw invalid("x is bad", "do y"); }), "22023 cg_test: x is bad | do y");
    EXPECT_EQ(end_after([] { throw Error(ErrorKind::object_state, "no"); }), "55000 cg_test: no");
    EXPECT_EQ(end_after([] { throw null_argument("a"); }), "22004 cg_test: a must not be NULL");
    EXPECT_EQ(end_after([] { throw std::bad_alloc(); }), "53200 out of memory");
    const auto defect = [](const std::string& name) {
        return "XX000 cg_test: internal error: unexpected " + name +
               " | This is a defect of codegraph; please report it with the call.";
    };
    EXPECT_EQ(end_after([] { throw std::length_error("too long"); }), defect("std::length_error"));
    EXPECT_EQ(end_after([] { throw std::runtime_error("odd"); }), defect("std::runtime_error"));
    EXPECT_EQ(end_after([] { throw 42; }), defect("exception"));
    EXPECT_EQ(end_after([] { throw "text"; }), defect("exception"));
    EXPECT_TRUE(end_after([] { throw corrupt("a node"); }).starts_with("XX001 cg_test: data corrupted: a node | "));
}

TEST(Exceptions, MayBeCaughtByTheTaskThatAwaits) {
    mishap = [] { throw Error(ErrorKind::object_state, "no"); };
    EXPECT_EQ(called(catching).rows, std::vector<int64_t>{2});
    mishap = [] { throw Error(ErrorKind::invalid_parameter, "no"); };
    EXPECT_EQ(called(catching).rows, std::vector<int64_t>{1});
    mishap = [] { throw std::bad_alloc(); };
    EXPECT_EQ(called(catching).end, "53200 out of memory");
}

TEST(Operations, CheckTheirArgumentsFirst) {
    const Argument required[] = {{"count", Type::bigint, nullptr}};
    const CgFunction function = {.name = "cg_test", .arguments = required, .body = nested_rows};
    const Cell given = null_cell();
    CgOperation* operation = codegraph_operation_new(&function, nullptr, 0, &given, 1);
    Call call;
    EXPECT_FALSE(call.serve(operation));
    EXPECT_EQ(call.end, "22004 cg_test: count must not be NULL");
    EXPECT_FALSE(call.serve(operation));
    codegraph_operation_destroy(operation);
    EXPECT_EQ(codegraph_live_frames(), 0);
}

TEST(Operations, MayRunSideBySide) {
    const CgFunction function = {.name = "cg_test", .arguments = count_argument, .body = nested_values};
    std::vector<CgOperation*> operations;
    std::vector<Call> calls(10);
    for (int64_t i = 0; i < 10; i++) {
        const Cell given = cell(i);
        operations.push_back(codegraph_operation_new(&function, nullptr, 0, &given, 1));
    }
    EXPECT_EQ(codegraph_live_operations(), 10);
    for (int step = 0; step < 30; step++)
        for (size_t i = 0; i < 10; i++)
            if (calls[i].end.empty()) calls[i].serve(operations[i]);
    for (size_t i = 0; i < 10; i++) {
        EXPECT_EQ(calls[i].end, "done");
        EXPECT_EQ(calls[i].rows, std::vector<int64_t>{static_cast<int64_t>(i * (i + 1) / 2 + 4)});
        codegraph_operation_destroy(operations[i]);
    }
    EXPECT_EQ(codegraph_live_frames(), 0);
}

// ---- many steps

Task<int64_t> at_once(int64_t n) {
    co_return n;
}
Task<int64_t> through_another(int64_t n) {
    int64_t value = co_await at_once(n);
    co_return value + 1;
}
Task<> million_awaits(const Arguments& arguments) {
    int64_t n = arguments.optional_integer(ArgumentPlace{0}).value_or(0), sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += co_await at_once(1);
        sum += co_await through_another(0);
    }
    const std::array<Cell, 1> row = row_of(sum);
    co_yield row;
}
Task<> million_checkpoints(const Arguments& arguments) {
    int64_t n = arguments.optional_integer(ArgumentPlace{0}).value_or(0);
    for (int64_t i = 0; i < n; i++) co_await checkpoint();
}
Task<> million_rows(const Arguments& arguments) {
    int64_t n = arguments.optional_integer(ArgumentPlace{0}).value_or(0);
    for (int64_t i = 0; i < n; i++) {
        const std::array<Cell, 1> row = row_of(i);
        co_yield row;
    }
}
Task<> million_failures(const Arguments& arguments) {
    int64_t n = arguments.optional_integer(ArgumentPlace{0}).value_or(0), caught = 0;
    for (int64_t i = 0; i < n; i++) {
        try {
            co_await failing(0);
        } catch (const Error&) {
            caught++;
        }
    }
    const std::array<Cell, 1> row = row_of(caught);
    co_yield row;
}

TEST(ManySteps, OfAwaitsThatCompleteAtOnceUseNoStack) {
    EXPECT_EQ(called(million_awaits, 1000000).rows, std::vector<int64_t>{2000000});
}

TEST(ManySteps, OfCheckpointsUseNoStack) {
    Call call = called(million_checkpoints, 1000000);
    EXPECT_EQ(call.checkpoints, 1000000);
    EXPECT_EQ(call.end, "done");
}

TEST(ManySteps, OfRowsUseNoStack) {
    Call call = called(million_rows, 1000000);
    ASSERT_EQ(call.rows.size(), 1000000u);
    EXPECT_EQ(std::accumulate(call.rows.begin(), call.rows.end(), int64_t(0)), 499999500000);
}

TEST(ManySteps, OfCaughtExceptionsUseNoStack) {
    mishap = [] { throw invalid("again"); };
    EXPECT_EQ(called(million_failures, 20000).rows, std::vector<int64_t>{20000});
}

}  // namespace
}  // namespace codegraph
