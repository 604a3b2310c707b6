// The keys of contents: each is looked up once, new ones get keys in the order in which they came where nobody else
// writes, and what the database does not store is told.
#include "storage/contents.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "outcome.h"
#include "storage/file_statements.h"
#include "storage/sequence_statements.h"
#include "task_runner.h"

namespace codegraph {
namespace {

const Repository repository{7, "app"};

std::string_view bytes_of(const CgCell& cell) {
    return {cell.data, cell.size};
}

// A table of contents that answers as a database does.
struct Contents {
    explicit Contents(bool is_alone) {
        database.on(statements::find_content_keys, [this](const CgRequest& request) {
            codegraph_rows_begin(request.rows, 2);
            for (size_t row = 0; row < request.height; row++) {
                const std::string hash(bytes_of(request.cells[row * 2 + 1]));
                looked_up.push_back(hash);
                if (!stored.contains(hash)) continue;
                codegraph_rows_blob(request.rows, hash.data(), hash.size());
                codegraph_rows_integer(request.rows, stored[hash]);
            }
        });
        database.on(statements::draw_content_keys, [this, is_alone](const CgRequest& request) {
            codegraph_rows_begin(request.rows, 2);
            for (int64_t i = 0; i < request.cells[0].integer; i++) {
                codegraph_rows_integer(request.rows, next++);
                codegraph_rows_integer(request.rows, is_alone);
            }
        });
        database.on(statements::insert_contents, [this](const CgRequest& request) {
            before_insert();
            codegraph_rows_begin(request.rows, 0);
            int64_t count = 0;
            for (size_t row = 0; row < request.height; row++) {
                const CgCell* cells = request.cells + row * 4;
                const std::string hash(bytes_of(cells[2]));
                inserted.push_back(cells[1].integer);
                if (skipped.contains(hash) || !stored.emplace(hash, cells[1].integer).second) continue;
                count++;
            }
            codegraph_rows_changed(request.rows, count);
        });
        database.on(statements::find_lag_of_content_key,
                    [](const CgRequest& request) { codegraph_rows_begin(request.rows, 1); });
    }
    // Returns the keys that the texts have afterwards.
    std::vector<int64_t> save(const std::vector<std::string>& texts) {
        ContentKeys keys;
        Sha256 sha256;
        for (const std::string& text : texts) keys.want(sha256.hash(text), text);
        count = database.run(keys.resolve(repository));
        std::vector<int64_t> found;
        for (const std::string& text : texts) found.push_back(keys.key_of(sha256.hash(text)));
        return found;
    }
    static std::string hash_of(const std::string& text) { return std::string(Sha256().hash(text).view()); }

    ScriptedDatabase database;
    std::map<std::string, int64_t> stored;
    std::set<std::string> skipped;
    std::vector<std::string> looked_up;
    std::vector<int64_t> inserted;
    std::function<void()> before_insert = [] {};
    int64_t next = 100;
    size_t count = 0;  // as resolve() says
};

const std::vector<std::string> texts = {"d", "a", "c", "b", "a", "e", "d"};

TEST(ContentKeys, ComeInTheOrderOfArrivalWhereNobodyElseWrites) {
    Contents contents(true);
    EXPECT_EQ(contents.save(texts), (std::vector<int64_t>{100, 101, 102, 103, 101, 104, 100}));
    EXPECT_EQ(contents.inserted, (std::vector<int64_t>{100, 101, 102, 103, 104}));
    EXPECT_EQ(contents.count, 5u);
}

TEST(ContentKeys, ComeInTheOrderOfHashesWhereOthersWrite) {
    Contents contents(false);
    contents.save(texts);
    EXPECT_TRUE(std::ranges::is_sorted(contents.inserted));
    int64_t key = 100;
    for (const auto& [hash, stored_key] : contents.stored) EXPECT_EQ(stored_key, key++);
}

TEST(ContentKeys, AreLookedUpOnceACallAndKept) {
    Contents contents(true);
    const std::vector<int64_t> first = contents.save(texts);
    EXPECT_EQ(contents.looked_up.size(), 5u);
    EXPECT_TRUE(std::ranges::is_sorted(contents.looked_up));
    EXPECT_EQ(contents.database.requests, 3);
    EXPECT_EQ(contents.save(texts), first);
    EXPECT_EQ(contents.database.requests, 4);
    EXPECT_EQ(contents.count, 0u);
    EXPECT_EQ(contents.save({"f", "a"}), (std::vector<int64_t>{105, first[1]}));
    EXPECT_EQ(contents.count, 1u);
}

TEST(ContentKeys, AreThoseOfAnotherWriterThatWasFaster) {
    Contents contents(false);
    contents.before_insert = [&] { contents.stored[Contents::hash_of("c")] = 7; };
    const std::vector<int64_t> keys = contents.save(texts);
    EXPECT_EQ(keys[2], 7);
    EXPECT_EQ(contents.count, 4u);
    for (size_t i = 0; i < texts.size(); i++) EXPECT_EQ(keys[i], contents.stored[Contents::hash_of(texts[i])]);
}

TEST(ContentKeys, AreNotThereWhereTheDatabaseLeavesARowOut) {
    Contents contents(true);
    contents.skipped.insert(Contents::hash_of("b"));
    const std::string problem = outcome_of([&] { contents.save(texts); });
    EXPECT_NE(problem.find("skipped the insertion of a row of codegraph_contents"), std::string::npos) << problem;
}

TEST(ContentKeys, OfAContentWithoutATextMustBeStored) {
    Contents contents(true);
    contents.save({"a"});
    ContentKeys keys;
    keys.want(Sha256().hash("a"), std::nullopt);
    EXPECT_EQ(contents.database.run(keys.resolve(repository)), 0u);
    EXPECT_EQ(keys.key_of(Sha256().hash("a")), 100);
    keys.want(Sha256().hash("b"), std::nullopt);
    const std::string problem = outcome_of([&] { contents.database.run(keys.resolve(repository)); });
    EXPECT_TRUE(problem.starts_with("XX001 data corrupted: the content ")) << problem;
    keys.want(Sha256().hash("b"), "b");
    EXPECT_EQ(contents.database.run(keys.resolve(repository)), 1u);
}

}  // namespace
}  // namespace codegraph
