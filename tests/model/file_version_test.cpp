// File versions: canonical order and the digest, byte by byte against an encoder of the test's own.
#include "model/file_version.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

#include "base/bytes.h"
#include "outcome.h"
#include "random.h"

namespace codegraph {
namespace {

// ---- the format, written down a second time

std::string eight_bytes(uint64_t value) {
    std::string bytes(8, '\0');
    for (int i = 7; i >= 0; i--, value /= 256) bytes[static_cast<size_t>(i)] = static_cast<char>(value % 256);
    return bytes;
}
std::string real_bytes(double value) {
    return eight_bytes(value == 0 ? 0 : std::bit_cast<uint64_t>(value));
}
std::string field(char tag, const std::string& bytes) {
    return tag + eight_bytes(bytes.size()) + bytes;
}

std::string described(const Chunk& c) {
    std::string bytes;
    if (c.start_line != 1) bytes += field(1, eight_bytes(static_cast<uint64_t>(c.start_line)));
    bytes += field(2, eight_bytes(static_cast<uint64_t>(c.end_line)));
    bytes += field(3, c.name);
    if (!c.explicit_id && c.occurrence != 1) bytes += field(4, eight_bytes(c.occurrence));
    if (c.explicit_id) bytes += field(5, *c.explicit_id);
    if (c.kind != "unknown") bytes += field(6, c.kind);
    if (c.fqn) bytes += field(7, *c.fqn);
    if (c.language != "unknown") bytes += field(8, c.language);
    if (c.symbol_visibility) bytes += field(9, *c.symbol_visibility);
    bytes += field(10, std::string(c.content_hash.view()));
    if (c.summary) bytes += field(11, *c.summary);
    if (c.importance != 0.5) bytes += field(12, real_bytes(c.importance));
    if (c.attrs != "{}") bytes += field(13, c.attrs);
    if (c.is_deleted) bytes += field(14, eight_bytes(1));
    if (c.signature) bytes += field(15, *c.signature);
    return bytes;
}

// `computed`: what the target is without `repo:`, when it has the form of a computed id of that repository.
std::string described(const OutgoingDependency& d, const std::string& computed) {
    std::string bytes = field(1, eight_bytes(d.from));
    if (!d.target.empty()) bytes += computed.empty() ? field(2, d.target) : field(3, computed);
    if (d.relationship != "CALLS") bytes += field(4, d.relationship);
    if (d.confidence != 1) bytes += field(5, real_bytes(d.confidence));
    for (const std::string& alternative : d.alternatives) bytes += field(6, field(2, alternative));
    if (!d.to_name.empty()) bytes += field(7, d.to_name);
    std::string sites;
    for (const Site& s : d.sites)
        for (int32_t part : {s.line, s.column, s.end_column}) sites += eight_bytes(static_cast<uint64_t>(part));
    if (!sites.empty()) bytes += field(8, sites);
    return bytes;
}

std::string described(const Alias& alias) {
    std::string bytes = field(1, alias.fqn);
    for (const std::string& target : alias.targets) bytes += field(2, target);
    if (alias.members) bytes += field(3, eight_bytes(1));
    return bytes;
}

std::string described(const FileVersion& file, const std::vector<std::string>& computed = {}) {
    std::string bytes = "\1" + field(1, file.path);
    if (file.file_hash) bytes += field(2, *file.file_hash);
    if (file.attrs != "{}") bytes += field(3, file.attrs);
    if (file.is_deleted) bytes += field(4, eight_bytes(1));
    for (const Chunk& chunk : file.chunks) bytes += field(5, described(chunk));
    for (size_t i = 0; i < file.dependencies.size(); i++)
        bytes += field(6, described(file.dependencies[i], i < computed.size() ? computed[i] : ""));
    for (const Alias& alias : file.aliases) bytes += field(7, described(alias));
    return bytes;
}

std::string hex_digest(const FileVersion& file, std::string_view repo_id = "app") {
    Sha256 sha256;
    return to_hex(digest_of(file, repo_id, sha256).view());
}
std::string hex_of(std::string_view bytes) {
    return to_hex(Sha256().hash(bytes).view());
}

// ---- files to try

Chunk plain_chunk(std::string name, int64_t start_line, int64_t end_line) {
    Chunk chunk;
    chunk.name = std::move(name);
    chunk.start_line = start_line;
    chunk.end_line = end_line;
    chunk.content_hash = Sha256().hash(chunk.name);
    return chunk;
}

FileVersion file_with_everything() {
    FileVersion file;
    file.path = "src/a.py";
    file.file_hash = "abc123";
    file.attrs = R"({"mode":33188})";
    Chunk f = plain_chunk("f", 1, 3);
    f.kind = "function";
    f.fqn = "a.f";
    f.language = "python";
    f.symbol_visibility = "public";
    f.summary = "does f";
    f.importance = 0.25;
    f.attrs = R"({"x":1})";
    Chunk g = plain_chunk("g", 5, 9);
    g.explicit_id = "my g";
    g.is_deleted = true;
    Chunk h = plain_chunk("h", 5, 9);
    h.occurrence = 2;
    file.chunks = {f, g, h};
    file.dependencies = {{0, "app:src/b.py:k:1-2", "CALLS", 1},
                         {0, "b.k", "CALLS", 0.75},
                         {0, "b.k", "IMPORTS", 1},
                         {2, "a.f", "CALLS", 0}};
    return file;
}

// The same with what version 0.2 added.
FileVersion file_with_facts() {
    FileVersion file = file_with_everything();
    file.chunks[0].signature = "def f(x) -> int";
    file.dependencies[1].sites = {{2, 0, 0}, {2, 5, 0}, {3, 1, 4}};
    file.dependencies.push_back({2, "a.x", "CALLS", 1, {"app:src/b.py:k:1-2", "b.x"}, "x", {}});
    file.dependencies.push_back({0, "", "CALLS", 0.5, {}, "name", {{1, 2, 0}}});
    file.aliases = {{"a.F", {"b.F", "c.F"}, false}, {"a.G", {"b.G"}, true}};
    make_canonical(file);
    return file;
}

TEST(Digests, AreOfTheDescribedBytes) {
    FileVersion empty;
    empty.path = "a";
    EXPECT_EQ(hex_digest(empty), hex_of(described(empty)));
    FileVersion file = file_with_everything();
    EXPECT_EQ(hex_digest(file), hex_of(described(file, {"src/b.py:k:1-2"})));
    file.is_deleted = true;
    EXPECT_EQ(hex_digest(file), hex_of(described(file, {"src/b.py:k:1-2"})));
}

// The bytes of the smallest file, by hand.
TEST(Digests, OfAFileWithOneChunkAreWhatTheFormatSays) {
    FileVersion file;
    file.path = "a";
    file.chunks = {plain_chunk("f", 1, 1)};
    std::string hash = to_hex(Sha256().hash("f").view());
    // clang-format off
    std::string bytes = "01" "01" "0000000000000001" "61"                    // path a
                        "05" "0000000000000044"                              // a chunk of 68 bytes:
                        "02" "0000000000000008" "0000000000000001"           // end line 1
                        "03" "0000000000000001" "66"                         // name f
                        "0a" "0000000000000020";                             // content hash
    // clang-format on
    EXPECT_EQ(to_hex(described(file)), bytes + hash);
    EXPECT_EQ(hex_digest(file), hex_of(described(file)));
}

// Frozen: every database in the field holds these. They may never change.
TEST(Digests, AreTheGoldenOnes) {
    FileVersion empty;
    empty.path = "a";
    EXPECT_EQ(hex_digest(empty), "3966a7496f4be05e201076c9799aee9c4913cc96be6ecf1a9c3ce78a36dcc532");
    FileVersion one = empty;
    one.chunks = {plain_chunk("f", 1, 1)};
    EXPECT_EQ(hex_digest(one), "93c07794f71aa6d6a7a7e96a4c938daf41dd01d0da03c1424c3ecffcf573510c");
    EXPECT_EQ(hex_digest(file_with_everything()), "fa8b83910aaecad84c065574f1f6c2697cb5c06d1933ffe877d7540190c00e76");
    FileVersion deleted = file_with_everything();
    deleted.is_deleted = true;
    EXPECT_EQ(hex_digest(deleted), "2a62c29c315f91452d75f7c96a1a1340049b83ce0dd5977aa401b337857613f4");
    EXPECT_EQ(hex_digest(file_with_facts()),
              "836c71032cd09b12a66651602d8fd22c07be52e4382f4f38fa8fd8eb0bf13db5");  // tests/cross/content_digest.py
                                                                                    // says the same
}

std::string random_text(Random& random) {
    static const std::string texts[] = {"a", "b",   "unknown", "CALLS", "{}",
                                        "",  "a.b", "ä€",      "x y",   std::string(300, 'z')};
    return random.of(texts);
}
std::optional<std::string> perhaps(Random& random) {
    if (random.one_in(2)) return std::nullopt;
    return random_text(random);
}
double random_fraction(Random& random) {
    static const double values[] = {0, -0.0, 1, 0.5, 0.25, 0.1, 1e-300};
    return random.of(values);
}

FileVersion random_file(Random& random) {
    FileVersion file;
    file.path = random_text(random);
    file.file_hash = perhaps(random);
    file.attrs = random_text(random);
    file.is_deleted = random.one_in(4);
    for (uint64_t n = random.below(5); n > 0; n--) {
        Chunk chunk = plain_chunk(random_text(random), random.between(1, 4), random.between(4, INT32_MAX));
        chunk.explicit_id = perhaps(random);
        chunk.occurrence = random.one_in(3) ? random.below(300) + 1 : 1;
        chunk.kind = random_text(random);
        chunk.fqn = perhaps(random);
        chunk.language = random_text(random);
        chunk.symbol_visibility = perhaps(random);
        chunk.signature = perhaps(random);
        chunk.summary = perhaps(random);
        chunk.importance = random_fraction(random);
        chunk.attrs = random_text(random);
        chunk.is_deleted = random.one_in(3);
        file.chunks.push_back(chunk);
    }
    for (uint64_t n = file.chunks.empty() ? 0 : random.below(6); n > 0; n--) {
        OutgoingDependency& d = file.dependencies.emplace_back();
        d.from = random.below(file.chunks.size());
        d.target = random_text(random);  // empty: there is no candidate
        d.relationship = random_text(random);
        d.confidence = random_fraction(random);
        for (uint64_t k = random.below(3); k > 0 && !d.target.empty(); k--)
            d.alternatives.push_back(random_text(random));
        if (random.one_in(3)) d.to_name = random_text(random);
        for (uint64_t k = random.below(3); k > 0; k--)
            d.sites.push_back({static_cast<int32_t>(random.between(1, INT32_MAX)), random.one_in(2) ? 0 : 7,
                               random.one_in(2) ? 0 : INT32_MAX});
    }
    for (uint64_t n = random.below(3); n > 0; n--)
        file.aliases.push_back({random_text(random), {random_text(random), random_text(random)}, random.one_in(2)});
    return file;
}

TEST(Digests, OfRandomFilesAreOfTheDescribedBytes) {
    Random random(7);
    Sha256 sha256;  // one for all, as operations use it
    for (int i = 0; i < 20000; i++) {
        FileVersion file = random_file(random);
        ASSERT_EQ(digest_of(file, "app", sha256), Sha256().hash(described(file)));
    }
}

TEST(Digests, ChangeWithEverySingleField) {
    const std::pair<const char*, void (*)(FileVersion&)> changes[] = {
        {"path", [](FileVersion& f) { f.path = "src/a.px"; }},
        {"file hash", [](FileVersion& f) { f.file_hash = "abc124"; }},
        {"no file hash", [](FileVersion& f) { f.file_hash.reset(); }},
        {"empty file hash", [](FileVersion& f) { f.file_hash = ""; }},
        {"attrs", [](FileVersion& f) { f.attrs = "{}"; }},
        {"soft deletion", [](FileVersion& f) { f.is_deleted = true; }},
        {"no chunks", [](FileVersion& f) { f.chunks.clear(), f.dependencies.clear(); }},
        {"one chunk less", [](FileVersion& f) { f.chunks.erase(f.chunks.begin() + 1); }},
        {"order of chunks", [](FileVersion& f) { std::swap(f.chunks[1], f.chunks[2]); }},
        {"start line", [](FileVersion& f) { f.chunks[0].start_line = 2; }},
        {"end line", [](FileVersion& f) { f.chunks[0].end_line = 4; }},
        {"name", [](FileVersion& f) { f.chunks[0].name = "F"; }},
        {"number", [](FileVersion& f) { f.chunks[2].occurrence = 3; }},
        {"number 1", [](FileVersion& f) { f.chunks[2].occurrence = 1; }},
        {"explicit id", [](FileVersion& f) { f.chunks[1].explicit_id = "my h"; }},
        {"no explicit id", [](FileVersion& f) { f.chunks[1].explicit_id.reset(); }},
        {"kind", [](FileVersion& f) { f.chunks[0].kind = "unknown"; }},
        {"fqn", [](FileVersion& f) { f.chunks[0].fqn = "a.g"; }},
        {"no fqn", [](FileVersion& f) { f.chunks[0].fqn.reset(); }},
        {"language", [](FileVersion& f) { f.chunks[0].language = "c"; }},
        {"visibility", [](FileVersion& f) { f.chunks[0].symbol_visibility = ""; }},
        {"no visibility", [](FileVersion& f) { f.chunks[0].symbol_visibility.reset(); }},
        {"content", [](FileVersion& f) { f.chunks[0].content_hash.bytes[31] ^= 1; }},
        {"summary", [](FileVersion& f) { f.chunks[0].summary = ""; }},
        {"no summary", [](FileVersion& f) { f.chunks[0].summary.reset(); }},
        {"importance", [](FileVersion& f) { f.chunks[0].importance = 0; }},
        {"importance by little", [](FileVersion& f) { f.chunks[0].importance = 0.25000000000000006; }},
        {"chunk attrs", [](FileVersion& f) { f.chunks[0].attrs = R"({"x":2})"; }},
        {"chunk soft deletion", [](FileVersion& f) { f.chunks[1].is_deleted = false; }},
        {"source", [](FileVersion& f) { f.dependencies[4].from = 1; }},
        {"target", [](FileVersion& f) { f.dependencies[2].target = "b.l"; }},
        {"computed target", [](FileVersion& f) { f.dependencies[1].target = "app:src/b.py:k:1-3"; }},
        {"relationship", [](FileVersion& f) { f.dependencies[3].relationship = "EXTENDS"; }},
        {"confidence", [](FileVersion& f) { f.dependencies[2].confidence = 1; }},
        {"no dependency", [](FileVersion& f) { f.dependencies.clear(); }},
        {"signature", [](FileVersion& f) { f.chunks[0].signature = "def f(y) -> int"; }},
        {"no signature", [](FileVersion& f) { f.chunks[0].signature.reset(); }},
        {"order of candidates",
         [](FileVersion& f) {
             std::swap(f.dependencies.back().alternatives[0], f.dependencies.back().alternatives[1]);
         }},
        {"one candidate less", [](FileVersion& f) { f.dependencies.back().alternatives.pop_back(); }},
        {"candidate", [](FileVersion& f) { f.dependencies.back().alternatives[1] = "b.y"; }},
        {"no name", [](FileVersion& f) { f.dependencies.back().to_name.clear(); }},
        {"name", [](FileVersion& f) { f.dependencies.back().to_name = "y"; }},
        {"site", [](FileVersion& f) { f.dependencies.front().sites[0].line = 2; }},
        {"no site", [](FileVersion& f) { f.dependencies.front().sites.clear(); }},
        {"end column", [](FileVersion& f) { f.dependencies.front().sites[0].end_column = 3; }},
        {"no alias", [](FileVersion& f) { f.aliases.clear(); }},
        {"order of aliases", [](FileVersion& f) { std::swap(f.aliases[0], f.aliases[1]); }},
        {"alias", [](FileVersion& f) { f.aliases[0].fqn = "a.E"; }},
        {"target of an alias", [](FileVersion& f) { f.aliases[0].targets[1] = "c.E"; }},
        {"one target of an alias less", [](FileVersion& f) { f.aliases[0].targets.pop_back(); }},
        {"members", [](FileVersion& f) { f.aliases[0].members = true; }},
    };
    std::set<std::string> digests = {hex_digest(file_with_facts())};
    for (auto& [what, change] : changes) {
        FileVersion file = file_with_facts();
        change(file);
        EXPECT_TRUE(digests.insert(hex_digest(file)).second) << what;
    }
}

TEST(Digests, LeaveOutWhatIsDerivedOrStandsForTheSame) {
    FileVersion file = file_with_everything();
    const std::string digest = hex_digest(file);
    file.chunks[0].content = "whatever";
    file.chunks[1].occurrence = 7;  // an explicit id has none
    EXPECT_EQ(hex_digest(file), digest);
    file.chunks[0].importance = 0.0;
    const std::string of_zero = hex_digest(file);
    file.chunks[0].importance = -0.0;
    EXPECT_EQ(hex_digest(file), of_zero);
}

TEST(Digests, AreTheSameInEveryRepository) {
    FileVersion file = file_with_everything();
    const std::string digest = hex_digest(file, "app");
    for (const std::string repo : {"b", "an:other", ":", "app:src"}) {
        file.dependencies[0].target = repo + ":src/b.py:k:1-2";
        EXPECT_EQ(hex_digest(file, repo), digest) << repo;
        EXPECT_NE(hex_digest(file, "third"), digest) << repo;  // there it is the name of something else
    }
    // A name that only looks similar enters whole.
    file.dependencies[0].target = "app:src/b.py:k:1-x";
    EXPECT_EQ(hex_digest(file, "app"), hex_of(described(file)));
}

// ---- canonical order

auto chunk_key(const Chunk& c) {
    return std::tuple(c.start_line, c.end_line, c.name, c.occurrence, c.explicit_id.value_or(""));
}

TEST(CanonicalOrder, IsByLinesNameNumberAndExplicitId) {
    std::vector<Chunk> expected;
    auto add = [&](int64_t start_line, int64_t end_line, const char* name, uint64_t number, const char* id) {
        Chunk chunk = plain_chunk(name, start_line, end_line);
        chunk.occurrence = number;
        if (id) chunk.explicit_id = id;
        expected.push_back(chunk);
    };
    add(1, 1, "z", 1, nullptr);
    add(1, 2, "a", 9, "id 1");  // an explicit id has no number and comes first
    add(1, 2, "a", 1, "id 2");
    add(1, 2, "a", 1, nullptr);
    add(1, 2, "a", 2, nullptr);
    add(1, 2, "a", 10, nullptr);
    add(1, 2, "a.", 1, nullptr);
    add(1, 2, "\xC3\xA4", 1, nullptr);  // by bytes
    add(1, 10, "a", 1, nullptr);
    add(2, 2, "a", 1, nullptr);
    add(10, 10, "a", 1, nullptr);
    Random random(8);
    for (int round = 0; round < 200; round++) {
        FileVersion file;
        std::vector<size_t> order;
        for (size_t i = 0; i < expected.size(); i++)
            order.insert(order.begin() + static_cast<ptrdiff_t>(random.below(order.size() + 1)), i);
        for (size_t i : order) {
            file.chunks.push_back(expected[i]);
            file.dependencies.push_back({file.chunks.size() - 1, "to " + std::to_string(i), "CALLS", 1});
        }
        make_canonical(file);
        ASSERT_EQ(file.chunks.size(), expected.size());
        for (size_t i = 0; i < expected.size(); i++) {
            ASSERT_EQ(chunk_key(file.chunks[i]), chunk_key(expected[i])) << i;
            ASSERT_EQ(file.dependencies[i].from, i);
            ASSERT_EQ(file.dependencies[i].target, "to " + std::to_string(i));  // still starts in its chunk
        }
    }
}

TEST(CanonicalOrder, KeepsTheLastOfEqualDependencies) {
    FileVersion file;
    file.chunks = {plain_chunk("b", 5, 6), plain_chunk("a", 1, 2)};
    file.dependencies = {{0, "x", "CALLS", 0.1}, {1, "y", "CALLS", 0.2}, {0, "x", "CALLS", 0.3},
                         {0, "x", "USES", 0.4},  {1, "y", "CALLS", 0.5}, {1, "x", "CALLS", 0.6},
                         {0, "x", "CALLS", 0.7}, {1, "Y", "CALLS", 0.8}};
    make_canonical(file);
    std::vector<std::tuple<size_t, std::string, std::string, double>> left;
    for (const auto& d : file.dependencies) left.emplace_back(d.from, d.target, d.relationship, d.confidence);
    EXPECT_EQ(left, (decltype(left){{0, "Y", "CALLS", 0.8},
                                    {0, "x", "CALLS", 0.6},
                                    {0, "y", "CALLS", 0.5},
                                    {1, "x", "CALLS", 0.7},
                                    {1, "x", "USES", 0.4}}));
}

TEST(CanonicalOrder, GivesOneDigestForEveryOrderOfTheSameFile) {
    FileVersion file = file_with_everything();
    make_canonical(file);
    const std::string digest = hex_digest(file);
    EXPECT_EQ(digest, hex_digest(file_with_everything()));
    Random random(9);
    for (int round = 0; round < 200; round++) {
        for (size_t i = 0; i < 2; i++) {
            size_t j = i + random.below(3 - i);
            std::swap(file.chunks[i], file.chunks[j]);
            for (auto& d : file.dependencies) d.from = d.from == i ? j : d.from == j ? i : d.from;
        }
        std::swap(file.dependencies[random.below(4)], file.dependencies[random.below(4)]);
        FileVersion shuffled = file;
        make_canonical(shuffled);
        ASSERT_EQ(hex_digest(shuffled), digest);
    }
}

TEST(AFile, CountsWhatIsLive) {
    FileVersion file = file_with_everything();
    EXPECT_EQ(file.live_chunks(), 2u);
    EXPECT_EQ(file.live_dependencies(), 4u);
    file.chunks[0].is_deleted = true;
    EXPECT_EQ(file.live_chunks(), 1u);
    EXPECT_EQ(file.live_dependencies(), 1u);
    file.is_deleted = true;
    EXPECT_EQ(file.live_chunks(), 0u);
    EXPECT_EQ(file.live_dependencies(), 0u);
}

TEST(AFile, HasAComputedHashOfItsContents) {
    FileVersion file;
    Sha256 sha256;
    EXPECT_EQ(compute_file_hash(file, sha256), hex_of(""));
    file.chunks = {plain_chunk("a", 1, 2), plain_chunk("b", 3, 4)};
    EXPECT_EQ(compute_file_hash(file, sha256), hex_of(hex_of("a") + "\n" + hex_of("b") + "\n"));
}

TEST(Chunks, AreTheSameWhenAllFieldsButContentAndIdAre) {
    FileVersion file = file_with_everything();
    const Chunk base = file.chunks[0];
    Chunk other = base;
    other.content = "text";
    other.explicit_id = "id";
    other.occurrence = 5;
    other.is_deleted = true;
    EXPECT_TRUE(same_fields(base, other));
    void (*changes[])(Chunk&) = {[](Chunk& c) { c.start_line++; },
                                 [](Chunk& c) { c.end_line++; },
                                 [](Chunk& c) { c.name = "n"; },
                                 [](Chunk& c) { c.kind = "n"; },
                                 [](Chunk& c) { c.fqn.reset(); },
                                 [](Chunk& c) { c.language = "n"; },
                                 [](Chunk& c) { c.symbol_visibility.reset(); },
                                 [](Chunk& c) { c.content_hash.bytes[0] ^= 1; },
                                 [](Chunk& c) { c.summary.reset(); },
                                 [](Chunk& c) { c.importance = 1; },
                                 [](Chunk& c) { c.attrs = "{}"; }};
    for (auto change : changes) {
        Chunk changed = base;
        change(changed);
        EXPECT_FALSE(same_fields(base, changed));
    }
}

}  // namespace
}  // namespace codegraph
