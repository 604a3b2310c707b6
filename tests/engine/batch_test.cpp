// Batches travel in requests of bounded size: every row once, in order, whole.
#include <gtest/gtest.h>

#include "outcome.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph {
namespace {

constexpr Statement echo("itb", "SELECT r.n, r.t, r.b FROM {rows(n, t, b)}");
constexpr size_t most_bytes = 8 << 20, most_rows = 16384;

void expect_bounded(const CgRequest& request) {
    EXPECT_EQ(request.width, 3u);
    EXPECT_GE(request.height, 1u);
    EXPECT_LE(request.height, most_rows);
    size_t bytes = 0;
    for (size_t i = 0; i < request.width * request.height; i++)
        bytes += request.cells[i].type == CG_TEXT || request.cells[i].type == CG_BLOB ? request.cells[i].size : 8;
    EXPECT_TRUE(bytes <= most_bytes || request.height == 1) << bytes;
}

void put(CgRows* rows, const CgCell& c) {
    if (c.type == CG_NULL) codegraph_rows_null(rows);
    if (c.type == CG_INTEGER) codegraph_rows_integer(rows, c.integer);
    if (c.type == CG_REAL) codegraph_rows_real(rows, c.real);
    if (c.type == CG_TEXT) codegraph_rows_text(rows, c.data, c.size);
    if (c.type == CG_BLOB) codegraph_rows_blob(rows, c.data, c.size);
}

// Answers every row with itself, leaving out those whose number is divisible by `without`.
ScriptedDatabase echoing(int64_t without) {
    ScriptedDatabase database;
    database.on(echo, [without](const CgRequest& request) {
        expect_bounded(request);
        codegraph_rows_begin(request.rows, 3);
        for (size_t row = 0; row < request.height; row++) {
            const CgCell* cells = request.cells + row * request.width;
            if (without && cells[0].integer % without == 0) continue;
            for (size_t i = 0; i < 3; i++) put(request.rows, cells[i]);
        }
        codegraph_rows_changed(request.rows, static_cast<int64_t>(request.height));
    });
    return database;
}

std::string text_of(size_t row, size_t size) {
    std::string text = std::to_string(row);
    return text + std::string(size, static_cast<char>('a' + row % 26));
}

// `sizes` of the texts of all rows.
long expect_echoed(const std::vector<size_t>& sizes, int64_t without) {
    Batch batch(echo);
    for (size_t row = 0; row < sizes.size(); row++)
        batch.add(row, batch.keep(text_of(row, sizes[row])),
                  row % 3 == 0 ? null_cell() : blob_cell(row % 3 == 1 ? "" : std::string_view("\0x", 2)));
    EXPECT_EQ(batch.size(), sizes.size());
    EXPECT_EQ(batch.empty(), sizes.empty());
    ScriptedDatabase database = echoing(without);
    Rows rows = database.run(run(batch));
    EXPECT_EQ(rows.changed, static_cast<int64_t>(sizes.size()));
    size_t answer = 0;
    for (size_t row = 0; row < sizes.size(); row++) {
        if (without && static_cast<int64_t>(row) % without == 0) continue;
        EXPECT_EQ(rows.integer(answer, CellPlace{0}), static_cast<int64_t>(row));
        EXPECT_TRUE(rows.text(answer, CellPlace{1}) == text_of(row, sizes[row])) << row;
        EXPECT_EQ(rows.is_null(answer, CellPlace{2}), row % 3 == 0);
        if (row % 3 == 1) {
            EXPECT_EQ(rows.blob(answer, CellPlace{2}), "");
        }
        if (row % 3 == 2) {
            EXPECT_EQ(rows.blob(answer, CellPlace{2}), std::string_view("\0x", 2));
        }
        answer++;
    }
    EXPECT_EQ(rows.size(), answer);
    EXPECT_EQ(codegraph_live_frames(), 0);
    return database.requests;
}

TEST(Batches, ThatAreEmptyAskForNothing) {
    EXPECT_EQ(expect_echoed({}, 0), 0);
}

TEST(Batches, ThatAreSmallAreOneRequest) {
    EXPECT_EQ(expect_echoed({5}, 0), 1);
    EXPECT_EQ(expect_echoed(std::vector<size_t>(most_rows, 5), 0), 1);
}

TEST(Batches, AreCutByTheirNumberOfRows) {
    EXPECT_EQ(expect_echoed(std::vector<size_t>(most_rows + 1, 1), 0), 2);
    EXPECT_EQ(expect_echoed(std::vector<size_t>(5 * most_rows, 1), 3), 5);
}

TEST(Batches, AreCutByTheirBytes) {
    EXPECT_EQ(expect_echoed(std::vector<size_t>(40, 1 << 20), 0), 6);  // 7 rows of just over a megabyte fit
    EXPECT_EQ(expect_echoed({10, 20 << 20, 10, 9 << 20, 9 << 20}, 0), 5);
    EXPECT_EQ(expect_echoed({20 << 20}, 0), 1);
}

TEST(Batches, OfRandomSizesKeepOrderAndContent) {
    Random random(16);
    for (int i = 0; i < 20; i++) {
        std::vector<size_t> sizes(random.below(3000));
        for (size_t& size : sizes) size = random.one_in(50) ? random.below(4 << 20) : random.below(200);
        if (random.one_in(2)) sizes.resize(most_rows + random.below(100));
        if (sizes.size() > most_rows)
            for (size_t& size : sizes) size %= 600;
        expect_echoed(sizes, random.one_in(2) ? 2 : 0);
    }
}

TEST(Batches, WhoseFirstRequestsAnswerNothingStillAnswer) {
    std::vector<size_t> sizes(3 * most_rows, 1);
    Batch batch(echo);
    for (size_t row = 0; row < sizes.size(); row++) batch.add(row, "x", null_cell());
    ScriptedDatabase database;
    database.on(echo, [](const CgRequest& request) {
        codegraph_rows_begin(request.rows, 1);
        if (static_cast<size_t>(request.cells[0].integer) == 2 * most_rows) codegraph_rows_integer(request.rows, 42);
        codegraph_rows_changed(request.rows, 1);
    });
    Rows rows = database.run(run(batch));
    EXPECT_EQ(database.requests, 3);
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows.integer(0, CellPlace{0}), 42);
    EXPECT_EQ(rows.changed, 3);
}

}  // namespace
}  // namespace codegraph
