#include "definitions.h"

#include <gtest/gtest.h>

namespace codegraph::index {
namespace {

Chunk chunk(std::string kind, std::string fqn, std::string name, std::string visibility = "") {
    Chunk made;
    made.kind = std::move(kind);
    made.fqn = std::move(fqn);
    made.name = std::move(name);
    made.visibility = std::move(visibility);
    return made;
}

std::string resolved(const Definitions& definitions, std::string_view file, const Mention& mention) {
    Resolution resolution = definitions.resolve(definitions.file_index(file), mention);
    std::string all = resolution.ambiguous ? "ambiguous" : "";
    for (const Candidate& c : resolution.candidates) {
        char text[16];
        std::snprintf(text, sizeof text, "%g", c.confidence);
        all += (all.empty() ? "" : ", ") + c.definition->fqn + " " + text;
    }
    return all;
}

Mention call(std::string_view name, Family family = Family::c) {
    Mention mention;
    mention.name = name;
    mention.family = family;
    mention.is_call = true;
    return mention;
}

TEST(Confidence, IsBaseDividedByCandidatesToThreePlaces) {
    EXPECT_EQ(confidence_of(0.9, 1), 0.9);
    EXPECT_EQ(confidence_of(0.9, 2), 0.45);
    EXPECT_EQ(confidence_of(0.8, 3), 0.267);
    EXPECT_EQ(confidence_of(0.6, 8), 0.075);
}

class Nearness : public testing::Test {
protected:
    Nearness() {
        for (const char* file : {"d/a", "d/b", "e/c", "e/x"}) {
            std::string module = std::string(file).replace(1, 1, ".");
            std::vector<Chunk> chunks{chunk("file", std::string(file) + ".c", std::string(file) + ".c")};
            if (file != std::string("e/x")) chunks.push_back(chunk("function", module + ".f", "f"));
            definitions.replace_file(std::string(file) + ".c", Family::c, chunks);
        }
        definitions.add_file("d/q.c");
    }
    Definitions definitions;
};

TEST_F(Nearness, TheSameFileWinsThenTheSameDirectoryThenAll) {
    EXPECT_EQ(resolved(definitions, "d/a.c", call("f")), "d.a.f 0.8");
    EXPECT_EQ(resolved(definitions, "d/q.c", call("f")), "d.a.f 0.4, d.b.f 0.4");
    EXPECT_EQ(resolved(definitions, "e/x.c", call("f")), "e.c.f 0.8");
    definitions.remove_file("e/c.c");
    EXPECT_EQ(resolved(definitions, "e/x.c", call("f")), "d.a.f 0.45, d.b.f 0.45");
    definitions.remove_file("d/a.c");
    EXPECT_EQ(resolved(definitions, "e/x.c", call("f")), "d.b.f 0.9");
    definitions.remove_file("d/b.c");
    EXPECT_EQ(resolved(definitions, "e/x.c", call("f")), "");
}

TEST_F(Nearness, OtherLanguageFamiliesDoNotCount) {
    EXPECT_EQ(resolved(definitions, "d/a.c", call("f", Family::python)), "");
}

TEST_F(Nearness, ARemovedFileIsForgottenAndItsNumberUsedAgain) {
    definitions.remove_file("d/a.c");
    EXPECT_FALSE(definitions.has_file("d/a.c"));
    definitions.remove_file("d/a.c");
    definitions.replace_file("z/new.c", Family::c, {chunk("function", "z.new.g", "g")});
    EXPECT_EQ(resolved(definitions, "e/x.c", call("g")), "z.new.g 0.9");
    EXPECT_EQ(resolved(definitions, "e/x.c", call("f")), "e.c.f 0.8");
    EXPECT_TRUE(definitions.files_named("a.c").empty());
    EXPECT_EQ(definitions.files_named("new.c").size(), 1u);
    EXPECT_EQ(definitions.file_count(), 5u);
}

TEST(Definitions, MoreCandidatesThanTheLimitSayNothing) {
    for (std::size_t count : {3u, 4u}) {
        Definitions definitions(3);
        for (std::size_t i = 0; i < count; i++) {
            std::string module = "m" + std::to_string(i);
            definitions.replace_file(module + "/x.py", Family::python, {chunk("function", module + ".x.f", "f")});
        }
        definitions.add_file("a.py");
        EXPECT_EQ(resolved(definitions, "a.py", call("f", Family::python)),
                  count == 3 ? "m0.x.f 0.3, m1.x.f 0.3, m2.x.f 0.3" : "ambiguous");
    }
}

TEST(Definitions, OneFqnDefinedTwiceIsOneCandidate) {
    Definitions definitions;
    definitions.replace_file("a.h", Family::c, {chunk("function", "a.f", "f")});
    definitions.replace_file("a.c", Family::c, {chunk("function", "a.f", "f"), chunk("function", "a.f", "f")});
    EXPECT_EQ(resolved(definitions, "a.c", call("f")), "a.f 0.9");
}

TEST(Definitions, AStaticOfCIsSeenInItsFileOnly) {
    Definitions definitions;
    definitions.replace_file("a.c", Family::c, {chunk("function", "a.f", "f", "file")});
    definitions.add_file("b.c");
    EXPECT_EQ(resolved(definitions, "a.c", call("f")), "a.f 0.9");
    EXPECT_EQ(resolved(definitions, "b.c", call("f")), "");
}

TEST(Definitions, AQualifierNamesTheScope) {
    Definitions definitions;
    definitions.replace_file("a.cpp", Family::c, {chunk("method", "a.X.f", "f"), chunk("method", "a.Y.f", "f")});
    Mention mention = call("f");
    mention.access = Access::scoped;
    mention.qualifier = "Y";
    EXPECT_EQ(resolved(definitions, "a.cpp", mention), "a.Y.f 0.9");
    mention.qualifier = "std";
    EXPECT_EQ(resolved(definitions, "a.cpp", mention), "");
}

TEST(Definitions, AMemberOfAnUnknownReceiverIsAGuessAndNeverAFreeFunctionInC) {
    Definitions definitions;
    definitions.replace_file("a.cpp", Family::c, {chunk("method", "a.X.f", "f"), chunk("function", "a.g", "g")});
    definitions.add_file("b.cpp");
    Mention mention = call("f");
    mention.access = Access::member;
    mention.qualifier = "x";
    EXPECT_EQ(resolved(definitions, "b.cpp", mention), "a.X.f 0.6");
    mention.name = "g";
    EXPECT_EQ(resolved(definitions, "b.cpp", mention), "");
}

TEST(Definitions, SelfMeansTheClassAround) {
    Definitions definitions;
    definitions.replace_file("a.py", Family::python, {chunk("method", "a.X.f", "f"), chunk("method", "a.Y.f", "f")});
    Mention mention = call("f", Family::python);
    mention.access = Access::member;
    mention.qualifier = "self";
    mention.scope = "a.X.g";
    mention.outer_scope = "a.X";
    EXPECT_EQ(resolved(definitions, "a.py", mention), "a.X.f 0.9");
}

TEST(Definitions, AnotherModulesVariableMustBeImported) {
    Definitions definitions;
    definitions.replace_file("a.py", Family::python, {chunk("variable", "a.v", "v")});
    definitions.add_file("b.py");
    Mention mention = call("v", Family::python);
    mention.is_call = false;
    EXPECT_EQ(resolved(definitions, "b.py", mention), "");
    mention.is_imported = true;
    EXPECT_EQ(resolved(definitions, "b.py", mention), "a.v 0.9");
}

TEST(Definitions, AChunkWhoseFqnDoesNotEndInItsNameIsNotOurs) {
    Definitions definitions;
    std::uint32_t file = definitions.add_file("a.c");
    definitions.add(file, "function", "x", "a longer name", Family::c, "");
    definitions.add(file, "function", "f", "f", Family::c, "");
    EXPECT_EQ(resolved(definitions, "a.c", call("a longer name")), "");
    EXPECT_EQ(resolved(definitions, "a.c", call("f")), "f 0.9");
}

}  // namespace
}  // namespace codegraph::index
