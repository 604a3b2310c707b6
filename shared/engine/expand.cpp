// Statement texts as the databases want them: see codegraph_expand() in port.h.
#include <algorithm>
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
    void put_number(size_t n) {
        char digits[24];
        size_t count = 0;
        do digits[count++] = static_cast<char>('0' + n % 10);
        while (n /= 10);
        while (count > 0) put({&digits[--count], 1});
    }
};

// Each item of "a, b <> 0": its column, and what stands behind that.
template <class Take>
void each_item(std::string_view list, Take take) {
    for (size_t position = 1; !list.empty(); position++) {
        const size_t comma = list.find(',');
        std::string_view item = list.substr(0, comma);
        item.remove_prefix(std::min(item.find_first_not_of(" \n"), item.size()));
        const size_t end = item.find(' ');
        take(position, item.substr(0, end), end == std::string_view::npos ? std::string_view() : item.substr(end));
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
}

// The parameter rows as a relation `r`.
void put_rows(Writer& out, std::string_view columns, CgDatabase database) {
    const bool postgres = database == CG_POSTGRES;
    out.put(postgres ? "ROWS FROM (" : "(SELECT ");
    each_item(columns, [&](size_t position, std::string_view name, std::string_view) {
        if (position > 1) out.put(", ");
        out.put(postgres ? "pg_catalog.unnest($" : "?");
        out.put_number(position);
        out.put(postgres ? ")" : " AS ");
        if (!postgres) out.put(name);
    });
    out.put(") AS r");
    if (!postgres) return;
    each_item(columns, [&](size_t position, std::string_view name, std::string_view) {
        out.put(position > 1 ? ", " : "(");
        out.put(name);
    });
    out.put(")");
}

// The columns and the parameter rows as what an INSERT inserts. SQLite inserts VALUES faster than what a SELECT gives.
void put_values(Writer& out, std::string_view items, CgDatabase database) {
    const bool postgres = database == CG_POSTGRES;
    each_item(items, [&](size_t position, std::string_view name, std::string_view) {
        out.put(position > 1 ? ", " : "(");
        out.put(name);
    });
    out.put(postgres ? ") SELECT " : ") VALUES (");
    each_item(items, [&](size_t position, std::string_view name, std::string_view rest) {
        if (position > 1) out.put(", ");
        out.put(postgres ? "r." : "?");
        postgres ? out.put(name) : out.put_number(position);
        out.put(rest);
    });
    if (!postgres) return out.put(")");
    out.put(" FROM ");
    put_rows(out, items, database);
}

// What stands in the brackets of "name(...)", when `text` is that.
bool take_call(std::string_view text, std::string_view name, std::string_view& inside) {
    if (!text.starts_with(name) || !text.ends_with(')') || text[name.size()] != '(') return false;
    inside = text.substr(name.size() + 1, text.size() - name.size() - 2);
    return true;
}

// What stands in braces.
void put_braced(Writer& out, std::string_view text, const char* table_prefix, CgDatabase database) {
    std::string_view inside;
    if (take_call(text, "rows", inside)) return put_rows(out, inside, database);
    if (take_call(text, "values", inside)) return put_values(out, inside, database);
    out.put(table_prefix);
    out.put(text);
}

}  // namespace

extern "C" size_t codegraph_expand(const CgStatement* statement, CgDatabase database, const char* table_prefix,
                                   char* buffer, size_t size) noexcept {
    std::string_view text = database == CG_SQLITE && statement->sqlite ? statement->sqlite : statement->postgres;
    Writer out{buffer, size};
    while (!text.empty()) {
        size_t brace = text[0] == '{' ? text.find('}') : std::string_view::npos;
        if (brace != std::string_view::npos) {
            put_braced(out, text.substr(1, brace - 1), table_prefix, database);
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
