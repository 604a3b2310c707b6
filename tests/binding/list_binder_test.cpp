#include "binding/list_binder.h"

#include <gtest/gtest.h>

#include "binding_under_test.h"
#include "naive_binding.h"
#include "random.h"

using namespace codegraph;
using namespace codegraph::binding_tests;

namespace {

// A snapshot with all of its lists bound, and what each asked for.
struct Bound {
    explicit Bound(const std::vector<File>& files)
        : naive(files), product(naive.files()), asked(product.lists.size()) {}

    std::set<Fingerprint> asked_by_oracle(const List& list) {
        naive.bind(list);
        return fingerprints_of(naive.asked);
    }

    NaiveBinding naive;
    BindingUnderTest product;
    AskedNames asked;
    std::vector<Binding> bindings;  // by list
};

void bind_all(Bound& bound) {
    PathResolver resolver(*bound.product.facts);
    resolver.learn_names(~NameNumber{0});
    ListBinder binder(*bound.product.facts, bound.product.members, resolver);
    for (ListNumber list = 0; list < bound.product.lists.size(); list++)
        bound.bindings.push_back(binder.bind(bound.product.lists, list, &bound.asked));
    bound.asked.finish();
}

void expect_as_oracle(Bound& bound) {
    for (const auto& [list, number] : bound.product.list_numbers) {
        ASSERT_EQ(bound.product.answer(bound.bindings[number]), bound.naive.bind(list));
        const std::span<const Fingerprint> asked = bound.asked.of(number);
        ASSERT_EQ(std::set<Fingerprint>(asked.begin(), asked.end()), fingerprints_of(bound.naive.asked));
    }
}

const File* find_file(const NaiveBinding& naive, const std::string& path) {
    for (const File& file : naive.files())
        if (file.path == path) return &file;
    return nullptr;
}

// Binds `after` as a graph that is derived does: keeps what `before` has of lists that asked for no changed name.
// Returns how many lists of `before` it bound again.
size_t derive(const Bound& before, Bound& after, const ChangedNames& changed) {
    PathResolver resolver(*after.product.facts);
    ListBinder binder(*after.product.facts, after.product.members, resolver);
    std::map<ListNumber, ListNumber> kept;
    size_t bound_again = 0;
    for (const auto& [list, number] : after.product.list_numbers) {
        const auto known = before.product.list_numbers.find(list);
        if (known == before.product.list_numbers.end()) continue;
        if (before.asked.asked_for_any(known->second, changed))
            bound_again++;
        else
            kept[number] = known->second;
    }
    for (ListNumber list = 0; list < after.product.lists.size(); list++) {
        if (!kept.contains(list)) {
            after.bindings.push_back(binder.bind(after.product.lists, list, &after.asked));
            continue;
        }
        const Binding& binding = before.bindings[kept[list]];
        const NameNumber symbol =
            binding.symbol == no_name ? no_name : after.product.number(*before.product.text(binding.symbol));
        after.bindings.push_back({symbol, binding.by});
        after.asked.add_as_in(before.asked, kept[list]);
    }
    return bound_again;
}

// Changes a file of the snapshot, or takes it away, or adds one.
std::string change_one(std::vector<File>& files, Random& random, RandomPaths& paths) {
    const std::string path(1, static_cast<char>('p' + random.below(6)));
    const auto old = std::ranges::find(files, path, &File::path);
    if (old == files.end()) {
        files.push_back(random_file(random, paths, path));
    } else if (random.one_in(5)) {
        old->is_deleted = !old->is_deleted;
    } else if (random.one_in(3) || old->chunks.empty()) {
        std::vector<List> lists = std::move(old->lists);
        *old = random_file(random, paths, path);
        old->lists = std::move(lists);
    } else {
        Chunk& chunk = old->chunks[random.below(old->chunks.size())];
        const std::string id = chunk.id;
        chunk = random_chunk(random, paths, path);
        if (random.one_in(2)) chunk.id = id;
    }
    return path;
}

bool meets(const std::set<Fingerprint>& asked, const ChangedNames& changed) {
    return std::ranges::any_of(asked, [&](Fingerprint name) { return changed.contains(name); });
}

}  // namespace

TEST(ListBinder, BindsAsTheNaiveRuleDoes) {
    for (uint64_t seed : fresh_seeds(300)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        RandomPaths paths(random);
        Bound bound(random_files(random, paths));
        bind_all(bound);
        expect_as_oracle(bound);
        if (HasFatalFailure()) return;
    }
}

TEST(ListBinder, BindsAgainOnlyListsThatAskedForAChangedName) {
    for (uint64_t seed : fresh_seeds(60)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        RandomPaths paths(random);
        std::vector<File> files = random_files(random, paths);
        auto before = std::make_unique<Bound>(files);
        bind_all(*before);
        for (int step = 0; step < 8; step++) {
            const std::string path = change_one(files, random, paths);
            auto after = std::make_unique<Bound>(files);
            ChangedNames changed;
            facts_of_file(find_file(before->naive, path))
                .compare(facts_of_file(find_file(after->naive, path)), changed);
            const size_t bound_again = derive(*before, *after, changed);
            expect_as_oracle(*after);
            if (HasFatalFailure()) return;
            size_t expected = 0;
            for (const auto& [list, number] : after->product.list_numbers)
                expected +=
                    before->product.list_numbers.contains(list) && meets(before->asked_by_oracle(list), changed);
            ASSERT_EQ(bound_again, expected);
            before = std::move(after);
        }
    }
}

TEST(ListBinder, TakesTheFirstCandidateThatIsAnIdOrStandsForSomething) {
    File file{.path = "f", .chunks = {}, .aliases = {}, .lists = {}};
    file.chunks = {{"one", "m.f", "f", "method", "", "C++"}, {"two", "", "g", "method", "", "c"}};
    file.lists = {{{"no", "two", "m.f"}, "", ""}, {{"one"}, "", ""}, {{"no"}, "f", "objc"}, {{"no"}, "f", "java"},
                  {{"no", "not"}, "g", "c"},      {{}, "f", "c"},    {{}, "h", "c"}};
    Bound bound({file});
    bind_all(bound);
    std::vector<NaiveAnswer> answers;
    for (const List& list : file.lists)
        answers.push_back(bound.product.answer(bound.bindings[bound.product.list_numbers[list]]));
    const std::vector<NaiveAnswer> expected = {{"two", 'c'}, {"m.f", 'c'}, {"m.f", 'm'},       {"no", 'n'},
                                               {"no", 'n'},  {"m.f", 'm'}, {std::nullopt, 'n'}};
    EXPECT_EQ(answers, expected);
    expect_as_oracle(bound);
}

TEST(MembersByName, KnowsTheFamiliesOfLanguages) {
    for (const char* language : {"c", "C", "C++", "cpp", "ObjC"}) EXPECT_EQ(family_of_language(language), "c");
    for (const char* language : {"JavaScript", "typescript", "JSX", "tsx"})
        EXPECT_EQ(family_of_language(language), "javascript");
    EXPECT_EQ(family_of_language("Python"), "python");
    EXPECT_EQ(family_of_language("É"), "É");
}

TEST(CandidateLists, HaveEachDifferentListOnce) {
    CandidateLists lists;
    const std::vector<NameNumber> one = {7}, two = {7, 8}, other = {8, 7};
    const ListNumber first = lists.intern(one, MembersByName::none);
    EXPECT_NE(lists.intern(two, MembersByName::none), first);
    EXPECT_NE(lists.intern(other, MembersByName::none), lists.intern(two, MembersByName::none));
    EXPECT_NE(lists.intern(one, 0), first);
    EXPECT_NE(lists.intern(one, 8), lists.intern(two, MembersByName::none));
    EXPECT_EQ(lists.intern(one, MembersByName::none), first);
    EXPECT_EQ(lists.intern({}, 3), lists.intern({}, 3));
    EXPECT_EQ(lists.size(), 6U);
    EXPECT_EQ(lists.by_name(first), MembersByName::none);
    EXPECT_EQ(lists.by_name(lists.intern(one, 0)), 0U);
    EXPECT_EQ(lists.candidates(lists.intern({}, 3)).size(), 0U);
}

TEST(AskedNames, TakeNoMoreThan24BytesAListAndSomeKilobytes) {
    Random random(1);
    for (const size_t count : {size_t{0}, size_t{1}, size_t{1000}, size_t{20000}}) {
        AskedNames asked(count);
        std::vector<Fingerprint> names(100);
        for (size_t list = 0; list < count; list++) {
            for (Fingerprint& name : names) name = static_cast<Fingerprint>(random.below(1 << 30));
            asked.add(std::span(names).first(random.below(list % 3 == 0 ? 100 : 5)));
        }
        asked.finish();
        EXPECT_LE(asked.bytes(), 24 * count + 16384 + 64);
        ChangedNames changed;
        changed.add(1 << 31);
        size_t everything = 0;
        for (ListNumber list = 0; list < count; list++) {
            everything += asked.asked_for_everything(list);
            EXPECT_EQ(asked.asked_for_any(list, changed), asked.asked_for_everything(list));
            EXPECT_FALSE(asked.asked_for_any(list, ChangedNames()));
        }
        EXPECT_EQ(everything > 0, count >= 1000);
    }
}
