#include "binding/members_by_name.h"

#include <algorithm>
#include <array>

namespace codegraph {

bool is_bound_by_name(std::string_view kind, std::string_view visibility) {
    static constexpr std::array<std::string_view, 4> kinds = {"method", "field", "property", "member"};
    return std::ranges::find(kinds, kind) != kinds.end() && visibility != "local";
}

std::string family_of_language(std::string_view language) {
    static constexpr std::array<std::string_view, 3> like_c = {"c++", "cpp", "objc"};
    static constexpr std::array<std::string_view, 3> like_javascript = {"typescript", "jsx", "tsx"};
    std::string name(language);
    for (char& c : name)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (std::ranges::find(like_c, name) != like_c.end()) return "c";
    if (std::ranges::find(like_javascript, name) != like_javascript.end()) return "javascript";
    return name;
}

static void put_question(std::string& text, std::string_view name, std::string_view family) {
    text = name;
    text += '\0';
    text += family;
}

Fingerprint member_name_fingerprint(std::string_view name, std::string_view family) {
    std::string text;
    put_question(text, name, family);
    return fingerprints::of_text(text);
}

size_t MembersByName::filter_bit(std::string_view name) {
    const auto byte = [&](size_t i) { return i < name.size() ? static_cast<unsigned char>(name[i]) : 0U; };
    return (name.size() * 31 + byte(0) * 257 + byte(1) * 4099 + byte(name.size() / 2) * 1031 + byte(name.size() - 1)) %
           (1 << 16);
}

MembersByName::Question MembersByName::want(std::string_view name, std::string_view family) {
    put_question(text_, name, family);
    const Question question = questions_.intern(text_);
    answers_.resize(questions_.size(), no_name);
    is_wanted_[filter_bit(name)] = true;
    return question;
}

void MembersByName::add_member(std::string_view name, std::string_view family, NameNumber fqn) {
    if (!is_wanted_[filter_bit(name)]) return;
    put_question(text_, name, family);
    const Question question = questions_.find(text_);
    if (question == none) return;
    NameNumber& answer = answers_[question];
    if (answer == no_name || answer == fqn)
        answer = fqn;
    else
        answer = several;
}

}  // namespace codegraph
