#include "graph/resident_graph_builder.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/equal_items.h"
#include "base/error.h"
#include "engine/long_sort.h"
#include "engine/pace.h"
#include "graph/graph_facts.h"
#include "graph/name_sort.h"
#include "graph/pieces.h"

namespace codegraph {

static constexpr uint32_t none = ~uint32_t{0};  // no_name, no_list
static_assert(none == no_name && none == no_list);

static void check_room(size_t count, const char* items) {
    if (count >= none)
        throw Error(ErrorKind::not_supported, std::string("a graph of more than 4,294,967,294 ") + items);
}

// ---- what goes in ----

ResidentGraphBuilder::ResidentGraphBuilder(std::string_view repo_id) {
    graph_.repo_id_ = repo_id;
}

ResidentGraphBuilder::ResidentGraphBuilder(const ResidentGraph& before)
    : before_(&before), first_new_(before.name_count()), is_before_kept_(before.files_.size(), false) {
    graph_.repo_id_ = before.repo_id_;
    graph_.files_.reserve(before.files_.size());
    chunks_.reserve(before.chunks_.size());
    runs_.reserve(before.chunks_.size());
    for (Label label = 0; label < before.label_count(); label++)
        find_or_add_key({label, before.label_meanings_[label].saved_confidence});
    const GraphBinding& binding = before.binding_;
    graph_.binding_.families = binding.families;
    for (uint32_t family = 0; family < binding.families.size(); family++)
        family_places_.emplace(binding.families[family], family);
    for (uint32_t kind = 0; kind < before.kinds_.size(); kind++) find_or_add_kind({kind, before.kinds_[kind].family});
    lists_ = binding.lists;
    questions_ = binding.questions;
    list_count_before_ = static_cast<ListNumber>(lists_.size());
    if (list_count_before_ == 0) return;
    first_list_before_.resize(before.symbol_count());
    ListNumber list = 0;
    for (Symbol symbol = 0; symbol < before.symbol_count(); symbol++) {
        first_list_before_[symbol] = list;
        while (list < list_count_before_ && binding.list_symbols[list] == symbol) list++;
    }
}

std::vector<std::string> ResidentGraphBuilder::kinds(const ResidentGraph& before) {
    std::vector<std::string> kinds;
    for (const ResidentGraph::Kind& kind : before.kinds_) kinds.push_back(kind.text);
    return kinds;
}

std::vector<std::string> ResidentGraphBuilder::relationships(const ResidentGraph& before) {
    std::vector<std::string> names;
    for (Label label = 0; label < before.label_count(); label++) names.emplace_back(before.relationship_name(label));
    return names;
}

void ResidentGraphBuilder::begin_file(std::string_view path) {
    if (!graph_.files_.empty() && graph_.files_.back().path >= path)
        throw corrupt("file " + quote(path) + " is out of order");
    graph_.files_.push_back({std::string(path), chunk_count(), static_cast<uint32_t>(graph_.binding_.aliases.size())});
    is_file_kept_.push_back(false);
}

uint32_t ResidentGraphBuilder::family(std::string_view language) {
    if (last_family_ && last_language_ == language) return *last_family_;
    std::vector<std::string>& families = graph_.binding_.families;
    const std::string name = family_of_language(language);
    const auto [place, is_new] = family_places_.try_emplace(name, static_cast<uint32_t>(families.size()));
    if (is_new) families.push_back(name);
    last_language_ = language;
    last_family_ = place->second;
    return place->second;
}

uint32_t ResidentGraphBuilder::find_or_add_kind(KindOfFamily kind) {
    uint32_t& recent = recent_kinds_[(kind.kind + size_t{kind.family} * 7) % recent_kinds_.size()];
    if (recent < kinds_.size() && kinds_[recent] == kind) return recent;
    const auto [place, is_new] =
        kind_places_.try_emplace({kind.kind, kind.family}, static_cast<uint32_t>(kinds_.size()));
    if (is_new) kinds_.push_back(kind);
    return recent = place->second;
}

void ResidentGraphBuilder::add_chunk(const GraphChunk& chunk) {
    check_room(chunks_.size() + 1, "chunks");
    const bool is_special = chunk.explicit_id || (chunk.has_fqn && (chunk.name || chunk.occurrence > 1));
    if (is_special) graph_.specials_.push_back({chunk_count(), chunk.name, chunk.explicit_id, chunk.occurrence});
    chunks_.push_back({.symbol = chunk.symbol,
                       .file = static_cast<uint32_t>(graph_.files_.size() - 1),
                       .kind = find_or_add_kind({chunk.kind, chunk.family}),
                       .has_fqn = chunk.has_fqn,
                       .is_special = is_special,
                       .start_line = static_cast<uint32_t>(chunk.start_line),
                       .is_private = chunk.is_private,
                       .end_line = static_cast<uint32_t>(chunk.end_line),
                       .is_local = chunk.is_local});
    runs_.push_back({static_cast<uint32_t>(edge_targets_.size()), 0, 0});
}

uint32_t ResidentGraphBuilder::find_or_add_key(LabelKey key) {
    const uint64_t bits = std::bit_cast<uint64_t>(key.confidence);
    uint32_t& recent = recent_keys_[(bits >> 52 ^ bits >> 44 ^ key.relationship) % recent_keys_.size()];
    if (recent < label_keys_.size() && label_keys_[recent] == key) return recent;
    const auto [place, is_new] =
        key_places_.try_emplace({key.relationship, key.confidence}, static_cast<uint32_t>(label_keys_.size()));
    if (is_new) label_keys_.push_back(key);
    return recent = place->second;
}

void ResidentGraphBuilder::add_dependency(uint32_t from_chunk, NameIndex target, uint32_t relationship,
                                          double confidence) {
    add_edge(from_chunk, target, relationship, confidence);
}

void ResidentGraphBuilder::add_dependency_by_list(uint32_t from_chunk, ListNumber list, uint32_t relationship,
                                                  double confidence) {
    add_edge(from_chunk, is_list | list, relationship, confidence);
}

void ResidentGraphBuilder::add_edge(uint32_t from_chunk, Target target, uint32_t relationship, double confidence) {
    constexpr uint32_t most_in_a_run = (uint32_t{1} << 31) - 1;
    check_room(edge_count_ + 1, "dependencies");
    const size_t chunk = size_t{graph_.files_.back().first_chunk} + from_chunk;
    if (chunk >= chunks_.size() || chunk < last_source_)
        throw corrupt("a dependency of " + quote(graph_.files_.back().path) + " starts in no chunk");
    last_source_ = chunk;
    Run& run = runs_[chunk];
    if (run.size == most_in_a_run)
        throw Error(ErrorKind::not_supported, "a chunk with more than 2,147,483,647 dependencies");
    if (run.size == 0) run.first = static_cast<uint32_t>(edge_targets_.size());
    run.size++;
    edge_count_++;
    edge_targets_.push_back(target);
    edge_keys_.push_back(find_or_add_key({relationship, confidence}));
}

void ResidentGraphBuilder::begin_interning() {
    if (is_interning_) return;
    is_interning_ = true;
    lists_.begin_interning();
    question_places_.reserve(questions_.size());
    for (const NameQuestion& question : questions_)
        question_places_.push(fingerprints::join(question.name, 0, question.family));
}

uint32_t ResidentGraphBuilder::find_or_add_question(NameQuestion question) {
    const Fingerprint place = fingerprints::join(question.name, 0, question.family);
    const uint32_t known = question_places_.find(place, [&](uint32_t i) { return questions_[i] == question; });
    if (known != NumberTable::none) return known;
    question_places_.push(place);
    questions_.push_back(question);
    return static_cast<uint32_t>(questions_.size() - 1);
}

ListNumber ResidentGraphBuilder::list(std::span<const NameIndex> candidates, NameIndex to_name, uint32_t family) {
    begin_interning();
    const MembersByName::Question question =
        to_name == no_name ? MembersByName::none : find_or_add_question({to_name, family});
    return lists_.intern(candidates, question);
}

void ResidentGraphBuilder::add_alias(NameIndex name, AliasKind kind, std::span<const NameIndex> targets) {
    constexpr size_t most_targets = (size_t{1} << 31) - 1;
    GraphBinding& binding = graph_.binding_;
    if (binding.alias_targets.size() + targets.size() > most_targets)
        throw Error(ErrorKind::not_supported, "a graph of aliases with more than 2,147,483,647 targets");
    binding.aliases.push_back({name, static_cast<uint32_t>(binding.alias_targets.size()), kind == AliasKind::members});
    binding.alias_targets.insert(binding.alias_targets.end(), targets.begin(), targets.end());
}

// ---- what stays of the graph before ----

void ResidentGraphBuilder::keep_file(size_t number) {
    const ResidentGraph::FileRange file = before_->file(static_cast<uint32_t>(number));
    begin_file(file.path);
    is_file_kept_.back() = true;
    is_before_kept_[number] = true;
    keep_unbound(file.first_chunk, file.end_chunk);
    for (ChunkIndex index = file.first_chunk; index < file.end_chunk; index++) {
        ResidentGraph::Chunk chunk = before_->chunks_[index];
        if (const ResidentGraph::Special* special = before_->find_special(index)) {
            graph_.specials_.push_back(*special);
            graph_.specials_.back().chunk = chunk_count();
        }
        chunk.file = static_cast<uint32_t>(graph_.files_.size() - 1);
        chunks_.push_back(chunk);
        const uint32_t place = before_->place_of(index);
        const uint32_t first = before_->run_starts_[place], size = before_->run_starts_[place + 1] - first;
        runs_.push_back({first, size, 1});
        edge_count_ += size;
    }
    keep_aliases(file);
    check_room(edge_count_, "dependencies");
}

void ResidentGraphBuilder::keep_aliases(const ResidentGraph::FileRange& file) {
    for (uint32_t alias = file.first_alias; alias < file.end_alias; alias++) {
        const GraphAlias& of = before_->binding_.aliases[alias];
        add_alias(of.name, of.is_of_members ? AliasKind::members : AliasKind::exact, before_->targets_of_alias(alias));
    }
}

// To be called before the chunks are added.
void ResidentGraphBuilder::keep_unbound(ChunkIndex first, ChunkIndex end) {
    const std::vector<UnboundDependency>& unbound = before_->binding_.unbound;
    auto next = std::ranges::lower_bound(unbound, first, {}, &UnboundDependency::chunk);
    for (; next != unbound.end() && next->chunk < end; ++next) {
        unbound_before_.push_back({chunk_count() + (next->chunk - first), {is_list | next->list, next->label}});
        edge_count_++;
    }
}

Task<> ResidentGraphBuilder::keep_files(std::string_view from, std::optional<std::string_view> end) {
    const auto path = [](const ResidentGraph::File& file) { return std::string_view(file.path); };
    const auto begin = before_->files_.begin();
    size_t file = static_cast<size_t>(std::ranges::lower_bound(before_->files_, from, {}, path) - begin);
    const size_t last = end ? static_cast<size_t>(std::ranges::lower_bound(before_->files_, *end, {}, path) - begin)
                            : before_->files_.size();
    for (size_t at_checkpoint = edge_count_; file < last; file++) {
        keep_file(file);
        if (edge_count_ - at_checkpoint < piece) continue;
        at_checkpoint = edge_count_;
        co_await checkpoint();
    }
}

// ---- names become symbols ----

std::string_view ResidentGraphBuilder::text(NameIndex name) const {
    return name < first_new_ ? before_->name(name) : given_names_.names[name - first_new_];
}

void ResidentGraphBuilder::use_list(ListNumber list) {
    if (is_list_used_.size() <= list) is_list_used_.resize(size_t{list} + 1, 0);
    is_list_used_[list] = 1;
    has_lists_ = true;
}

void ResidentGraphBuilder::mark_target(Target target) {
    if (target & is_list)
        use_list(target & ~is_list);
    else
        is_target_[target] = 1;
}

void ResidentGraphBuilder::mark_used() {
    is_used_.assign(first_new_ + given_names_.names.size(), 0);
    is_target_.assign(is_used_.size(), 0);
    is_list_used_.assign(lists_.size(), 0);
    for (Target target : edge_targets_) mark_target(target);
    for (const ChunkEdge& unbound : unbound_before_) mark_target(unbound.edge.target);
    for (const Run& run : runs_)
        for (uint32_t i = 0; run.is_kept && i < run.size; i++) mark_target(kept_target(run.first + i));
    is_used_ = is_target_;
    for (const ResidentGraph::Chunk& chunk : chunks_) is_used_[chunk.symbol] = 1;
    for (ListNumber list = 0; list < lists_.size(); list++) {
        if (!is_list_used_[list]) continue;
        for (NameNumber candidate : lists_.candidates(list)) is_used_[candidate] = 1;
        const MembersByName::Question question = lists_.by_name(list);
        if (question != MembersByName::none) is_used_[questions_[question].name] = 1;
    }
    for (const GraphAlias& alias : graph_.binding_.aliases) is_used_[alias.name] = 1;
    for (NameIndex target : graph_.binding_.alias_targets) is_used_[target] = 1;
}

// Returns the used names of the graph before in order.
std::vector<NameIndex> ResidentGraphBuilder::used_names_before() const {
    std::vector<NameIndex> names;
    if (!before_) return names;
    const auto add = [&](NameIndex name) {
        if (is_used_[name]) names.push_back(name);
    };
    Symbol symbol = 0;
    for (uint32_t other = 0; other < before_->binding_.other_count(); other++) {
        while (symbol < before_->binding_.other_places[other]) add(symbol++);
        add(before_->symbol_count() + other);
    }
    while (symbol < before_->symbol_count()) add(symbol++);
    return names;
}

// Returns the names that are used, in the order of their bytes. Those of the graph before are in order already.
Task<std::vector<NameIndex>> ResidentGraphBuilder::sort_used_names() {
    const std::vector<NameIndex> old_names = used_names_before();
    std::vector<NameIndex> new_names;
    for (NameIndex name = first_new_; name < is_used_.size(); name++)
        if (is_used_[name]) new_names.push_back(name);
    std::vector<std::string_view> texts;
    texts.reserve(new_names.size());
    for (NameIndex name : new_names) texts.push_back(text(name));
    NameSort sort(texts);
    while (!sort.step(piece)) co_await checkpoint();
    std::vector<NameIndex> sorted = std::move(sort).order();
    for (uint32_t& place : sorted) place = new_names[place];
    if (old_names.empty()) co_return sorted;

    std::vector<NameIndex> all;
    all.reserve(old_names.size() + sorted.size());
    size_t merged = 0;
    for (NameIndex name : sorted) {  // each new name goes to its place among the old ones
        const auto place = std::partition_point(old_names.begin() + static_cast<ptrdiff_t>(merged), old_names.end(),
                                                [&](NameIndex old_name) { return text(old_name) < text(name); });
        all.insert(all.end(), old_names.begin() + static_cast<ptrdiff_t>(merged), place);
        merged = static_cast<size_t>(place - old_names.begin());
        all.push_back(name);
    }
    all.insert(all.end(), old_names.begin() + static_cast<ptrdiff_t>(merged), old_names.end());
    co_return all;
}

Task<> ResidentGraphBuilder::name_symbols(const std::vector<NameIndex>& ordered) {
    size_t bytes = 0;
    for (NameIndex name : ordered) bytes += text(name).size();
    check_room(bytes, "bytes of names");
    const bool are_all_symbols =
        !has_lists_ && graph_.binding_.aliases.empty();  // nearly surely; see separate_symbols()
    if (are_all_symbols) graph_.reserve_memory(chunks_.size(), ordered.size(), bytes, edge_count_, label_keys_.size());
    graph_.names_.reserve(bytes);
    graph_.name_ends_.reserve(ordered.size() + 1);
    symbol_of_.assign(is_used_.size(), none);
    constexpr size_t ahead = 16;  // texts lie anywhere in memory: some are fetched ahead
    const auto append_names = [&](size_t from, size_t to) {
        for (size_t symbol = from; symbol < to; symbol++) {
            if (symbol + ahead < ordered.size()) __builtin_prefetch(text(ordered[symbol + ahead]).data());
            symbol_of_[ordered[symbol]] = static_cast<Symbol>(symbol);
            graph_.names_ += text(ordered[symbol]);
            graph_.name_ends_.push_back(static_cast<uint32_t>(graph_.names_.size()));
        }
    };
    co_await in_pieces(ordered.size(), append_names);
    graph_.chunks_.reserve(chunks_.size());
    for (ResidentGraph::Chunk& chunk : chunks_) {
        chunk.symbol = symbol_of_[chunk.symbol];
        graph_.chunks_.push_back(chunk);
    }
    chunks_ = {};
    for (GraphAlias& alias : graph_.binding_.aliases) alias.name = symbol_of_[alias.name];
    for (GraphName& target : graph_.binding_.alias_targets) target = symbol_of_[target];
    for (const KindOfFamily& kind : kinds_) {
        const std::string& text = given_names_.kinds[kind.kind];
        graph_.kinds_.push_back({text, kind.family, is_class_like(text), is_bound_by_name(text, "")});
    }
}

Task<> ResidentGraphBuilder::order_explicit_ids() {
    std::vector<ChunkIndex>& chunks = graph_.by_explicit_id_;
    for (const ResidentGraph::Special& special : graph_.specials_)
        if (special.explicit_id) chunks.push_back(special.chunk);
    const auto id = [&](ChunkIndex chunk) { return std::string_view(*graph_.find_special(chunk)->explicit_id); };
    const auto by_id = [&](ChunkIndex a, ChunkIndex b) { return id(a) < id(b); };
    co_await sort_in_pieces(chunks, by_id);
    const auto twice = std::ranges::adjacent_find(chunks, {}, id);
    if (twice != chunks.end()) throw corrupt("two chunks with the id " + quote(id(*twice)));
}

// ---- binding ----

// See invariant 6.
bool ResidentGraphBuilder::needs_list(Symbol target, const std::vector<uint8_t>& is_defined) const {
    const std::string_view name = graph_.symbol_name(target);
    if (const std::optional<ChunkIndex> chunk = graph_.find_chunk(name)) return graph_.symbol_of(*chunk) != target;
    if (is_defined[target]) return false;
    return !graph_.binding_.aliases.empty() || name.find("()") != std::string_view::npos;
}

Task<> ResidentGraphBuilder::list_plain_targets(const std::vector<NameIndex>& ordered) {
    std::vector<uint8_t> is_defined(ordered.size(), 0);
    for (const ResidentGraph::Chunk& chunk : graph_.chunks_)
        if (chunk.has_fqn) is_defined[chunk.symbol] = 1;
    Pace pace;
    for (Symbol symbol = 0; symbol < ordered.size(); symbol++) {
        if (pace.is_due()) co_await checkpoint();
        const NameIndex name = ordered[symbol];
        if (!is_target_[name] || !needs_list(symbol, is_defined)) continue;
        if (plain_list_.empty()) plain_list_.assign(is_used_.size(), no_list);
        plain_list_[name] = list(std::span(&name, 1), no_name, 0);
        use_list(plain_list_[name]);
    }
}

// Returns the used lists with symbols instead of names, and the used questions.
Task<ListsToBind> ResidentGraphBuilder::lists_to_bind() {
    ListsToBind to_bind;
    std::vector<uint32_t> question_now(questions_.size(), none);
    std::vector<NameNumber> candidates;
    is_list_used_.resize(lists_.size(), 0);
    Pace pace;
    for (ListNumber list = 0; list < lists_.size(); list++) {
        if (pace.is_due()) co_await checkpoint();
        if (!is_list_used_[list]) continue;
        candidates.clear();
        for (NameIndex candidate : lists_.candidates(list)) candidates.push_back(symbol_of_[candidate]);
        MembersByName::Question question = lists_.by_name(list);
        if (question != MembersByName::none) {
            if (question_now[question] == none) {
                question_now[question] = static_cast<uint32_t>(to_bind.questions.size());
                to_bind.questions.push_back({symbol_of_[questions_[question].name], questions_[question].family});
            }
            question = question_now[question];
        }
        to_bind.lists.add(candidates, question);
        to_bind.origins.push_back(list < list_count_before_ ? list : no_list);
        used_lists_.push_back(list);
    }
    co_return to_bind;
}

// Compares the files that are not kept with those that are new.
Task<> ResidentGraphBuilder::find_changed_names(ChangedNames& changed) {
    std::map<std::string_view, std::pair<FileBindingFacts, FileBindingFacts>> files;  // before and now, by path
    Pace pace;
    for (uint32_t file = 0; file < before_->file_count(); file++) {
        if (is_before_kept_[file]) continue;
        files[before_->file(file).path].first = facts_of_file(*before_, file);
        if (pace.is_due(32)) co_await checkpoint();
    }
    for (uint32_t file = 0; file < graph_.file_count(); file++) {
        if (is_file_kept_[file]) continue;
        files[graph_.file(file).path].second = facts_of_file(graph_, file);
        if (pace.is_due(32)) co_await checkpoint();
    }
    for (const auto& [path, facts] : files) facts.first.compare(facts.second, changed);
}

Task<> ResidentGraphBuilder::bind() {
    const ListsToBind to_bind = co_await lists_to_bind();
    std::optional<BoundBefore> before;
    if (before_ && list_count_before_ > 0) {
        before = BoundBefore{before_, std::span<const Symbol>(symbol_of_), ChangedNames()};
        co_await find_changed_names(before->changed);
    }
    const BoundBefore* const bound_before = before ? &*before : nullptr;
    BoundLists bound = co_await bind_lists(graph_, to_bind, bound_before);
    bound_again_ = bound.bound_again;
    const std::vector<GraphName> name_now = separate_symbols(find_symbols(bound));
    co_await checkpoint();
    co_await keep_lists(to_bind, std::move(bound), name_now);
}

// Returns for each name whether it is a symbol.
std::vector<uint8_t> ResidentGraphBuilder::find_symbols(const BoundLists& bound) const {
    std::vector<uint8_t> is_symbol(graph_.symbol_count(), 0);
    for (const ResidentGraph::Chunk& chunk : graph_.chunks_) is_symbol[chunk.symbol] = 1;
    for (const BoundList& list : bound.lists)
        if (list.symbol != no_name) is_symbol[list.symbol] = 1;
    for (NameIndex name = 0; name < is_target_.size(); name++)
        if (is_target_[name] && (plain_list_.empty() || plain_list_[name] == no_list)) is_symbol[symbol_of_[name]] = 1;
    return is_symbol;
}

// Until now all names were symbols. Puts those that are none apart, and the rest into the memory of the graph. Returns
// what each has become.
std::vector<GraphName> ResidentGraphBuilder::separate_symbols(const std::vector<uint8_t>& is_symbol) {
    const auto names = std::move(graph_.names_);
    const auto ends = std::move(graph_.name_ends_);
    const auto chunks = std::move(graph_.chunks_);
    GraphBinding& binding = graph_.binding_;
    Symbol symbols = 0;
    size_t bytes = 0;
    for (size_t name = 0; name < is_symbol.size(); name++) {
        symbols += is_symbol[name];
        if (is_symbol[name]) bytes += ends[name + 1] - ends[name];
    }
    graph_.reserve_memory(chunks.size(), symbols, bytes, edge_count_, label_keys_.size());
    graph_.names_.reserve(bytes);
    graph_.name_ends_.reserve(size_t{symbols} + 1);
    graph_.name_ends_.assign(1, 0);
    binding.other_names.reserve(names.size() - bytes);
    binding.other_ends.reserve(is_symbol.size() - symbols);
    binding.other_places.reserve(is_symbol.size() - symbols);
    std::vector<GraphName> name_now(is_symbol.size());
    for (size_t name = 0; name < is_symbol.size(); name++) {
        const auto text = std::string_view(names).substr(ends[name], ends[name + 1] - ends[name]);
        if (is_symbol[name]) {
            name_now[name] = graph_.symbol_count();
            graph_.names_ += text;
            graph_.name_ends_.push_back(static_cast<uint32_t>(graph_.names_.size()));
        } else {
            name_now[name] = symbols + binding.other_count();
            binding.other_names += text;
            binding.other_ends.push_back(static_cast<uint32_t>(binding.other_names.size()));
            binding.other_places.push_back(graph_.symbol_count());
        }
    }
    graph_.chunks_.assign(chunks.begin(), chunks.end());
    for (ResidentGraph::Chunk& chunk : graph_.chunks_) chunk.symbol = name_now[chunk.symbol];
    for (Symbol& name : symbol_of_)
        if (name != none) name = name_now[name];
    for (GraphAlias& alias : binding.aliases) alias.name = name_now[alias.name];
    for (GraphName& target : binding.alias_targets) target = name_now[target];
    return name_now;
}

// Returns the numbers of the lists by their symbols, of one symbol as they come, those without a symbol last.
std::vector<ListNumber> ResidentGraphBuilder::order_by_symbol(const std::vector<BoundList>& lists) const {
    const auto place_of = [&](const BoundList& list) { return std::min<size_t>(list.symbol, graph_.symbol_count()); };
    std::vector<ListNumber> next(size_t{graph_.symbol_count()} + 2, 0);  // by symbol: where its next list goes
    for (const BoundList& list : lists) next[place_of(list) + 1]++;
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<ListNumber> order(lists.size());
    for (ListNumber list = 0; list < lists.size(); list++) order[next[place_of(lists[list])]++] = list;
    return order;
}

// Puts the lists in the order of their symbols, and keeps what they asked for.
Task<> ResidentGraphBuilder::keep_lists(const ListsToBind& to_bind, BoundLists bound,
                                        const std::vector<GraphName>& name_now) {
    GraphBinding& binding = graph_.binding_;
    const size_t count = to_bind.lists.size();
    for (BoundList& list : bound.lists)
        if (list.symbol != no_name) list.symbol = name_now[list.symbol];
    const std::vector<ListNumber> order = order_by_symbol(bound.lists);
    binding.asked = AskedNames(count);
    binding.list_symbols.reserve(count);
    binding.is_by_name.reserve(count);
    bound_lists_.assign(lists_.size(), {no_name, 0, no_list, false});
    std::vector<GraphName> candidates;
    Pace pace;
    for (ListNumber place = 0; place < count; place++) {
        if (pace.is_due()) co_await checkpoint();
        const ListNumber list = order[place];
        const auto [symbol, is_by_name] = bound.lists[list];
        candidates.clear();
        for (NameNumber candidate : to_bind.lists.candidates(list)) candidates.push_back(name_now[candidate]);
        binding.lists.add(candidates, to_bind.lists.by_name(list));
        binding.asked.add_as_in(bound.asked, list);
        const bool is_first = place == 0 || binding.list_symbols.back() != symbol;
        const uint32_t place_of_symbol = is_first ? 1 : bound_lists_[used_lists_[order[place - 1]]].list_place + 1;
        bound_lists_[used_lists_[list]] = {symbol, place_of_symbol, place, is_by_name};
        binding.list_symbols.push_back(symbol);
        binding.is_by_name.push_back(is_by_name);
    }
    binding.lists.end_interning();
    binding.asked.finish();
    binding.questions = to_bind.questions;
    for (NameQuestion& question : binding.questions) question.name = name_now[question.name];
}

ResidentGraphBuilder::BoundTarget ResidentGraphBuilder::bound(Target target) const {
    if (target & is_list) return bound_lists_[target & ~is_list];
    if (!plain_list_.empty() && plain_list_[target] != no_list) return bound_lists_[plain_list_[target]];
    return {symbol_of_[target], 0, no_list, false};
}

// ---- labels ----

void ResidentGraphBuilder::mark_keys_by_name() {
    is_key_by_name_.assign(label_keys_.size(), 0);
    if (std::ranges::none_of(graph_.binding_.is_by_name, [](uint8_t is_by_name) { return is_by_name; })) return;
    const auto mark = [&](const Edge& edge) {
        if (bound(edge.target).is_by_name) is_key_by_name_[edge.key] = 1;
    };
    for (const Run& run : runs_)
        for (uint32_t i = 0; i < run.size; i++) mark(edge(run, i));
    for (const ChunkEdge& unbound : unbound_before_) mark(unbound.edge);
}

Task<> ResidentGraphBuilder::order_labels() {
    struct Use {
        uint32_t key;
        bool is_by_name;
    };
    const auto meaning = [&](const Use& use) {
        const LabelKey& key = label_keys_[use.key];
        return std::tuple(std::string_view(given_names_.relationships[key.relationship]),
                          use.is_by_name ? key.confidence * confidence_by_name : key.confidence, key.confidence);
    };
    std::vector<Use> uses;
    mark_keys_by_name();
    for (uint32_t key = 0; key < label_keys_.size(); key++) {
        uses.push_back({key, false});
        if (is_key_by_name_[key]) uses.push_back({key, true});
    }
    const auto by_meaning = [&](const Use& a, const Use& b) { return meaning(a) < meaning(b); };
    co_await sort_in_pieces(uses, by_meaning);
    label_of_key_.resize(label_keys_.size());
    label_of_key_by_name_.resize(label_keys_.size());
    for (size_t i = 0; i < uses.size(); i++) {
        const bool is_new = i == 0 || meaning(uses[i]) != meaning(uses[i - 1]);
        if (is_new) {
            const auto [relationship, confidence, saved] = meaning(uses[i]);
            const bool other =
                graph_.label_meanings_.empty() || graph_.label_meanings_.back().relationship != relationship;
            relationship_rank_.push_back((i == 0 ? 0 : relationship_rank_.back()) + (other ? 1 : 0));
            graph_.label_meanings_.push_back({std::string(relationship), confidence, saved});
        }
        (uses[i].is_by_name ? label_of_key_by_name_ : label_of_key_)[uses[i].key] = graph_.label_count() - 1;
    }
}

// ---- compressed rows ----

Task<> ResidentGraphBuilder::order_definitions() {
    std::pmr::vector<uint32_t>& starts = graph_.definition_starts_;
    starts.assign(size_t{graph_.symbol_count()} + 1, 0);
    for (const ResidentGraph::Chunk& chunk : graph_.chunks_)
        if (++starts[chunk.symbol + 1] > 1) graph_.has_shared_symbols_ = true;
    for (size_t i = 1; i < starts.size(); i++) starts[i] += starts[i - 1];  // sizes become starts
    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    graph_.definitions_.resize(graph_.chunks_.size());
    const auto place = [&](size_t from, size_t to) {
        for (size_t chunk = from; chunk < to; chunk++)
            graph_.definitions_[next[graph_.chunks_[chunk].symbol]++] = static_cast<ChunkIndex>(chunk);
    };
    co_await in_pieces(graph_.chunks_.size(), place);
}

SavedNames ResidentGraphBuilder::saved_names(Target target) const {
    const BoundTarget to = bound(target);
    return graph_.saved_names({0, to.symbol, 0, to.list});
}

// Orders the edges of equal symbol and relationship, which lie together.
void ResidentGraphBuilder::order_by_saved_names(std::vector<SortedEdge>& edges) const {
    const auto is_tie = [](const SortedEdge& a, const SortedEdge& b) {
        return a.symbol == b.symbol && a.relationship_rank == b.relationship_rank;
    };
    for (auto begin = edges.begin(); begin != edges.end();) {
        auto end = std::find_if(begin, edges.end(), [&](const SortedEdge& edge) { return !is_tie(*begin, edge); });
        if (end - begin > 1)
            std::sort(begin, end, [&](const SortedEdge& a, const SortedEdge& b) {
                return compare_as_json(saved_names(a.target), saved_names(b.target)) < 0;
            });
        begin = end;
    }
}

// Adds the edges of a chunk by target, relationship and what was saved. Puts those that are unbound apart. Returns how
// many edges it has added.
size_t ResidentGraphBuilder::add_run_with_lists(ChunkIndex chunk, size_t place) {
    std::vector<SortedEdge>& sorted = sorted_with_lists_;
    sorted.clear();
    const auto add = [&](const Edge& edge) {
        const BoundTarget to = bound(edge.target);
        const Label label = to.is_by_name ? label_of_key_by_name_[edge.key] : label_of_key_[edge.key];
        if (to.symbol == no_name)
            graph_.binding_.unbound.push_back({chunk, to.list, label});
        else
            sorted.push_back({to.symbol, relationship_rank_[label], edge.target, label, to.list_place});
    };
    const Run& run = runs_[chunk];
    for (uint32_t i = 0; i < run.size; i++) add(edge(run, i));
    for (const ChunkEdge& unbound : equal_items(unbound_before_, chunk, &ChunkEdge::chunk)) add(unbound.edge);
    const auto order = [](const SortedEdge& edge) { return std::pair(edge.symbol, edge.relationship_rank); };
    if (!std::ranges::is_sorted(sorted, {}, order)) std::ranges::sort(sorted, {}, order);
    order_by_saved_names(sorted);
    for (const SortedEdge& edge : sorted) {
        graph_.targets_[place] = edge.symbol;
        graph_.labels_.set(place, edge.label);
        if (!graph_.list_places_.empty()) graph_.list_places_.set(place, edge.list_place);
        place++;
    }
    return sorted.size();
}

// Adds the edges of a chunk in a graph without lists. Then target and label are enough to sort by, and a run from
// another graph is in order already.
void ResidentGraphBuilder::add_run(const Run& run, size_t place) {
    const auto put = [&](size_t at, Symbol target, Label label) {
        graph_.targets_[at] = target;
        graph_.labels_.set(at, label);
    };
    const auto packed = [&](const Edge& edge) {
        return uint64_t{symbol_of_[edge.target]} << 32 | label_of_key_[edge.key];
    };
    uint64_t before = 0;
    bool is_sorted = true;
    for (uint32_t i = 0; i < run.size; i++) {
        const uint64_t here = packed(edge(run, i));
        is_sorted &= before <= here;
        before = here;
        put(place + i, static_cast<Symbol>(here >> 32), static_cast<Label>(here));
    }
    if (is_sorted) return;
    sorted_edges_.clear();
    for (uint32_t i = 0; i < run.size; i++) sorted_edges_.push_back(packed(edge(run, i)));
    std::ranges::sort(sorted_edges_);
    for (uint64_t edge : sorted_edges_) put(place++, static_cast<Symbol>(edge >> 32), static_cast<Label>(edge));
}

size_t ResidentGraphBuilder::count_unbound() const {
    const std::vector<uint32_t>& symbols = graph_.binding_.list_symbols;
    if (symbols.empty() || symbols.back() != no_name) return 0;
    size_t unbound = 0;
    const auto count = [&](const Edge& edge) { unbound += bound(edge.target).symbol == no_name; };
    for (const Run& run : runs_)
        for (uint32_t i = 0; i < run.size; i++) count(edge(run, i));
    for (const ChunkEdge& edge : unbound_before_) count(edge.edge);
    return unbound;
}

Task<> ResidentGraphBuilder::order_unbound() {
    std::vector<UnboundDependency>& unbound = graph_.binding_.unbound;
    const auto names = [&](const UnboundDependency& d) { return graph_.saved_names({d.chunk, no_name, 0, d.list}); };
    const auto comes_before = [&](const UnboundDependency& a, const UnboundDependency& b) {
        const auto place = [&](const UnboundDependency& d) { return std::pair(d.chunk, relationship_rank_[d.label]); };
        if (place(a) != place(b)) return place(a) < place(b);
        return compare_as_json(names(a), names(b)) < 0;
    };
    co_await sort_in_pieces(unbound, comes_before);
    unbound.shrink_to_fit();
}

Task<> ResidentGraphBuilder::order_edges() {
    const size_t edges = edge_count_ - count_unbound();
    graph_.targets_.resize(edges);
    graph_.labels_.assign(graph_.label_count(), edges);
    uint32_t last_place = 0;
    for (const BoundTarget& list : bound_lists_)
        if (list.symbol != no_name) last_place = std::max(last_place, list.list_place);
    if (last_place > 0) graph_.list_places_.assign(size_t{last_place} + 1, edges);
    graph_.run_starts_.resize(graph_.chunks_.size() + 1);
    size_t place = 0, at_checkpoint = 0;
    for (size_t i = 0; i < graph_.definitions_.size(); i++) {
        const ChunkIndex chunk = graph_.definitions_[i];
        graph_.run_starts_[i] = static_cast<uint32_t>(place);
        if (has_lists_) {
            place += add_run_with_lists(chunk, place);
        } else {
            add_run(runs_[chunk], place);
            place += runs_[chunk].size;
        }
        if (place + i - at_checkpoint < piece) continue;
        at_checkpoint = place + i;
        co_await checkpoint();
    }
    graph_.run_starts_.back() = static_cast<uint32_t>(place);
    graph_.symbol_starts_.reserve(graph_.definition_starts_.size());
    for (uint32_t first : graph_.definition_starts_) graph_.symbol_starts_.push_back(graph_.run_starts_[first]);
    co_await order_unbound();
}

Task<ResidentGraph> ResidentGraphBuilder::build(GraphNames names) {
    given_names_ = std::move(names);
    mark_used();
    std::vector<NameIndex> ordered = co_await sort_used_names();
    co_await name_symbols(ordered);
    co_await order_explicit_ids();
    co_await checkpoint();
    co_await list_plain_targets(ordered);
    if (has_lists_ || !graph_.binding_.aliases.empty()) co_await bind();
    co_await checkpoint();
    co_await order_labels();
    co_await order_definitions();
    co_await order_edges();
    graph_.files_.shrink_to_fit();
    graph_.binding_.asked.finish();
    graph_.count_text_bytes();
    co_return std::move(graph_);
}

}  // namespace codegraph
