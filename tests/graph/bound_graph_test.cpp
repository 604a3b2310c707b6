// Graphs of dependencies that name candidates, against the naive rule of tests/binding: built, and derived one from the
// other.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "binding/binding_under_test.h"
#include "binding/naive_binding.h"
#include "graph/graph_facts.h"
#include "graph/resident_graph_builder.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph::graph_tests {
namespace {

using binding_tests::Chunk;
using binding_tests::File;
using binding_tests::List;
using binding_tests::NaiveBinding;
using binding_tests::RandomPaths;

// The lists of a file start in its live chunks in turn, and have the language of theirs.
struct Source {
    size_t chunk;  // among the live ones
    List list;
    std::string relationship;
    double confidence;
};

std::vector<Chunk> live_chunks(const File& file) {
    std::vector<Chunk> live;
    for (const Chunk& chunk : file.chunks)
        if (!chunk.is_deleted) live.push_back(chunk);
    return live;
}

std::vector<Source> sources_of(const File& file) {
    static const std::vector<std::string> relationships = {"CALLS", "IMPORTS", "EXTENDS"};
    std::vector<Source> sources;
    const std::vector<Chunk> chunks = live_chunks(file);
    if (chunks.empty()) return sources;
    std::set<std::tuple<size_t, std::string, List>> seen;
    for (size_t i = 0; i < file.lists.size(); i++) {
        Source source{i / 2 % chunks.size(), file.lists[i], relationships[i % 3], static_cast<double>(i % 4) / 4};
        source.list.language = chunks[source.chunk].language;
        if (seen.emplace(source.chunk, source.relationship, source.list).second) sources.push_back(std::move(source));
    }
    std::ranges::stable_sort(sources, {}, &Source::chunk);
    return sources;
}

// Gives files to the builder of the product.
class FileBuilder {
public:
    FileBuilder() : builder_("r") {}
    explicit FileBuilder(const ResidentGraph& before) : before_(&before), builder_(before) {
        given_.kinds = ResidentGraphBuilder::kinds(before);
        given_.relationships = ResidentGraphBuilder::relationships(before);
    }
    void add(const File& file) {
        builder_.begin_file(file.path);
        int64_t line = 0;
        std::vector<uint32_t> families;
        for (const Chunk& chunk : live_chunks(file)) {
            line++;
            families.push_back(builder_.family(chunk.language));
            builder_.add_chunk({.symbol = name(chunk.fqn.empty() ? chunk.id : chunk.fqn),
                                .has_fqn = !chunk.fqn.empty(),
                                .kind = index_in(given_.kinds, chunk.kind),
                                .family = families.back(),
                                .is_private = chunk.visibility == "private",
                                .is_local = chunk.visibility == "local",
                                .start_line = line,
                                .end_line = line,
                                .name = chunk.name,
                                .explicit_id = chunk.id});
        }
        for (const Source& source : sources_of(file)) {
            const List& list = source.list;
            const uint32_t relationship = index_in(given_.relationships, source.relationship);
            const auto from = static_cast<uint32_t>(source.chunk);
            if (list.candidates.size() == 1 && list.to_name.empty()) {
                builder_.add_dependency(from, name(list.candidates[0]), relationship, source.confidence);
                continue;
            }
            const ListNumber number = builder_.list(
                names(list.candidates), list.to_name.empty() ? no_name : name(list.to_name), families[source.chunk]);
            builder_.add_dependency_by_list(from, number, relationship, source.confidence);
        }
        for (const binding_tests::Alias& alias : file.aliases)
            builder_.add_alias(name(alias.name), alias.members ? AliasKind::members : AliasKind::exact,
                               names(alias.targets));
    }
    void keep(std::string_view from, std::optional<std::string_view> end) {
        database_.run(builder_.keep_files(from, end));
    }
    std::unique_ptr<ResidentGraph> build() {
        for (const std::string& text : texts_) given_.names.push_back(text);
        auto graph = std::make_unique<ResidentGraph>(database_.run(builder_.build(given_)));
        database_.run(graph->build_reverse());
        return graph;
    }
    long checkpoints() const { return database_.checkpoints; }
    size_t lists_bound_again() const { return builder_.lists_bound_again(); }

private:
    NameIndex name(const std::string& text) {
        if (before_)
            if (const std::optional<GraphName> known = before_->find_name(text)) return *known;
        return (before_ ? before_->name_count() : 0) + index_in(texts_, text);
    }
    std::vector<NameIndex> names(const std::vector<std::string>& texts) {
        std::vector<NameIndex> all;
        for (const std::string& text : texts) all.push_back(name(text));
        return all;
    }
    static uint32_t index_in(std::vector<std::string>& all, const std::string& text) {
        const auto place = std::ranges::find(all, text);
        if (place == all.end()) {
            all.push_back(text);
            return static_cast<uint32_t>(all.size() - 1);
        }
        return static_cast<uint32_t>(place - all.begin());
    }

    ScriptedDatabase database_;
    const ResidentGraph* before_ = nullptr;
    ResidentGraphBuilder builder_;
    std::vector<std::string> texts_;
    GraphNames given_;
};

std::unique_ptr<ResidentGraph> build(const std::vector<File>& live) {
    FileBuilder builder;
    for (const File& file : live) builder.add(file);
    return builder.build();
}

std::string as_json(const List& list) {  // no name of these tests needs an escape
    std::string text;
    for (const std::string& candidate : list.candidates) text += (text.empty() ? "\"" : ",\"") + candidate + '"';
    if (!list.to_name.empty()) text += std::string(text.empty() ? "" : ",") + "{\"name\":\"" + list.to_name + "\"}";
    return '[' + text + ']';
}

// A dependency as a row: source, symbol, relationship, saved names, confidence.
using Row = std::tuple<std::string, std::string, std::string, std::string, double>;

std::string text(const Row& row) {
    const auto& [from, to, relationship, saved, confidence] = row;
    return from + " -> " + to + ' ' + relationship + ' ' + saved + ' ' + std::to_string(confidence);
}

std::vector<std::string> rows_of(const ResidentGraph& graph) {
    std::vector<std::string> rows;
    std::vector<Dependency> found;
    for (ChunkIndex chunk = 0; chunk < graph.chunk_count(); chunk++) {
        graph.find_dependencies_of(chunk, found);
        for (const Dependency& d : found) {
            std::string saved;
            append_json(graph.saved_names(d), saved);
            const std::string to = d.target == no_name ? "" : std::string(graph.symbol_name(d.target));
            rows.push_back(text({graph.chunk_id(chunk), to, std::string(graph.relationship_name(d.label)), saved,
                                 graph.confidence(d.label)}));
        }
    }
    return rows;
}

std::vector<std::string> expected_rows(NaiveBinding& naive) {
    std::vector<std::string> all;
    for (const File& file : naive.files()) {
        const std::vector<Chunk> chunks = live_chunks(file);
        std::vector<std::vector<Row>> rows(chunks.size());
        for (const Source& source : sources_of(file)) {
            const binding_tests::NaiveAnswer answer = naive.bind(source.list);
            rows[source.chunk].emplace_back(chunks[source.chunk].id, answer.symbol.value_or(""), source.relationship,
                                            as_json(source.list), source.confidence * (answer.by == 'm' ? 0.6 : 1));
        }
        for (std::vector<Row>& of_chunk : rows) {
            std::ranges::sort(of_chunk);
            for (const Row& row : of_chunk) all.push_back(text(row));
        }
    }
    return all;
}

std::set<std::string> symbols_of(NaiveBinding& naive) {
    std::set<std::string> all;
    for (const File& file : naive.files()) {
        for (const Chunk& chunk : live_chunks(file)) all.insert(chunk.fqn.empty() ? chunk.id : chunk.fqn);
        for (const Source& source : sources_of(file))
            if (const auto symbol = naive.bind(source.list).symbol) all.insert(*symbol);
    }
    return all;
}

void expect_as_oracle(const ResidentGraph& graph, NaiveBinding& naive) {
    ASSERT_EQ(rows_of(graph), expected_rows(naive));
    std::vector<std::string> symbols;
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++) symbols.emplace_back(graph.symbol_name(symbol));
    const std::set<std::string> expected = symbols_of(naive);
    ASSERT_EQ(symbols, std::vector<std::string>(expected.begin(), expected.end()));
    std::multiset<std::string> by_target, by_source;
    std::vector<Dependency> found;
    for (ChunkIndex chunk = 0; chunk < graph.chunk_count(); chunk++) {
        graph.find_dependencies_of(chunk, found);
        for (const Dependency& d : found)
            if (d.target != no_name)
                by_source.insert(std::to_string(d.target) + ' ' + std::to_string(chunk) + ' ' +
                                 std::to_string(d.label) + ' ' + std::to_string(d.list));
    }
    for (Symbol symbol = 0; symbol < graph.symbol_count(); symbol++)
        for (const Dependency& d : graph.dependencies_to(symbol))
            by_target.insert(std::to_string(d.target) + ' ' + std::to_string(d.from) + ' ' + std::to_string(d.label) +
                             ' ' + std::to_string(d.list));
    ASSERT_EQ(by_target, by_source);
}

void expect_resolved_as_oracle(const ResidentGraph& graph, NaiveBinding& naive, RandomPaths& paths) {
    const std::unique_ptr<GraphFacts> facts = ScriptedDatabase().run(GraphFacts::make(graph));
    PathResolver resolver(facts->facts());
    for (int i = 0; i < 30; i++) {
        const std::string path = paths.near(paths());
        const NameNumber found = resolver.resolve(path);
        ASSERT_EQ(found == no_name ? std::nullopt : std::optional(std::string(facts->facts().text(found))),
                  naive.resolve(path))
            << path;
    }
}

std::set<List> distinct_lists(const NaiveBinding& naive) {
    std::set<List> lists;
    for (const File& file : naive.files())
        for (Source& source : sources_of(file)) {
            List list = source.list;
            list.language = list.to_name.empty() ? "" : NaiveBinding::family(list.language);
            lists.insert(list);
        }
    return lists;
}

// Of the lists of both snapshots, those that asked for a changed name; those that name one candidate alone may be kept
// without a list, and then nothing is bound.
void expect_bound_again(size_t bound_again, NaiveBinding& before, NaiveBinding& after, const ChangedNames& changed) {
    size_t least = 0, most = 0;
    const std::set<List> now = distinct_lists(after);
    for (const List& list : distinct_lists(before)) {
        if (!now.contains(list)) continue;
        before.bind(list);
        const std::set<Fingerprint> asked = binding_tests::fingerprints_of(before.asked);
        const bool asked_for_a_changed_name =
            before.asked_too_much ||
            std::ranges::any_of(asked, [&](Fingerprint name) { return changed.contains(name); });
        most += asked_for_a_changed_name;
        least += asked_for_a_changed_name && (list.candidates.size() != 1 || !list.to_name.empty());
    }
    EXPECT_GE(bound_again, least);
    EXPECT_LE(bound_again, most);
}

const File* find_file(const NaiveBinding& naive, const std::string& path) {
    for (const File& file : naive.files())
        if (file.path == path) return &file;
    return nullptr;
}

std::string change_one(std::vector<File>& files, Random& random, RandomPaths& paths) {
    const std::string path(1, static_cast<char>('p' + random.below(6)));
    const auto old = std::ranges::find(files, path, &File::path);
    if (old == files.end()) {
        files.push_back(binding_tests::random_file(random, paths, path));
        for (uint64_t lists = random.below(8); lists > 0; lists--)
            files.back().lists.push_back(binding_tests::random_list(random, paths, files));
    } else if (random.one_in(5)) {
        old->is_deleted = !old->is_deleted;
    } else if (random.one_in(3) || old->chunks.empty()) {
        std::vector<List> lists = std::move(old->lists);
        if (random.one_in(2) && !lists.empty()) lists.pop_back();
        *old = binding_tests::random_file(random, paths, path);
        old->lists = std::move(lists);
        if (random.one_in(2)) old->lists.push_back(binding_tests::random_list(random, paths, files));
    } else {
        Chunk& chunk = old->chunks[random.below(old->chunks.size())];
        const std::string id = chunk.id;
        chunk = binding_tests::random_chunk(random, paths, path);
        if (random.one_in(2)) chunk.id = id;
    }
    return path;
}

TEST(BoundGraph, HasTheEdgesOfTheNaiveRule) {
    for (uint64_t seed : fresh_seeds(300)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        RandomPaths paths(random);
        NaiveBinding naive(binding_tests::random_files(random, paths));
        const std::unique_ptr<ResidentGraph> graph = build(naive.files());
        expect_as_oracle(*graph, naive);
        expect_resolved_as_oracle(*graph, naive, paths);
        if (HasFatalFailure()) return;
    }
}

TEST(BoundGraph, DerivedFromAnotherHasThemTooAndBindsOnlyWhatAskedForAChangedName) {
    for (uint64_t seed : fresh_seeds(150)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        RandomPaths paths(random);
        std::vector<File> files = binding_tests::random_files(random, paths);
        const bool has_aliases = !random.one_in(4);
        if (!has_aliases)
            for (File& file : files) file.aliases.clear();
        auto before = std::make_unique<NaiveBinding>(files);
        std::unique_ptr<ResidentGraph> graph = build(before->files());
        for (int step = 0; step < 8; step++) {
            const std::string path = change_one(files, random, paths);
            if (!has_aliases && !random.one_in(8)) std::ranges::find(files, path, &File::path)->aliases.clear();
            auto after = std::make_unique<NaiveBinding>(files);
            FileBuilder builder(*graph);
            builder.keep("", path);
            if (const File* file = find_file(*after, path)) builder.add(*file);
            builder.keep(path + '\0', std::nullopt);
            std::unique_ptr<ResidentGraph> derived = builder.build();
            expect_as_oracle(*derived, *after);
            expect_resolved_as_oracle(*derived, *after, paths);
            ChangedNames changed;
            binding_tests::facts_of_file(find_file(*before, path))
                .compare(binding_tests::facts_of_file(find_file(*after, path)), changed);
            expect_bound_again(builder.lists_bound_again(), *before, *after, changed);
            if (HasFailure()) return;
            graph = std::move(derived);
            before = std::move(after);
        }
    }
}

// Each question goes once round a ring of aliases, of which nothing can be remembered.
TEST(BoundGraph, LooksForInterruptsBetweenTheQuestionsOfAList) {
    constexpr size_t ring = 990, lists = 40, candidates = 16;
    constexpr size_t most_steps_between = 20000 + 2 * ring;
    File file{.path = "f", .chunks = {{"id", "f", "f", "function", "", "c"}}, .aliases = {}, .lists = {}};
    for (size_t i = 0; i < ring; i++)
        file.aliases.push_back({"ring" + std::to_string(i), {"ring" + std::to_string((i + 1) % ring)}, false});
    for (size_t list = 0; list < lists; list++) {
        file.lists.emplace_back();
        for (size_t i = 0; i < candidates; i++)
            file.lists.back().candidates.push_back("ring0.m" + std::to_string(list * candidates + i));
    }
    FileBuilder builder;
    builder.add(file);
    const std::unique_ptr<ResidentGraph> graph = builder.build();
    EXPECT_EQ(rows_of(*graph).size(), lists);
    EXPECT_GE(static_cast<size_t>(builder.checkpoints()), lists * candidates * ring / most_steps_between);
}

// The order of record is that of the JSON texts.
TEST(SavedNames, AreOrderedAsTheirTexts) {
    const std::vector<std::string> texts = {"a",     "ab",   "a b",      "a\"", "a\\", "a\n", "a\x01",
                                            "a\x1f", "\x7f", "\xc3\xa9", "a!",  "",    "b"};
    Random random(1);
    const auto random_names = [&] {
        SavedNames names;
        for (uint64_t more = random.below(4); more > 0; more--) names.candidates.push_back(random.of(texts));
        if (names.candidates.empty() || random.one_in(3)) names.to_name = texts[random.below(5)];
        return names;
    };
    for (int i = 0; i < 20000; i++) {
        const SavedNames a = random_names(), b = random_names();
        std::string text_a, text_b;
        append_json(a, text_a);
        append_json(b, text_b);
        EXPECT_EQ(compare_as_json(a, b), text_a.compare(text_b) <=> 0) << text_a << ' ' << text_b;
    }
    std::string text;
    append_json({{"a\"\\\b\f\n\r\t\x01"}, "x"}, text);
    EXPECT_EQ(text, R"(["a\"\\\b\f\n\r\t\u0001",{"name":"x"}])");
}

}  // namespace
}  // namespace codegraph::graph_tests
