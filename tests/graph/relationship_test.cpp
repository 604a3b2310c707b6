#include "model/relationship.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace codegraph::graph_tests {
namespace {

using Names = std::vector<std::string>;

std::string refusal_of(std::string_view list) {
    try {
        parse_relationships(list);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind, ErrorKind::invalid_parameter);
        return error.what();
    }
    return "";
}

TEST(Relationship, IsCapitalsDigitsAndUnderscoresAfterACapital) {
    for (std::string name : {"CALLS", "A", "Z9_", "TYPED_BY", "A1"}) EXPECT_NO_THROW(check_relationship(name)) << name;
    EXPECT_NO_THROW(check_relationship(std::string(64, 'A')));
    EXPECT_THROW(check_relationship(std::string(65, 'A')), Error);
    for (std::string name : {"", "calls", "Calls", "1A", "_A", "A-B", "A B", " A", "\xc3\x84", "A\n", "CALLS,"})
        EXPECT_THROW(check_relationship(name), Error) << name;
    EXPECT_THROW(check_relationship(std::string_view("A\0B", 3)), Error);
}

TEST(Relationships, AreSplitAtCommasWithBlanksAllowed) {
    EXPECT_EQ(parse_relationships("CALLS"), (Names{"CALLS"}));
    EXPECT_EQ(parse_relationships(" CALLS ,\tEXTENDS,IMPORTS  "), (Names{"CALLS", "EXTENDS", "IMPORTS"}));
    EXPECT_EQ(parse_relationships("CALLS,EXTENDS,CALLS"), (Names{"CALLS", "EXTENDS"}));
}

TEST(Relationships, ThatAreEmptyOrMalformedAreRefusedWithTheirText) {
    EXPECT_EQ(refusal_of(""), "relationships must not be empty: \"\"");
    EXPECT_EQ(refusal_of("  "), "relationships must not be empty: \"  \"");
    for (std::string list : {",", "CALLS,", ",CALLS", "CALLS,,EXTENDS", "CALLS, ,EXTENDS"})
        EXPECT_EQ(refusal_of(list), "relationships has an empty part: \"" + list + "\"");
    EXPECT_EQ(refusal_of("CALLS,extends"), "relationship \"extends\" is not of the form [A-Z][A-Z0-9_]*");
    EXPECT_EQ(refusal_of("CALLS EXTENDS"), "relationship \"CALLS EXTENDS\" is not of the form [A-Z][A-Z0-9_]*");
    EXPECT_EQ(refusal_of("CALLS\n"), "relationship \"CALLS?\" is not of the form [A-Z][A-Z0-9_]*");
}

// A search in all names before each would compare 20,000,000,000 of them.
TEST(Relationships, MayBeManyDifferentOnes) {
    std::string list;
    for (int i = 0; i < 200000; i++) list += "R" + std::to_string(i) + ",";
    EXPECT_EQ(parse_relationships(list + list + "CALLS").size(), 200001u);
}

}  // namespace
}  // namespace codegraph::graph_tests
