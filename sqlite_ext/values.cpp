#include "sqlite_ext/values.h"

#include <string>

#include "base/time.h"

namespace codegraph::sqlite {

static bool read_text(sqlite3_value* value, CgCell& cell) {
    cell.type = CG_TEXT;
    cell.data = reinterpret_cast<const char*>(sqlite3_value_text(value));
    cell.size = static_cast<size_t>(sqlite3_value_bytes(value));
    return cell.data;
}

bool read_argument(sqlite3_value* value, Type declared, CgCell& cell) {
    const bool wants_text = declared == Type::text || declared == Type::json || declared == Type::time;
    cell = CgCell{};
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            if (wants_text) return read_text(value, cell);
            cell.type = CG_INTEGER;
            cell.integer = sqlite3_value_int64(value);
            return true;
        case SQLITE_FLOAT:
            if (wants_text) return read_text(value, cell);
            cell.type = CG_REAL;
            cell.real = sqlite3_value_double(value);
            return true;
        case SQLITE_TEXT:
            return read_text(value, cell);
        case SQLITE_BLOB:
            cell.type = CG_BLOB;
            cell.data = static_cast<const char*>(sqlite3_value_blob(value));
            cell.size = static_cast<size_t>(sqlite3_value_bytes(value));
            return cell.data || cell.size == 0;
        default:
            return true;
    }
}

void give_result(sqlite3_context* context, const CgCell& cell, Type declared) {
    switch (cell.type) {
        case CG_INTEGER:
            if (declared == Type::time) {
                const std::string text = format_time(cell.integer);
                sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
            } else {
                sqlite3_result_int64(context, cell.integer);
            }
            break;
        case CG_REAL:
            sqlite3_result_double(context, cell.real);
            break;
        case CG_TEXT:
            sqlite3_result_text64(context, cell.size ? cell.data : "", cell.size, SQLITE_TRANSIENT, SQLITE_UTF8);
            break;
        case CG_BLOB:
            sqlite3_result_blob64(context, cell.size ? cell.data : "", cell.size, SQLITE_TRANSIENT);
            break;
        case CG_NULL:
            sqlite3_result_null(context);
            break;
    }
}

}  // namespace codegraph::sqlite
