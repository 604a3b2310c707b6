#include "database.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <memory>

Database::Database(const std::string& file, int flags, Module module) {
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_URI, nullptr), SQLITE_OK);
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    if (module == Module::load) {
        EXPECT_EQ(load(), SQLITE_OK);
    }
}

Database::~Database() {
    EXPECT_EQ(close(), SQLITE_OK) << "something keeps the connection busy";
}

int Database::load() const {
    char* error = nullptr;
    int code = sqlite3_load_extension(handle_, CODEGRAPH_MODULE, nullptr, &error);
    EXPECT_EQ(code, SQLITE_OK) << (error ? error : "");
    sqlite3_free(error);
    return code;
}

int Database::close() {
    int code = sqlite3_close(handle_);
    if (code == SQLITE_OK) handle_ = nullptr;
    return code;
}

static void append_row(std::string& text, sqlite3_stmt* statement) {
    if (!text.empty()) text += '\n';
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (i > 0) text += '|';
        auto* value = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
        text += value ? value : "NULL";
    }
}

Result Database::run(const std::string& sql) const {
    Result result;
    const char* rest = sql.c_str();
    while (*rest && result.ok()) {
        sqlite3_stmt* statement = nullptr;
        int code = sqlite3_prepare_v2(handle_, rest, -1, &statement, &rest);
        if (code == SQLITE_OK && statement) {
            while ((code = sqlite3_step(statement)) == SQLITE_ROW) append_row(result.text, statement);
        }
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            result.code = sqlite3_extended_errcode(handle_);
            result.error = sqlite3_errmsg(handle_);
        }
        sqlite3_finalize(statement);
    }
    return result;
}

std::string Database::get(const std::string& sql) const {
    Result result = run(sql);
    return result.ok() ? result.text : "error " + std::to_string(result.code) + ": " + result.error;
}

void Database::define(const std::string& name, Function function) const {
    auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
        auto* text = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
        (*static_cast<Function*>(sqlite3_user_data(context)))(context, text ? text : "");
    };
    int code =
        sqlite3_create_function_v2(handle_, name.c_str(), 1, SQLITE_UTF8, new Function(std::move(function)), call,
                                   nullptr, nullptr, [](void* held) { delete static_cast<Function*>(held); });
    EXPECT_EQ(code, SQLITE_OK);
}

void fill(const Database& database) {
    const Result result = database.run(R"(
        SELECT cg_save_repository('app'), cg_save_repository('old'), cg_create_snapshot('app', 's1', NULL, 'main'),
               cg_create_snapshot('old', 'o1');
        SELECT cg_replace_files('app', 's1', 's1', '[
            {"file_path": "src/a.py", "chunks": [
                {"fqn": "a.f", "kind": "function", "language": "python", "content": "def f(): g()\n"},
                {"fqn": "a.g", "kind": "function", "language": "python", "content": "def g(): pass\n", "start_line": 3}],
             "dependencies": [{"from_fqn": "a.f", "to_fqn": "a.g"}, {"from_fqn": "a.g", "to_fqn": "os.exit"}]},
            {"file_path": "src/b.py", "chunks": [
                {"fqn": "b.C", "kind": "class", "language": "python", "content": "class C: pass\n"}],
             "dependencies": [{"from_fqn": "b.C", "to_fqn": "a.f"}]},
            {"file_path": "src/gone.py", "chunks": [
                {"fqn": "gone.h", "kind": "function", "language": "python", "content": "def h(): pass\n"}]}]');
        SELECT cg_soft_delete_file_chunks('app', 's1', 'src/gone.py');)");
    ASSERT_TRUE(result.ok()) << result.error;
}

std::string content(const Database& database) {
    std::string all;
    const std::string tables = database.get(
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name LIKE 'codegraph\\_%' ESCAPE '\\' ORDER BY "
        "1");
    for (size_t begin = 0; begin < tables.size();) {
        const size_t end = std::min(tables.find('\n', begin), tables.size());
        const std::string table = tables.substr(begin, end - begin);
        const std::string columns =
            database.get("SELECT group_concat('quote(' || name || ')') FROM pragma_table_info('" + table + "')");
        all += table + "\n" + database.get("SELECT " + columns + " FROM " + table + " ORDER BY 1, 2, 3, 4, 5") + "\n";
        begin = end + 1;
    }
    return all;
}

bool is_clean(const Database& database) {
    const std::string live = database.get("SELECT codegraph_debug_live()");
    EXPECT_EQ(live, "operations 0 frames 0 statements 0");
    const Result release = database.run("RELEASE codegraph_operation");
    EXPECT_FALSE(release.ok()) << "a savepoint of ours is open";
    return live == "operations 0 frames 0 statements 0" && !release.ok();
}

TemporaryFile::TemporaryFile() {
    static std::atomic<int> number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("codegraph_" + std::to_string(getpid()) + "_" + std::to_string(++number) + ".db");
}

TemporaryFile::~TemporaryFile() {
    for (const char* companion : {"", "-journal", "-wal", "-shm"}) std::filesystem::remove(name() + companion);
}
