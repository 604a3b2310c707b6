// Reads JSON text strictly. The whole text is validated first, and then read from front to back, which takes no memory
// but that of the values. Every field of an object is visited, and unknown and duplicate fields are errors. Errors name
// a place in the text as `files[3].chunks[0]`.
//
// An argument may have a gigabyte. So the tasks that go over arrays ask the text when a checkpoint is due, and a long
// string or object of a field is read in parts before the reader of the field asks for it.
#pragma once
#include <array>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "engine/pace.h"
#include "engine/request.h"
#include "model/json_place.h"
#include "model/json_syntax.h"

namespace codegraph {

// A text of JSON, and how far it is read. Values are read in their order in the text, arrays and objects to their ends.
class JsonText {
public:
    // Throws malformed_json(argument, ...) unless the text is one valid JSON value. The text must outlive the object.
    static Task<JsonText> check(std::string_view argument, std::string_view text, size_t deepest = json_depth);

    // Returns true when a few milliseconds of reading have passed since it last did.
    bool is_checkpoint_due();

    // Passes blanks, and then the character where it is next. Returns whether it was.
    bool skip(char c);
    // Passes the comma behind an element or field, or the bracket that closes the array or object. Returns whether it
    // was the bracket. `begin` is where the element or field began: the value is passed when nobody has read it.
    bool ends(const char* begin, char bracket);

    // Reads the string or object that is next in parts, where it is long, and keeps its value for take_ahead().
    bool is_next_long() const;
    Task<> read_ahead();
    // Passes the value that was read ahead, where that is the next one, and returns it.
    std::optional<std::string> take_ahead();

    std::string_view rest;  // what is not read yet

private:
    explicit JsonText(std::string_view text);

    size_t rest_at_checkpoint_;
    std::string ahead_;
    const char *ahead_begin_ = nullptr, *ahead_end_ = nullptr;
};

// Makes the error that says that the object at `place` has not the field.
Error missing_field(const Place& place, std::string_view field);

struct JsonValue;

// A field of an object that a reader knows: its name, and the function that reads its value into an `Object`. The
// function is a lambda without captures. One that reads an array returns a task.
template <class Object>
struct JsonField {
    std::string_view name;
    void (*read)(Object& object, JsonValue& value) = nullptr;
    Task<> (*read_in_steps)(Object& object, JsonValue& value) = nullptr;
};

// All fields that an object may have, at most 64. Callers mostly write them in this order.
template <class Object, size_t count>
struct JsonFieldTable {
    std::string_view names[count];
    JsonField<Object> fields[count];

    consteval explicit JsonFieldTable(const std::array<JsonField<Object>, count>& given) : names{}, fields{} {
        static_assert(count <= 64);
        for (size_t i = 0; i < count; i++) {
            names[i] = given[i].name;
            fields[i] = given[i];
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

private:
    friend class JsonElements;
    friend class JsonFields;
    friend class JsonMembers;
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

// Goes over the members of an object whose keys are data. A key that comes twice is an error. next() returns nothing
// behind the last.
class JsonMembers {
public:
    explicit JsonMembers(JsonValue& value);
    std::optional<JsonValue> next();
    const std::string& key() const { return *key_; }  // of the member that next() returned

private:
    JsonText& json_;
    const Place& place_;
    std::set<std::string, std::less<>> keys_;
    std::set<std::string, std::less<>>::iterator key_;
    const char* begin_ = nullptr;  // of the last member's value
};

// Makes room for as many items again. A list that grows by itself moves all of them at once, which for millions takes
// seconds.
template <class Item>
Task<> grow_in_steps(std::vector<Item>& items) {
    std::vector<Item> more;
    more.reserve(2 * items.size());
    Pace pace;
    for (Item& item : items) {
        more.push_back(std::move(item));
        if (pace.is_due()) co_await checkpoint();
    }
    items.swap(more);
}

// Reads the elements of an array. `read` returns the task that reads one.
template <class Item, class Read>
Task<> read_elements(JsonValue value, std::vector<Item>& items, const Read& read) {
    constexpr size_t many = 1 << 14;
    JsonElements elements(value);
    while (std::optional<JsonValue> element = elements.next()) {
        Item item = co_await read(*element);
        if (items.size() == items.capacity() && items.size() >= many) co_await grow_in_steps(items);
        items.push_back(std::move(item));
        if (value.json.is_checkpoint_due()) co_await checkpoint();
    }
}

// Reads every field that is not null with its reader in the table.
template <class Object, size_t count>
Task<> read_fields(JsonValue value, const JsonFieldTable<Object, count>& table, Object& object) {
    JsonFields fields(value, table.names);
    while (std::optional<JsonValue> field = fields.next()) {
        const JsonField<Object>& known = table.fields[fields.index()];
        if (known.read_in_steps) {
            co_await known.read_in_steps(object, *field);
            continue;
        }
        if (value.json.is_next_long()) co_await value.json.read_ahead();
        known.read(object, *field);
    }
}

}  // namespace codegraph
