// The bytes of a node: what is written can be read, and nothing else can.
#include "base/bytes.h"
#include "tree_fixture.h"

namespace codegraph {
namespace {

Digest digest_of(unsigned char byte) {
    Digest digest;
    digest.bytes.fill(byte);
    return digest;
}

std::string entry(uint64_t shared, std::string_view rest, uint64_t number = 0) {
    std::string bytes;
    append_varint(bytes, shared);
    append_varint(bytes, rest.size());
    bytes += rest;
    bytes += digest_of(0xAB).view();
    append_varint(bytes, number);
    return bytes;
}

std::string body(char format, char level, uint64_t count, std::string_view entries) {
    std::string bytes = {format, level};
    append_varint(bytes, count);
    return bytes.append(entries);
}

void expect_rejected(std::string_view bytes, const char* why) {
    EXPECT_EQ(kind_of_error([&] { decode_node(bytes); }), ErrorKind::data_corrupted) << why;
}

TEST(TreeNode, ABodyIsExactlyWhatTheFormatSays) {
    TreeNode leaf{0, {{"a", {digest_of(1), 0}}, {"ab", {digest_of(2), 300}}, {"b", {digest_of(3), INT64_MAX}}}};
    std::string expected = {1, 0, 3};
    expected += std::string({0, 1, 'a'}) + std::string(digest_of(1).view()) + std::string(1, '\0');
    expected += std::string({1, 1, 'b'}) + std::string(digest_of(2).view()) + "\xAC\x02";
    expected += std::string({0, 1, 'b'}) + std::string(digest_of(3).view()) + "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
    EXPECT_EQ(encode_node(leaf), expected);
    EXPECT_EQ(decode_node(expected), leaf);
}

TEST(TreeNode, WhatIsEncodedDecodesToTheSame) {
    for (uint64_t seed : fresh_seeds(200)) {
        SCOPED_TRACE(seed_text(seed));
        Random random(seed);
        Model model;
        for (size_t count = 2 + random.below(100); model.size() < count;) {
            std::string key(1 + random.below(random.one_in(10) ? 3000 : 12), 'a');
            for (char& c : key) c = static_cast<char>(random.one_in(4) ? random() : 'a' + random.below(2));
            model[key] = random_value(random);
        }
        TreeNode node{static_cast<unsigned>(random.below(256)), {}};
        for (const auto& [key, value] : model) node.entries.push_back({key, value});
        EXPECT_EQ(decode_node(encode_node(node)), node);
    }
}

TEST(TreeNode, KeysAreInOrderOfUnsignedBytesAndAPrefixSortsFirst) {
    TreeNode node{0, {{std::string(1, '\0'), {}}, {"a", {}}, {"a\x01", {}}, {"\x7F", {}}, {"\x80", {}}, {"\xFF", {}}}};
    EXPECT_EQ(decode_node(encode_node(node)), node);
}

TEST(TreeNode, EveryMalformedFormIsRejected) {
    std::string good = body(1, 0, 2, entry(0, "aa") + entry(1, "b"));
    ASSERT_NO_THROW(decode_node(good));
    expect_rejected("", "nothing");
    expect_rejected(body(2, 0, 1, entry(0, "a")), "another format");
    expect_rejected(body(0, 0, 1, entry(0, "a")), "another format");
    expect_rejected(body(1, 0, 0, ""), "no entries: the empty map is never stored");
    expect_rejected(body(1, 1, 1, entry(0, "a", 20)), "one entry above the leaves");
    expect_rejected(good + std::string(1, '\0'), "bytes left over");
    expect_rejected(good + entry(0, "c"), "an entry left over");
    expect_rejected(body(1, 0, 3, entry(0, "aa") + entry(1, "b")), "an entry too few");
    expect_rejected(body(1, 0, 1, entry(1, "a")), "the first key shares");
    expect_rejected(body(1, 0, 2, entry(0, "aa") + entry(3, "b")), "shares more than there is");
    expect_rejected(body(1, 0, 2, entry(0, "aa") + entry(~uint64_t(0), "b")), "shares more than there is");
    expect_rejected(body(1, 0, 1, entry(0, "")), "an empty key");
    expect_rejected(body(1, 0, 2, entry(0, "aa") + entry(2, "")), "the same key again");
    expect_rejected(body(1, 0, 2, entry(0, "aa") + entry(1, "")), "a key that is a prefix of the one before");
    expect_rejected(body(1, 0, 2, entry(0, "ab") + entry(1, "a")), "descending keys");
    expect_rejected(body(1, 0, 2, entry(0, "ab") + entry(0, "ac")), "a shared prefix that is not the longest");
    expect_rejected(body(1, 0, 2, entry(0, "a\x80") + entry(1, "a")), "an order of signed bytes");
    for (size_t size = 0; size < good.size(); size++) expect_rejected(good.substr(0, size), "cut off");
}

TEST(TreeNode, VarintsThatAreNotMinimalAreRejected) {
    std::string digest(digest_of(1).view());
    ASSERT_NO_THROW(decode_node(std::string({1, 0, 1, 0, 1, 'a'}) + digest + std::string(1, '\0')));
    expect_rejected(std::string({1, 0, '\x81', 0, 0, 1, 'a'}) + digest + std::string(1, '\0'), "the count");
    expect_rejected(std::string({1, 0, 1, '\x80', 0, 1, 'a'}) + digest + std::string(1, '\0'), "shared");
    expect_rejected(std::string({1, 0, 1, 0, '\x81', 0, 'a'}) + digest + std::string(1, '\0'), "rest");
    expect_rejected(std::string({1, 0, 1, 0, 1, 'a'}) + digest + std::string({'\x80', 0}), "the number");
    expect_rejected(std::string({1, 0, 1, 0, 1, 'a'}) + digest + std::string(9, '\xFF') + '\x02', "65 bits");
    expect_rejected(std::string({1, 0, 1, 0, 1, 'a'}) + digest + std::string(10, '\x80') + '\x01', "11 bytes");
}

TEST(TreeNode, AHostileBodyAllocatesLittle) {
    expect_rejected(body(1, 0, ~uint64_t(0), entry(0, "a")), "more entries than bytes");
    expect_rejected(body(1, 0, uint64_t(1) << 40, entry(0, "a")), "more entries than bytes");
    std::string rest = {1, 0, 1, 0};
    append_varint(rest, ~uint64_t(0));
    expect_rejected(rest + std::string(100, 'a'), "a key longer than the body");
    std::string longest(max_tree_key, 'a');
    ASSERT_NO_THROW(decode_node(body(1, 0, 1, entry(0, longest))));
    expect_rejected(body(1, 0, 1, entry(0, longest + 'a')), "a key that is too long");
    expect_rejected(body(1, 0, 2, entry(0, longest) + entry(max_tree_key, "a")), "a key that is too long");
}

TEST(TreeNode, FewBytesCannotStandForHundredsOfMegabytesOfKeys) {
    std::string entries = entry(0, std::string(max_tree_key - 2, 'a') + std::string(2, '\0'));
    uint64_t count = 1;
    for (int high = 0; high < 2; high++) {
        if (high > 0) entries += entry(max_tree_key - 2, std::string({static_cast<char>(high), 0})), ++count;
        for (int low = 1; low < 256; low++, count++) entries += entry(max_tree_key - 1, std::string(1, char(low)));
    }
    ASSERT_EQ(count, 512u);
    expect_rejected(body(1, 0, count, entries), "512 MB of keys in 1 MB");
}

TEST(TreeNode, DamagedBytesNeverCrash) {
    TreeNode node{1, {}};
    for (int i = 0; i < 40; i++) node.entries.push_back({golden_key(100 + i), {digest_of(1), 30}});
    std::ranges::sort(node.entries, {}, &TreeEntry::key);
    const std::string good = encode_node(node);
    Random random(1);
    for (int round = 0; round < 20000; round++) {
        std::string bad = good;
        for (size_t i = 0; i <= random.below(3); i++) bad[random.below(bad.size())] = static_cast<char>(random());
        try {
            EXPECT_EQ(encode_node(decode_node(bad)), bad) << "one node has two bodies";
        } catch (const Error& error) {
            EXPECT_EQ(error.kind, ErrorKind::data_corrupted);
        }
    }
}

TEST(TreeNode, CountsTheEntriesBelow) {
    EXPECT_EQ(entries_below({0, {{"a", {digest_of(1), 99}}, {"b", {}}}}), 2u);
    EXPECT_EQ(entries_below({1, {{"a", {digest_of(1), 99}}, {"b", {digest_of(1), 1}}}}), 100u);
    TreeNode too_many{1, {{"a", {digest_of(1), ~uint64_t(0)}}, {"b", {digest_of(1), 1}}}};
    EXPECT_EQ(kind_of_error([&] { entries_below(too_many); }), ErrorKind::data_corrupted);
}

}  // namespace
}  // namespace codegraph
