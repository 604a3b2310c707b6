// Statement texts as the databases want them: see codegraph_expand() in port.h.
#include <cstring>
#include <string_view>

#include "engine/port.h"

namespace {

struct Writer {  // snprintf's way: counts what does not fit
    char* buffer;
    size_t size;
    size_t length = 0;
    void put(std::string_view text) {
        for (char c : text) {
            if (length + 1 < size) buffer[length] = c;
            ++length;
        }
    }
    void number(size_t n) {
        char digits[24];
        size_t count = 0;
        do digits[count++] = static_cast<char>('0' + n % 10);
        while (n /= 10);
        while (count > 0) put({&digits[--count], 1});
    }
};

// `columns` is "a, b, c".
void put_rows(Writer& out, std::string_view columns, CgDatabase database) {
    if (database == CG_POSTGRES) {
        size_t count = 1;
        for (char c : columns) count += c == ',';
        out.put("ROWS FROM (");
        for (size_t i = 1; i <= count; i++) {
            out.put(i > 1 ? ", pg_catalog.unnest($" : "pg_catalog.unnest($");
            out.number(i);
            out.put(")");
        }
        out.put(") AS r(");
        out.put(columns);
        out.put(")");
        return;
    }
    out.put("(SELECT ");
    for (size_t i = 1; !columns.empty(); i++) {
        size_t comma = columns.find(',');
        std::string_view name = columns.substr(0, comma);
        while (!name.empty() && name[0] == ' ') name.remove_prefix(1);
        out.put(i > 1 ? ", ?" : "?");
        out.number(i);
        out.put(" AS ");
        out.put(name);
        columns.remove_prefix(comma == std::string_view::npos ? columns.size() : comma + 1);
    }
    out.put(") AS r");
}

}  // namespace

extern "C" size_t codegraph_expand(const CgStatement* statement, CgDatabase database, const char* table_prefix,
                                   char* buffer, size_t size) noexcept {
    std::string_view text = database == CG_SQLITE && statement->sqlite ? statement->sqlite : statement->postgres;
    constexpr std::string_view rows = "rows(";
    Writer out{buffer, size};
    while (!text.empty()) {
        size_t brace = text[0] == '{' ? text.find('}') : std::string_view::npos;
        if (brace != std::string_view::npos) {
            std::string_view name = text.substr(1, brace - 1);
            if (name.starts_with(rows)) {
                put_rows(out, name.substr(rows.size(), name.size() - rows.size() - 1), database);
            } else {
                out.put(table_prefix);
                out.put(name);
            }
            text.remove_prefix(brace + 1);
            continue;
        }
        bool parameter = database == CG_SQLITE && text[0] == '$';
        out.put(parameter ? "?" : text.substr(0, 1));
        text.remove_prefix(1);
    }
    if (size > 0) buffer[out.length < size ? out.length : size - 1] = '\0';
    return out.length;
}
