// Outlines: random ones come back, the bytes are the described ones, and damage is either told or a valid outline.
#include "model/outline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

using namespace std::string_literals;

auto fields(const OutlineChunk& c) {
    return std::tie(c.symbol, c.kind, c.start_line, c.end_line, c.has_fqn, c.is_deleted, c.name, c.occurrence,
                    c.explicit_id);
}
auto fields(const OutlineDependency& d) {
    return std::tie(d.from, d.target, d.relationship, d.confidence);
}
template <class Item>
bool same(const std::vector<Item>& a, const std::vector<Item>& b) {
    return std::ranges::equal(a, b, [](const Item& x, const Item& y) { return fields(x) == fields(y); });
}

int64_t random_key(Random& random) {
    static const int64_t borders[] = {1, 2, 127, 128, 16383, 16384, INT32_MAX, INT64_MAX - 1, INT64_MAX};
    return random.one_in(8) ? random.of(borders) : random.between(1, 300);
}

Outline random_outline(Random& random, uint64_t most) {
    Outline outline;
    int64_t line = 1;
    for (uint64_t n = random.below(most + 1); n > 0; n--) {
        line = std::min<int64_t>(line + random.between(0, random.one_in(20) ? 1 << 28 : 20), INT32_MAX);
        OutlineChunk chunk{};
        chunk.symbol = random_key(random);
        chunk.kind = random.one_in(5) ? random_key(random) : 3;
        chunk.start_line = line;
        chunk.end_line = random.one_in(30) ? INT32_MAX : std::min<int64_t>(line + random.between(0, 200), INT32_MAX);
        chunk.has_fqn = random.one_in(2);
        chunk.is_deleted = random.one_in(5);
        if (random.one_in(3)) chunk.name = std::string(1 + random.below(200), 'n');
        chunk.occurrence = 1;
        if (random.one_in(5)) chunk.explicit_id = "id " + std::to_string(random.bits());
        if (!chunk.explicit_id && random.one_in(5))
            chunk.occurrence = random.one_in(9) ? INT64_MAX : 2 + random.below(300);
        outline.chunks.push_back(chunk);
    }
    for (uint64_t n = outline.chunks.empty() ? 0 : random.below(2 * most); n > 0; n--) {
        static const double confidences[] = {1, 1, 0, 0.5, 0.1, 1e-300};
        OutlineDependency d{random.below(outline.chunks.size()), random_key(random), random.between(1, 3),
                            random.of(confidences)};
        outline.dependencies.push_back(d);
    }
    // In the order in which they are encoded, each (from, target, relationship) once.
    auto key = [](const OutlineDependency& d) { return std::tie(d.from, d.target, d.relationship); };
    std::ranges::sort(outline.dependencies, {}, key);
    auto repeated = std::ranges::unique(outline.dependencies, {}, key);
    outline.dependencies.erase(repeated.begin(), repeated.end());
    return outline;
}

TEST(Outlines, ComeBackAsTheyWere) {
    Random random(10);
    for (int i = 0; i < 20000; i++) {
        Outline outline = random_outline(random, i < 19000 ? 6 : 200);
        Outline shuffled = outline;
        for (size_t k = shuffled.dependencies.size(); k > 1; k--)
            std::swap(shuffled.dependencies[k - 1], shuffled.dependencies[random.below(k)]);
        std::string bytes = encode_outline(shuffled);
        ASSERT_EQ(bytes, encode_outline(outline)) << "dependencies may be given in any order";
        Outline decoded = decode_outline(bytes);
        ASSERT_TRUE(same(decoded.chunks, outline.chunks));
        ASSERT_TRUE(same(decoded.dependencies, outline.dependencies));
    }
}

Outline golden() {
    Outline outline;
    outline.chunks = {{5, 7, 1, 3, true, false, std::nullopt, 1, std::nullopt},
                      {300, 2, 4, 4, false, true, "g", 2, std::nullopt},
                      {6, 7, 4, 300, true, false, std::nullopt, 1, "id"}};
    outline.dependencies = {{0, 6, 9, 1}, {0, 300, 9, 0.5}, {0, 300, 10, 1}, {2, 5, 9, 1}};
    return outline;
}

// Frozen: databases in the field hold such bytes. Below and further down, a literal is a field.
// clang-format off
TEST(Outlines, AreTheDescribedBytes) {
    EXPECT_EQ(to_hex(encode_outline({})), "01" "00" "00" "00" "00");
    EXPECT_EQ(to_hex(encode_outline(golden())),
              "01"
              "02" "02" "07"                               // kinds 2, 7
              "03"                                         // chunks
              "05" "01" "01" "02" "01"                     // symbol 5, kind 7, lines 1 to 3, has an FQN
              "ac02" "00" "03" "00" "0e" "01" "67" "02"    // symbol 300, kind 2, line 4, deleted, name g, number 2
              "06" "01" "00" "a802" "11" "02" "6964"       // symbol 6, kind 7, lines 4 to 300, has an FQN, id "id"
              "02" "09" "0a"                               // relationships 9, 10
              "04"                                         // dependencies
              "00" "06" "00"                               // from 0 to 6
              "00" "a602" "01" "3fe0000000000000"          // from 0 to 300, confidence 0.5
              "00" "00" "02"                               // the same by relationship 10
              "02" "05" "00");                             // from 2 to 5
}
// clang-format on

bool is_valid(const Outline& outline) {
    int64_t line_before = 1;
    for (const OutlineChunk& c : outline.chunks) {
        bool good = c.symbol >= 0 && c.kind >= 0 && c.start_line >= line_before && c.end_line >= c.start_line &&
                    c.end_line <= INT32_MAX && c.occurrence >= 1 && c.occurrence <= INT64_MAX &&
                    (!c.explicit_id || c.occurrence == 1);
        if (!good) return false;
        line_before = c.start_line;
    }
    return std::ranges::all_of(outline.dependencies, [&](const OutlineDependency& d) {
        return d.from < outline.chunks.size() && d.target >= 0 && d.relationship >= 0 && d.confidence >= 0 &&
               d.confidence <= 1;
    });
}

// What is not refused is a valid outline, and these are its only bytes.
void expect_told_or_valid(const std::string& bytes) {
    Outline outline;
    std::string outcome = outcome_of([&] { outline = decode_outline(bytes); });
    if (outcome == "ok") {
        ASSERT_TRUE(is_valid(outline)) << to_hex(bytes);
        ASSERT_EQ(to_hex(encode_outline(outline)), to_hex(bytes));
    } else {
        ASSERT_TRUE(outcome.starts_with("XX001 data corrupted: a file version's outline: ")) << outcome;
    }
}

TEST(Outlines, ThatAreCutAnywhereAreCorrupt) {
    Random random(11);
    for (int i = 0; i < 300; i++) {
        std::string bytes = encode_outline(i == 0 ? golden() : random_outline(random, 10));
        for (size_t length = 0; length < bytes.size(); length++)
            ASSERT_TRUE(outcome_of([&] { decode_outline(bytes.substr(0, length)); }).starts_with("XX001 "));
        ASSERT_TRUE(outcome_of([&] { decode_outline(bytes + '\0'); }).starts_with("XX001 "));
    }
}

TEST(Outlines, WithAnyOneBitFlippedAreToldOrValid) {
    Random random(12);
    for (int i = 0; i < 60; i++) {
        std::string bytes = encode_outline(i == 0 ? golden() : random_outline(random, 10));
        for (size_t bit = 0; bit < bytes.size() * 8; bit++) {
            std::string damaged = bytes;
            damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
            expect_told_or_valid(damaged);
            if (HasFatalFailure()) return;
        }
    }
}

TEST(Outlines, WithSeveralBytesChangedAreToldOrValid) {
    Random random(13);
    const unsigned char bytes_to_try[] = {0, 1, 2, 3, 0x7F, 0x80, 0x81, 0xFF};
    for (int i = 0; i < 100000; i++) {
        std::string bytes = encode_outline(random_outline(random, 4));
        for (uint64_t n = 1 + random.below(4); n > 0; n--) {
            size_t at = random.below(bytes.size());
            if (random.one_in(4))
                bytes.erase(at, 1);
            else if (random.one_in(4))
                bytes.insert(at, 1, static_cast<char>(random.of(bytes_to_try)));
            else
                bytes[at] = static_cast<char>(random.of(bytes_to_try));
            if (bytes.empty()) bytes = "\1";
        }
        expect_told_or_valid(bytes);
        if (HasFatalFailure()) return;
    }
}

std::string bytes_of(std::string_view hex) {
    std::string bytes;
    for (size_t i = 0; i < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
    return bytes;
}

// clang-format off
TEST(Outlines, ThatAskForTooMuchOrSayThingsTwoWaysAreCorrupt) {
    const std::string no_dependencies = "0000", chunk = "0501010001";  // symbol 5, kind 1, line 1, has an FQN
    ASSERT_EQ(outcome_of([&] { decode_outline(bytes_of("010107" "01" "0500010001" + no_dependencies)); }), "ok");
    const std::pair<const char*, std::string> wrong[] = {
        {"another format", "0200000000"},
        {"more chunks than bytes", "0100" "ffffffffffffffffff01" "0000"},
        {"more kinds than bytes", "01" "ffffffff0f" "000000"},
        {"kinds not ascending", "01020701" "00" + no_dependencies},
        {"a kind twice", "01020707" "00" + no_dependencies},
        {"a kind that nothing uses", "0101" "07" "00" + no_dependencies},
        {"a kind that is not there", "010107" "01" + chunk + no_dependencies},
        {"a symbol above 2^63", "010107" "01" "80808080808080808001" "00010001" + no_dependencies},
        {"line 0", "010107" "01" "0500000001" + no_dependencies},
        {"a line above 2^31", "010107" "01" "0500" "8080808008" "0001" + no_dependencies},
        {"lines that add up above 2^31", "010107" "01" "0500" "ffffffff07" "0101" + no_dependencies},
        {"unknown flags", "010107" "01" "0500010021" + no_dependencies},
        {"number and explicit id", "010107" "01" "0500010018" "02" "0161" + no_dependencies},
        {"number 1", "010107" "01" "0500010008" "01" + no_dependencies},
        {"a name that ends early", "010107" "01" "0500010004" "7f" "61" + no_dependencies},
        {"a name of 2^64 bytes", "010107" "01" "0500010004" "ffffffffffffffffff01" + no_dependencies},
        {"a dependency of no chunk", "010107" "01" "0500010001" "0109" "01" "010500"},
        {"dependencies without chunks", "010000" "0109" "01" "000500"},
        {"a source that overflows", "010107" "01" "0500010001" "0109" "02" "000500" "ffffffffffffffffff01" "0500"},
        {"a target that overflows", "010107" "01" "0500010001" "0109" "02" "000500" "00" "ffffffffffffffff7f" "00"},
        {"a dependency twice", "010107" "01" "0500010001" "0109" "02" "000500" "000000"},
        {"relationships out of order", "010107" "01" "0500010001" "02090a" "02" "000502" "000000"},
        {"a relationship that nothing uses", "010107" "01" "0500010001" "0109" "00"},
        {"a confidence above 1", "010107" "01" "0500010001" "0109" "01" "0005013ff8000000000000"},
        {"a confidence below 0", "010107" "01" "0500010001" "0109" "01" "000501bfe0000000000000"},
        {"a confidence that is none", "010107" "01" "0500010001" "0109" "01" "0005017ff8000000000000"},
        {"a confidence of 1 spelled out", "010107" "01" "0500010001" "0109" "01" "0005013ff0000000000000"},
        {"a confidence of -0", "010107" "01" "0500010001" "0109" "01" "0005018000000000000000"},
    };
    for (auto& [what, hex] : wrong)
        EXPECT_TRUE(outcome_of([&, &hex = hex] { decode_outline(bytes_of(hex)); }).starts_with("XX001 ")) << what;
}
// clang-format on

TEST(OutlineSeal, TellsDamageAndTheOutlineOfAnotherFile) {
    Random random(7);
    Sha256 sha256;
    const Digest mine = sha256.hash("mine"), other = sha256.hash("other");
    for (int round = 0; round < 50; round++) {
        const std::string outline = encode_outline(random_outline(random, 6));
        std::string column = outline;
        seal_outline(column, mine, sha256);
        ASSERT_EQ(column.size(), outline.size() + 8);
        ASSERT_EQ(unseal_outline(column, mine, sha256), outline);
        const auto outcome = [&](std::string_view bytes, const Digest& digest) {
            return outcome_of([&] { unseal_outline(bytes, digest, sha256); });
        };
        ASSERT_TRUE(outcome(column, other).starts_with("XX001 "));
        ASSERT_TRUE(outcome(column + '\0', mine).starts_with("XX001 "));
        for (size_t i = 0; i < column.size(); i++) {
            ASSERT_TRUE(outcome(std::string_view(column).substr(0, i), mine).starts_with("XX001 "));
            std::string changed = column;
            changed[i] = static_cast<char>(changed[i] ^ (1 << random.below(8)));
            ASSERT_TRUE(outcome(changed, mine).starts_with("XX001 "));
        }
    }
}

TEST(OutlineSeal, IsTheDescribedHash) {
    Sha256 sha256;
    std::string column = encode_outline({});
    seal_outline(column, Digest(), sha256);
    const Digest expected = sha256.hash(std::string(32, '\0') + encode_outline({}));
    EXPECT_EQ(column, encode_outline({}) + std::string(expected.view().substr(0, 8)));
}

}  // namespace
}  // namespace codegraph
