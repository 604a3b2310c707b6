// Writes JSON text without blanks. The writer sets commas. The caller sees to it that brackets match, and that keys and
// values alternate.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace codegraph {

class JsonWriter {
public:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    JsonWriter& key(std::string_view name);  // its value comes next
    JsonWriter& text(std::string_view value);
    template <std::integral Integer>
    JsonWriter& integer(Integer value) {
        return raw(std::to_string(value));
    }
    // Writes the shortest text that reads as the same number. The value is finite.
    JsonWriter& real(double value);
    JsonWriter& truth() { return raw("true"); }
    JsonWriter& raw(std::string_view json);  // a value that is JSON already
    std::string take() { return std::move(out_); }

private:
    void separate();
    void append_string(std::string_view value);
    std::string out_;
    bool needs_comma_ = false;
};

}  // namespace codegraph
