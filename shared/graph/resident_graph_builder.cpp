#include "graph/resident_graph_builder.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/error.h"
#include "engine/long_sort.h"
#include "engine/pace.h"
#include "graph/name_sort.h"
#include "graph/pieces.h"

namespace codegraph {

static constexpr uint32_t none = ~uint32_t{0};

static void check_room(size_t count, const char* items) {
    if (count >= none)
        throw Error(ErrorKind::not_supported, std::string("a graph of more than 4,294,967,294 ") + items);
}

// ---- what goes in ----

ResidentGraphBuilder::ResidentGraphBuilder(std::string_view repo_id) {
    graph_.repo_id_ = repo_id;
}

ResidentGraphBuilder::ResidentGraphBuilder(const ResidentGraph& before)
    : before_(&before), first_new_(before.symbol_count()) {
    graph_.repo_id_ = before.repo_id_;
    graph_.files_.reserve(before.files_.size());
    chunks_.reserve(before.chunks_.size());
    runs_.reserve(before.chunks_.size());
    for (Label label = 0; label < before.label_count(); label++) find_or_add_key({label, before.confidence(label)});
}

std::vector<std::string> ResidentGraphBuilder::relationships(const ResidentGraph& before) {
    std::vector<std::string> names;
    for (Label label = 0; label < before.label_count(); label++) names.emplace_back(before.relationship_name(label));
    return names;
}

void ResidentGraphBuilder::begin_file(std::string_view path) {
    if (!graph_.files_.empty() && graph_.files_.back().path >= path)
        throw corrupt("file " + quote(path) + " is out of order");
    graph_.files_.push_back({std::string(path), chunk_count()});
}

void ResidentGraphBuilder::add_chunk(const GraphChunk& chunk) {
    check_room(chunks_.size() + 1, "chunks");
    const bool is_special = chunk.explicit_id || (chunk.has_fqn && (chunk.name || chunk.occurrence > 1));
    if (is_special) graph_.specials_.push_back({chunk_count(), chunk.name, chunk.explicit_id, chunk.occurrence});
    chunks_.push_back({.symbol = chunk.symbol,
                       .file = static_cast<uint32_t>(graph_.files_.size() - 1),
                       .kind = chunk.kind,
                       .has_fqn = chunk.has_fqn,
                       .is_special = is_special,
                       .start_line = static_cast<int32_t>(chunk.start_line),
                       .end_line = static_cast<int32_t>(chunk.end_line)});
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

void ResidentGraphBuilder::add_dependency(uint32_t from_chunk, uint32_t target, uint32_t relationship,
                                          double confidence) {
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

// ---- what stays of the graph before ----

void ResidentGraphBuilder::keep_file(size_t file) {
    const bool is_last = file + 1 == before_->files_.size();
    const ChunkIndex end = is_last ? before_->chunk_count() : before_->files_[file + 1].first_chunk;
    begin_file(before_->files_[file].path);
    for (ChunkIndex index = before_->files_[file].first_chunk; index < end; index++) {
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
    check_room(edge_count_, "dependencies");
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
    return name < first_new_ ? before_->symbol_name(name) : given_names_.names[name - first_new_];
}

void ResidentGraphBuilder::mark_used() {
    is_used_.assign(first_new_ + given_names_.names.size(), 0);
    is_target_.assign(is_used_.size(), 0);
    for (uint32_t target : edge_targets_) is_target_[target] = 1;
    for (const Run& run : runs_)
        for (uint32_t i = 0; run.is_kept && i < run.size; i++) is_target_[before_->targets_[run.first + i]] = 1;
    is_used_ = is_target_;
    for (const ResidentGraph::Chunk& chunk : chunks_) is_used_[chunk.symbol] = 1;
}

// Returns the names that are used, in the order of their bytes. Those of the graph before are in order already.
Task<std::vector<NameIndex>> ResidentGraphBuilder::sort_used_names() {
    std::vector<NameIndex> old_names, new_names;
    for (NameIndex name = 0; name < is_used_.size(); name++)
        if (is_used_[name]) (name < first_new_ ? old_names : new_names).push_back(name);
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
    graph_.reserve_memory(chunks_.size(), ordered.size(), bytes, edge_count_, label_keys_.size());
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

// Binds each target: to the symbol of the chunk whose id it is, or else to the symbol of its own name. Saving binds
// targets to FQNs, so that the first is rare.
Task<> ResidentGraphBuilder::bind_targets(const std::vector<NameIndex>& ordered) {
    target_symbol_ = symbol_of_;
    Pace pace;
    for (Symbol symbol = 0; symbol < ordered.size(); symbol++) {
        if (pace.is_due()) co_await checkpoint();
        const NameIndex name = ordered[symbol];
        if (!is_target_[name]) continue;
        const std::optional<ChunkIndex> chunk = graph_.find_chunk(graph_.symbol_name(symbol));
        if (!chunk || graph_.symbol_of(*chunk) == symbol) continue;
        target_symbol_[name] = graph_.symbol_of(*chunk);
        graph_.has_rebound_ = true;
    }
}

// Drops names that are no symbols: only targets had them, and all of these stand for other symbols.
void ResidentGraphBuilder::drop_unused_symbols() {
    std::vector<uint8_t> stays(graph_.symbol_count(), 0);
    for (const ResidentGraph::Chunk& chunk : graph_.chunks_) stays[chunk.symbol] = 1;
    for (NameIndex name = 0; name < is_target_.size(); name++)
        if (is_target_[name]) stays[target_symbol_[name]] = 1;
    std::vector<Symbol> symbol_now(stays.size(), none);
    Symbol count = 0;
    for (Symbol symbol = 0; symbol < stays.size(); symbol++) {  // names move towards the beginning of the same text
        if (!stays[symbol]) continue;
        const std::string_view moved = graph_.symbol_name(symbol);
        const uint32_t begin = graph_.name_ends_[count];
        std::ranges::copy(moved, graph_.names_.begin() + begin);
        symbol_now[symbol] = count++;
        graph_.name_ends_[count] = begin + static_cast<uint32_t>(moved.size());
    }
    graph_.name_ends_.resize(size_t{count} + 1);
    graph_.names_.resize(graph_.name_ends_.back());
    for (ResidentGraph::Chunk& chunk : graph_.chunks_) chunk.symbol = symbol_now[chunk.symbol];
    for (uint32_t& symbol : target_symbol_)
        if (symbol != none) symbol = symbol_now[symbol];
}

// ---- labels ----

Task<> ResidentGraphBuilder::order_labels() {
    const auto meaning = [&](uint32_t place) {
        const LabelKey& key = label_keys_[place];
        return std::pair(std::string_view(given_names_.relationships[key.relationship]), key.confidence);
    };
    std::vector<uint32_t> places(label_keys_.size());
    std::iota(places.begin(), places.end(), 0);
    const auto by_meaning = [&](uint32_t a, uint32_t b) { return meaning(a) < meaning(b); };
    co_await sort_in_pieces(places, by_meaning);
    label_of_key_.resize(places.size());
    for (size_t i = 0; i < places.size(); i++) {
        const bool is_new = i == 0 || meaning(places[i]) != meaning(places[i - 1]);
        if (is_new) {
            const auto [relationship, confidence] = meaning(places[i]);
            const bool other =
                graph_.label_meanings_.empty() || graph_.label_meanings_.back().relationship != relationship;
            relationship_rank_.push_back((i == 0 ? 0 : relationship_rank_.back()) + (other ? 1 : 0));
            graph_.label_meanings_.push_back({std::string(relationship), confidence});
        }
        label_of_key_[places[i]] = graph_.label_count() - 1;
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

// Adds the edges of a chunk by target, relationship and, where one symbol was saved under several names, by these
// names. Their order is that of the symbols that they would have been.
void ResidentGraphBuilder::add_rebound_run(const Run& run, size_t place) {
    std::vector<std::tuple<Symbol, uint32_t, uint32_t, Label>> sorted;
    for (uint32_t i = 0; i < run.size; i++) {
        const auto [target, label] = edge(run, i);
        sorted.emplace_back(target_symbol_[target], relationship_rank_[label], symbol_of_[target], label);
    }
    std::ranges::sort(sorted);
    for (const auto& [target, relationship, saved, label] : sorted) {
        graph_.targets_[place] = target;
        graph_.labels_.set(place++, label);
    }
}

// Adds the edges of a chunk where each target is saved under the name of its symbol. Then target and label are enough
// to sort by, and a run from another graph is in order already.
void ResidentGraphBuilder::add_run(const Run& run, size_t place) {
    const auto put = [&](size_t at, Symbol target, Label label) {
        graph_.targets_[at] = target;
        graph_.labels_.set(at, label);
    };
    const auto packed = [&](const Edge& edge) { return uint64_t{symbol_of_[edge.target]} << 32 | edge.label; };
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

Task<> ResidentGraphBuilder::order_edges() {
    graph_.targets_.resize(edge_count_);
    graph_.labels_.assign(graph_.label_count(), edge_count_);
    graph_.run_starts_.resize(graph_.chunks_.size() + 1);
    size_t place = 0, at_checkpoint = 0;
    for (size_t i = 0; i < graph_.definitions_.size(); i++) {
        const Run& run = runs_[graph_.definitions_[i]];
        graph_.run_starts_[i] = static_cast<uint32_t>(place);
        if (graph_.has_rebound_)
            add_rebound_run(run, place);
        else
            add_run(run, place);
        place += run.size;
        if (place + i - at_checkpoint < piece) continue;
        at_checkpoint = place + i;
        co_await checkpoint();
    }
    graph_.run_starts_.back() = static_cast<uint32_t>(place);
    graph_.symbol_starts_.reserve(graph_.definition_starts_.size());
    for (uint32_t first : graph_.definition_starts_) graph_.symbol_starts_.push_back(graph_.run_starts_[first]);
}

Task<ResidentGraph> ResidentGraphBuilder::build(GraphNames names) {
    given_names_ = std::move(names);
    mark_used();
    std::vector<NameIndex> ordered = co_await sort_used_names();
    co_await name_symbols(ordered);
    graph_.kinds_ = given_names_.kinds;
    co_await order_explicit_ids();
    co_await checkpoint();
    co_await bind_targets(ordered);
    if (graph_.has_rebound_) drop_unused_symbols();
    co_await checkpoint();
    co_await order_labels();
    co_await order_definitions();
    co_await order_edges();
    graph_.files_.shrink_to_fit();
    graph_.count_text_bytes();
    co_return std::move(graph_);
}

}  // namespace codegraph
