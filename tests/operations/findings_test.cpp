#include "operations/verify/findings.h"

#include <gtest/gtest.h>

namespace codegraph {

TEST(Findings, SayWhatIsCorrupt) {
    Findings findings;
    findings.add("tree node 1", corrupt("it ends too early"));
    const std::vector<Finding> found = findings.take_sorted();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0], (Finding{"tree node 1", "it ends too early"}));
}

// Of a lack of memory or of rights cg_verify must not say that the store is damaged.
TEST(Findings, PassOnWhatIsNoCorruption) {
    for (const ErrorKind kind : {ErrorKind::out_of_memory, ErrorKind::not_allowed, ErrorKind::concurrent_change,
                                 ErrorKind::object_state, ErrorKind::internal}) {
        Findings findings;
        try {
            findings.add("tree node 1", Error(kind, "no", "a hint"));
            FAIL() << sqlstate_of(kind) << " became a finding";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, kind);
            EXPECT_EQ(error.hint, "a hint");
        }
        EXPECT_TRUE(findings.empty());
    }
}

}  // namespace codegraph
