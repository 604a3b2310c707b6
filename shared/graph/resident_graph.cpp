#include "graph/resident_graph.h"

#include <algorithm>

#include "base/equal_items.h"
#include "base/error.h"
#include "graph/pieces.h"
#include "model/chunk_id.h"
#include "model/names.h"

namespace codegraph {

template <class T, class Allocator>
static size_t bytes_held(const std::vector<T, Allocator>& vector) {
    return vector.capacity() * sizeof(T);
}

template <class Allocator>
static size_t bytes_held(const std::basic_string<char, std::char_traits<char>, Allocator>& text) {
    return text.capacity() > std::string().capacity() ? text.capacity() + 1 : 0;
}

// Returns how many bytes of a block the edges in one direction take.
static size_t room_for_edges(size_t symbols, size_t edges, size_t labels) {
    return GraphMemory::room_for<uint32_t>(symbols + 1) + GraphMemory::room_for<Symbol>(edges) +
           GraphMemory::room_for<char>(LabelArray::bytes_for(labels, edges));
}

void ResidentGraph::reserve_memory(size_t chunks, size_t symbols, size_t bytes_of_names, size_t edges, size_t labels) {
    const size_t names = GraphMemory::room_for<char>(bytes_of_names + 1) + GraphMemory::room_for<uint32_t>(symbols + 1);
    const size_t definitions = GraphMemory::room_for<uint32_t>(symbols + 1) + GraphMemory::room_for<ChunkIndex>(chunks);
    const size_t runs = GraphMemory::room_for<uint32_t>(chunks + 1);
    memory_->add_block(GraphMemory::room_for<Chunk>(chunks) + names + definitions + runs +
                       room_for_edges(symbols, edges, labels));
}

// Counts them once: there are many texts, and the cache often asks for the sum of all graphs.
void ResidentGraph::count_text_bytes() {
    name_bytes_ = bytes_held(names_);
    for (const Kind& kind : kinds_) name_bytes_ += bytes_held(kind.text);
    for (const File& file : files_) name_bytes_ += bytes_held(file.path);
    other_text_bytes_ = 0;
    for (const Special& special : specials_)
        other_text_bytes_ += bytes_held(special.name.value_or("")) + bytes_held(special.explicit_id.value_or(""));
    for (const LabelMeaning& meaning : label_meanings_) other_text_bytes_ += bytes_held(meaning.relationship);
    other_text_bytes_ += binding_.bytes();
}

size_t ResidentGraph::bytes() const {
    return sizeof *this + name_bytes_ + other_text_bytes_ + bytes_held(name_ends_) + bytes_held(kinds_) +
           bytes_held(label_meanings_) + bytes_held(files_) + bytes_held(chunks_) + bytes_held(specials_) +
           bytes_held(by_explicit_id_) + bytes_held(definition_starts_) + bytes_held(definitions_) +
           bytes_held(run_starts_) + bytes_held(symbol_starts_) + bytes_held(targets_) + labels_.bytes() +
           list_places_.bytes() + bytes_held(source_starts_) + bytes_held(sources_) + source_labels_.bytes();
}

// ---- symbols and chunks by name ----

std::optional<Symbol> ResidentGraph::find_symbol(std::string_view name) const {
    Symbol low = 0, high = symbol_count();
    while (low < high) {
        const Symbol middle = low + (high - low) / 2;
        if (symbol_name(middle) < name)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == symbol_count() || symbol_name(low) != name) return std::nullopt;
    return low;
}

std::optional<GraphName> ResidentGraph::find_name(std::string_view text) const {
    if (std::optional<Symbol> symbol = find_symbol(text)) return symbol;
    uint32_t low = 0, high = binding_.other_count();
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (binding_.other_name(middle) < text)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == binding_.other_count() || binding_.other_name(low) != text) return std::nullopt;
    return symbol_count() + low;
}

const ResidentGraph::Special* ResidentGraph::find_special(ChunkIndex chunk) const {
    if (!chunks_[chunk].is_special) return nullptr;
    return &*std::ranges::lower_bound(specials_, chunk, {}, &Special::chunk);
}

void ResidentGraph::append_chunk_id(ChunkIndex index, std::string& out) const {
    const Chunk& chunk = chunks_[index];
    if (!chunk.has_fqn) {  // then the id is the symbol
        out += symbol_name(chunk.symbol);
        return;
    }
    ChunkIdentity identity{std::nullopt, last_part(symbol_name(chunk.symbol)), chunk.start_line, chunk.end_line, 1};
    if (const Special* special = find_special(index)) {
        identity.explicit_id = special->explicit_id;
        if (special->name) identity.name = *special->name;
        identity.occurrence = special->occurrence;
    }
    codegraph::append_chunk_id(out, repo_id_, files_[chunk.file].path, identity);
}

std::string ResidentGraph::chunk_id(ChunkIndex chunk) const {
    std::string id;
    append_chunk_id(chunk, id);
    return id;
}

struct ResidentGraph::PlaceInFile {
    uint64_t start_line, end_line;
    std::string_view name;
    uint64_t occurrence;  // 0 with an explicit id
    auto operator<=>(const PlaceInFile&) const = default;
};

ResidentGraph::PlaceInFile ResidentGraph::place_in_file(ChunkIndex index) const {
    const Chunk& chunk = chunks_[index];
    PlaceInFile place{static_cast<uint64_t>(chunk.start_line), static_cast<uint64_t>(chunk.end_line), "unknown", 1};
    const Special* special = find_special(index);
    if (special) place.occurrence = special->explicit_id ? 0 : special->occurrence;
    if (special && special->name) {
        place.name = *special->name;
    } else if (chunk.has_fqn) {
        place.name = last_part(symbol_name(chunk.symbol));
    } else if (place.occurrence > 0) {  // the symbol is the computed id, which has the name and the number
        const size_t begin = files_[chunk.file].path.size() + 1;
        const std::optional<ComputedId> id = parse_computed_id(repo_id_, symbol_name(chunk.symbol));
        if (!id || id->path_and_name.size() < begin) throw corrupt("the symbol of a chunk is not its id");
        place.name = id->path_and_name.substr(begin);
        place.occurrence = id->occurrence;
    }
    return place;
}

// Chunks of a file are in canonical order. No two have the same place but with explicit ids.
std::optional<ChunkIndex> ResidentGraph::find_computed(const ComputedId& id, std::string_view path) const {
    const auto file =
        std::ranges::lower_bound(files_, path, {}, [](const File& f) { return std::string_view(f.path); });
    if (file == files_.end() || file->path != path) return std::nullopt;
    const ChunkIndex end = file + 1 == files_.end() ? chunk_count() : (file + 1)->first_chunk;
    const PlaceInFile wanted{id.start_line, id.end_line, id.path_and_name.substr(path.size() + 1), id.occurrence};
    ChunkIndex first = file->first_chunk, behind = end;
    while (first < behind) {
        const ChunkIndex middle = first + (behind - first) / 2;
        if (place_in_file(middle) < wanted)
            first = middle + 1;
        else
            behind = middle;
    }
    if (first == end || place_in_file(first) != wanted) return std::nullopt;
    return first;
}

std::optional<ChunkIndex> ResidentGraph::find_chunk(std::string_view chunk_id) const {
    const auto explicit_id = [&](ChunkIndex chunk) { return std::string_view(*find_special(chunk)->explicit_id); };
    const auto found = std::ranges::lower_bound(by_explicit_id_, chunk_id, {}, explicit_id);
    if (found != by_explicit_id_.end() && explicit_id(*found) == chunk_id) return *found;
    const bool may_be_computed = chunk_id.size() > repo_id_.size() && chunk_id[repo_id_.size()] == ':';
    if (!may_be_computed) return std::nullopt;  // a quick answer for the many names that are no ids
    const std::optional<ComputedId> id = parse_computed_id(repo_id_, chunk_id);
    if (!id) return std::nullopt;
    for (std::string_view path : paths_of(*id))
        if (std::optional<ChunkIndex> chunk = find_computed(*id, path)) return chunk;
    return std::nullopt;
}

std::optional<Symbol> ResidentGraph::resolve(std::string_view chunk_argument) const {
    if (std::optional<ChunkIndex> chunk = find_chunk(chunk_argument)) return symbol_of(*chunk);
    return find_symbol(chunk_argument);
}

// ---- what binding asks for ----

std::string_view ResidentGraph::name_of_chunk(ChunkIndex chunk) const {
    return place_in_file(chunk).name;
}

ResidentGraph::FileRange ResidentGraph::file(uint32_t number) const {
    const File& file = files_[number];
    const bool is_last = number + 1 == files_.size();
    return {file.path, file.first_chunk, is_last ? chunk_count() : files_[number + 1].first_chunk, file.first_alias,
            is_last ? static_cast<uint32_t>(binding_.aliases.size()) : files_[number + 1].first_alias};
}

std::span<const GraphName> ResidentGraph::targets_of_alias(uint32_t alias) const {
    const size_t end =
        alias + 1 == binding_.aliases.size() ? binding_.alias_targets.size() : binding_.aliases[alias + 1].first_target;
    return std::span(binding_.alias_targets)
        .subspan(binding_.aliases[alias].first_target, end - binding_.aliases[alias].first_target);
}

// ---- dependencies ----

uint32_t ResidentGraph::place_of(ChunkIndex chunk) const {
    const Symbol symbol = symbol_of(chunk);
    const std::span<const ChunkIndex> all = chunks_of(symbol);
    const auto among = all.size() == 1 ? all.begin() : std::ranges::lower_bound(all, chunk);
    return definition_starts_[symbol] + static_cast<uint32_t>(among - all.begin());
}

EdgeView ResidentGraph::merged_edges(Symbol symbol, EdgeScratch& scratch) const {
    scratch.edges.clear();
    const EdgeView all = edges(symbol_starts_[symbol], symbol_starts_[symbol + 1]);
    for (size_t i = 0; i < all.size(); i++) scratch.edges.emplace_back(all.symbol(i), all.label(i));
    std::ranges::sort(scratch.edges);
    scratch.symbols.clear();
    scratch.labels.clear();
    for (const auto& [target, label] : scratch.edges) {
        scratch.symbols.push_back(target);
        scratch.labels.push_back(label);
    }
    return {scratch.symbols.data(), LabelView(nullptr, scratch.labels.data()), scratch.symbols.size()};
}

ListNumber ResidentGraph::first_list_of(Symbol symbol) const {
    const std::vector<uint32_t>& symbols = binding_.list_symbols;
    return static_cast<ListNumber>(std::ranges::lower_bound(symbols, symbol) - symbols.begin());
}

Dependency ResidentGraph::dependency(ChunkIndex from, size_t edge) const {
    Dependency made{from, targets_[edge], labels_[edge], no_list};
    const uint32_t place = list_places_.empty() ? 0 : list_places_[edge];
    if (place > 0) made.list = first_list_of(made.target) + place - 1;
    return made;
}

void ResidentGraph::find_dependencies_of(ChunkIndex chunk, std::vector<Dependency>& found) const {
    found.clear();
    for (const UnboundDependency& d : equal_items(binding_.unbound, chunk, &UnboundDependency::chunk))
        found.push_back({chunk, no_name, d.label, d.list});
    const uint32_t place = place_of(chunk);
    for (size_t edge = run_starts_[place]; edge < run_starts_[place + 1]; edge++)
        found.push_back(dependency(chunk, edge));
}

SavedNames ResidentGraph::saved_names(const Dependency& dependency) const {
    SavedNames names;
    if (dependency.list == no_list) {
        names.candidates.push_back(symbol_name(dependency.target));
        return names;
    }
    for (GraphName candidate : binding_.lists.candidates(dependency.list)) names.candidates.push_back(name(candidate));
    const MembersByName::Question question = binding_.lists.by_name(dependency.list);
    if (question != MembersByName::none) names.to_name = name(binding_.questions[question].name);
    return names;
}

std::vector<Dependency> ResidentGraph::dependencies_to(Symbol symbol) const {
    std::vector<Dependency> found;
    const EdgeView sources = edges_to(symbol);
    for (size_t i = 0; i < sources.size(); i++) {
        if (i > 0 && sources.symbol(i) == sources.symbol(i - 1)) continue;
        for (ChunkIndex chunk : chunks_of(sources.symbol(i))) {
            const uint32_t place = place_of(chunk);
            const auto begin = targets_.begin() + run_starts_[place], end = targets_.begin() + run_starts_[place + 1];
            for (auto edge = std::lower_bound(begin, end, symbol); edge != end && *edge == symbol; ++edge)
                found.push_back(dependency(chunk, static_cast<size_t>(edge - targets_.begin())));
        }
    }
    std::ranges::stable_sort(found, {}, &Dependency::from);
    return found;
}

// Sorts edges by target, by counting. Sources are visited in ascending order, so the edges to one target come out by
// source. Those of one pair come out by relationship: a source that one chunk defines has its edges in that order, and
// the edges of other sources are merged into it.
Task<> ResidentGraph::build_reverse() {
    if (has_reverse()) co_return;
    memory_->add_block(room_for_edges(symbol_count(), targets_.size(), label_count()));
    Array<uint32_t> starts(size_t{symbol_count()} + 1, 0, memory_.get());
    const auto count = [&](size_t from, size_t to) {
        for (size_t i = from; i < to; i++) starts[targets_[i] + 1]++;
    };
    co_await in_pieces(targets_.size(), count);
    for (size_t i = 1; i < starts.size(); i++) starts[i] += starts[i - 1];

    std::vector<uint32_t> next(starts.begin(), starts.end() - 1);
    Array<Symbol> sources(targets_.size(), memory_.get());
    LabelArray labels(memory_.get());
    labels.assign(label_count(), targets_.size());
    EdgeScratch scratch;
    size_t since_checkpoint = 0;
    for (Symbol source = 0; source < symbol_count(); source++) {
        const EdgeView edges = edges_from(source, scratch);
        for (size_t i = 0; i < edges.size(); i++) {
            const uint32_t place = next[edges.symbol(i)]++;
            sources[place] = source;
            labels.set(place, edges.label(i));
        }
        since_checkpoint += edges.size() + 1;
        if (since_checkpoint < piece) continue;
        since_checkpoint = 0;
        co_await checkpoint();
    }
    sources_ = std::move(sources);
    source_labels_ = std::move(labels);
    source_starts_ = std::move(starts);
}

}  // namespace codegraph
