#include "model/names.h"

#include <string>

#include "base/error.h"

namespace codegraph {

void check_length(const Place& what, std::string_view value, size_t limit) {
    if (value.size() <= limit) return;
    throw invalid(what.words() + " " + quote(value) + " is longer than " + std::to_string(limit) + " bytes");
}

void check_name(const Place& what, std::string_view value, size_t limit) {
    if (value.empty()) throw invalid(what.words() + " must not be empty");
    check_length(what, value, limit);
}

void check_path(const Place& what, std::string_view path) {
    check_name(what, path, name_limit);
    for (size_t begin = 0; begin <= path.size();) {
        size_t end = path.find('/', begin);
        if (end == std::string_view::npos) end = path.size();
        std::string_view part = path.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..")
            throw invalid(what.words() + " " + quote(path) + " must be relative, without empty, \".\" or \"..\" parts");
        begin = end + 1;
    }
}

void check_ref(const Place& what, std::string_view ref) {
    check_name(what, ref, id_limit);
    for (const std::string_view mark : {"~", "@{"})
        if (ref.find(mark) != std::string_view::npos)
            throw invalid(what.words() + " " + quote(ref) + " must not have " + std::string(mark),
                          "Behind a ref, ~ is a step to the base, and @{ begins a moment.");
}

std::string_view last_part(std::string_view fqn) {
    for (size_t i = fqn.size(); i > 0; i--) {
        char c = fqn[i - 1];
        bool separator = c == '.' || c == '#' || c == '/' || (c == ':' && i > 1 && fqn[i - 2] == ':');
        if (!separator) continue;
        std::string_view last = fqn.substr(i);
        return last.empty() ? fqn : last;
    }
    return fqn;
}

}  // namespace codegraph
