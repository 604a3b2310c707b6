#include "binding/path_resolver.h"

#include <gtest/gtest.h>

#include "binding_under_test.h"
#include "naive_binding.h"
#include "random.h"

using namespace codegraph;
using namespace codegraph::binding_tests;

namespace {

using Memory = PathResolver::Memory;

// Asks the questions in a random order, some again, and compares with the oracle.
void expect_as_oracle(const std::vector<File>& files, const std::vector<std::string>& questions, Random& random,
                      Memory memory, bool learns) {
    NaiveBinding naive(files);
    const BindingUnderTest product(naive.files());
    PathResolver resolver(*product.facts, memory);
    while (learns && !resolver.learn_names(3)) continue;
    for (size_t i = 0; i < questions.size() * 2; i++) {
        const std::string& path = random.of(questions);
        resolver.begin_asking();
        naive.asked.clear();
        const NameNumber number = product.number(path);
        const bool by_number = number != no_name && random.one_in(2);
        const auto result = product.text(by_number ? resolver.resolve(number) : resolver.resolve(path));
        ASSERT_EQ(result, naive.resolve(path)) << path;
        ASSERT_EQ(resolver.has_passed_limit(), naive.count() > NaiveBinding::path_limit) << path;
        ASSERT_EQ(resolver.asked_too_much(), resolver.has_passed_limit());
        if (memory == Memory::none)
            ASSERT_EQ(resolver.paths_of_question(), static_cast<uint32_t>(naive.count())) << path;
        else
            ASSERT_GE(resolver.paths_of_question(), static_cast<uint32_t>(naive.count())) << path;
        if (resolver.asked_too_much()) continue;
        ASSERT_EQ(std::set<Fingerprint>(resolver.asked().begin(), resolver.asked().end()), fingerprints_of(naive.asked))
            << path;
    }
}

void expect_as_oracle_in_all_ways(const std::vector<File>& files, const std::vector<std::string>& questions,
                                  Random& random) {
    for (const Memory memory : {Memory::across_questions, Memory::none})
        for (const bool learns : {true, false}) {
            SCOPED_TRACE(std::string(memory == Memory::none ? "without memory" : "with memory") +
                         (learns ? ", names learned" : ", names looked for"));
            expect_as_oracle(files, questions, random, memory, learns);
            if (testing::Test::HasFatalFailure()) return;
        }
}

// Is one file that is made line by line.
struct Facts {
    File file{.path = "f", .chunks = {}, .aliases = {}, .lists = {}};

    Facts& define(const std::string& fqn, const std::string& kind = "function", const std::string& visibility = "") {
        file.chunks.push_back({"id" + std::to_string(file.chunks.size()), fqn, "x", kind, visibility, "c"});
        return *this;
    }
    Facts& exact(const std::string& name, const std::vector<std::string>& targets) {
        file.aliases.push_back({name, targets, false});
        return *this;
    }
    Facts& members(const std::string& name, const std::vector<std::string>& targets) {
        file.aliases.push_back({name, targets, true});
        return *this;
    }
    std::string resolve(const std::string& path) const {
        NaiveBinding naive({file});
        const BindingUnderTest product(naive.files());
        PathResolver resolver(*product.facts);
        const auto result = product.text(resolver.resolve(path));
        EXPECT_EQ(result, naive.resolve(path)) << path;
        return result.value_or("nothing");
    }
};

}  // namespace

// ---- the rule by examples ----

TEST(PathResolver, FindsWhatIsReExported) {
    const Facts facts = Facts().define("flask.app.Flask", "class").exact("flask.Flask", {"flask.app.Flask"});
    EXPECT_EQ(facts.resolve("flask.Flask"), "flask.app.Flask");
    EXPECT_EQ(facts.resolve("flask.app.Flask"), "flask.app.Flask");
    EXPECT_EQ(facts.resolve("flask.Flash"), "nothing");
}

TEST(PathResolver, FindsMembersOfBasesInTheirOrder) {
    const Facts facts = Facts()
                            .define("D", "class")
                            .define("B", "class")
                            .define("C", "class")
                            .define("C.m")
                            .define("B.only")
                            .define("B.m")
                            .members("D", {"C", "B"});
    EXPECT_EQ(facts.resolve("D.m"), "C.m");
    EXPECT_EQ(facts.resolve("D.only"), "B.only");
}

TEST(PathResolver, FindsMembersOfWhatACallReturns) {
    const Facts facts = Facts()
                            .define("flask.Flask", "class")
                            .define("flask.Flask.test_client")
                            .define("flask.testing.Client", "class")
                            .define("flask.testing.Client.get")
                            .exact("flask.Flask.test_client()", {"flask.testing.Client"});
    EXPECT_EQ(facts.resolve("flask.Flask().test_client().get"), "flask.testing.Client.get");
    EXPECT_EQ(facts.resolve("flask.Flask().test_client()"), "flask.testing.Client");
    EXPECT_EQ(facts.resolve("flask.Flask()"), "flask.Flask");
    EXPECT_EQ(facts.resolve("flask.Flask.test_client().post"), "nothing");
}

TEST(PathResolver, AsksTheCallOfWhatACalleeStandsFor) {
    const Facts facts = Facts().define("m.f").define("T").exact("g", {"m.f"}).exact("m.f()", {"T"});
    EXPECT_EQ(facts.resolve("g()"), "T");
}

TEST(PathResolver, LeavesOutInheritedPrivateMembersAlone) {
    const Facts facts = Facts()
                            .define("B.m", "method", "private")
                            .define("C.m", "method", "public")
                            .define("C.m", "method", "private")
                            .members("D", {"B", "C"})
                            .exact("E", {"F"})
                            .define("F")
                            .define("F.m", "method", "private");
    EXPECT_EQ(facts.resolve("D.m"), "C.m");  // one of its chunks is public
    EXPECT_EQ(facts.resolve("E.m"), "F.m");  // not inherited
    EXPECT_EQ(facts.resolve("B.m"), "B.m");
}

TEST(PathResolver, GivesNothingForAPathThatLeadsToItself) {
    const Facts facts =
        Facts().exact("a", {"b"}).exact("b", {"c"}).exact("c", {"a"}).exact("s", {"s"}).members("d", {"d", "d.d"});
    for (const char* path : {"a", "b", "c", "s", "d.m", "d.d.m", "a()", "a.m"})
        EXPECT_EQ(facts.resolve(path), "nothing");
}

TEST(PathResolver, TakesPathsThatAreSeparators) {
    const Facts facts =
        Facts().define("::").define("m.").exact(".", {"::"}).exact("#", {"."}).exact("operator/", {"m."});
    EXPECT_EQ(facts.resolve("#"), "::");
    EXPECT_EQ(facts.resolve("operator/"), "m.");
    EXPECT_EQ(facts.resolve("()"), "nothing");
    EXPECT_EQ(facts.resolve(""), "nothing");
    EXPECT_EQ(facts.resolve(std::string(1025, 'a')), "nothing");
}

// A result from inside a circle may be right for a question and wrong below another path of the circle: x stands for u
// because p gives nothing while x is evaluated, though p by itself stands for t.
TEST(PathResolver, CutsACircleWhereTheQuestionEntersIt) {
    const Facts facts = Facts().define("t").define("u").exact("x", {"p", "t"}).exact("p", {"x", "u"});
    NaiveBinding naive({facts.file});
    const BindingUnderTest product(naive.files());
    PathResolver resolver(*product.facts);
    EXPECT_EQ(product.text(resolver.resolve("p")), "t");
    EXPECT_EQ(product.text(resolver.resolve("x")), "u");
    EXPECT_EQ(product.text(resolver.resolve("p")), "t");
}

// ---- against the oracle ----

TEST(PathResolver, AnswersAsTheNaiveRuleDoes) {
    for (uint64_t seed : fresh_seeds(100)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        RandomPaths paths(random);
        const std::vector<File> files = random_files(random, paths);
        std::vector<std::string> questions;
        for (int i = 0; i < 40; i++) questions.push_back(paths.near(paths()));
        expect_as_oracle_in_all_ways(files, questions, random);
        if (HasFatalFailure()) return;
    }
}

// Names in chains, with short cuts, ways back and joins, of about as many paths as a question may evaluate.
TEST(PathResolver, GivesNothingWhereTheNaiveRulePassesTheLimit) {
    for (uint64_t seed : fresh_seeds(12)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        Facts facts;
        const auto name = [](uint64_t i) { return "n" + std::to_string(i); };
        const uint64_t length = static_cast<uint64_t>(random.between(960, 1040));
        const uint64_t rare = 1 + random.below(100);
        for (uint64_t i = 0; i < length; i++) {
            std::vector<std::string> targets = {name(i + 1)};
            if (random.one_in(rare)) targets.insert(targets.begin(), name(random.below(length)));
            if (random.one_in(rare)) targets.push_back(name(i + 1 + random.below(20)));
            random.one_in(10) ? facts.members(name(i), targets) : facts.exact(name(i), targets);
        }
        facts.define(name(length), "class").define(name(length) + ".m");
        std::vector<std::string> questions;
        for (int i = 0; i < 6; i++) {
            const std::string from = name(random.below(random.one_in(2) ? 20 : length));
            questions.insert(questions.end(), {from, from + ".m", from + "()"});
        }
        expect_as_oracle_in_all_ways({facts.file}, questions, random);
        if (HasFatalFailure()) return;
    }
}

TEST(PathResolver, EvaluatesAThousandPathsAndNoMore) {
    for (const int names : {999, 1000}) {  // and the chunk at the end
        Facts facts;
        for (int i = 0; i < names; i++) facts.exact("n" + std::to_string(i), {"n" + std::to_string(i + 1)});
        facts.define("n" + std::to_string(names));
        EXPECT_EQ(facts.resolve("n0"), names == 999 ? "n999" : "nothing");
        EXPECT_EQ(facts.resolve("n1"), "n" + std::to_string(names));
    }
}

// Remembered counts are upper bounds: here both ways from one name to the next join again and again.
TEST(PathResolver, FollowsChainsOfDiamonds) {
    Facts facts;
    const auto name = [](char side, int i) { return side + std::to_string(i); };
    for (int i = 0; i < 330; i++)
        facts.exact(name('a', i), {name('b', i), name('c', i)})
            .exact(name('b', i), {name('a', i + 1)})
            .exact(name('c', i), {name('a', i + 1)});
    std::vector<std::string> questions;
    for (int i = 0; i < 330; i += 41) questions.insert(questions.end(), {name('a', i), name('b', i), name('c', i)});
    Random random(1);
    expect_as_oracle_in_all_ways({facts.file}, questions, random);
}

// Each question makes hundreds of paths that no fact has, and together more than there is room for.
TEST(PathResolver, TakesBackPathsForWhichThereIsNoRoom) {
    Facts facts;
    for (int i = 0; i < 450; i++) facts.members("n" + std::to_string(i), {"n" + std::to_string(i + 1)});
    facts.define("n450.m7").define("n100.m9", "method", "private");
    NaiveBinding naive({facts.file});
    const BindingUnderTest product(naive.files());
    for (const bool learns : {true, false}) {
        PathResolver resolver(*product.facts);
        if (learns) resolver.learn_names(~NameNumber{0});
        size_t bytes = 0;
        for (int i = 0; i < 600; i++) {
            const std::string path = "n" + std::to_string(i % 3) + ".m" + std::to_string(i % 500);
            resolver.begin_asking();
            const NameNumber result = resolver.resolve(path);
            if (i % 50 == 7) {
                ASSERT_EQ(product.text(result), naive.resolve(path)) << path;
            }
            if (i == 300) bytes = resolver.bytes();
        }
        EXPECT_EQ(resolver.bytes(), bytes);
        EXPECT_EQ(product.text(resolver.resolve("n0.m7")), "n450.m7");
        EXPECT_EQ(product.text(resolver.resolve("n0.m9")), std::nullopt);
    }
}

// Reading such names ahead would take a path for each of their parts.
TEST(PathResolver, LooksForNamesOfHundredsOfParts) {
    Facts facts;
    for (int i = 0; i < 500; i++) {
        std::string fqn;
        for (int part = 0; part < 200; part++) fqn += "p" + std::to_string(i) + ".";
        facts.define(fqn + "m").exact(fqn + "n", {fqn + "m"});
    }
    NaiveBinding naive({facts.file});
    const BindingUnderTest product(naive.files());
    PathResolver resolver(*product.facts);
    ASSERT_TRUE(resolver.learn_names(~NameNumber{0}));
    for (const Alias& alias : facts.file.aliases)
        EXPECT_EQ(product.text(resolver.resolve(alias.name)), alias.targets[0]);
    EXPECT_LT(resolver.bytes(), 20'000'000U);
}
