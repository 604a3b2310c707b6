#include "binding/path_resolver.h"

#include <algorithm>

#include "model/names.h"

namespace codegraph {

PathResolver::PathResolver(const BindingFacts& facts, Memory memory, std::pmr::memory_resource* resource)
    : facts_(facts),
      memory_(memory),
      room_(std::min(most_paths, size_t{4} * facts.name_count() + 65536)),
      paths_table_(resource),
      states_(resource),
      path_of_name_(resource),
      log_(resource) {
    frames_.reserve(path_limit + 1);
}

// ---- names ----

bool PathResolver::learn_names(NameNumber count) {
    const NameNumber all = facts_.name_count();
    if (names_read_ == 0) reserve_for_names();
    const NameNumber end = all - names_read_ < count ? all : names_read_ + count;
    for (; names_read_ < end && !is_out_of_room(); names_read_++) path_of(names_read_);
    if (is_out_of_room()) {  // the names have hundreds of parts that others do not share: look for them one at a time
        forget_since(PathTable::beginning(), 0);
        path_of_name_.clear();
        names_read_ = all;
        return true;
    }
    knows_all_names_ = names_read_ == all;
    return knows_all_names_;
}

// Makes room for what names and questions take nearly always, so that arrays need not be copied to grow.
void PathResolver::reserve_for_names() {
    const size_t names = facts_.name_count(), paths = names + names / 2;
    path_of_name_.assign(names, no_path);
    paths_table_.reserve(paths, names / 4, 4 * names);
    states_.reserve(paths);
    log_.reserve(2 * names);
}

PathId PathResolver::path_of(NameNumber name) {
    if (!path_of_name_.empty() && path_of_name_[name] != no_path) return path_of_name_[name];
    const PathId path = paths_table_.intern(facts_.text(name));
    states_.resize(paths_table_.size());
    states_[path].name = name;
    states_[path].facts = facts_.facts_of(name);
    if (!path_of_name_.empty()) path_of_name_[name] = path;
    return path;
}

PathId PathResolver::with_owner(PathId owner, PathId like) {
    const PathId path = paths_table_.with_owner(owner, like);
    states_.resize(paths_table_.size());
    return path;
}

NameNumber PathResolver::find_name(PathId path) {
    if (knows_all_names_ || paths_table_.length(path) > name_limit) return no_name;
    text_.clear();
    paths_table_.append_text(path, text_);
    return facts_.find(text_);
}

const PathResolver::State& PathResolver::state_with_facts(PathId path) {
    State& state = states_[path];
    if (state.name != unknown_name) return state;
    state.name = find_name(path);
    if (state.name == no_name) return state;
    state.facts = facts_.facts_of(state.name);
    if (!path_of_name_.empty()) path_of_name_[state.name] = path;
    return state;
}

std::span<const NameNumber> PathResolver::targets(PathId path, AliasKind kind) {
    const State& state = state_with_facts(path);
    const bool has_some = kind == AliasKind::exact ? state.facts.has_exact_aliases : state.facts.has_member_aliases;
    return has_some ? facts_.targets(state.name, kind) : std::span<const NameNumber>();
}

// ---- questions ----

NameNumber PathResolver::resolve(NameNumber name) {
    if (facts_.facts_of(name).is_defined) {
        paths_ = 1;
        work_++;
        if (collects_asked_) ask_for(name);
        return name;
    }
    const PathTable::Mark before = paths_table_.mark();
    return ask(path_of(name), before);
}

NameNumber PathResolver::resolve(std::string_view path) {
    paths_ = 0;
    if (path.empty() || path.size() > name_limit) return no_name;
    const PathTable::Mark before = paths_table_.mark();
    const PathId asked = paths_table_.intern(path);
    states_.resize(paths_table_.size());
    return ask(asked, before);
}

// Asks for the path. `before` is the time before it was put into the table.
NameNumber PathResolver::ask(PathId path, PathTable::Mark before) {
    const size_t log_begin = log_.size();
    const PathId result = answer(path);
    const NameNumber name = result == no_path ? no_name : states_[result].name;
    if (collects_asked_) collect_asked(path);
    if (is_out_of_room()) forget_since(before, log_begin);
    return name;
}

PathId PathResolver::answer(PathId path) {
    const bool may_remember = memory_ == Memory::across_questions;
    const State& state = states_[path];
    if (may_remember && (state.has_passed_limit || state.remembered != Remembered::nothing)) {
        work_++;
        paths_ = state.has_passed_limit ? path_limit + 1 : state.count;
        return state.has_passed_limit ? no_path : state.result;
    }
    const auto log_begin = static_cast<uint32_t>(log_.size());
    PathId result = evaluate(path, may_remember);
    if (has_passed_limit() && met_ <= path_limit) result = evaluate(path, false);
    State& asked = states_[path];
    asked.has_passed_limit = has_passed_limit();
    if (has_passed_limit()) return no_path;
    if (asked.remembered == Remembered::everywhere) return result;
    asked.remembered = Remembered::as_question;
    asked.asked_begin = log_begin;
    asked.asked_end = static_cast<uint32_t>(log_.size());
    return result;
}

// Evaluates a path as a question. Gives up when it has met more paths than the limit, and so passes it for certain.
// Where it uses what is remembered, the count may have passed the limit before that.
PathId PathResolver::evaluate(PathId path, bool uses_memory) {
    question_++;
    uses_memory_ = uses_memory;
    paths_ = met_ = 0;
    PathId result = no_path;
    if (meet(path, result)) return result;
    while (!frames_.empty()) {
        if (met_ > path_limit) {
            give_up();
            return no_path;
        }
        const PathId asked = next_path(frames_.back());
        if (asked == no_path)
            close();
        else if (meet(asked, result))
            take(frames_.back(), result);
    }
    return last_result_;
}

// Returns true with what the path gives, when that is known at once; else opens the path.
bool PathResolver::meet(PathId path, PathId& result) {
    work_++;
    State& state = states_[path];
    result = no_path;
    if (state.question == question_) {
        if (state.is_open) {
            frames_.back().is_circular = true;
        } else {
            meet_again(state, path);
            result = state.result;
        }
        return true;
    }
    state.question = question_;
    state.met_at = static_cast<uint16_t>(++met_);
    if (uses_memory_ && state.remembered == Remembered::everywhere) {
        paths_ += state.count;
        log_.push_back(path | and_what_it_asked_for);
        result = state.result;
        return true;
    }
    return open(path, result);
}

// Counts a path that the question had not met. Returns true when a chunk defines it; else begins its evaluation.
bool PathResolver::open(PathId path, PathId& result) {
    const auto log_begin = static_cast<uint32_t>(log_.size());
    const uint32_t paths_before = paths_++;
    log_.push_back(path);
    const bool is_defined = state_with_facts(path).facts.is_defined;
    State& state = states_[path];
    if (is_defined) {  // rule 1
        remember(state, path, 1, log_begin);
        result = path;
    } else {
        state.is_open = true;
        frames_.push_back({.path = path,
                           .met_at = state.met_at,
                           .paths_before = paths_before,
                           .log_begin = log_begin,
                           .targets = targets(path, AliasKind::exact)});
    }
    return is_defined;
}

void PathResolver::remember(State& state, PathId result, uint32_t count, uint32_t log_begin) {
    state.remembered = Remembered::everywhere;
    state.result = result;
    state.count = static_cast<uint16_t>(std::min(count, path_limit + 1));
    state.asked_begin = log_begin;
    state.asked_end = static_cast<uint32_t>(log_.size());
}

// Takes over the result of a path that this question has met before.
void PathResolver::meet_again(const State& state, PathId path) {
    Frame& frame = frames_.back();
    if (state.remembered != Remembered::everywhere) {
        frame.is_circular = true;
        return;
    }
    if (state.met_at > frame.met_at) return;  // it was met below the frame's path, and counts there
    frame.older_count = std::min(frame.older_count + state.count, path_limit);
    frame.oldest = std::min<uint32_t>(frame.oldest, state.met_at);
    log_.push_back(path | and_what_it_asked_for);
}

// Ends the evaluation that was begun last, and hands its result to the one that asked for it.
void PathResolver::close() {
    const Frame frame = frames_.back();
    frames_.pop_back();
    State& state = states_[frame.path];
    state.is_open = false;
    remember(state, frame.result, paths_ - frame.paths_before + frame.older_count, frame.log_begin);
    if (frame.is_circular) state.remembered = Remembered::nothing;
    last_result_ = frame.result;
    if (frames_.empty()) return;
    Frame& asker = frames_.back();
    asker.is_circular = asker.is_circular || frame.is_circular;
    if (frame.oldest < asker.met_at) {
        asker.older_count = std::min(asker.older_count + frame.older_count, path_limit);
        asker.oldest = std::min(asker.oldest, frame.oldest);
    }
    take(asker, frame.result);
}

void PathResolver::give_up() {
    for (const Frame& frame : frames_) states_[frame.path].is_open = false;
    frames_.clear();
}

// ---- the rule ----

// Returns the path that the rule asks for next, or no_path when the evaluation has ended.
PathId PathResolver::next_path(Frame& frame) {
    while (frame.result == no_path && frame.rule != Rule::none_left) {
        if (frame.next < frame.targets.size()) {
            const PathId target = path_of(frame.targets[frame.next++]);
            const bool is_inherited = frame.rule == Rule::inherited || frame.rule == Rule::inherited_by_owner;
            return is_inherited ? with_owner(target, frame.path) : target;
        }
        const PathId asked = begin_next_rule(frame);
        if (asked != no_path) return asked;
    }
    return no_path;
}

// Goes on to the next part of the rule. Returns the path that it asks for at once, if any.
PathId PathResolver::begin_next_rule(Frame& frame) {
    const auto go_through = [&](std::span<const NameNumber> targets) {
        frame.targets = targets;
        frame.next = 0;
        return no_path;
    };
    const PathId path = frame.path;
    switch (frame.rule) {
        case Rule::exact_aliases: {
            frame.rule = Rule::callee;
            const PathId callee = paths_table_.callee(path);
            states_.resize(paths_table_.size());
            return callee;
        }
        case Rule::callee:
            frame.rule = Rule::aliases_of_call;
            return go_through(aliases_of_call(frame));
        case Rule::aliases_of_call:
            if (frame.via != no_path && states_[frame.via].facts.is_class) {
                frame.result = frame.via;
                return no_path;
            }
            frame.via = no_path;
            if (!paths_table_.is_divided(path)) {
                frame.rule = Rule::none_left;
                return no_path;
            }
            frame.rule = Rule::owner;
            return paths_table_.owner(path);
        case Rule::owner: {
            frame.rule = Rule::member_of_result;
            const bool is_another = frame.via != no_path && frame.via != paths_table_.owner(path);
            return is_another ? with_owner(frame.via, path) : no_path;
        }
        case Rule::member_of_result:
            frame.rule = Rule::inherited;
            return go_through(targets(frame.via == no_path ? paths_table_.owner(path) : frame.via, AliasKind::members));
        case Rule::inherited: {
            frame.rule = Rule::inherited_by_owner;
            const PathId owner = paths_table_.owner(path);
            if (frame.via == no_path || frame.via == owner) return no_path;
            return go_through(targets(owner, AliasKind::members));
        }
        case Rule::inherited_by_owner:
            frame.rule = Rule::none_left;
            break;
        case Rule::none_left:
            break;
    }
    return no_path;
}

// Returns the targets of rule 3a: the exact aliases of o`()`, when that is another path than the frame's.
std::span<const NameNumber> PathResolver::aliases_of_call(const Frame& frame) {
    if (frame.via == no_path) return {};
    const PathId called = paths_table_.called(frame.via);
    states_.resize(paths_table_.size());
    if (called == frame.path) return {};
    log_.push_back(called);
    return targets(called, AliasKind::exact);
}

// Takes what the path that the frame asked for gives.
void PathResolver::take(Frame& frame, PathId result) const {
    switch (frame.rule) {
        case Rule::callee:
        case Rule::owner:
            frame.via = result;
            break;
        case Rule::inherited:
        case Rule::inherited_by_owner:
            if (result != no_path && !states_[result].facts.is_private) frame.result = result;
            break;
        default:
            frame.result = result;
    }
}

// ---- what was asked for ----

void PathResolver::begin_asking() {
    collects_asked_ = true;
    asked_too_much_ = false;
    asking_ += 2;
    asked_.clear();
}

void PathResolver::ask_for(NameNumber name) {
    const PathTable::Mark before = paths_table_.mark();
    note_asked(path_of(name));
    if (is_out_of_room()) forget_since(before, log_.size());
}

// State::asking is asking_ when a path was asked for since begin_asking(), and one more when what its remembered
// evaluation asked for is collected too.
void PathResolver::note_asked(PathId path) {
    State& state = states_[path];
    if (state.asking >= asking_) return;
    state.asking = asking_;
    asked_.push_back(paths_table_.fingerprint(path));
}

void PathResolver::collect_asked(PathId question) {
    if (has_passed_limit()) {
        asked_too_much_ = true;
        return;
    }
    const auto collect_below = [&](PathId path) {
        note_asked(path);
        State& state = states_[path];
        if (state.asking > asking_) return;
        state.asking = asking_ + 1;
        to_collect_.emplace_back(state.asked_begin, state.asked_end);
    };
    collect_below(question);
    while (!to_collect_.empty()) {
        const auto [begin, end] = to_collect_.back();
        to_collect_.pop_back();
        for (uint32_t i = begin; i < end; i++) {
            const uint32_t path = log_[i] & ~and_what_it_asked_for;
            if (path == log_[i])
                note_asked(path);
            else
                collect_below(path);
        }
    }
}

// ---- room ----

bool PathResolver::is_out_of_room() const {
    return paths_table_.size() > room_ || log_.size() > 4 * room_;
}

// Takes back the paths since `mark`, and forgets what was remembered of others with entries of log_ from there on.
void PathResolver::forget_since(PathTable::Mark mark, size_t log_begin) {
    for (size_t i = log_begin; i < log_.size(); i++) {
        State& state = states_[log_[i] & ~and_what_it_asked_for];
        if (state.asked_end > log_begin) state.remembered = Remembered::nothing;
    }
    log_.resize(log_begin);
    for (PathId path = mark.paths; !path_of_name_.empty() && path < states_.size(); path++)
        if (states_[path].name < unknown_name) path_of_name_[states_[path].name] = no_path;
    states_.resize(mark.paths);
    paths_table_.truncate(mark);
}

size_t PathResolver::bytes() const {
    return paths_table_.bytes() + states_.capacity() * sizeof(State) + path_of_name_.capacity() * sizeof(PathId) +
           frames_.capacity() * sizeof(Frame) + log_.capacity() * sizeof(uint32_t) +
           asked_.capacity() * sizeof(Fingerprint) + to_collect_.capacity() * sizeof(to_collect_[0]);
}

}  // namespace codegraph
