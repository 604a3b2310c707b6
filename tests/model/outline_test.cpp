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
                    c.explicit_id, c.is_private, c.is_local, c.language);
}
auto fields(const OutlineDependency& d) {
    return std::tie(d.from, d.target, d.relationship, d.confidence, d.list);
}
template <class Item>
bool same(const std::vector<Item>& a, const std::vector<Item>& b) {
    return std::ranges::equal(a, b, [](const Item& x, const Item& y) { return fields(x) == fields(y); });
}

int64_t random_key(Random& random) {
    static const int64_t borders[] = {1, 2, 127, 128, 16383, 16384, INT32_MAX, INT64_MAX - 1, INT64_MAX};
    return random.one_in(8) ? random.of(borders) : random.between(1, 300);
}

void add_lists(Random& random, Outline& outline) {
    for (uint64_t n = outline.chunks.empty() ? 0 : random.below(4); n > 0; n--) {
        OutlineList list;
        for (uint64_t k = random.below(random.one_in(8) ? 17 : 4); k > 0; k--)
            list.candidates.push_back(random_key(random));
        if (list.candidates.size() < 2 || random.one_in(3)) list.to_name = random_key(random);
        outline.lists.push_back(list);
    }
    std::ranges::sort(outline.lists);
    const auto repeated = std::ranges::unique(outline.lists);
    outline.lists.erase(repeated.begin(), repeated.end());
    for (uint64_t i = 0; i < outline.lists.size(); i++) {  // each is used
        OutlineDependency d{random.below(outline.chunks.size()), no_symbol, random.between(1, 3), 1, i};
        if (!outline.lists[i].candidates.empty()) d.target = outline.lists[i].candidates[0];
        outline.dependencies.push_back(d);
    }
    for (uint64_t n = random.below(3); n > 0; n--) {
        OutlineAlias alias{random_key(random), random.one_in(2), {}};
        for (uint64_t k = 1 + random.below(random.one_in(8) ? 16 : 3); k > 0; k--)
            alias.targets.push_back(random_key(random));
        outline.aliases.push_back(alias);
    }
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
        chunk.is_private = random.one_in(5);
        chunk.is_local = !chunk.is_private && random.one_in(5);
        static const std::string languages[] = {"unknown", "c", "c++", std::string(200, 'l')};
        if (random.one_in(3)) chunk.language = random.of(languages);
        outline.chunks.push_back(chunk);
    }
    add_lists(random, outline);
    for (uint64_t n = outline.chunks.empty() ? 0 : random.below(2 * most); n > 0; n--) {
        static const double confidences[] = {1, 1, 0, 0.5, 0.1, 1e-300};
        OutlineDependency d{random.below(outline.chunks.size()), random_key(random), random.between(1, 3),
                            random.of(confidences)};
        outline.dependencies.push_back(d);
    }
    // In the order in which they are encoded, each once.
    std::ranges::sort(outline.dependencies, comes_before_in_outline);
    const auto repeated = std::ranges::unique(outline.dependencies, [](const auto& x, const auto& y) {
        return !comes_before_in_outline(x, y) && !comes_before_in_outline(y, x);
    });
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
        ASSERT_EQ(decoded.lists, outline.lists);
        ASSERT_EQ(decoded.aliases, outline.aliases);
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

Outline golden_with_facts() {
    Outline outline = golden();
    outline.chunks[0].is_private = true;
    outline.chunks[0].language = "c";
    outline.chunks[2].is_local = true;
    outline.lists = {{{}, 11}, {{5, 300}, no_symbol}, {{6}, 11}};
    for (uint64_t list : {0, 1, 2}) outline.dependencies.push_back({0, 0, 9, 1, list});
    outline.aliases = {{300, false, {5, 6}}, {12, true, {5}}};
    return outline;
}

// Frozen: databases in the field hold such bytes. Below and further down, a literal is a field.
// clang-format off
TEST(Outlines, AreTheDescribedBytes) {
    EXPECT_EQ(to_hex(encode_outline({})), "01" "00" "00" "00" "00" "00" "00" "00");
    EXPECT_EQ(to_hex(encode_outline(golden())),
              "01"
              "02" "02" "07"                               // kinds 2, 7
              "01" "07" "756e6b6e6f776e"                   // the language `unknown`
              "03"                                         // chunks
              "05" "01" "01" "02" "01"                     // symbol 5, kind 7, lines 1 to 3, has an FQN
              "ac02" "00" "03" "00" "0e" "01" "67" "02"    // symbol 300, kind 2, line 4, deleted, name g, number 2
              "06" "01" "00" "a802" "11" "02" "6964"       // symbol 6, kind 7, lines 4 to 300, has an FQN, id "id"
              "00"                                         // lists
              "02" "09" "0a"                               // relationships 9, 10
              "04"                                         // dependencies
              "00" "06" "00"                               // from 0 to 6
              "00" "a602" "01" "3fe0000000000000"          // from 0 to 300, confidence 0.5
              "00" "00" "02"                               // the same by relationship 10
              "04" "05" "00"                               // from 2 to 5
              "00");                                       // aliases
    EXPECT_EQ(to_hex(encode_outline(golden_with_facts())),
              "01"
              "02" "02" "07"                               // kinds 2, 7
              "02" "01" "63" "07" "756e6b6e6f776e"         // languages c, unknown
              "03"                                         // chunks
              "05" "01" "00" "01" "02" "21"                // symbol 5, kind 7, c, lines 1 to 3, has an FQN, private
              "ac02" "00" "01" "03" "00" "0e" "01" "67" "02"
              "06" "01" "01" "00" "a802" "51" "02" "6964"  // unknown, local
              "03"                                         // lists
              "01" "0b"                                    // no candidate, name 11
              "04" "05" "ac02"                             // candidates 5, 300
              "03" "06" "0b"                               // candidate 6, name 11
              "02" "09" "0a"                               // relationships 9, 10
              "07"                                         // dependencies
              "00" "06" "00"                               // from 0 to 6
              "00" "a602" "01" "3fe0000000000000"          // from 0 to 300, confidence 0.5
              "00" "00" "02"                               // the same by relationship 10
              "01" "00" "00"                               // from 0 by list 0
              "01" "01" "00"                               // by list 1
              "01" "01" "00"                               // by list 2
              "04" "05" "00"                               // from 2 to 5
              "02"                                         // aliases
              "ac02" "04" "05" "06"                        // 300 is 5 or 6
              "0c" "03" "05");                             // members of 12 are those of 5
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
        return d.from < outline.chunks.size() && (d.target >= 0 || d.list < outline.lists.size()) &&
               d.relationship >= 0 && d.confidence >= 0 && d.confidence <= 1;
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
        std::string bytes = encode_outline(i == 0   ? golden()
                                           : i == 1 ? golden_with_facts()
                                                    : random_outline(random, 10));
        for (size_t length = 0; length < bytes.size(); length++)
            ASSERT_TRUE(outcome_of([&] { decode_outline(bytes.substr(0, length)); }).starts_with("XX001 "));
        ASSERT_TRUE(outcome_of([&] { decode_outline(bytes + '\0'); }).starts_with("XX001 "));
    }
}

TEST(Outlines, WithAnyOneBitFlippedAreToldOrValid) {
    Random random(12);
    for (int i = 0; i < 60; i++) {
        std::string bytes = encode_outline(i == 0   ? golden()
                                           : i == 1 ? golden_with_facts()
                                                    : random_outline(random, 10));
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
    const std::string l = "0101" "63", end = "00", none = "00" "00" "00" + end;  // language c; no aliases; no dependencies
    const std::string chunk = "0501010001", one = "010107" + l + "01" "0500010001";  // symbol 5, kind 1, line 1, has an FQN
    const auto chunks = [&](const std::string& rest) { return "010107" + l + rest + none; };
    const auto dependencies = [&](const std::string& rest) { return one + "00" + rest + end; };
    const auto lists = [&](const std::string& rest) { return one + rest + end; };
    ASSERT_EQ(outcome_of([&] { decode_outline(bytes_of(one + none)); }), "ok");
    ASSERT_EQ(outcome_of([&] { decode_outline(bytes_of(lists("01" "0101" "0109" "01" "010000"))); }), "ok");
    ASSERT_EQ(outcome_of([&] { decode_outline(bytes_of(one + "000000" "01" "050205")); }), "ok");
    const std::pair<const char*, std::string> wrong[] = {
        {"another format", "0200000000000000"},
        {"more chunks than bytes", "010000" "ffffffffffffffffff01" + none},
        {"more kinds than bytes", "01" "ffffffff0f" "00000000"},
        {"kinds not ascending", "01020701" "00" "00" + none},
        {"a kind twice", "01020707" "00" "00" + none},
        {"a kind that nothing uses", "0101" "07" "00" "00" + none},
        {"a kind that is not there", chunks("01" + chunk)},
        {"languages not ascending", "010107" "02" "0164" "0163" "01" "050000010001" + none},
        {"a language that nothing uses", "010107" "02" "0163" "0164" "01" "050000010001" + none},
        {"a language that is not there", "010107" "02" "0163" "0164" "01" "050002010001" + none},
        {"chunks without a language", "010107" "00" "01" "0500010001" + none},
        {"a symbol above 2^63", chunks("01" "80808080808080808001" "00010001")},
        {"line 0", chunks("01" "0500000001")},
        {"a line above 2^31", chunks("01" "0500" "8080808008" "0001")},
        {"lines that add up above 2^31", chunks("01" "0500" "ffffffff07" "0101")},
        {"unknown flags", chunks("01" "050001008101")},
        {"private and local", chunks("01" "0500010061")},
        {"number and explicit id", chunks("01" "0500010018" "02" "0161")},
        {"number 1", chunks("01" "0500010008" "01")},
        {"a name that ends early", chunks("01" "0500010004" "7f" "61")},
        {"a name of 2^64 bytes", chunks("01" "0500010004" "ffffffffffffffffff01")},
        {"a list of nothing", lists("01" "00" "0109" "01" "010000")},
        {"a list of one candidate", lists("01" "0205" "0109" "01" "010000")},
        {"a list of 17 candidates", lists("01" "22" + std::string(34, '1') + "0109" "01" "010000")},
        {"lists out of order", lists("02" "0102" "0101" "0109" "02" "010000" "010100")},
        {"a list that nothing uses", lists("01" "0101" "0109" "01" "000500")},
        {"a list that is not there", lists("01" "0101" "0109" "01" "010100")},
        {"a list that overflows", lists("01" "0101" "0109" "02" "010000" "01" "ffffffffffffffffff01" "00")},
        {"a dependency of no chunk", dependencies("0109" "01" "020500")},
        {"dependencies without chunks", "01000000" "00" "0109" "01" "000500" + end},
        {"a source that overflows", dependencies("0109" "02" "000500" "feffffffffffffffff01" "0500")},
        {"a target that overflows", dependencies("0109" "02" "000500" "00" "ffffffffffffffff7f" "00")},
        {"a dependency twice", dependencies("0109" "02" "000500" "000000")},
        {"one with a list before one without", lists("01" "0101" "0109" "02" "010000" "000500")},
        {"relationships out of order", dependencies("02090a" "02" "000502" "000000")},
        {"a relationship that nothing uses", dependencies("0109" "00")},
        {"a confidence above 1", dependencies("0109" "01" "0005013ff8000000000000")},
        {"a confidence below 0", dependencies("0109" "01" "000501bfe0000000000000")},
        {"a confidence that is none", dependencies("0109" "01" "0005017ff8000000000000")},
        {"a confidence of 1 spelled out", dependencies("0109" "01" "0005013ff0000000000000")},
        {"a confidence of -0", dependencies("0109" "01" "0005018000000000000000")},
        {"an alias without targets", one + "000000" "01" "0501"},
        {"an alias with 17 targets", one + "000000" "01" "0522" + std::string(34, '1')},
        {"more aliases than bytes", one + "000000" "7f" "050205"},
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

// ---- sites

TEST(Sites, ComeBackAsTheyWere) {
    Random random(14);
    for (int i = 0; i < 5000; i++) {
        SitesByDependency sites;
        for (uint64_t n = 1 + random.below(5); n > 0; n--) {
            std::vector<Site>& of_one = sites[random.below(300)];
            for (uint64_t k = 1 + random.below(9); k > 0; k--) {
                Site site{static_cast<int32_t>(random.between(1, random.one_in(9) ? INT32_MAX : 300)), 0, 0};
                if (random.one_in(2)) site.column = static_cast<int32_t>(random.between(1, 120));
                if (site.column > 0 && random.one_in(2))
                    site.end_column = random.one_in(9) ? INT32_MAX : site.column + 5;
                of_one.push_back(site);
            }
            std::ranges::sort(of_one);
            of_one.erase(std::unique(of_one.begin(), of_one.end()), of_one.end());
        }
        const std::string bytes = encode_sites(sites);
        ASSERT_EQ(decode_sites(bytes, 300), sites);
        for (size_t size = 0; size < bytes.size(); size++)
            ASSERT_TRUE(outcome_of([&] { decode_sites(bytes.substr(0, size), 300); }).starts_with("XX001 "));
        std::string damaged = bytes;
        damaged[random.below(bytes.size())] ^= static_cast<char>(1 << random.below(8));
        SitesByDependency decoded;
        if (outcome_of([&] { decoded = decode_sites(damaged, 300); }) == "ok") {
            ASSERT_EQ(to_hex(encode_sites(decoded)), to_hex(damaged));
        }
    }
}

// clang-format off
TEST(Sites, AreTheDescribedBytes) {
    EXPECT_EQ(to_hex(encode_sites({{1, {{2, 0, 0}, {2, 5, 0}, {300, 1, 4}}}, {4, {{1, 9, 10}}}})),
              "01" "02"               // two dependencies
              "01" "03"               // dependency 1 has three sites:
              "02" "00"               // line 2
              "00" "05" "00"          // line 2, column 5
              "aa02" "01" "03"        // line 300, columns 1 to 4
              "03" "01"               // dependency 4 has one:
              "01" "09" "01");        // line 1, columns 9 to 10
    const std::pair<const char*, std::string> wrong[] = {
        {"another format", "02010001010000"}, {"none", "0100"}, {"line 0", "010100010000"}, {"no site", "01010000"},
        {"a dependency that is not there", "010103010100"}, {"a dependency twice", "0102000101000001" "0100"},
        {"sites out of order", "01010002" "010500" "000400"}, {"a site twice", "01010002" "010500" "000500"},
        {"a line above 2^31", "01010001" "808080800800"}, {"a column above 2^31", "01010001" "01808080800800"},
        {"an end above 2^31", "01010001" "0101ffffffff07"}, {"too many sites", "010100" "808004" "0100"},
        {"more than that", "010100010100" "00"},
    };
    for (auto& [what, hex] : wrong)
        EXPECT_TRUE(outcome_of([&, &hex = hex] { decode_sites(bytes_of(hex), 3); }).starts_with("XX001 ")) << what;
}
// clang-format on

TEST(OutlineSeal, OfSitesIsAnother) {
    Sha256 sha256;
    std::string column = encode_sites({{0, {{1, 0, 0}}}});
    const std::string sites = column;
    seal_sites(column, Digest(), sha256);
    EXPECT_EQ(column, sites + std::string(sha256.hash("sites" + std::string(32, '\0') + sites).view().substr(0, 8)));
    EXPECT_EQ(unseal_sites(column, Digest(), sha256), sites);
    EXPECT_TRUE(outcome_of([&] { unseal_outline(column, Digest(), sha256); }).starts_with("XX001 "));
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
