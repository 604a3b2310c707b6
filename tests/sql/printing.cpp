#include "printing.h"

#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace codegraph::suite {
namespace {

bool is_name(std::string_view text) {
    auto name_character = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c < 0; };
    return !text.empty() && !std::isdigit(static_cast<unsigned char>(text[0])) &&
           std::all_of(text.begin(), text.end(), name_character);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// The index of the `)` that closes the `(` at `open`; npos when there is none.
size_t closing(std::string_view text, size_t open) {
    int depth = 0;
    char quote = 0;
    for (size_t i = open; i < text.size(); ++i) {
        if (quote) {
            if (text[i] == quote) quote = 0;
        } else if (text[i] == '\'' || text[i] == '"') {
            quote = text[i];
        } else if (text[i] == '(') {
            ++depth;
        } else if (text[i] == ')' && --depth == 0) {
            return i;
        }
    }
    return std::string_view::npos;
}

std::string hex(const unsigned char* bytes, int size) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\\x";
    for (int i = 0; i < size; ++i) {
        out += digits[bytes[i] >> 4];
        out += digits[bytes[i] & 15];
    }
    return out;
}

}  // namespace

// PostgreSQL writes plain decimals for exponents -4 to 14, else d.ddde+XX.
std::string double_text(double value) {
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
    char scientific[64];
    auto end = std::to_chars(scientific, scientific + sizeof scientific, value, std::chars_format::scientific).ptr;
    std::string_view shortest(scientific, end - scientific);
    int exponent = std::stoi(std::string(shortest.substr(shortest.find('e') + 1)));
    if (value != 0 && (exponent < -4 || exponent >= 15)) return std::string(shortest);
    char plain[64];
    end = std::to_chars(plain, plain + sizeof plain, value, std::chars_format::fixed).ptr;
    return std::string(plain, end);
}

std::optional<std::string> value_text(sqlite3_stmt* row, int column) {
    switch (sqlite3_column_type(row, column)) {
        case SQLITE_NULL:
            return std::nullopt;
        case SQLITE_FLOAT:
            return double_text(sqlite3_column_double(row, column));
        case SQLITE_BLOB:
            return hex(static_cast<const unsigned char*>(sqlite3_column_blob(row, column)),
                       sqlite3_column_bytes(row, column));
        case SQLITE_INTEGER: {
            const char* type = sqlite3_column_decltype(row, column);
            bool boolean = type && (lower(type) == "boolean" || lower(type) == "bool");
            if (boolean) return sqlite3_column_int64(row, column) ? "t" : "f";
            break;
        }
    }
    const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, column));
    return std::string(text, sqlite3_column_bytes(row, column));
}

std::string column_name(std::string_view name, std::string_view statement) {
    if (is_name(name)) return std::string(name);
    if (statement.find('"' + std::string(name) + '"') != std::string_view::npos) return std::string(name);
    size_t open = name.find('(');
    if (open != std::string_view::npos && closing(name, open) == name.size() - 1) {
        if (open == 0) return column_name(name.substr(1, name.size() - 2), statement);
        std::string_view function = name.substr(0, name.find_last_not_of(' ', open - 1) + 1);
        if (is_name(function)) return lower(function);
    }
    return lower(name.substr(0, 5)) == "case " ? "case" : "?column?";
}

std::string print(const Result& result, const Format& format) {
    std::string out;
    auto line = [&](const auto& cells, auto text_of) {
        for (size_t i = 0; i < cells.size(); ++i) {
            if (i) out += format.separator;
            out += text_of(cells[i]);
        }
        out += '\n';
    };
    if (!format.tuples_only) line(result.names, [](const std::string& name) { return name; });
    for (const auto& row : result.rows)
        line(row, [&](const std::optional<std::string>& value) { return value.value_or(format.null); });
    if (format.tuples_only || !format.footer) return out;
    size_t count = result.rows.size();
    return out + "(" + std::to_string(count) + (count == 1 ? " row)\n" : " rows)\n");
}

}  // namespace codegraph::suite
