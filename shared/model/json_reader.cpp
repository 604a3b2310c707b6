#include "model/json_reader.h"

#include <algorithm>
#include <charconv>
#include <new>
#include <set>

#include "base/error.h"
#include "base/utf8.h"

namespace codegraph {

using namespace simdjson;

Error missing_field(const Place& place, std::string_view field) {
    return invalid(place.words() + " has no " + in_quotes(field));
}

JsonText::JsonText(std::string_view argument, std::string_view text, size_t deepest) : padded_(text.size() + 2) {
    check_json(argument, text, deepest);  // the whole of it: simdjson below looks only at what it is asked for
    if (!padded_.data()) throw std::bad_alloc();
    padded_.data()[0] = '[';
    std::ranges::copy(text, padded_.data() + 1);
    padded_.data()[text.size() + 1] = ']';
    if (parser_.iterate(padded_).get(document_)) throw malformed_json(argument, "it cannot be read");
}

ondemand::value JsonText::root() {
    ondemand::array array;
    ondemand::value first;
    if (document_.get_array().get(array)) throw Error(ErrorKind::internal, "JSON text lost its root");
    for (auto element : array)
        if (!element.get(first)) return first;
    throw Error(ErrorKind::internal, "JSON text lost its root");
}

// A token is followed by the blanks behind it.
static std::string_view without_blanks(std::string_view token) {
    return token.substr(0, token.find_last_not_of(" \n\t\r") + 1);
}

static std::string shown(ondemand::value& value) {
    std::string_view raw = without_blanks(value.raw_json_token());
    if (raw.starts_with('{')) return "an object";
    if (raw.starts_with('[')) return "an array";
    if (raw.starts_with('"')) return raw.size() <= 102 ? std::string(raw) : "a string";
    return std::string(raw.substr(0, 100));
}

void JsonValue::fail(std::string_view expected) {
    throw invalid(place.words() + " must be " + std::string(expected) + ", not " + shown(value));
}

bool JsonValue::is_null() {
    bool null = false;
    return !value.is_null().get(null) && null;
}

bool JsonValue::is_text() {
    ondemand::json_type type;
    return !value.type().get(type) && type == ondemand::json_type::string;
}

static std::string checked_text(std::string_view unescaped, const Place& place) {
    if (unescaped.find('\0') != std::string_view::npos) throw invalid(place.words() + " contains the character U+0000");
    if (!is_utf8(unescaped)) throw malformed_json(place.words(), "a lone surrogate");
    return std::string(unescaped);
}

std::string JsonValue::text() {
    if (!is_text()) fail("a string");
    std::string_view unescaped;
    if (value.get_string().get(unescaped)) throw malformed_json(place.words(), "a string cannot be read");
    return checked_text(unescaped, place);
}

int64_t JsonValue::integer(int64_t least, int64_t most) {
    int64_t number = 0;
    if (value.get_int64().get(number) || number < least || number > most)
        fail("an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

double JsonValue::fraction() {
    // Not get_double(): simdjson 3.0 misreads numbers of more than 19 digits. What no double can hold is refused.
    std::string_view raw = without_blanks(value.raw_json_token());
    double number = -1;
    auto [end, error] = std::from_chars(raw.data(), raw.data() + raw.size(), number);
    if (error != std::errc() || end != raw.data() + raw.size() || !(number >= 0 && number <= 1))
        fail("a number from 0 to 1");
    return number == 0 ? 0.0 : number;  // -0 is 0
}

bool JsonValue::boolean() {
    bool truth = false;
    if (value.get_bool().get(truth)) fail("true or false");
    return truth;
}

std::string JsonValue::object_text() {
    ondemand::object members = object();
    std::string_view raw;
    if (members.raw_json().get(raw)) throw malformed_json(place.words(), "an object cannot be read");
    std::string minified(raw.size(), '\0');
    size_t size = 0;
    if (minify(raw.data(), raw.size(), minified.data(), size))
        throw malformed_json(place.words(), "an object cannot be read");
    minified.resize(size);
    return minified;
}

ondemand::object JsonValue::object() {
    ondemand::json_type type;
    ondemand::object members;
    if (value.type().get(type) || type != ondemand::json_type::object) fail("an object");
    if (value.get_object().get(members)) fail("an object");
    return members;
}

void JsonValue::each_element(const Each& take) {
    ondemand::json_type type;
    ondemand::array elements;
    if (value.type().get(type) || type != ondemand::json_type::array) fail("an array");
    if (value.get_array().get(elements)) fail("an array");
    size_t i = 0;
    for (auto element : elements) {
        ondemand::value item;
        if (element.get(item)) throw malformed_json(place.words(), "an element cannot be read");
        take({item, Place::element(place, i++)});
    }
}

void JsonValue::each_field(std::span<const std::string_view> names,
                           const std::function<void(size_t, JsonValue)>& take) {
    std::vector<bool> seen(names.size());
    ondemand::object members = object();
    for (auto field : members) {
        std::string_view key;
        ondemand::value item;
        if (field.unescaped_key().get(key) || field.value().get(item))
            throw malformed_json(place.words(), "a field cannot be read");
        std::string name = checked_text(key, place);
        size_t i = static_cast<size_t>(std::ranges::find(names, name) - names.begin());
        if (i == names.size()) throw invalid(place.words() + " has an unknown field " + in_quotes(name));
        if (seen[i]) throw invalid(place.words() + " has the field " + in_quotes(name) + " twice");
        seen[i] = true;
        JsonValue member{item, Place::field(place, names[i])};
        if (!member.is_null()) take(i, member);
    }
}

void JsonValue::each_member(const std::function<void(std::string, JsonValue)>& take) {
    std::set<std::string, std::less<>> seen;
    ondemand::object members = object();
    for (auto field : members) {
        std::string_view key;
        ondemand::value item;
        if (field.unescaped_key().get(key) || field.value().get(item))
            throw malformed_json(place.words(), "a field cannot be read");
        std::string name = checked_text(key, place);
        if (!seen.insert(name).second) throw invalid(place.words() + " has the field " + in_quotes(name) + " twice");
        take(name, {item, Place::member(place, name)});
    }
}

}  // namespace codegraph
