#include "graph/graph_binder.h"

#include <memory>
#include <optional>

#include "engine/pace.h"
#include "graph/graph_facts.h"
#include "graph/graph_memory.h"
#include "graph/pieces.h"

namespace codegraph {

namespace {

class GraphBinder {
public:
    GraphBinder(const ResidentGraph& graph, const ListsToBind& to_bind, const BoundBefore* before)
        : graph_(graph), to_bind_(to_bind), before_(before) {}

    Task<BoundLists> run() {
        const size_t count = to_bind_.lists.size();
        bound_.asked = AskedNames(count);
        bound_.lists.reserve(count);
        find_what_to_bind();
        if (count_to_bind_ > 0) co_await prepare();
        for (ListNumber list = 0; list < count; list++) {
            if (is_to_bind_[list]) {
                binder_->begin(to_bind_.lists, list, &bound_.asked);
                while (!binder_->step())
                    if (is_checkpoint_due(list)) co_await checkpoint();
                const Binding& binding = binder_->binding();
                bound_.lists.push_back({binding.symbol, binding.by == BoundBy::name});
            } else {
                keep(list);
            }
            if (is_checkpoint_due(list)) co_await checkpoint();
        }
        bound_.asked.finish();
        co_return std::move(bound_);
    }

private:
    static constexpr uint64_t work_between_checkpoints = 20000;  // steps of dozens of nanoseconds
    // To learn a name costs about a twentieth of a question that has to look for the names of its paths.
    static constexpr size_t names_a_list = 20;
    // What a resolver that learned its names takes nearly always.
    static constexpr size_t bytes_a_name = 160;
    bool learns_names() const { return count_to_bind_ * names_a_list > graph_.name_count(); }

    void find_what_to_bind() {
        is_to_bind_.assign(to_bind_.lists.size(), true);
        count_to_bind_ = to_bind_.lists.size();
        if (!before_) return;
        const GraphBinding& binding = before_->graph->binding();
        for (ListNumber list = 0; list < to_bind_.lists.size(); list++) {
            const ListNumber origin = to_bind_.origins[list];
            if (origin == no_list) continue;
            const bool has_changed = binding.asked.asked_for_any(origin, before_->changed);
            bound_.bound_again += has_changed;
            is_to_bind_[list] = has_changed;
            count_to_bind_ -= !has_changed;
        }
    }

    bool is_checkpoint_due(ListNumber list) {
        const uint64_t now = (resolver_ ? resolver_->work() : 0) + list;
        if (now - work_at_checkpoint_ < work_between_checkpoints) return false;
        work_at_checkpoint_ = now;
        return true;
    }
    void keep(ListNumber list) {
        const GraphBinding& binding = before_->graph->binding();
        const ListNumber origin = to_bind_.origins[list];
        const Symbol symbol = binding.list_symbols[origin];
        const Symbol symbol_now = symbol == no_name ? no_name : before_->symbol_now[symbol];
        bound_.lists.push_back({symbol_now, binding.is_by_name[origin] != 0});
        bound_.asked.add_as_in(binding.asked, origin);
    }

    Task<> prepare() {
        std::vector<GraphName> candidates;
        std::vector<bool> is_candidate(graph_.name_count(), false);
        bool asks_by_name = false;
        Pace pace;
        for (ListNumber list = 0; list < to_bind_.lists.size(); list++) {
            if (pace.is_due()) co_await checkpoint();
            if (!is_to_bind_[list]) continue;
            asks_by_name |= to_bind_.lists.by_name(list) != MembersByName::none;
            for (NameNumber candidate : to_bind_.lists.candidates(list)) {
                if (is_candidate[candidate]) continue;
                is_candidate[candidate] = true;
                candidates.push_back(candidate);
            }
        }
        facts_ = co_await GraphFacts::make(graph_, candidates);
        if (asks_by_name) co_await ask_by_name();
        if (learns_names()) memory_.add_block(bytes_a_name * graph_.name_count());
        resolver_.emplace(facts_->facts(), PathResolver::Memory::across_questions, &memory_);
        if (learns_names())
            while (!resolver_->learn_names(piece)) co_await checkpoint();
        binder_.emplace(facts_->facts(), members_, *resolver_);
    }

    // No two questions are equal, so that they keep their numbers.
    Task<> ask_by_name() {
        for (const NameQuestion& question : to_bind_.questions)
            members_.want(graph_.name(question.name), graph_.binding().families[question.family]);
        const auto add_members = [&](size_t from, size_t to) {
            for (size_t i = from; i < to; i++) {
                const auto chunk = static_cast<ChunkIndex>(i);
                if (graph_.is_member(chunk))
                    members_.add_member(graph_.name_of_chunk(chunk), graph_.family(chunk), graph_.symbol_of(chunk));
            }
        };
        co_await in_pieces(graph_.chunk_count(), add_members);
    }

    const ResidentGraph& graph_;
    const ListsToBind& to_bind_;
    const BoundBefore* before_;
    BoundLists bound_;
    std::vector<bool> is_to_bind_;  // by list
    size_t count_to_bind_ = 0;
    std::unique_ptr<GraphFacts> facts_;
    MembersByName members_;
    GraphMemory memory_;
    std::optional<PathResolver> resolver_;
    std::optional<ListBinder> binder_;
    uint64_t work_at_checkpoint_ = 0;
};

}  // namespace

Task<BoundLists> bind_lists(const ResidentGraph& graph, const ListsToBind& to_bind, const BoundBefore* before) {
    GraphBinder binder(graph, to_bind, before);
    co_return co_await binder.run();
}

}  // namespace codegraph
