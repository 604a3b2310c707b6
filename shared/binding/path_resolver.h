// Answers res(p): the FQN of a live chunk that a path stands for in a snapshot, or nothing. The first that gives
// something:
//
// 1. A live chunk defines p: p.
// 2. The exact aliases of p: res(T) for each target T in order.
// 3. p = q`()`: let o = res(q). When there is one: (a) the exact aliases of o`()`, as in 2, when o is not q; (b) o
//    itself, when the first chunk that defines it is class-like.
// 4. p = owner, separator, member: let o = res(owner). When there is one and it is not owner: res(o separator member).
//    Then for each target T of the member aliases of o, when there is one, and of owner, when it is another:
//    res(T separator member), unless all chunks of that are private.
//
// Within one question a path is evaluated at most once. Met again, it gives what it gave; met while it is being
// evaluated, it gives nothing. A question that would evaluate more than 1,000 paths gives nothing.
//
// Invariants:
// 1. What is remembered never shows: the answer to a question depends on the facts and the path alone. A result serves
//    other questions when its evaluation met no path that was being evaluated, nor took over a result that did. Then
//    nothing that it asked for leads back to it, so that no question can meet it while one of these is being evaluated,
//    and it would be evaluated in the same way everywhere. A path whose evaluation went in a circle, also one that lies
//    wholly inside it, is remembered only as the answer to the question for itself: below another path the circle may
//    be cut elsewhere.
// 2. A remembered result counts as many paths as its evaluation took, or more where ways to a path join. So the count
//    of a question is exact or too high, and the number of paths that it met is exact or too low. When the one passes
//    the limit and the other does not, the question is evaluated afresh, without what is remembered.
// 3. Paths that are made on the way and named by no fact are kept while there is room, and otherwise taken back at the
//    end of the question. So memory is bounded by the number of names.
// 4. The evaluation has a stack of its own, of at most 1,000 frames. So it needs no more of the thread's stack for a
//    deep question than for a flat one.
//
// A question evaluates at most 2,000 paths, and goes over the targets of each once. Callers look for interrupts between
// questions, when work() says that there was enough of it.
// After an exception (memory is out) a resolver can only be destroyed.
#pragma once
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "binding/facts.h"
#include "binding/path_table.h"

namespace codegraph {

class PathResolver {
public:
    static constexpr uint32_t path_limit = 1000;
    enum class Memory { across_questions, none };

    // The facts stay in place and the same as long as this.
    explicit PathResolver(const BindingFacts& facts, Memory memory = Memory::across_questions,
                          std::pmr::memory_resource* resource = std::pmr::get_default_resource());

    // Reads the next `count` names, so that no question has to look for the text of a path. Returns true when all are
    // read. That takes about 0.1 microseconds a name, and pays where there are more questions than some percent of the
    // names. To be called before the first question, or not at all.
    bool learn_names(NameNumber count);

    // Each of these asks one question. They return no_name for nothing, and for a path that no name can be as long as.
    NameNumber resolve(NameNumber path);
    NameNumber resolve(std::string_view path);

    // Begins to collect the names that questions ask for, whether the facts have them or not.
    void begin_asking();
    // Adds a name that is asked for outside of a question.
    void ask_for(NameNumber name);
    // Returns the fingerprints of the names that were asked for since begin_asking(), each once or, where names are not
    // kept, more often.
    std::span<const Fingerprint> asked() const { return asked_; }
    // Returns true when a question since begin_asking() passed the limit; then asked() does not have all of its names.
    bool asked_too_much() const { return asked_too_much_; }

    // Of the last question: how many paths it evaluated, or counted instead of evaluating.
    uint32_t paths_of_question() const { return paths_; }
    bool has_passed_limit() const { return paths_ > path_limit; }
    uint64_t work() const { return work_; }  // counts the steps of all questions; each takes some dozens of nanoseconds
    size_t bytes() const;                    // of memory

private:
    enum class Remembered : uint8_t { nothing, as_question, everywhere };  // see invariant 1
    struct State {                                                         // of a path
        NameNumber name = unknown_name;                                    // the one with its text
        uint32_t question = 0;                                             // the last one that met the path
        PathId result = no_path;                                           // in that question, and as remembered
        uint32_t asked_begin = 0, asked_end = 0;  // in log_, what the remembered evaluation asked for
        uint32_t asking = 0;                      // when it was asked for last: see collect_asked()
        uint16_t count = 0;                       // of the remembered evaluation: see invariant 2
        uint16_t met_at = 0;                      // how many paths the question had met then, this one included
        NameFacts facts = {};                     // once the name is known
        Remembered remembered : 2 = Remembered::nothing;
        bool is_open : 1 = false;           // it is being evaluated
        bool has_passed_limit : 1 = false;  // as a question
    };
    enum class Rule : uint8_t {  // the parts of the rule, in their order
        exact_aliases,           // 2
        callee,                  // 3: res(q)
        aliases_of_call,         // 3a
        owner,                   // 4: res(owner)
        member_of_result,        // 4: res(o separator member)
        inherited,               // 4: by the member aliases of o or, when there is none, of owner
        inherited_by_owner,      // 4: by those of owner, when o is another
        none_left,
    };
    struct Frame {  // a path that is being evaluated
        PathId path;
        uint32_t met_at;                           // as in its state
        uint32_t paths_before;                     // the count of the question when the path was opened
        uint32_t log_begin;                        // the size of log_ then
        PathId result = no_path;                   // the evaluation ends when there is one
        PathId via = no_path;                      // what rules 3 and 4 call o
        Rule rule = Rule::exact_aliases;           // the part that is at work
        bool is_circular = false;                  // it met a path that was being evaluated, or took over from one
        uint32_t next = 0;                         // of the targets
        std::span<const NameNumber> targets = {};  // of that part
        uint32_t older_count = 0;                  // of what it met again, first met before the path was opened
        uint32_t oldest = ~uint32_t{0};            // the least met_at of that
    };
    static constexpr NameNumber unknown_name = no_name - 1;
    static constexpr size_t most_paths = size_t{1} << 28;
    static constexpr uint32_t and_what_it_asked_for = uint32_t{1} << 31;  // of an entry of log_

    // --- questions
    NameNumber ask(PathId path, PathTable::Mark before);
    PathId answer(PathId path);
    PathId evaluate(PathId path, bool uses_memory);
    bool meet(PathId path, PathId& result);
    void meet_again(const State& state, PathId path);
    bool open(PathId path, PathId& result);
    void remember(State& state, PathId result, uint32_t count, uint32_t log_begin);
    void close();
    void give_up();

    // --- the rule
    PathId next_path(Frame& frame);
    PathId begin_next_rule(Frame& frame);
    std::span<const NameNumber> aliases_of_call(const Frame& frame);
    void take(Frame& frame, PathId result) const;

    // --- names
    void reserve_for_names();
    PathId path_of(NameNumber name);
    PathId with_owner(PathId owner, PathId like);
    const State& state_with_facts(PathId path);
    NameNumber find_name(PathId path);
    std::span<const NameNumber> targets(PathId path, AliasKind kind);

    // --- memory
    void note_asked(PathId path);
    void collect_asked(PathId question);
    bool is_out_of_room() const;
    void forget_since(PathTable::Mark mark, size_t log_begin);

    const BindingFacts& facts_;
    const Memory memory_;
    const size_t room_;  // for paths

    PathTable paths_table_;
    std::pmr::vector<State> states_;         // by path
    std::pmr::vector<PathId> path_of_name_;  // by name; empty when names are not learned
    NameNumber names_read_ = 0;              // by learn_names()
    bool knows_all_names_ = false;           // a path without a name has no facts
    std::string text_;                       // of a path that is looked for

    uint32_t question_ = 0;
    bool uses_memory_ = false;  // this question does
    uint32_t paths_ = 0;        // its count: see invariant 2
    uint32_t met_ = 0;          // how many paths it has met, each once
    uint64_t work_ = 0;
    std::vector<Frame> frames_;  // never more than it has room for from the start
    PathId last_result_ = no_path;

    // What evaluations asked for: paths, some with what their own remembered evaluation asked for. The entries of an
    // evaluation lie together, those of the paths below among them.
    std::pmr::vector<uint32_t> log_;
    bool collects_asked_ = false, asked_too_much_ = false;
    uint32_t asking_ = 0;
    std::vector<Fingerprint> asked_;
    std::vector<std::pair<uint32_t, uint32_t>> to_collect_;  // parts of log_
};

}  // namespace codegraph
