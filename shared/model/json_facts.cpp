#include "model/json_facts.h"

#include <algorithm>

#include "base/error.h"

namespace codegraph {

std::vector<std::string> read_names(JsonValue& value) {
    std::vector<std::string> names;
    JsonElements elements(value);
    while (std::optional<JsonValue> element = elements.next()) {
        if (names.size() == most_candidates)
            throw invalid(value.place.words() + " has more than " + std::to_string(most_candidates) + " names");
        std::string name = element->text();
        if (name.empty()) throw invalid(element->place.words() + " must not be empty");
        if (std::ranges::find(names, name) != names.end())
            throw invalid(value.place.words() + " has " + quote(name) + " twice");
        names.push_back(std::move(name));
    }
    if (names.empty()) throw invalid(value.place.words() + " must not be empty");
    return names;
}

static Site read_site(JsonValue& value) {
    Site site;
    int32_t* const parts[] = {&site.line, &site.column, &site.end_column};
    size_t count = 0;
    JsonElements elements(value);
    while (std::optional<JsonValue> element = elements.next()) {
        if (count == std::size(parts)) throw invalid(value.place.words() + " has more than 3 numbers");
        *parts[count++] = static_cast<int32_t>(element->integer(1, INT32_MAX));
    }
    if (count == 0) throw invalid(value.place.words() + " must not be empty");
    if (count == std::size(parts) && site.end_column <= site.column)
        throw invalid(value.place.words() + ": the end column " + std::to_string(site.end_column) +
                      " is not greater than the column " + std::to_string(site.column));
    return site;
}

std::vector<Site> read_sites(JsonValue& value) {
    std::vector<Site> sites;
    JsonElements elements(value);
    while (std::optional<JsonValue> element = elements.next()) {
        if (sites.size() == most_sites)
            throw invalid(value.place.words() + " has more than " + std::to_string(most_sites) + " sites");
        sites.push_back(read_site(*element));
    }
    return sites;
}

}  // namespace codegraph
