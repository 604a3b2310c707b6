#include "analyzer.h"

#include <sqlite3.h>

#include <string_view>

namespace codegraph::suite {
namespace {

constexpr std::string_view raise_mark = "RAISE ";

void sample_analyzer(sqlite3_context* context, int, sqlite3_value** arguments) {
    sqlite3* database = sqlite3_context_db_handle(context);
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(database, "SELECT json FROM analysis WHERE path = ?1", -1, &statement, nullptr);
    if (code == SQLITE_OK) code = sqlite3_bind_value(statement, 1, arguments[0]);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
        std::string_view json(text ? text : "", sqlite3_column_bytes(statement, 0));
        if (json.starts_with(raise_mark)) {
            json.remove_prefix(raise_mark.size());
            sqlite3_result_error(context, json.data(), static_cast<int>(json.size()));
        } else {
            sqlite3_result_value(context, sqlite3_column_value(statement, 0));
        }
    } else if (code != SQLITE_DONE) {
        sqlite3_result_error(context, sqlite3_errmsg(database), -1);
    }
    sqlite3_finalize(statement);
}

}  // namespace

int register_sample_analyzer(sqlite3* database) {
    return sqlite3_create_function_v2(database, "sample_analyzer", 1, SQLITE_UTF8, nullptr, sample_analyzer, nullptr,
                                      nullptr, nullptr);
}

}  // namespace codegraph::suite
