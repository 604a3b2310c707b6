// Reads JSON text strictly. The whole text is validated first, and then read from front to back, which takes no memory
// but that of the values. Every field of an object is visited, and unknown and duplicate fields are errors. Errors name
// a place in the text as `files[3].chunks[0]`.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "model/json_place.h"
#include "model/json_syntax.h"

namespace codegraph {

// A text of JSON, and how far it is read. Values are read in their order in the text, arrays and objects to their ends.
class JsonText {
public:
    // Throws malformed_json(argument, ...) unless the text is one valid JSON value. The text must outlive the object.
    JsonText(std::string_view argument, std::string_view text, size_t deepest = json_depth);

    // Passes blanks, and then the character where it is next. Returns whether it was.
    bool skip(char c);
    // Passes the comma behind an element or field, or the bracket that closes the array or object. Returns whether it
    // was the bracket. `begin` is where the element or field began: the value is passed when nobody has read it.
    bool ends(const char* begin, char bracket);

    std::string_view rest;  // what is not read yet
};

// Makes the error that says that the object at `place` has not the field.
Error missing_field(const Place& place, std::string_view field);

struct JsonValue;

// A field of an object that a reader knows: its name, and the function that reads its value into an `Object`. The
// function is a lambda without captures.
template <class Object>
struct JsonField {
    std::string_view name;
    void (*read)(Object& object, JsonValue& value);
};

// All fields that an object may have, at most 64. Callers mostly write them in this order.
template <class Object, size_t count>
struct JsonFieldTable {
    std::string_view names[count];
    void (*readers[count])(Object& object, JsonValue& value);

    consteval explicit JsonFieldTable(const std::array<JsonField<Object>, count>& fields) : names{}, readers{} {
        static_assert(count <= 64);
        for (size_t i = 0; i < count; i++) {
            names[i] = fields[i].name;
            readers[i] = fields[i].read;
        }
    }
};

// The value that is next in a text, and its place. The place refers to that of the value around it. Each function that
// reads the value throws invalid() when the value has another type.
struct JsonValue {
    JsonText& json;
    Place place;

    bool is_null();
    std::string text();  // U+0000 in it is an error
    int64_t line() { return integer(1, INT32_MAX); }
    int64_t integer(int64_t least, int64_t most);
    double fraction();  // reads a number from 0 to 1
    bool boolean();
    std::string object_text();  // returns the text of an object without its white space
    bool is_text();

    template <class Take>
    void each_element(Take&& take);
    // Calls `take` with every field that is not null and its index in `names`, which has at most 64.
    template <class Take>
    void each_field(std::span<const std::string_view> names, Take&& take);
    // Reads every field that is not null with its reader in the table.
    template <class Object, size_t count>
    void read_fields(const JsonFieldTable<Object, count>& table, Object& object);
    // Calls `take` with every member of an object whose keys are data. A key that comes twice is an error.
    void each_member(const std::function<void(std::string, JsonValue)>& take);

private:
    friend class JsonElements;
    friend class JsonFields;
    void open(char bracket, std::string_view expected);
    std::string_view token() const;  // the value's text; the value is still next
    [[noreturn]] void fail(std::string_view expected);
};

// Goes over the elements of an array. next() returns nothing behind the last.
class JsonElements {
public:
    explicit JsonElements(JsonValue& value);
    std::optional<JsonValue> next();

private:
    JsonText& json_;
    const Place& place_;
    const char* begin_ = nullptr;  // of the last element
    size_t index_ = 0;
};

// Goes over the fields of an object that are not null. next() returns nothing behind the last.
class JsonFields {
public:
    JsonFields(JsonValue& value, std::span<const std::string_view> names);
    std::optional<JsonValue> next();
    size_t index() const { return index_; }  // in `names`, of the field that next() returned

private:
    void find_index();

    JsonText& json_;
    const Place& place_;
    std::span<const std::string_view> names_;
    const char* begin_ = nullptr;  // of the last field's value
    size_t index_ = 0;
    uint64_t seen_ = 0;  // a bit for each name that came already
};

template <class Take>
void JsonValue::each_element(Take&& take) {
    JsonElements elements(*this);
    while (std::optional<JsonValue> element = elements.next()) take(*element);
}

template <class Take>
void JsonValue::each_field(std::span<const std::string_view> names, Take&& take) {
    JsonFields fields(*this, names);
    while (std::optional<JsonValue> field = fields.next()) take(fields.index(), *field);
}

template <class Object, size_t count>
void JsonValue::read_fields(const JsonFieldTable<Object, count>& table, Object& object) {
    JsonFields fields(*this, table.names);
    while (std::optional<JsonValue> field = fields.next()) table.readers[fields.index()](object, *field);
}

}  // namespace codegraph
