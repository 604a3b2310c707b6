#include "storage/content_segments.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "random.h"

namespace codegraph {
namespace {

constexpr int64_t repository = 7, segment = 3;

std::vector<IndexedFile> some_files() {
    return {{1, 0.5}, {INT64_MAX, 1}, {0, 0}, {2, 0}, {1000, 0.25}, {999, 0.75}};
}

// Adds the seal that rows of a kind have, as whoever may write the tables can.
std::string sealed(char row, int64_t key, const std::string& body) {
    std::string keys(1, row);
    for (const int64_t number : {repository, key, int64_t(0)}) append_big_endian(keys, static_cast<uint64_t>(number));
    return body + std::string(Sha256().add(keys).add(body).finish().view().substr(0, content_seal_bytes));
}

template <class Read>
void expect_corrupt(Read read) {
    try {
        read();
        ADD_FAILURE() << "it is read";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind, ErrorKind::data_corrupted);
    }
}

TEST(ContentSegments, FilesComeBackAsTheyWerePacked) {
    SegmentRows rows(repository);
    const std::vector<IndexedFile> files = some_files();
    const std::vector<IndexedFile> back = rows.unpack_files({segment, files.size()}, rows.pack_files(segment, files));
    ASSERT_EQ(back.size(), files.size());
    for (size_t i = 0; i < files.size(); i++) {
        EXPECT_EQ(back[i].key, files[i].key);
        EXPECT_EQ(back[i].importance, files[i].importance);
    }
}

TEST(ContentSegments, AHeadComesBackAsItWasPacked) {
    SegmentRows rows(repository);
    const SegmentList back = rows.unpack_head(9, rows.pack_head({{{1, 0}, {3, 65536}, {9, 12}}, INT64_MAX}));
    EXPECT_EQ(back.last_file_key, INT64_MAX);
    ASSERT_EQ(back.segments.size(), 3u);
    EXPECT_EQ(back.segments[1].key, 3);
    EXPECT_EQ(back.segments[1].file_count, 65536u);
    EXPECT_EQ(back.segments[2].file_count, 12u);
}

TEST(ContentSegments, ARowInAnotherPlaceIsRefused) {
    SegmentRows rows(repository), others(repository + 1);
    const std::string files = rows.pack_files(segment, some_files());
    expect_corrupt([&] { rows.unpack_files({segment + 1, some_files().size()}, files); });
    expect_corrupt([&] { others.unpack_files({segment, some_files().size()}, files); });
    const std::string head = rows.pack_head({{{segment, 1}}, 9});
    expect_corrupt([&] { rows.unpack_head(segment + 1, head); });
    const GramBlock block{17, "body"};
    const std::string stored = rows.seal_block(segment, block);
    EXPECT_EQ(rows.unseal_block(segment, 17, stored), "body");
    expect_corrupt([&] { rows.unseal_block(segment, 18, stored); });
    expect_corrupt([&] { rows.unseal_block(segment + 1, 17, stored); });
    Digest root;
    const std::string seal = rows.seal_root(5, segment, root);
    rows.check_root(5, segment, root, seal);
    expect_corrupt([&] { rows.check_root(6, segment, root, seal); });
    root.bytes[3] = 1;
    expect_corrupt([&] { rows.check_root(5, segment, root, seal); });
}

TEST(ContentSegments, AnyFlippedBitIsSeen) {
    SegmentRows rows(repository);
    const std::string files = rows.pack_files(segment, some_files()),
                      head = rows.pack_head({{{1, 5}, {segment, 6}}, 11});
    for (size_t bit = 0; bit < files.size() * 8; bit++) {
        std::string damaged = files;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
        expect_corrupt([&] { rows.unpack_files({segment, some_files().size()}, damaged); });
    }
    for (size_t size = 0; size < head.size(); size++)
        expect_corrupt([&] { rows.unpack_head(segment, head.substr(0, size)); });
}

// A seal shows damage and keeps nobody from writing numbers of his own.
TEST(ContentSegments, SealedNumbersAreNotTrusted) {
    SegmentRows rows(repository);
    for (const uint64_t number : {uint64_t(65537), uint64_t(100000000000), uint64_t(INT64_MAX), UINT64_MAX}) {
        std::string files(1, 1), head(1, 1), count(1, 1);
        append_varint(files, number);
        expect_corrupt([&] { rows.unpack_files({segment, 1}, sealed(2, segment, files)); });
        append_varint(head, 1);
        append_varint(head, 1);
        append_varint(head, static_cast<uint64_t>(segment));
        append_varint(head, number);
        expect_corrupt([&] { rows.unpack_head(segment, sealed(1, segment, head)); });
        append_varint(count, 1);
        append_varint(count, number);
        expect_corrupt([&] { rows.unpack_head(segment, sealed(1, segment, count)); });
    }
}

}  // namespace
}  // namespace codegraph
