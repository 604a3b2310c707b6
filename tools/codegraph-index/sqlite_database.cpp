#include <sqlite3.h>

#include <filesystem>
#include <unordered_map>

#include "database.h"

namespace codegraph::index {
namespace {

constexpr int busy_milliseconds = 10000;

class SqliteDatabase : public Database {
public:
    SqliteDatabase(const std::string& file, const std::string& module) {
        std::error_code ignored;
        bool is_new = !std::filesystem::exists(file, ignored) || std::filesystem::file_size(file, ignored) == 0;
        int code = sqlite3_open_v2(file.c_str(), &connection_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
        if (code != SQLITE_OK) throw_away("cannot open " + file + ": " + message() + "; check the path given to --db");
        sqlite3_busy_timeout(connection_, busy_milliseconds);
        load(module);
        try {
            set_up(file, is_new);
        } catch (const Error& error) {
            throw_away(error.what());
        }
    }

    ~SqliteDatabase() override { close(); }

    using Database::run;

    void run(const std::string& sql, std::span<const Parameter> parameters, const RowHandler& on_row) override {
        sqlite3_stmt* statement = prepare(sql);
        Reset reset{statement};
        for (std::size_t i = 0; i < parameters.size(); i++)
            if (parameters[i])
                check(sqlite3_bind_text64(statement, static_cast<int>(i + 1), parameters[i]->data(),
                                          parameters[i]->size(), SQLITE_STATIC, SQLITE_UTF8));
        std::vector<std::optional<std::string_view>> row(static_cast<std::size_t>(sqlite3_column_count(statement)));
        while (true) {
            int code = sqlite3_step(statement);
            if (code == SQLITE_DONE) return;
            if (code != SQLITE_ROW) fail(code);
            for (std::size_t i = 0; i < row.size(); i++) row[i] = column(statement, static_cast<int>(i));
            on_row(row);
        }
    }

    std::string_view begin_sql() const override { return "BEGIN IMMEDIATE"; }

    std::optional<std::int64_t> size() override {
        std::int64_t bytes = 0;
        run("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", {},
            [&](Row row) { bytes = std::stoll(std::string(row[0].value_or("0"))); });
        return bytes;
    }

private:
    struct Reset {
        sqlite3_stmt* statement;
        ~Reset() {
            sqlite3_reset(statement);
            sqlite3_clear_bindings(statement);
        }
    };

    std::string message() const { return connection_ ? sqlite3_errmsg(connection_) : "out of memory"; }

    void close() {
        for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
        statements_.clear();
        sqlite3_close_v2(connection_);
        connection_ = nullptr;
    }

    [[noreturn]] void throw_away(const std::string& text) {
        close();
        throw Error(text);
    }

    [[noreturn]] void fail(int code) const {
        int kind = code & 0xff;
        std::string text = message();
        if (kind == SQLITE_BUSY) text += "; another program is writing to this database: try again when it is done";
        throw DatabaseError(text, kind == SQLITE_BUSY);
    }

    void check(int code) const {
        if (code != SQLITE_OK) fail(code);
    }

    void load(const std::string& module) {
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
        char* error = nullptr;
        int code = sqlite3_load_extension(connection_, module.c_str(), "sqlite3_codegraph_init", &error);
        std::string text = error ? error : "";
        sqlite3_free(error);
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
        if (code != SQLITE_OK)
            throw_away("cannot load the SQLite module " + module + " (" + text +
                       "); build it, or name it with --module or CODEGRAPH_SQLITE_MODULE");
    }

    // A database of ours gets a write-ahead log, where a commit costs no wait for the disk with synchronous = NORMAL
    // and a power cut loses at most the newest commits, which the next run indexes again. The mode of an existing file
    // is the user's choice.
    void set_up(const std::string& file, bool is_new) {
        std::string mode;
        auto read_mode = [&](Row row) { mode = row[0].value_or(""); };
        try {
            run(is_new ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode", {}, read_mode);
            if (mode == "wal") run("PRAGMA synchronous = NORMAL");
            run("PRAGMA cache_size = -65536");
            run("PRAGMA temp_store = MEMORY");
        } catch (const DatabaseError& error) {
            throw Error("cannot use " + file + " as a SQLite database: " + error.what());
        }
    }

    sqlite3_stmt* prepare(const std::string& sql) {
        auto found = statements_.find(sql);
        if (found != statements_.end()) return found->second;
        sqlite3_stmt* statement = nullptr;
        int code = sqlite3_prepare_v3(connection_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK) fail(code);
        statements_.emplace(sql, statement);
        return statement;
    }

    static std::optional<std::string_view> column(sqlite3_stmt* statement, int i) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        if (text == nullptr) return std::nullopt;
        return std::string_view(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
    }

    sqlite3* connection_ = nullptr;
    std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const std::string& file, const std::string& module) {
    return std::make_unique<SqliteDatabase>(file, module);
}

}  // namespace codegraph::index
