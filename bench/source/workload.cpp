#include "workload.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <set>

#include "random.h"

namespace codegraph::bench {
namespace {

constexpr uint64_t seed = 20251126;
constexpr uint32_t files_in_folder = 4;
constexpr uint32_t folders_in_package = 10;
constexpr uint32_t chunks_in_class = 5;
constexpr uint32_t lines_in_chunk = 20;
constexpr uint32_t most_dependencies = 10;
constexpr uint32_t typical_start_count = 20;
constexpr uint32_t sampled_starts = 401;
// Of 100 methods that a file names: how many it names through an object, in the file itself and elsewhere. Of 100 other
// methods: how many are named after a candidate that nothing defines.
constexpr uint32_t through_object_inside = 40, through_object_elsewhere = 20, after_another = 45;

using Edge = std::pair<uint32_t, uint32_t>;

template <class... Arguments>
std::string text(const char* format, Arguments... arguments) {
    char buffer[256];
    int length = std::snprintf(buffer, sizeof buffer, format, arguments...);
    return std::string(buffer, static_cast<size_t>(length));
}

std::string array(std::span<const std::string> texts) {
    std::string json;
    for (const std::string& element : texts) json.append(json.empty() ? "[\"" : ",\"").append(element) += '"';
    return json + "]";
}

class EdgeMaker {
public:
    explicit EdgeMaker(uint32_t chunk_count) : chunk_count_(chunk_count), by_rank_(chunk_count) {
        std::iota(by_rank_.begin(), by_rank_.end(), 0u);
        for (uint32_t i = chunk_count - 1; i > 0; i--) std::swap(by_rank_[i], by_rank_[random_.below(i + 1)]);
    }

    std::vector<Edge> make() {
        std::vector<Edge> edges;
        edges.reserve(size_t{chunk_count_} * most_dependencies / 2);
        std::vector<uint32_t> targets;
        for (uint32_t from = 0; from < chunk_count_; from++) {
            targets.clear();
            for (uint32_t wanted = random_.below(most_dependencies + 1); targets.size() < wanted;) {
                uint32_t to = target(from);
                if (to != from && std::find(targets.begin(), targets.end(), to) == targets.end()) targets.push_back(to);
            }
            for (uint32_t to : targets) edges.emplace_back(from, to);
        }
        return edges;
    }

private:
    uint32_t target(uint32_t from) {
        const uint32_t kind = random_.below(10);
        if (kind < 7) return within(from, chunks_in_file);
        if (kind < 8) return within(from, chunks_in_file * files_in_folder);
        // In-degree falls as rank^(-8/9), so that the number of chunks with in-degree k falls as k^(-2.1).
        const double rank = std::pow(random_.fraction(), 9) * chunk_count_;
        return by_rank_[std::min(static_cast<uint32_t>(rank), chunk_count_ - 1)];
    }
    uint32_t within(uint32_t from, uint32_t block) { return from / block * block + random_.below(block); }

    uint32_t chunk_count_;
    Random random_{seed};
    std::vector<uint32_t> by_rank_;  // chunks, the best known first
};

Csr reversed(const Csr& graph) {
    std::vector<Edge> edges;
    edges.reserve(graph.edge_count());
    for (uint32_t node = 0; node < graph.node_count(); node++)
        for (uint32_t target : graph.targets(node)) edges.emplace_back(target, node);
    return Csr(graph.node_count(), edges);
}

// `count` of the candidates around the median of what `measure` says, in its order.
template <class Measure>
std::vector<uint32_t> around_median(std::span<const uint32_t> candidates, size_t count, const Measure& measure) {
    std::vector<std::pair<int64_t, uint32_t>> ranked;
    for (uint32_t candidate : candidates) ranked.emplace_back(measure(candidate), candidate);
    std::sort(ranked.begin(), ranked.end());
    std::vector<uint32_t> chosen;
    const size_t first = (ranked.size() - count) / 2;
    for (size_t i = first; i < first + count; i++) chosen.push_back(ranked[i].second);
    return chosen;
}

}  // namespace

Workload::Workload(Size size) : size_(size) {
    forward_ = Csr(size.chunks, EdgeMaker(size.chunks).make());
    backward_ = reversed(forward_);
    choose_starts();
}

void Workload::choose_starts() {
    Random random(seed + 1);
    std::vector<uint32_t> sample(sampled_starts);
    for (uint32_t& chunk : sample) chunk = random.below(chunk_count());
    BreadthFirstSearch search(forward_);
    typical_starts_ =
        around_median(sample, typical_start_count, [&](uint32_t start) { return search.run(start, 3).count; });
    typical_start_ = around_median(typical_starts_, 1, [&](uint32_t start) { return search.run(start, 10).count; })[0];
    for (uint32_t chunk = 1; chunk < chunk_count(); chunk++)
        if (backward_.targets(chunk).size() > backward_.targets(hub_).size()) hub_ = chunk;
}

std::string Workload::name(uint32_t chunk) const {
    return text("method_%04u", chunk % 10'000);
}

Workload Workload::named(Naming naming) const {
    Workload other = *this;
    other.naming_ = naming;
    return other;
}

std::string Workload::class_name(uint32_t chunk) const {
    const uint32_t file = chunk / chunks_in_file;
    return text("pkg%u.module_%03u.Class%u", file / (files_in_folder * folders_in_package), file,
                chunk % chunks_in_file / chunks_in_class);
}

std::string Workload::fqn(uint32_t chunk) const {
    return class_name(chunk) + "." + name(chunk);
}

bool Workload::is_named_through_object(uint32_t file, uint32_t to) const {
    const bool is_inside = to / chunks_in_file == file;
    return Random(seed ^ uint64_t{file} << 32 ^ to).below(100) <
           (is_inside ? through_object_inside : through_object_elsewhere);
}

std::string Workload::object_name(uint32_t file, uint32_t to) const {
    return text("m%u.o%u", file, to / chunks_in_class);
}

std::vector<std::string> Workload::candidates(uint32_t from, uint32_t to) const {
    if (naming_ == Naming::by_fqn) return {fqn(to)};
    const uint32_t file = from / chunks_in_file;
    if (is_named_through_object(file, to)) return {object_name(file, to) + "." + name(to)};
    if (Random(seed ^ to).below(100) < after_another) return {"library." + name(to), fqn(to)};
    return {fqn(to)};
}

std::vector<AliasOfMembers> Workload::aliases(uint32_t file) const {
    std::set<AliasOfMembers> aliases;
    for (uint32_t chunk = file * chunks_in_file; chunk < (file + 1) * chunks_in_file; chunk++)
        for (uint32_t to : forward_.targets(chunk))
            if (naming_ == Naming::by_candidates && is_named_through_object(file, to))
                aliases.insert({object_name(file, to), class_name(to)});
    return {aliases.begin(), aliases.end()};
}

std::string Workload::path(uint32_t file) const {
    const uint32_t folder = file / files_in_folder;
    return text("src/pkg%u/part_%u/module_%03u.py", folder / folders_in_package, folder % folders_in_package, file);
}

uint32_t Workload::start_line(uint32_t chunk) const {
    return chunk % chunks_in_file * (lines_in_chunk + 1) + 1;
}
uint32_t Workload::end_line(uint32_t chunk) const {
    return start_line(chunk) + lines_in_chunk - 1;
}

std::string Workload::chunk_id(uint32_t chunk) const {
    return text("bench:%s:%s:%u-%u", path(chunk / chunks_in_file).c_str(), name(chunk).c_str(), start_line(chunk),
                end_line(chunk));
}

std::string Workload::content(uint32_t chunk, uint64_t variant) const {
    static constexpr std::string_view words[] = {"value",  "result", "index",   "buffer",  "count",  "node",
                                                 "parent", "client", "request", "session", "config", "token"};
    Random random(seed ^ (uint64_t{chunk} << 20) ^ (variant << 44));
    auto word = [&] { return words[random.below(std::size(words))]; };
    std::string lines = "def " + name(chunk) + "(self, value):\n";
    for (uint32_t line = 1; line < lines_in_chunk; line++) {
        lines.append("    ").append(word()).append("_").append(std::to_string(random.below(100)));
        lines.append(" = ").append(word()).append("(").append(word()).append(")\n");
    }
    return lines;
}

std::string Workload::chunks_json(uint32_t file, Edit edit) const {
    std::string json = "[";
    const uint32_t first = file * chunks_in_file;
    for (uint32_t chunk = first; chunk < first + chunks_in_file; chunk++) {
        if (json.size() > 1) json += ',';
        json += R"({"fqn":")" + fqn(chunk) + R"(","kind":"method","language":"python","start_line":)" +
                std::to_string(start_line(chunk)) + R"(,"content":")";
        const uint64_t variant = chunk - first < edit.chunks ? edit.variant : 0;
        for (char c : content(chunk, variant)) c == '\n' ? json += "\\n" : json += c;
        json += "\"}";
    }
    return json + "]";
}

std::string Workload::dependencies_json(uint32_t file, std::string_view extra) const {
    std::string json = "[";
    auto add = [&](uint32_t from, std::span<const std::string> to) {
        if (json.size() > 1) json += ',';
        json.append(R"({"from_fqn":")").append(fqn(from)).append(R"(",)");
        if (to.size() == 1)
            json.append(R"("to_fqn":")").append(to[0]).append("\"}");
        else
            json.append(R"("to_fqns":)").append(array(to)).append("}");
    };
    const uint32_t first = file * chunks_in_file;
    for (uint32_t chunk = first; chunk < first + chunks_in_file; chunk++)
        for (uint32_t target : forward_.targets(chunk)) add(chunk, candidates(chunk, target));
    if (!extra.empty()) add(first, std::vector<std::string>{std::string(extra)});
    return json + "]";
}

std::string Workload::aliases_json(uint32_t file) const {
    std::string json = "[";
    for (const AliasOfMembers& alias : aliases(file)) {
        if (json.size() > 1) json += ',';
        json.append(R"({"fqn":")").append(alias.fqn).append(R"(","to_fqns":[")").append(alias.target);
        json.append(R"("],"members":true})");
    }
    return json + "]";
}

std::string Workload::file_json(uint32_t file, Edit edit) const {
    std::string json = R"({"file_path":")" + path(file) + R"(","chunks":)" + chunks_json(file, edit) +
                       R"(,"dependencies":)" + dependencies_json(file);
    if (naming_ == Naming::by_candidates) json += R"(,"aliases":)" + aliases_json(file);
    return json + "}";
}

}  // namespace codegraph::bench
