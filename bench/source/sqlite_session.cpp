#include "sqlite_session.h"

#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <unordered_map>

namespace codegraph::bench {
namespace {

// What a careful user sets for a database that fits into memory.
constexpr std::string_view settings[] = {
    "journal_mode = WAL",  "synchronous = NORMAL",    "cache_size = -1048576",
    "temp_store = MEMORY", "mmap_size = 17179869184",
};

class SqliteSession : public Session {
public:
    SqliteSession(const std::string& file, const std::string& module, std::span<const std::string> pragmas) {
        check(sqlite3_open(file.c_str(), &connection_));
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
        char* error = nullptr;
        if (sqlite3_load_extension(connection_, module.c_str(), "sqlite3_codegraph_init", &error) != SQLITE_OK)
            throw std::runtime_error("cannot load " + module + ": " + (error ? error : "?"));
        for (const std::string& pragma : pragmas) run("PRAGMA " + pragma);
    }
    ~SqliteSession() override {
        for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close_v2(connection_);
    }

    Answer run(const std::string& sql, std::span<const Value> parameters) override {
        sqlite3_stmt* statement = prepare(sql);
        for (size_t i = 0; i < parameters.size(); i++) {
            const std::string name = "$" + std::to_string(i + 1);
            if (int place = sqlite3_bind_parameter_index(statement, name.c_str()))
                bind(statement, place, parameters[i]);
        }
        Answer answer;
        while (step(statement)) {
            answer.rows++;
            answer.sum += sqlite3_column_int64(statement, 0);
            for (int i = 0; i < sqlite3_column_count(statement); i++) answer.bytes += look_at(statement, i);
        }
        sqlite3_reset(statement);
        return answer;
    }
    using Session::run;

    std::string text(const std::string& sql) override {
        sqlite3_stmt* statement = prepare(sql);
        std::string value;
        if (step(statement)) value = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        sqlite3_reset(statement);
        return value;
    }

    void fill(const std::string& table, size_t columns, const std::function<bool(std::vector<Value>&)>& next) override {
        std::string sql = "INSERT INTO " + table + " VALUES (?";
        for (size_t i = 1; i < columns; i++) sql += ", ?";
        sqlite3_stmt* statement = prepare(sql + ")");
        run("BEGIN", {});
        for (std::vector<Value> row(columns); next(row);) {
            for (size_t i = 0; i < columns; i++) bind(statement, static_cast<int>(i + 1), row[i]);
            step(statement);
            sqlite3_reset(statement);
        }
        run("COMMIT", {});
    }

private:
    void check(int code) {
        if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
            throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(connection_));
    }
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt*& statement = statements_[sql];
        if (!statement)
            check(sqlite3_prepare_v3(connection_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
        return statement;
    }
    bool step(sqlite3_stmt* statement) {
        const int code = sqlite3_step(statement);
        check(code);
        return code == SQLITE_ROW;
    }
    void bind(sqlite3_stmt* statement, int place, const Value& value) {
        if (const auto* text = std::get_if<std::string>(&value))
            check(sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8));
        else if (const auto* number = std::get_if<int64_t>(&value))
            check(sqlite3_bind_int64(statement, place, *number));
        else
            check(sqlite3_bind_null(statement, place));
    }
    static int64_t look_at(sqlite3_stmt* statement, int column) {
        switch (sqlite3_column_type(statement, column)) {
            case SQLITE_INTEGER:
                return sqlite3_column_int64(statement, column) != 0;
            case SQLITE_NULL:
                return 0;
            default: {
                const unsigned char* text = sqlite3_column_text(statement, column);
                return (text[0] != 0) + sqlite3_column_bytes(statement, column);
            }
        }
    }

    sqlite3* connection_ = nullptr;
    std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

class SqliteDatabase : public Database {
public:
    SqliteDatabase(const std::string& folder, const std::string& module, std::span<const std::string> pragmas)
        : file_(folder + "/bench.db"), module_(module), pragmas_(std::begin(settings), std::end(settings)) {
        pragmas_.insert(pragmas_.end(), pragmas.begin(), pragmas.end());
        remove();
    }
    ~SqliteDatabase() override { remove(); }

    std::string_view name() const override { return "SQLite"; }
    bool is_postgres() const override { return false; }
    std::unique_ptr<Session> connect() override { return std::make_unique<SqliteSession>(file_, module_, pragmas_); }
    std::string description() override {
        std::string text = std::string("SQLite ") + sqlite3_libversion();
        for (const std::string& pragma : pragmas_) text.append(", ").append(pragma);
        return text;
    }

private:
    void remove() {
        for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file_ + end);
    }
    std::string file_, module_;
    std::vector<std::string> pragmas_;
};

}  // namespace

std::unique_ptr<Database> make_sqlite_database(const std::string& folder, const std::string& module,
                                               std::span<const std::string> pragmas) {
    return std::make_unique<SqliteDatabase>(folder, module, pragmas);
}

}  // namespace codegraph::bench
