// Several connections, threads and processes on one database file: who waits, who gets SQLITE_BUSY, that no revision is
// lost, and that readers read one state while others write and collect garbage.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "database.h"

namespace {

const std::string journals[] = {"DELETE", "WAL"};

std::string save(const std::string& path, const std::string& content) {
    return "SELECT cg_save_chunk('app', 's1', '{\"file_path\":\"" + path + "\",\"content\":\"" + content + "\"}')";
}

// The paths and contents of a snapshot, and what is missing as LOST.
std::string files(const Database& database, const std::string& snapshot = "s1") {
    return database.get(
        "SELECT group_concat(file_path || '=' || coalesce(content, 'LOST'), ' ') FROM cg_chunks('app', '" + snapshot +
        "') WHERE file_path NOT LIKE 'src/%'");
}

// As files(), for every kept revision.
void expect_every_revision_is_whole(const Database& database) {
    const Result all = database.run(
        "SELECT count(*) FROM cg_log('app') l, cg_chunks('app', l.snapshot_id || '@{' || l.revision || '}', true) c"
        " WHERE c.content IS NULL");
    EXPECT_EQ(all.text, "0") << all.error;
}

struct File {
    explicit File(const std::string& journal) {
        Database database(file.name());
        fill(database);
        EXPECT_TRUE(database.run("PRAGMA journal_mode = " + journal).ok());
    }
    TemporaryFile file;
};

TEST(TwoWriters, TheSecondGetsBusyAndLosesNothing) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        Database one(made.file.name()), two(made.file.name());
        one.run("BEGIN");
        EXPECT_TRUE(one.run(save("one", "1")).ok());
        EXPECT_EQ(two.run(save("two", "2")).code, SQLITE_BUSY);
        EXPECT_FALSE(two.in_transaction());
        EXPECT_TRUE(is_clean(two));
        EXPECT_TRUE(one.run("COMMIT").ok());
        EXPECT_TRUE(two.run(save("two", "2")).ok());
        EXPECT_EQ(files(one), "one=1 two=2");
        EXPECT_EQ(one.get("SELECT max(revision) FROM cg_log('app', 's1')"), "4");
    }
}

TEST(TwoWriters, TheSecondWaitsAsLongAsItsBusyTimeoutSays) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        Database one(made.file.name()), two(made.file.name());
        sqlite3_busy_timeout(two, 20000);
        one.run("BEGIN");
        EXPECT_TRUE(one.run(save("one", "1")).ok());
        std::thread second([&] { EXPECT_TRUE(two.run(save("two", "2")).ok()); });
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        EXPECT_TRUE(one.run("COMMIT").ok());
        second.join();
        EXPECT_EQ(files(one), "one=1 two=2");
    }
}

TEST(TwoWriters, ATransactionThatHasReadAnOlderStateIsNotLetWrite) {
    File made("WAL");
    Database one(made.file.name()), two(made.file.name());
    sqlite3_busy_timeout(two, 20000);  // waiting would not help: it must not
    two.run("BEGIN");
    EXPECT_EQ(two.get("SELECT cg_count_chunks('app', 's1')"), "3");
    EXPECT_TRUE(one.run(save("one", "1")).ok());
    EXPECT_EQ(two.run(save("two", "2")).code, SQLITE_BUSY_SNAPSHOT);
    EXPECT_EQ(files(two), "NULL") << "it still reads its own";
    EXPECT_TRUE(two.run("ROLLBACK").ok());
    EXPECT_TRUE(two.run(save("two", "2")).ok());
    EXPECT_EQ(files(one), "one=1 two=2");
}

TEST(TwoWriters, InARollbackJournalATransactionThatHasReadKeepsTheOtherFromCommitting) {
    File made("DELETE");
    Database one(made.file.name()), two(made.file.name());
    two.run("BEGIN");
    EXPECT_EQ(two.get("SELECT cg_count_chunks('app', 's1')"), "3");
    EXPECT_EQ(one.run(save("one", "1")).code, SQLITE_BUSY);
    EXPECT_FALSE(one.in_transaction());
    EXPECT_TRUE(two.run(save("two", "2")).ok());
    EXPECT_TRUE(two.run("COMMIT").ok());
    EXPECT_TRUE(one.run(save("one", "1")).ok());
    EXPECT_EQ(files(one), "one=1 two=2");
}

constexpr int calls = 25;

// Ends with the number of calls that did not succeed.
int write_calls(const std::string& file, const std::string& writer) {
    Database database(file);
    sqlite3_busy_timeout(database, 60000);
    int failed = 0;
    for (int i = 0; i < calls; i++)
        failed += !database.run(save(writer + "/" + std::to_string(i), "content " + std::to_string(i))).ok();
    return failed;
}

// Both wrote the same contents, in one snapshot.
void expect_all_calls(const Database& database) {
    EXPECT_EQ(database.get("SELECT count(*), max(revision) FROM cg_log('app', 's1')"),
              std::to_string(2 * calls + 3) + "|" + std::to_string(2 * calls + 2));
    EXPECT_EQ(database.get("SELECT cg_count_chunks('app', 's1')"), std::to_string(2 * calls + 3));
    EXPECT_EQ(database.get("SELECT count(*) FROM codegraph_contents WHERE content LIKE 'content %'"),
              std::to_string(calls));
    expect_every_revision_is_whole(database);
}

TEST(TwoWriters, OfTwoThreadsWriteEveryRevision) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        std::thread one([&] { EXPECT_EQ(write_calls(made.file.name(), "one"), 0); });
        std::thread two([&] { EXPECT_EQ(write_calls(made.file.name(), "two"), 0); });
        one.join();
        two.join();
        expect_all_calls(Database(made.file.name()));
    }
}

TEST(TwoWriters, OfTwoProcessesWriteEveryRevision) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        std::vector<pid_t> processes;
        for (const char* writer : {"one", "two"}) {
            const pid_t process = fork();
            ASSERT_GE(process, 0);
            if (process == 0) _exit(write_calls(made.file.name(), writer));
            processes.push_back(process);
        }
        for (const pid_t process : processes) {
            int status = -1;
            EXPECT_EQ(waitpid(process, &status, 0), process);
            EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
        }
        expect_all_calls(Database(made.file.name()));
    }
}

TEST(Garbage, IsNotCollectedWhileACursorOfTheConnectionReads) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        Database database(made.file.name());
        EXPECT_TRUE(database.run("SELECT cg_replace_file('app', 's1', 's1', 'src/a.py', '[]')").ok());
        sqlite3_stmt* reader = nullptr;
        sqlite3_prepare_v2(database, "SELECT content FROM cg_chunks('app', 's1@{2}')", -1, &reader, nullptr);
        ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
        const std::string removals[] = {"SELECT cg_prune('app', 1)", "SELECT cg_gc()", "SELECT cg_gc('app')",
                                        "SELECT cg_delete_repository('app')"};
        for (const std::string& removal : removals) EXPECT_EQ(database.run(removal).code, SQLITE_BUSY) << removal;
        int rows = 1;
        while (sqlite3_step(reader) == SQLITE_ROW) rows++;
        EXPECT_EQ(rows, 3);
        EXPECT_EQ(sqlite3_finalize(reader), SQLITE_OK);
        for (const std::string& removal : removals) EXPECT_TRUE(database.run(removal).ok()) << removal;
    }
}

// A snapshot whose past can be freed.
void make_garbage(const Database& database) {
    EXPECT_TRUE(database.run(save("f", "new")).ok());
    EXPECT_TRUE(database.run("SELECT cg_replace_file('app', 's1', 's1', 'src/a.py', '[{\"content\":\"a\"}]')").ok());
    EXPECT_TRUE(database.run("SELECT cg_prune('app', 1)").ok());
}

TEST(Garbage, ThatAnotherConnectionReadsInWALStaysReadableThere) {
    File made("WAL");
    Database database(made.file.name()), other(made.file.name()), cursor(made.file.name());
    sqlite3_stmt* reader = nullptr;
    sqlite3_prepare_v2(cursor, "SELECT content FROM cg_chunks('app', 's1')", -1, &reader, nullptr);
    ASSERT_EQ(sqlite3_step(reader), SQLITE_ROW);
    other.run("BEGIN");
    const std::string before = other.get("SELECT chunk_id, content FROM cg_chunks('app', 's1')");
    make_garbage(database);
    EXPECT_NE(database.get("SELECT cg_gc()"),
              R"({"file_versions":0,"chunks":0,"contents":0,"symbols":0,"tree_nodes":0})");
    int rows = 1;
    while (sqlite3_step(reader) == SQLITE_ROW) rows++;
    EXPECT_EQ(rows, 3);
    EXPECT_EQ(sqlite3_finalize(reader), SQLITE_OK);
    EXPECT_EQ(other.get("SELECT chunk_id, content FROM cg_chunks('app', 's1')"), before);
    EXPECT_EQ(other.get("SELECT cg_count_dependents('app', 's1', 'a.g')"), "2");
    EXPECT_EQ(other.run("SELECT cg_gc()").code, SQLITE_BUSY_SNAPSHOT) << "it could free what was used again since";
    other.run("COMMIT");
    EXPECT_EQ(other.get("SELECT cg_gc()"), R"({"file_versions":0,"chunks":0,"contents":0,"symbols":0,"tree_nodes":0})");
    EXPECT_NE(other.get("SELECT chunk_id, content FROM cg_chunks('app', 's1')"), before);
    expect_every_revision_is_whole(other);
}

TEST(Garbage, ThatAnotherConnectionReadsInARollbackJournalIsNotFreed) {
    File made("DELETE");
    Database database(made.file.name()), other(made.file.name());
    make_garbage(database);
    const std::string before = content(database);
    other.run("BEGIN");
    EXPECT_EQ(other.get("SELECT cg_count_chunks('app', 's1')"), "3");
    EXPECT_EQ(database.run("SELECT cg_gc()").code, SQLITE_BUSY);
    EXPECT_FALSE(database.in_transaction());
    EXPECT_TRUE(is_clean(database));
    other.run("COMMIT");
    EXPECT_EQ(content(database), before);
    EXPECT_NE(database.get("SELECT cg_gc()"),
              R"({"file_versions":0,"chunks":0,"contents":0,"symbols":0,"tree_nodes":0})");
    expect_every_revision_is_whole(database);
}

TEST(Garbage, CollectionAndAWriterExcludeEachOther) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        Database database(made.file.name()), writer(made.file.name());
        make_garbage(database);
        const std::string reuse =
            "SELECT cg_replace_file('app', 's1', 's2', 'src/a.py', '[{\"fqn\":\"a.f\",\"kind\":\"function\","
            "\"language\":\"python\",\"content\":\"def f(): g()\\n\"}]')";
        writer.run("BEGIN");
        EXPECT_TRUE(writer.run(reuse).ok());
        EXPECT_EQ(database.run("SELECT cg_gc()").code, SQLITE_BUSY);
        writer.run("ROLLBACK");
        database.run("BEGIN");
        EXPECT_TRUE(database.run("SELECT cg_gc()").ok());
        EXPECT_EQ(writer.run(reuse).code, SQLITE_BUSY);
        database.run("COMMIT");
        EXPECT_TRUE(writer.run(reuse).ok());
        expect_every_revision_is_whole(writer);
        EXPECT_EQ(writer.get("SELECT content FROM cg_chunks('app', 's2') WHERE fqn = 'a.f'"), "def f(): g()\n");
    }
}

// Two states of two files, which a writer makes in turn, forgetting and freeing the other: readers see one or the
// other.
TEST(Readers, BesideAWriterThatCollectsGarbageSeeOneState) {
    for (const std::string& journal : journals) {
        SCOPED_TRACE(journal);
        File made(journal);
        std::atomic<bool> done = false;
        std::atomic<int> reads = 0;
        auto read = [&] {
            Database database(made.file.name());
            sqlite3_busy_timeout(database, 60000);
            for (; !done; ++reads) {
                const Result chunks = database.run(
                    "SELECT group_concat(file_path || '=' || coalesce(content, 'LOST'), ' ')"
                    " FROM cg_chunks('app', 's2')");
                EXPECT_TRUE(chunks.text == "a=x b=x" || chunks.text == "a=y b=y z=y") << chunks.text << chunks.error;
                const Result count = database.run("SELECT cg_count_chunks('app', 's2')");
                EXPECT_TRUE(count.text == "2" || count.text == "3") << count.text << count.error;
                const Result graph = database.run("SELECT cg_count_dependents('app', 's2', 'f')");
                EXPECT_TRUE(graph.text == "1" || graph.text == "2") << graph.text << graph.error;
                const Result drawing = database.run("SELECT length(cg_graph_dot('app', 's2', 'f')) > 9");
                EXPECT_EQ(drawing.text, "1") << drawing.error;
            }
        };
        auto entry = [](const std::string& path, const std::string& content) {
            return "{\"file_path\":\"" + path + "\",\"chunks\":[{\"content\":\"" + content + "\",\"fqn\":\"" +
                   (path == "a" ? "f" : path + content) + "\"}],\"dependencies\":[" +
                   (path == "a" ? "" : "{\"from_fqn\":\"" + path + content + "\",\"to_fqn\":\"f\"}") + "]}";
        };
        const std::string states[] = {
            "[" + entry("a", "x") + "," + entry("b", "x") + ",{\"file_path\":\"z\",\"deleted\":true}]",
            "[" + entry("a", "y") + "," + entry("b", "y") + "," + entry("z", "y") + "]"};
        Database writer(made.file.name());
        sqlite3_busy_timeout(writer, 60000);
        writer.run("SELECT cg_create_snapshot('app', 's2')");
        std::vector<std::thread> readers;
        for (int i = 0; i < 60; i++) {
            const Result saved = writer.run("SELECT cg_replace_files('app', 's2', 's2', '" + states[i % 2] + "')");
            EXPECT_TRUE(saved.ok()) << saved.error;
            EXPECT_TRUE(writer.run("SELECT cg_prune('app', 1)").ok());
            const Result freed = writer.run("SELECT cg_gc('app')");
            EXPECT_TRUE(freed.ok()) << freed.error;
            if (i == 0)
                for (int reader = 0; reader < 2; reader++) readers.emplace_back(read);
        }
        done = true;
        for (std::thread& reader : readers) reader.join();
        EXPECT_GT(reads, 0);
        expect_every_revision_is_whole(writer);
    }
}

}  // namespace
