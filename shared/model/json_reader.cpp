#include "model/json_reader.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"

namespace codegraph {

Error missing_field(const Place& place, std::string_view field) {
    return invalid(place.words() + " has no " + quote(field));
}

JsonText::JsonText(std::string_view text) : rest(text), rest_at_checkpoint_(text.size()) {
    skip_json_blanks(rest);
}

Task<JsonText> JsonText::check(std::string_view argument, std::string_view text, size_t deepest) {
    co_await check_json_in_steps(argument, text, deepest);
    co_return JsonText(text);
}

bool JsonText::is_checkpoint_due() {
    constexpr size_t bytes_between_checkpoints = 64 << 10;
    if (rest_at_checkpoint_ - rest.size() < bytes_between_checkpoints) return false;
    rest_at_checkpoint_ = rest.size();
    return true;
}

static constexpr size_t part_size = 1 << 20;

bool JsonText::is_next_long() const {
    return rest.size() > part_size && (rest[0] == '"' || rest[0] == '{') && is_longer(rest, part_size);
}

Task<> JsonText::read_ahead() {
    std::string_view behind = rest;
    ahead_.clear();
    const bool is_string = rest[0] == '"';
    if (is_string) behind.remove_prefix(1);
    size_t depth = 0;
    bool more = true;
    while (more) {
        more = is_string ? take_part_of_string(behind, ahead_, part_size)
                         : take_part_of_value(behind, ahead_, depth, part_size);
        co_await checkpoint();
    }
    ahead_begin_ = rest.data();
    ahead_end_ = behind.data();
}

std::optional<std::string> JsonText::take_ahead() {
    if (ahead_begin_ != rest.data()) return std::nullopt;
    rest.remove_prefix(static_cast<size_t>(ahead_end_ - ahead_begin_));
    ahead_begin_ = nullptr;
    return std::move(ahead_);
}

bool JsonText::skip(char c) {
    skip_json_blanks(rest);
    if (!rest.starts_with(c)) return false;
    rest.remove_prefix(1);
    skip_json_blanks(rest);
    return true;
}

bool JsonText::ends(const char* begin, char bracket) {
    if (begin == rest.data()) take_json_value(rest);
    if (skip(bracket)) return true;
    skip(',');
    return false;
}

std::string_view JsonValue::token() const {
    std::string_view rest = json.rest;
    return take_json_value(rest);
}

// Returns what an error says of the value that is next.
static std::string describe(std::string_view rest) {
    constexpr size_t longest_shown = 102;
    if (rest.starts_with('{')) return "an object";
    if (rest.starts_with('[')) return "an array";
    const std::string_view value = take_json_value(rest);
    if (value.size() <= longest_shown) return std::string(value);
    return (value.starts_with('"') ? "a string of " : "a number of ") + std::to_string(value.size()) + " bytes";
}

void JsonValue::fail(std::string_view expected) {
    throw invalid(place.words() + " must be " + std::string(expected) + ", not " + describe(json.rest));
}

bool JsonValue::is_null() {
    return json.rest.starts_with('n');
}

bool JsonValue::is_text() {
    return json.rest.starts_with('"');
}

static std::string refuse_nul(std::string text, const Place& place) {
    if (text.find('\0') != std::string::npos) throw invalid(place.words() + " contains the character U+0000");
    return text;
}

std::string JsonValue::text() {
    if (!is_text()) fail("a string");
    std::optional<std::string> ahead = json.take_ahead();
    return refuse_nul(ahead ? *std::move(ahead) : take_json_string(json.rest), place);
}

// Returns whether the whole token is the number.
template <class Number>
static bool read_number(std::string_view token, Number& number) {
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), number);
    return error == std::errc() && end == token.data() + token.size();
}

int64_t JsonValue::integer(int64_t least, int64_t most) {
    int64_t number = 0;
    if (!read_number(token(), number) || number < least || number > most)
        fail("an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

double JsonValue::fraction() {
    double number = -1;  // what no double can hold is refused
    if (!read_number(token(), number) || !(number >= 0 && number <= 1)) fail("a number from 0 to 1");
    return number == 0 ? 0.0 : number;  // -0 is 0
}

bool JsonValue::boolean() {
    const std::string_view value = token();
    if (value != "true" && value != "false") fail("true or false");
    return value == "true";
}

std::string JsonValue::object_text() {
    if (!json.rest.starts_with('{')) fail("an object");
    if (std::optional<std::string> ahead = json.take_ahead()) return *std::move(ahead);
    std::string minified;
    size_t depth = 0;
    take_part_of_value(json.rest, minified, depth, SIZE_MAX);
    return minified;
}

void JsonValue::open(char bracket, std::string_view expected) {
    if (!json.skip(bracket)) fail(expected);
}

JsonElements::JsonElements(JsonValue& value) : json_(value.json), place_(value.place) {
    value.open('[', "an array");
}

std::optional<JsonValue> JsonElements::next() {
    const bool at_end = index_ > 0 ? json_.ends(begin_, ']') : json_.skip(']');
    if (at_end) return std::nullopt;
    begin_ = json_.rest.data();
    return JsonValue{json_, Place::element(place_, index_++)};
}

static std::string take_key(JsonText& json, const Place& place) {
    return refuse_nul(take_json_string(json.rest), place);
}

JsonFields::JsonFields(JsonValue& value, std::span<const std::string_view> names)
    : json_(value.json), place_(value.place), names_(names) {
    value.open('{', "an object");
}

std::optional<JsonValue> JsonFields::next() {
    for (;;) {
        const bool at_end = seen_ != 0 ? json_.ends(begin_, '}') : json_.skip('}');
        if (at_end) return std::nullopt;
        find_index();
        json_.skip(':');
        begin_ = json_.rest.data();
        JsonValue member{json_, Place::field(place_, names_[index_])};
        if (!member.is_null()) return member;
    }
}

// Whoever writes objects writes their fields in the same order each time, mostly ours: the name behind the last one is
// tried first.
void JsonFields::find_index() {
    const size_t guess = seen_ != 0 ? index_ + 1 : 0;
    const std::string_view behind_quote = json_.rest.substr(1);
    if (guess < names_.size() && behind_quote.starts_with(names_[guess]) && behind_quote[names_[guess].size()] == '"') {
        index_ = guess;
        json_.rest.remove_prefix(names_[guess].size() + 2);
    } else {
        std::string key = take_key(json_, place_);
        index_ = static_cast<size_t>(std::ranges::find(names_, key) - names_.begin());
        if (index_ == names_.size()) throw invalid(place_.words() + " has an unknown field " + quote(key));
    }
    const uint64_t bit = uint64_t(1) << index_;
    if (seen_ & bit) throw invalid(place_.words() + " has the field " + quote(names_[index_]) + " twice");
    seen_ |= bit;
}

JsonMembers::JsonMembers(JsonValue& value) : json_(value.json), place_(value.place) {
    value.open('{', "an object");
}

std::optional<JsonValue> JsonMembers::next() {
    const bool at_end = begin_ ? json_.ends(begin_, '}') : json_.skip('}');
    if (at_end) return std::nullopt;
    std::string name = take_key(json_, place_);
    const auto [key, is_new] = keys_.insert(std::move(name));
    if (!is_new) throw invalid(place_.words() + " has the field " + quote(*key) + " twice");
    key_ = key;
    json_.skip(':');
    begin_ = json_.rest.data();
    return JsonValue{json_, Place::member(place_, *key)};
}

}  // namespace codegraph
