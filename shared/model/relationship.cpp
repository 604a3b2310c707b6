#include "model/relationship.h"

#include <algorithm>
#include <unordered_set>

#include "base/error.h"

namespace codegraph {

static constexpr size_t longest_relationship = 64;

static bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static bool may_follow(char c) {
    return is_capital(c) || (c >= '0' && c <= '9') || c == '_';
}

void check_relationship(std::string_view name) {
    if (name.empty()) throw invalid("relationship must not be empty");
    if (name.size() > longest_relationship) throw invalid("relationship " + quote(name) + " is longer than 64 bytes");
    if (!is_capital(name[0]) || !std::all_of(name.begin(), name.end(), may_follow))
        throw invalid("relationship " + quote(name) + " is not of the form [A-Z][A-Z0-9_]*");
}

static std::string_view trim_blanks(std::string_view part) {
    size_t first = part.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return part.substr(first, part.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> parse_relationships(std::string_view list) {
    if (trim_blanks(list).empty()) throw invalid("relationships must not be empty: " + quote(list));
    std::vector<std::string> names;
    std::unordered_set<std::string_view> known;
    for (size_t start = 0; start <= list.size();) {
        size_t comma = std::min(list.find(',', start), list.size());
        std::string_view part = trim_blanks(list.substr(start, comma - start));
        if (part.empty()) throw invalid("relationships has an empty part: " + quote(list));
        check_relationship(part);
        if (known.insert(part).second) names.emplace_back(part);
        start = comma + 1;
    }
    return names;
}

}  // namespace codegraph
