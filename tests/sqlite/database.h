// Database is a SQLite connection with the module loaded. A test fails where SQLite refuses to close it.
#pragma once
#include <sqlite3.h>

#include <filesystem>
#include <functional>
#include <string>

struct Result {
    int code = SQLITE_OK;  // extended
    std::string text;      // columns separated by |, rows by line feeds, NULL as NULL
    std::string error;
    bool ok() const { return code == SQLITE_OK; }
};

class Database {
public:
    static constexpr int read_write = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    enum class Module { load, leave_out };

    explicit Database(const std::string& file = ":memory:", int flags = read_write, Module module = Module::load);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    operator sqlite3*() const { return handle_; }
    Result run(const std::string& sql) const;       // every statement, to the first that fails
    std::string get(const std::string& sql) const;  // the text, or "error CODE: TEXT"
    int load() const;
    int close();  // before the end of the test
    bool in_transaction() const { return !sqlite3_get_autocommit(handle_); }

    // A SQL function of one argument; it answers by sqlite3_result_*().
    using Function = std::function<void(sqlite3_context*, const std::string&)>;
    void define(const std::string& name, Function function) const;

private:
    sqlite3* handle_ = nullptr;
};

// A repository "app" with the snapshot "s1" of three files, one of them soft-deleted, and a repository "old".
void fill(const Database& database);
// Everything in our tables, as text.
std::string content(const Database& database);
// Nothing of the adapter is left open: no operation, no statement in use, no savepoint.
bool is_clean(const Database& database);

// A file name of its own for each test; the file is removed with its companions.
class TemporaryFile {
public:
    TemporaryFile();
    ~TemporaryFile();
    std::string name() const { return path_.string(); }
    std::string uri(const std::string& parameters) const { return "file:" + name() + "?" + parameters; }

private:
    std::filesystem::path path_;
};
