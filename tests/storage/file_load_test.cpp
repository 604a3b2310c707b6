// The chunks of files: rows that come in any order are put into canonical order, and what does not fit the files is
// told.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "outcome.h"
#include "storage/file_load.h"
#include "storage/file_statements.h"
#include "task_runner.h"

namespace codegraph {
namespace {

const Repository repository{7, "app"};

struct Row {
    int64_t file_key, ordinal;
    std::string content = "x";
    bool is_deleted = false;
    std::string hash_of = {};  // where it is another one
};

StoredFile file_of(int64_t key, uint64_t chunk_count) {
    StoredFile file;
    file.key = key;
    file.path = "f" + std::to_string(key);
    file.chunk_count = chunk_count;
    return file;
}

void put_text(CgRows* rows, std::string_view text) {
    codegraph_rows_text(rows, text.data(), text.size());
}

void put(CgRows* rows, const Row& row, WithContent content) {
    Sha256 sha256;
    const Digest hash = sha256.hash(row.hash_of.empty() ? row.content : row.hash_of);
    codegraph_rows_integer(rows, row.file_key);
    codegraph_rows_integer(rows, row.ordinal);
    codegraph_rows_null(rows);                      // explicit_id
    codegraph_rows_integer(rows, 1);                // number
    codegraph_rows_integer(rows, row.ordinal + 1);  // start_line
    codegraph_rows_integer(rows, row.ordinal + 9);  // end_line
    put_text(rows, "function");
    codegraph_rows_null(rows);  // fqn
    put_text(rows, "f");
    put_text(rows, "python");
    put_text(rows, "public");
    codegraph_rows_integer(rows, 3);  // content_key
    codegraph_rows_null(rows);        // summary
    codegraph_rows_real(rows, 0.25);
    codegraph_rows_integer(rows, row.is_deleted);
    put_text(rows, "{}");
    put_text(rows, "f()");      // signature
    codegraph_rows_null(rows);  // own_hash
    if (content == WithContent::no) return;
    codegraph_rows_blob(rows, hash.view().data(), hash.view().size());
    if (content == WithContent::yes) put_text(rows, row.content);
}

StoredChunks found(const std::vector<StoredFile>& files, const std::vector<Row>& answer,
                   WithContent content = WithContent::no) {
    ScriptedDatabase database;
    const Statement* statement = &statements::find_chunks;
    if (content == WithContent::hash) statement = &statements::find_chunks_with_hash;
    if (content == WithContent::yes) statement = &statements::find_chunks_with_content;
    database.on(*statement, [&](const CgRequest& request) {
        codegraph_rows_begin(request.rows, 18 + static_cast<size_t>(content));
        for (const Row& row : answer) put(request.rows, row, content);
    });
    StoredChunks chunks = database.run(find_chunks(repository, files, content));
    EXPECT_EQ(codegraph_live_frames(), 0);
    return chunks;
}

std::string problem(const std::vector<StoredFile>& files, const std::vector<Row>& answer) {
    return outcome_of([&] { found(files, answer, WithContent::yes); });
}

TEST(Chunks, ComeInCanonicalOrderWhateverTheDatabasesOrderIs) {
    const std::vector<StoredFile> files = {file_of(5, 3), file_of(2, 0), file_of(9, 2)};
    std::vector<Row> rows = {{5, 0}, {5, 1}, {5, 2}, {9, 0}, {9, 1}};
    const auto before = [](const Row& a, const Row& b) {
        return std::pair(a.file_key, a.ordinal) < std::pair(b.file_key, b.ordinal);
    };
    do {
        const StoredChunks chunks = found(files, rows);
        ASSERT_EQ(chunks.all.size(), 5u);
        ASSERT_EQ(chunks.of_file(0).size(), 3u);
        ASSERT_EQ(chunks.of_file(1).size(), 0u);
        ASSERT_EQ(chunks.of_file(2).size(), 2u);
        for (size_t file : {0, 2})
            for (size_t i = 0; i < chunks.of_file(file).size(); i++)
                ASSERT_EQ(chunks.of_file(file)[i].start_line, static_cast<int64_t>(i + 1));
    } while (std::ranges::next_permutation(rows, before).found);
}

TEST(Chunks, HaveTheirFields) {
    const StoredChunks chunks = found({file_of(5, 1)}, {{5, 0, "text", true}}, WithContent::yes);
    const StoredChunk& chunk = chunks.all.at(0);
    EXPECT_EQ(chunk.explicit_id, std::nullopt);
    EXPECT_EQ(chunk.occurrence, 1u);
    EXPECT_EQ(chunk.end_line, 9);
    EXPECT_EQ(chunk.kind, "function");
    EXPECT_EQ(chunk.fqn, std::nullopt);
    EXPECT_EQ(chunk.name, "f");
    EXPECT_EQ(chunk.language, "python");
    EXPECT_EQ(chunk.symbol_visibility, "public");
    EXPECT_EQ(chunk.signature, "f()");
    EXPECT_FALSE(chunk.own_hash);
    EXPECT_EQ(chunk.content, "text");
    EXPECT_EQ(chunk.importance, 0.25);
    EXPECT_TRUE(chunk.is_deleted);
    EXPECT_EQ(chunk.attrs, "{}");
    EXPECT_EQ(chunk.content_hash, Sha256().hash("text"));
    EXPECT_EQ(found({file_of(5, 1)}, {{5, 0, "text"}}, WithContent::hash).all.at(0).content_hash, chunk.content_hash);
    EXPECT_EQ(found({file_of(5, 1)}, {{5, 0, "text"}}, WithContent::hash).all.at(0).content, std::nullopt);
    std::string id;
    append_chunk_id(id, "app", "a.py", chunk.identity());
    EXPECT_EQ(id, "app:a.py:f:1-9");
}

TEST(Chunks, ThatDoNotFitTheirFilesAreToldBeforeMemoryIsAskedForByACount) {
    auto is_told = [](const std::string& problem, const char* text) {
        EXPECT_TRUE(problem.starts_with("XX001 ")) << problem;
        EXPECT_NE(problem.find(text), std::string::npos) << problem;
    };
    is_told(problem({file_of(5, 2)}, {{5, 0}}), "other chunks than it counts");
    is_told(problem({file_of(5, UINT64_MAX)}, {{5, 0}}), "other chunks than it counts");
    is_told(problem({file_of(5, 1)}, {{5, 0}, {5, 1}}), "other chunks than it counts");
    is_told(problem({file_of(5, 2)}, {{5, 1}, {5, 1}}), "other chunks than it counts");
    is_told(problem({file_of(5, 2)}, {{5, 0}, {5, 2}}), "unknown ordinal");
    is_told(problem({file_of(5, 2)}, {{5, 0}, {5, -1}}), "unknown ordinal");
    is_told(problem({file_of(5, 1)}, {{6, 0}}), "unknown file");
    is_told(problem({file_of(5, 1)}, {{5, 0, "text", false, "other"}}), "does not match its hash");
}

TEST(Chunks, AreCountedAgainstTheTree) {
    std::vector<StoredFile> files = {file_of(5, 2)};
    const std::vector<Row> rows = {{5, 0}, {5, 1, "y", true}};
    files[0].live_chunks = 1;
    EXPECT_EQ(found(files, rows).all.size(), 2u);
    files[0].live_chunks = 2;
    EXPECT_TRUE(problem(files, rows).starts_with("XX001 "));
    files[0].is_deleted = true;
    files[0].live_chunks = 0;
    EXPECT_EQ(found(files, rows).all.size(), 2u);
}

}  // namespace
}  // namespace codegraph
