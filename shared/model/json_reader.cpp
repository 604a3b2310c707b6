#include "model/json_reader.h"

#include <algorithm>
#include <charconv>
#include <new>
#include <set>

#include "base/error.h"

namespace codegraph {

using namespace simdjson;

Error missing_field(const Place& place, std::string_view field) {
    return invalid(place.words() + " has no " + quote(field));
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
static std::string_view trim_blanks(std::string_view token) {
    return token.substr(0, token.find_last_not_of(" \n\t\r") + 1);
}

static std::string describe(ondemand::value& value) {
    std::string_view raw = trim_blanks(value.raw_json_token());
    if (raw.starts_with('{')) return "an object";
    if (raw.starts_with('[')) return "an array";
    if (raw.starts_with('"')) return raw.size() <= 102 ? std::string(raw) : "a string";
    return std::string(raw.substr(0, 100));
}

void JsonValue::fail(std::string_view expected) {
    throw invalid(place.words() + " must be " + std::string(expected) + ", not " + describe(value));
}

bool JsonValue::is_null() {
    bool null = false;
    return !value.is_null().get(null) && null;
}

bool JsonValue::is_text() {
    ondemand::json_type type;
    return !value.type().get(type) && type == ondemand::json_type::string;
}

static std::string refuse_nul(std::string text, const Place& place) {
    if (text.find('\0') != std::string::npos) throw invalid(place.words() + " contains the character U+0000");
    return text;
}

std::string JsonValue::text() {
    if (!is_text()) fail("a string");
    const std::string_view token = value.raw_json_token();
    return refuse_nul(unescape_json(token.substr(1)), place);
}

int64_t JsonValue::integer(int64_t least, int64_t most) {
    int64_t number = 0;
    if (value.get_int64().get(number) || number < least || number > most)
        fail("an integer from " + std::to_string(least) + " to " + std::to_string(most));
    return number;
}

double JsonValue::fraction() {
    // Not get_double(): simdjson 3.0 misreads numbers of more than 19 digits. What no double can hold is refused.
    std::string_view raw = trim_blanks(value.raw_json_token());
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

ondemand::array JsonValue::array() {
    ondemand::json_type type;
    ondemand::array elements;
    if (value.type().get(type) || type != ondemand::json_type::array) fail("an array");
    if (value.get_array().get(elements)) fail("an array");
    return elements;
}

JsonElements::JsonElements(JsonValue& value) : place_(value.place), array_(value.array()) {
    if (array_.begin().get(element_) || array_.end().get(end_))
        throw malformed_json(place_.words(), "an array cannot be read");
}

std::optional<JsonValue> JsonElements::next() {
    if (index_ > 0) ++element_;
    if (element_ == end_) return std::nullopt;
    ondemand::value item;
    if ((*element_).get(item)) throw malformed_json(place_.words(), "an element cannot be read");
    return JsonValue{item, Place::element(place_, index_++)};
}

static std::string key_of(ondemand::field& field, const Place& place) {
    std::string_view key;
    if (field.unescaped_key().get(key)) throw malformed_json(place.words(), "a field cannot be read");
    return refuse_nul(std::string(key), place);
}

JsonFields::JsonFields(JsonValue& value, std::span<const std::string_view> names)
    : place_(value.place), names_(names), object_(value.object()) {
    if (object_.begin().get(field_) || object_.end().get(end_))
        throw malformed_json(place_.words(), "an object cannot be read");
}

std::optional<JsonValue> JsonFields::next() {
    for (;;) {
        if (seen_ != 0) ++field_;
        if (field_ == end_) return std::nullopt;
        ondemand::field field;
        if ((*field_).get(field)) throw malformed_json(place_.words(), "a field cannot be read");
        find_index(field);
        JsonValue member{field.value(), Place::field(place_, names_[index_])};
        if (!member.is_null()) return member;
    }
}

// Whoever writes objects writes their fields in the same order each time, mostly ours: the name behind the last one is
// tried first.
void JsonFields::find_index(ondemand::field& field) {
    const size_t guess = seen_ != 0 ? index_ + 1 : 0;
    if (guess < names_.size() && field.key().unsafe_is_equal(names_[guess])) {
        index_ = guess;
    } else {
        std::string key = key_of(field, place_);
        index_ = static_cast<size_t>(std::ranges::find(names_, key) - names_.begin());
        if (index_ == names_.size()) throw invalid(place_.words() + " has an unknown field " + quote(key));
    }
    const uint64_t bit = uint64_t(1) << index_;
    if (seen_ & bit) throw invalid(place_.words() + " has the field " + quote(names_[index_]) + " twice");
    seen_ |= bit;
}

void JsonValue::each_member(const std::function<void(std::string, JsonValue)>& take) {
    std::set<std::string, std::less<>> names;
    ondemand::object members = object();
    for (auto member : members) {
        ondemand::field field;
        if (std::move(member).get(field)) throw malformed_json(place.words(), "a field cannot be read");
        std::string name = key_of(field, place);
        if (!names.insert(name).second) throw invalid(place.words() + " has the field " + quote(name) + " twice");
        take(name, {field.value(), Place::member(place, name)});
    }
}

}  // namespace codegraph
