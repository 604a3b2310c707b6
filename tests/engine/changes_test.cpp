// What a database leaves out without an error is noticed: by the number of rows that it changed, or else by looking.
#include "engine/changes.h"

#include <gtest/gtest.h>

#include "outcome.h"
#include "task_runner.h"

namespace codegraph {
namespace {

constexpr Statement insert("ib", "\n    INSERT INTO {things} {values(key, value)} ON CONFLICT (key) DO NOTHING");
constexpr Statement update("i", "\n    UPDATE {things} SET value = 1 WHERE key = $1");
constexpr Statement remove("i", "DELETE FROM {things} WHERE key = $1");
constexpr Statement find("i", "SELECT t.key FROM {rows(key)} CROSS JOIN {things} t WHERE t.key = r.key");

std::string outcome_of_change(const Statement& statement, int64_t changed, size_t expected) {
    Rows rows;
    rows.changed = changed;
    return outcome_of([&] { check_changed(statement, rows, expected); });
}

TEST(Changes, OfFewerRowsThanExpectedAreSkippedRowsOfTheTable) {
    EXPECT_EQ(outcome_of_change(insert, 2, 2), "ok");
    EXPECT_EQ(outcome_of_change(insert, 1, 2),
              "55000 the database skipped the insertion of a row of codegraph_things without an error");
    EXPECT_EQ(outcome_of_change(update, 0, 1),
              "55000 the database skipped the update of a row of codegraph_things without an error");
    EXPECT_EQ(outcome_of_change(remove, 0, 1),
              "55000 the database skipped the deletion of a row of codegraph_things without an error");
    EXPECT_EQ(outcome_of_change(remove, 0, 0), "ok");
}

// Inserts the keys 0 to 9 where `stored` rows are inserted and `found` are there afterwards.
std::string outcome_of_missing(int64_t stored, int64_t found, long& requests) {
    ScriptedDatabase database;
    database.on(insert, [&](const CgRequest& request) {
        EXPECT_EQ(request.height, 10u);
        codegraph_rows_changed(request.rows, stored);
    });
    database.on(find, [&](const CgRequest& request) {
        EXPECT_EQ(request.width, 1u);
        EXPECT_EQ(request.height, 10u);
        codegraph_rows_begin(request.rows, 1);
        for (int64_t row = 0; row < found; row++) {
            EXPECT_EQ(request.cells[row].integer, row);
            codegraph_rows_integer(request.rows, row);
        }
    });
    Batch batch(insert);
    for (int64_t key = 0; key < 10; key++) batch.add(key, blob_cell("x"));
    const std::string outcome =
        outcome_of([&] { EXPECT_EQ(database.run(insert_missing(batch, find)), static_cast<size_t>(stored)); });
    requests = database.requests;
    return outcome;
}

TEST(Changes, WhatWasThereBeforeIsLookedForOnlyWhenSomethingWasNotInserted) {
    long requests = 0;
    EXPECT_EQ(outcome_of_missing(10, 0, requests), "ok");
    EXPECT_EQ(requests, 1);
    EXPECT_EQ(outcome_of_missing(7, 10, requests), "ok");
    EXPECT_EQ(requests, 2);
    EXPECT_EQ(outcome_of_missing(7, 9, requests),
              "55000 the database skipped the insertion of a row of codegraph_things without an error");
}

}  // namespace
}  // namespace codegraph
