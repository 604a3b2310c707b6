#include "graph/saved_names.h"

#include <algorithm>

namespace codegraph {

// Appends what stands for a byte in a JSON string.
static void append_byte(unsigned char c, std::string& out) {
    static constexpr char hex[] = "0123456789abcdef";
    static constexpr std::string_view short_of = "\bb\ff\nn\rr\tt\"\"\\\\";  // each byte, then its letter
    if (c >= 0x20 && c != '"' && c != '\\') {
        out += static_cast<char>(c);
        return;
    }
    out += '\\';
    for (size_t i = 0; i < short_of.size(); i += 2)
        if (short_of[i] == static_cast<char>(c)) {
            out += short_of[i + 1];
            return;
        }
    out += "u00";
    out += hex[c >> 4];
    out += hex[c & 15];
}

static void append_string(std::string_view text, std::string& out) {
    out += '"';
    for (char c : text) append_byte(static_cast<unsigned char>(c), out);
    out += '"';
}

SavedNames saved_names_of(const OutgoingDependency& dependency) {
    SavedNames names;
    if (dependency.has_candidates()) names.candidates.push_back(dependency.target);
    names.candidates.insert(names.candidates.end(), dependency.alternatives.begin(), dependency.alternatives.end());
    names.to_name = dependency.to_name;
    return names;
}

void append_json(const SavedNames& names, std::string& out) {
    out += '[';
    for (size_t i = 0; i < names.candidates.size(); i++) {
        if (i > 0) out += ',';
        append_string(names.candidates[i], out);
    }
    if (!names.to_name.empty()) {
        if (!names.candidates.empty()) out += ',';
        out += "{\"name\":";
        append_string(names.to_name, out);
        out += '}';
    }
    out += ']';
}

std::string as_json(const SavedNames& names) {
    std::string json;
    append_json(names, json);
    return json;
}

// Up to the first byte that differs both texts are the same. What stands for that byte, or for the end of a string, is
// never the beginning of what stands for another.
static std::strong_ordering compare_strings(std::string_view a, std::string_view b) {
    const auto [x, y] = std::ranges::mismatch(a, b);
    if (x == a.end() && y == b.end()) return std::strong_ordering::equal;
    const auto unit = [](std::string_view text, auto place) {
        std::string unit;
        if (place == text.end())
            unit = "\"";
        else
            append_byte(static_cast<unsigned char>(*place), unit);
        return unit;
    };
    return unit(a, x) <=> unit(b, y);
}

std::strong_ordering compare_as_json(const SavedNames& a, const SavedNames& b) {
    const size_t common = std::min(a.candidates.size(), b.candidates.size());
    for (size_t i = 0; i < common; i++)
        if (const auto order = compare_strings(a.candidates[i], b.candidates[i]); order != 0) return order;
    // What comes next: a candidate, a name, or the end. Behind a candidate that is `,"`, `,{` or `]`; at the beginning
    // it is `"` or `{`.
    const auto next = [&](const SavedNames& names) {
        return names.candidates.size() > common ? 0 : !names.to_name.empty() ? 1 : 2;
    };
    if (next(a) != next(b)) return next(a) <=> next(b);
    return compare_strings(a.to_name, b.to_name);
}

}  // namespace codegraph
