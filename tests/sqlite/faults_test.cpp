// Every request of every writer fails once, and is interrupted once: the database is as it was, and goes on.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "database.h"

namespace {

// Each on the content of fill(); each would change it.
const char* const writers[] = {
    "SELECT cg_save_repository('new')",
    "SELECT cg_save_repository('app', 'Other name')",
    "SELECT cg_create_snapshot('app', 's2', 'c0ffee', 'main', 's1')",
    "SELECT cg_create_snapshot('app', 's1', 'c0ffee')",
    R"(SELECT cg_save_chunk('app', 's1', '{"file_path": "src/a.py", "fqn": "a.x", "content": "x"}'))",
    R"(SELECT cg_save_chunks('app', 's1', '[{"file_path": "src/a.py", "fqn": "a.x", "content": "x"},
                                            {"file_path": "src/d.py", "fqn": "d.x", "content": "x"}]'))",
    R"(SELECT cg_save_dependency('app', 's1', '{"from_fqn": "a.f", "to_fqn": "ext.z"}'))",
    R"(SELECT cg_save_dependencies('app', 's1', '[{"from_fqn": "a.f", "to_fqn": "ext.z"},
                                                  {"from_fqn": "b.C", "to_fqn": "ext.z"}]'))",
    R"(SELECT cg_replace_file('app', 's1', 's3', 'src/b.py', '[{"fqn": "b.D", "content": "class D"}]',
                              '[{"from_fqn": "b.D", "to_fqn": "a.g"}]'))",
    R"(SELECT cg_replace_files('app', 's1', 's1', '[{"file_path": "src/a.py", "deleted": true},
                               {"file_path": "src/e.py", "chunks": [{"fqn": "e.f", "content": "f"}]}]'))",
    R"(SELECT cg_create_incremental_snapshot('app', 's1', 's4', '["src/a.py", "src/new.py"]', 'analyze'))",
    "SELECT cg_soft_delete_file_chunks('app', 's1', 'src/a.py')",
    "SELECT cg_restore_file_chunks('app', 's1', 'src/gone.py')",
    "SELECT cg_update_file_metadata('app', 's1', 'src/a.py', 'abc')",
    "SELECT cg_delete_snapshot('app', 's1')",
    "SELECT cg_delete_repository('app')",
};

enum class Place { alone, in_a_transaction };

struct Faults : testing::TestWithParam<std::tuple<const char*, Place>> {
    static constexpr int most_requests = 500;

    Faults() {
        fill(database);
        database.define("analyze", [](sqlite3_context* context, const std::string& path) {
            const std::string json = R"({"chunks": [{"content": ")" + path + R"("}]})";
            sqlite3_result_text(context, json.c_str(), -1, SQLITE_TRANSIENT);
        });
        database.run("CREATE TABLE mine(x)");
        before = content(database);
    }
    const char* call() const { return std::get<0>(GetParam()); }
    void begin() const {
        if (std::get<1>(GetParam()) == Place::in_a_transaction)
            database.run("BEGIN; INSERT INTO mine VALUES (1); SAVEPOINT user");
    }
    Result call_with(const std::string& fault, int request) const {
        database.run("SELECT codegraph_debug_" + fault + "_request(" + std::to_string(request) + ")");
        Result result = database.run(call());
        database.run("SELECT codegraph_debug_" + fault + "_request(0)");
        return result;
    }
    // The call works after all that went wrong before.
    void expect_success_at_last(int requests) const {
        EXPECT_GT(requests, 1) << "the fault was never met";
        EXPECT_LT(requests, most_requests);
        EXPECT_NE(content(database), before);
        EXPECT_TRUE(is_clean(database));
    }
    Database database;
    std::string before;
};

TEST_P(Faults, ARequestThatFailsLeavesTheDatabaseAsItWas) {
    int request = 1;
    for (; request < most_requests; request++) {
        begin();
        const bool in_transaction = database.in_transaction();
        const Result result = call_with("fail", request);
        if (result.ok()) break;
        EXPECT_EQ(result.code, SQLITE_IOERR);
        const std::string function = std::string(call()).substr(7, std::string(call()).find('(') - 7);
        EXPECT_EQ(result.error, function + ": request " + std::to_string(request) + " failed on demand");
        EXPECT_EQ(database.in_transaction(), in_transaction);
        ASSERT_EQ(content(database), before) << "request " << request;
        ASSERT_TRUE(is_clean(database)) << "request " << request;
        if (in_transaction) {
            EXPECT_TRUE(database.run("RELEASE user; ROLLBACK").ok());
        }
    }
    expect_success_at_last(request);
}

TEST_P(Faults, AnInterruptLeavesTheDatabaseAsItWas) {
    int request = 1;
    for (; request < most_requests; request++) {
        begin();
        const Result result = call_with("interrupt", request);
        if (result.ok()) break;
        EXPECT_EQ(result.code, SQLITE_INTERRUPT) << result.error;
        ASSERT_EQ(content(database), before) << "request " << request;
        ASSERT_TRUE(is_clean(database)) << "request " << request;
        // SQLite may have rolled back the user's transaction, as it says it does for interrupted writes.
        EXPECT_EQ(database.get("SELECT count(*) FROM mine"), database.in_transaction() ? "1" : "0");
        if (database.in_transaction()) {
            EXPECT_TRUE(database.run("RELEASE user; ROLLBACK").ok());
        }
    }
    expect_success_at_last(request);
}

INSTANTIATE_TEST_SUITE_P(of_every_writer, Faults,
                         testing::Combine(testing::ValuesIn(writers),
                                          testing::Values(Place::alone, Place::in_a_transaction)));

TEST(FaultsOfReaders, ARequestThatFailsOrIsInterruptedLeavesNothingOpen) {
    Database database;
    fill(database);
    for (const char* call : {"SELECT cg_count_chunks('app', 's1')", "SELECT count(*) FROM cg_chunks('app', 's1')",
                             "SELECT count(*) FROM cg_transitive_dependents('app', 's1', 'a.g')"})
        for (const char* fault : {"fail", "interrupt"}) {
            int request = 1;
            for (; request < 100; request++) {
                database.run("SELECT codegraph_debug_" + std::string(fault) + "_request(" + std::to_string(request) +
                             ")");
                const Result result = database.run(call);
                database.run("SELECT codegraph_debug_" + std::string(fault) + "_request(0)");
                ASSERT_TRUE(is_clean(database));
                EXPECT_FALSE(database.in_transaction());
                if (result.ok()) break;
                EXPECT_EQ(result.code, *fault == 'f' ? SQLITE_IOERR : SQLITE_INTERRUPT);
            }
            EXPECT_GT(request, 1);
            EXPECT_LT(request, 100);
        }
}

TEST(FaultsOfTheFirstCall, LeaveAnEmptyStore) {
    int request = 1;
    for (; request < 20; request++) {
        Database database;
        database.run("SELECT codegraph_debug_fail_request(" + std::to_string(request) + ")");
        const Result result = database.run("SELECT cg_save_repository('app')");
        if (result.ok()) break;
        EXPECT_EQ(result.code, SQLITE_IOERR);
        database.run("SELECT codegraph_debug_fail_request(0)");
        EXPECT_TRUE(is_clean(database));
        EXPECT_EQ(database.get("SELECT count(*) FROM cg_repositories()"), "0");
        EXPECT_EQ(database.get("SELECT cg_save_repository('app')"), "app");
    }
    EXPECT_GT(request, 1);
    EXPECT_LT(request, 20);
}

// The user interrupts from another thread, wherever the call is just then.
TEST(Interrupts, FromAnotherThreadEndTheCallSoon) {
    Database database;
    fill(database);
    const std::string before = content(database);
    std::string files;
    for (int i = 0; i < 3000; i++)
        files += (i ? "," : "") + std::string(R"({"file_path": "f)") + std::to_string(i) +
                 R"(", "chunks": [{"fqn": "f)" + std::to_string(i) + R"(", "content": "x"}]})";
    const std::string call = "SELECT cg_replace_files('app', 's1', 's1', '[" + files + "]')";
    int interrupted = 0;
    for (int delay = 1; delay <= 20; delay++) {
        std::atomic<bool> done = false;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(delay));
            for (int i = 0; i < 3 && !done; i++) sqlite3_interrupt(database);
        });
        database.run("BEGIN");
        const Result result = database.run(call);
        done = true;
        later.join();
        if (!result.ok()) {
            EXPECT_EQ(result.code, SQLITE_INTERRUPT) << result.error;
            interrupted++;
        }
        ASSERT_TRUE(is_clean(database));
        if (database.in_transaction()) database.run("ROLLBACK");
        ASSERT_EQ(content(database), before);
    }
    EXPECT_GT(interrupted, 0);
    EXPECT_TRUE(database.run(call).ok());
}

TEST(Memory, DoesNotGrowOverFailuresAndSuccesses) {
    Database database;
    fill(database);
    const char* calls[] = {
        R"(SELECT cg_replace_files('app', 's1', 's1', '[{"file_path": "x.py", "chunks": [{"content": "x", "chunk_id": "twice"},
                                                                                       {"content": "y", "chunk_id": "twice"}]}]'))",
        "SELECT cg_create_snapshot('app', 's1')",
        "SELECT cg_create_snapshot('nope', 's1')",
        "SELECT * FROM cg_chunks('app', 's1')",
        "SELECT * FROM cg_chunks('app', 'nope')",
        R"(SELECT cg_create_incremental_snapshot('app', 's1', 's4', '["src/a.py"]', 'nobody'))",
    };
    auto round = [&](int times) {
        for (int i = 0; i < times; i++)
            for (const char* call : calls) database.run(call);
    };
    round(50);
    const sqlite3_int64 before = sqlite3_memory_used();
    round(2000);
    EXPECT_LT(sqlite3_memory_used() - before, 4096);
    EXPECT_TRUE(is_clean(database));
}

}  // namespace
