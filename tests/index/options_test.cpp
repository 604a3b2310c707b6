#include "options.h"

#include <gtest/gtest.h>

#include <vector>

#include "database.h"
#include "language.h"

namespace codegraph::index {
namespace {

std::optional<Options> parse(std::vector<const char*> arguments, int& code) {
    arguments.insert(arguments.begin(), "codegraph-index");
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    auto options = parse_options(static_cast<int>(arguments.size()), const_cast<char**>(arguments.data()), code);
    testing::internal::GetCapturedStdout();
    testing::internal::GetCapturedStderr();
    return options;
}

TEST(Options, AreReadWithTheirDefaults) {
    int code = -1;
    auto options = parse({"--db", "x.db", "--repo", "app", "/tmp"}, code);
    ASSERT_TRUE(options);
    EXPECT_EQ(options->db, "x.db");
    EXPECT_EQ(options->path, "/tmp");
    EXPECT_FALSE(options->commits);
    EXPECT_FALSE(options->branch);
    EXPECT_EQ(options->snapshot, "worktree");
    EXPECT_EQ(options->max_file_size, 1u << 20);
    EXPECT_EQ(options->max_candidates, 8u);
}

TEST(Options, WrongUsageIsExitStatus2) {
    for (std::vector<const char*> arguments :
         std::vector<std::vector<const char*>>{{},
                                               {"--db", "x"},
                                               {"--db", "x", "--repo", "a"},
                                               {"--repo", "a", "/tmp"},
                                               {"--db", "x", "--repo", "a", "/no/such/place"},
                                               {"--db", "x", "--repo", "a", "/tmp", "--commits", "0"},
                                               {"--db", "x", "--repo", "a", "/tmp", "--commits", "many"},
                                               {"--db", "x", "--repo", "", "/tmp"},
                                               {"--db", "x", "--repo", "a", "/tmp", "--unknown"}}) {
        int code = -1;
        EXPECT_FALSE(parse(arguments, code));
        EXPECT_EQ(code, 2);
    }
}

TEST(Options, HelpAndVersionAreExitStatus0) {
    for (const char* argument : {"--help", "--version"}) {
        int code = -1;
        EXPECT_FALSE(parse({argument}, code));
        EXPECT_EQ(code, 0);
    }
}

TEST(Options, UrlsAndConnectionStringsMeanPostgresql) {
    EXPECT_TRUE(is_postgres("postgres://localhost/a"));
    EXPECT_TRUE(is_postgres("postgresql:///a"));
    EXPECT_TRUE(is_postgres("host=/tmp dbname=a"));
    EXPECT_FALSE(is_postgres("code.db"));
}

TEST(Languages, AreToldByTheExtension) {
    EXPECT_EQ(language_of_path("a/b.c"), Language::c);
    EXPECT_EQ(language_of_path("a/b.h"), Language::cpp);
    EXPECT_EQ(language_of_path("b.tsx"), Language::typescript);
    EXPECT_EQ(language_of_path("b.mjs"), Language::javascript);
    EXPECT_EQ(language_of_path("b.pyi"), Language::python);
    for (const char* path : {"Makefile", "a.c/b", ".c", "b.C_", "b.", "b.rs"})
        EXPECT_FALSE(language_of_path(path)) << path;
    for (Language language : {Language::c, Language::cpp, Language::python, Language::javascript, Language::typescript})
        EXPECT_EQ(language_of_name(language_name(language)), language);
}

}  // namespace
}  // namespace codegraph::index
