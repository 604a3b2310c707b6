// Random valid documents, written by a generator of the test's own with random blanks, escapes and order of fields:
// what is read is what was meant.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "base/bytes.h"
#include "model/json_input.h"
#include "outcome.h"
#include "random.h"
#include "task_runner.h"

namespace codegraph {
namespace {

class Writer {
public:
    explicit Writer(Random& random) : random_(random) {}

    std::string blank() {
        std::string text;
        while (random_.one_in(4)) text += " \t\n\r"[random_.below(4)];
        return text;
    }
    // `code_points` as a JSON string, each character as itself or escaped.
    std::string text(const std::u32string& code_points) {
        std::string json = "\"";
        for (char32_t c : code_points) json += character(c);
        return json + "\"";
    }
    std::string object(std::vector<std::string> fields) { return list('{', std::move(fields), '}', true); }
    std::string array(std::vector<std::string> elements) { return list('[', std::move(elements), ']', false); }
    std::string field(const std::string& name, const std::string& value) {
        return text(std::u32string(name.begin(), name.end())) + blank() + ":" + blank() + value;
    }

    static std::string utf8(char32_t c) {
        auto byte = [](char32_t value) { return static_cast<char>(value); };
        if (c < 0x80) return {byte(c)};
        if (c < 0x800) return {byte(0xC0 | c >> 6), byte(0x80 | (c & 63))};
        if (c < 0x10000) return {byte(0xE0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
        return {byte(0xF0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63))};
    }

private:
    std::string escape(char32_t unit) {
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, random_.one_in(2) ? "\\u%04x" : "\\u%04X", static_cast<unsigned>(unit));
        return escaped;
    }
    std::string character(char32_t c) {
        static const std::string shorthand = "\"\\/\b\f\n\r\t", letters = "\"\\/bfnrt";
        size_t place = c < 0x80 ? shorthand.find(static_cast<char>(c)) : std::string::npos;
        if (place != std::string::npos && random_.one_in(2)) return std::string("\\") + letters[place];
        bool must = c < 0x20 || c == '"' || c == '\\';
        if (!must && !random_.one_in(6)) return utf8(c);
        if (c < 0x10000) return escape(c);
        return escape(0xD800 + ((c - 0x10000) >> 10)) + escape(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
    std::string list(char open, std::vector<std::string> items, char close, bool any_order) {
        if (any_order)
            for (size_t k = items.size(); k > 1; k--) std::swap(items[k - 1], items[random_.below(k)]);
        std::string json = blank() + open + blank();
        for (size_t i = 0; i < items.size(); i++) json += (i ? "," + blank() : "") + items[i] + blank();
        return json + close + blank();
    }
    Random& random_;
};

std::u32string random_code_points(Random& random, uint64_t least, uint64_t most) {
    std::u32string text;
    for (uint64_t n = least + random.below(most - least + 1); n > 0; n--) {
        static const char32_t borders[] = {1,     '\n',  '"',    '\\',   '/',    0x1F,    0x7F,     0x80,
                                           0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF, 'a',
                                           'b',   ' ',   ':',    '{',    ']',    ','};
        text += random.of(borders);
    }
    return text;
}
std::string utf8(const std::u32string& code_points) {
    std::string text;
    for (char32_t c : code_points) text += Writer::utf8(c);
    return text;
}

struct Document {  // a chunk, as meant and as JSON
    GivenChunk meant;
    std::vector<std::string> fields;
};

Document random_chunk(Random& random, Writer& json) {
    Document document;
    Chunk& chunk = document.meant.chunk;
    auto add_text = [&](const char* name, auto&& take, uint64_t least) {
        if (random.one_in(2)) {
            if (random.one_in(3)) document.fields.push_back(json.field(name, "null"));
            return;
        }
        std::u32string text = random_code_points(random, least, 12);
        document.fields.push_back(json.field(name, json.text(text)));
        take(utf8(text));
    };
    std::u32string content = random_code_points(random, 0, 40);
    chunk.content = utf8(content);
    document.fields.push_back(json.field("content", json.text(content)));
    add_text(
        "kind", [&](std::string t) { chunk.kind = t; }, 1);
    add_text(
        "language", [&](std::string t) { chunk.language = t; }, 1);
    add_text(
        "name", [&](std::string t) { chunk.name = t; }, 1);
    add_text(
        "symbol_visibility", [&](std::string t) { chunk.symbol_visibility = t; }, 0);
    add_text(
        "summary", [&](std::string t) { chunk.summary = t; }, 0);
    add_text(
        "chunk_id", [&](std::string t) { document.meant.chunk_id = t; }, 1);
    if (random.one_in(2)) {
        chunk.start_line = random.between(1, 1 << 20);
        document.fields.push_back(json.field("start_line", std::to_string(chunk.start_line)));
    }
    int64_t feeds = std::ranges::count(*chunk.content, '\n') - (chunk.content->ends_with('\n') ? 1 : 0);
    chunk.end_line = chunk.start_line + feeds;
    if (random.one_in(2)) {
        chunk.end_line = chunk.start_line + random.between(0, 1000);
        document.fields.push_back(json.field("end_line", std::to_string(chunk.end_line)));
    }
    if (random.one_in(2)) {
        chunk.importance = static_cast<double>(random.bits() >> 11) * 0x1p-53;
        char digits[40];
        std::snprintf(digits, sizeof digits, random.one_in(2) ? "%.17g" : "%.17e", chunk.importance);
        document.fields.push_back(json.field("importance", digits));
    }
    if (random.one_in(2)) {
        std::string hash = to_hex(Sha256().hash(*chunk.content).view());
        document.fields.push_back(json.field("content_hash", "\"" + hash + "\""));
    }
    if (random.one_in(3)) {
        chunk.attrs = R"({"a":[1,{"b":null}],"c":" \u00e4 "})";
        document.fields.push_back(json.field("attrs", R"({ "a" :[1 , {"b":null}],"c":" \u00e4 "})"));
    }
    return document;
}

TEST(RandomChunks, AreReadAsMeant) {
    Random random(14);
    Writer json(random);
    for (int i = 0; i < 20000; i++) {
        std::vector<Document> documents;
        std::vector<std::string> elements;
        for (uint64_t n = random.below(4); n > 0; n--) {
            documents.push_back(random_chunk(random, json));
            elements.push_back(json.object(documents.back().fields));
        }
        std::string text = json.array(elements);
        std::vector<GivenChunk> read = result_of(parse_chunks("chunks", text, "a/path"));
        ASSERT_EQ(read.size(), documents.size()) << text;
        for (size_t k = 0; k < read.size(); k++) {
            GivenChunk& meant = documents[k].meant;
            meant.chunk.content_hash = Sha256().hash(*meant.chunk.content);
            ASSERT_TRUE(same_fields(read[k].chunk, meant.chunk)) << text;
            ASSERT_EQ(read[k].chunk.content, meant.chunk.content) << text;
            ASSERT_EQ(read[k].chunk_id, meant.chunk_id) << text;
            ASSERT_EQ(read[k].file_path, std::nullopt);
        }
    }
}

// Cut anywhere or with any byte changed, it is read or refused: nothing else.
TEST(RandomChunks, ThatAreDamagedAreReadOrRefused) {
    Random random(15);
    Writer json(random);
    size_t refused = 0;
    for (int i = 0; i < 20000; i++) {
        std::string text = json.array({json.object(random_chunk(random, json).fields)});
        size_t at = random.below(text.size());
        if (random.one_in(2))
            text.resize(at);
        else
            text[at] = static_cast<char>(random.bits());
        std::string outcome = outcome_of([&] { result_of(parse_chunks("chunks", text, "a/path")); });
        ASSERT_TRUE(outcome == "ok" || outcome.starts_with("22P02 ") || outcome.starts_with("22023 ")) << outcome;
        refused += outcome != "ok";
    }
    EXPECT_GT(refused, 5000u);
}

}  // namespace
}  // namespace codegraph
