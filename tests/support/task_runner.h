// Runs a task of the core to its end without a database. A ScriptedDatabase answers its requests: a test registers an
// answer for each statement, by the statement's address. A request without an answer throws, which fails the test.
#pragma once
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "engine/request.h"

namespace codegraph {

class ScriptedDatabase {
public:
    // Answers a request with codegraph_rows_*() on request.rows; throwing leaves the task where it is.
    using Answer = std::function<void(const CgRequest&)>;

    void on(const Statement& statement, Answer answer) { answers_[&statement] = std::move(answer); }
    void on_function(CgStep step, Answer answer) { functions_[step] = std::move(answer); }  // the analyzer's two steps
    void on_row(Answer answer) { row_ = std::move(answer); }                                // what tasks co_yield

    long requests = 0;  // CG_QUERY, CG_MANY and CG_QUERY_NOW so far
    long checkpoints = 0;

    template <class T>
    T run(Task<T> task) {
        Trampoline trampoline;
        task.handle.promise().trampoline = &trampoline;
        trampoline.next = task.handle;
        while (!task.handle.done()) {
            trampoline.pending = false;
            trampoline.next.resume();
            if (trampoline.pending) serve(trampoline.step, trampoline.request);
        }
        return task.await_resume();
    }

private:
    void serve(CgStep step, const CgRequest& request) {
        if (step == CG_CHECKPOINT) {
            ++checkpoints;
        } else if (step == CG_ROW) {
            if (!row_) throw std::logic_error("no test expects a row");
            row_(request);
        } else if (step == CG_QUERY || step == CG_MANY || step == CG_QUERY_NOW) {
            ++requests;
            auto answer = answers_.find(request.statement);
            if (answer == answers_.end())
                throw std::logic_error(std::string("unscripted: ") + request.statement->postgres);
            answer->second(request);
        } else {
            auto answer = functions_.find(step);
            if (answer == functions_.end()) throw std::logic_error("unscripted step " + std::to_string(step));
            answer->second(request);
        }
    }

    std::map<const CgStatement*, Answer> answers_;
    std::map<CgStep, Answer> functions_;
    Answer row_;
};

// Runs a task that asks for nothing but checkpoints, and returns its result.
template <class T>
T result_of(Task<T> task) {
    return ScriptedDatabase().run(std::move(task));
}

}  // namespace codegraph
