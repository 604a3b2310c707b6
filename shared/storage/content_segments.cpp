// The column `head` of a segment has: the format, 01; the greatest file key that was indexed until then; how many
// segments there are; and for each, by ascending key: its
// key minus the key before, and its file count.
//
// The column `files` has: the format, 01; how many places there are; and for each: 0 when its file version is gone;
// else the key minus the key before (minus 0 at first), zigzag, and the importance, as IEEE 754, big-endian.
//
// Numbers are varints. A seal follows, as one follows the body of a block (search/gram_index.cpp). It is the first 8
// bytes of SHA-256(the kind of the row, 1 byte ‖ repo_key ‖ segment_key ‖ second key ‖ the column without its seal).
// Keys have 8 bytes, big-endian. The second key is the first gram of a block, and otherwise 0. The seal of a root is
// made in the same way of its snapshot_key, its segment_key and its root.
#include "storage/content_segments.h"

#include <algorithm>

#include "base/bytes.h"
#include "storage/content_index_statements.h"

namespace codegraph {

namespace {

constexpr char format = 1;

uint64_t zigzag(uint64_t difference) {
    return difference << 1 ^ (difference >> 63 != 0 ? ~uint64_t(0) : 0);
}
uint64_t unzigzag(uint64_t value) {
    return value >> 1 ^ ((value & 1) != 0 ? ~uint64_t(0) : 0);
}

}  // namespace

Error damaged_index(const std::string& what) {
    return {ErrorKind::data_corrupted, corrupt(what).what(),
            "Make the content index of the repository anew: cg_index_content(repo_id, true)."};
}

Error missing_from_index(const std::string& row) {
    return may_be_hidden(damaged_index(row + " of the content index is missing"));
}

// --- seals

std::string SegmentRows::seal_of(Row row, int64_t key, int64_t second_key, std::string_view body) {
    std::string keys(1, static_cast<char>(row));
    for (const int64_t number : {repo_key_, key, second_key}) append_big_endian(keys, static_cast<uint64_t>(number));
    return std::string(sha256_.add(keys).add(body).finish().view().substr(0, content_seal_bytes));
}

std::string_view SegmentRows::unseal(Row row, int64_t key, int64_t second_key, std::string_view stored) {
    const size_t size = stored.size() < content_seal_bytes ? 0 : stored.size() - content_seal_bytes;
    const std::string_view body = stored.substr(0, size);
    if (seal_of(row, key, second_key, body) != stored.substr(size))
        throw damaged_index("a row of the content index does not match its seal");
    return body;
}

std::string SegmentRows::seal_block(int64_t segment, const GramBlock& block) {
    return block.body + seal_of(Row::block, segment, block.first, block.body);
}

std::string_view SegmentRows::unseal_block(int64_t segment, int64_t first_gram, std::string_view stored) {
    return unseal(Row::block, segment, first_gram, stored);
}

std::string SegmentRows::seal_root(int64_t snapshot_key, int64_t segment, const Digest& root) {
    return seal_of(Row::root, snapshot_key, segment, root.view());
}

void SegmentRows::check_root(int64_t snapshot_key, int64_t segment, const Digest& root, std::string_view seal) {
    if (seal_root(snapshot_key, segment, root) != seal) throw damaged_index("an indexed root does not match its seal");
}

// --- heads and files

std::string SegmentRows::pack_head(const SegmentList& list) {
    std::string body(1, format);
    append_varint(body, static_cast<uint64_t>(list.last_file_key));
    append_varint(body, list.segments.size());
    int64_t before = 0;
    for (const ContentSegment& segment : list.segments) {
        append_varint(body, static_cast<uint64_t>(segment.key - before));
        append_varint(body, segment.file_count);
        before = segment.key;
    }
    return body + seal_of(Row::head, before, 0, body);
}

SegmentList SegmentRows::unpack_head(int64_t segment, std::string_view stored) {
    ByteReader in(unseal(Row::head, segment, 0, stored), "the head of a content segment");
    if (in.byte() != format) in.fail("its format is unknown");
    SegmentList list;
    list.last_file_key = static_cast<int64_t>(in.varint());
    const uint64_t count = in.varint();
    int64_t key = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t step = in.varint(), file_count = in.varint();
        if (step == 0 || step > static_cast<uint64_t>(INT64_MAX - key)) in.fail("its segments do not ascend");
        if (file_count > most_files_of_segment) in.fail("a segment has too many file versions");
        key += static_cast<int64_t>(step);
        list.segments.push_back({key, static_cast<size_t>(file_count)});
    }
    if (!in.at_end()) in.fail("bytes are left");
    if (key != segment) in.fail("it is that of another segment");
    return list;
}

std::string SegmentRows::pack_files(int64_t segment, const std::vector<IndexedFile>& files) {
    std::string body(1, format);
    append_varint(body, files.size());
    uint64_t before = 0;
    for (const IndexedFile& file : files) {
        if (file.key == 0) {
            append_varint(body, 0);
            continue;
        }
        append_varint(body, zigzag(static_cast<uint64_t>(file.key) - before));
        append_real(body, file.importance);
        before = static_cast<uint64_t>(file.key);
    }
    return body + seal_of(Row::files, segment, 0, body);
}

std::vector<IndexedFile> SegmentRows::unpack_files(const ContentSegment& segment, std::string_view stored) {
    ByteReader in(unseal(Row::files, segment.key, 0, stored), "the files of a content segment");
    if (in.byte() != format) in.fail("their format is unknown");
    const uint64_t count = in.varint();
    if (count != segment.file_count) in.fail("they are not as many as its head says");
    std::vector<IndexedFile> files;
    uint64_t key = 0;
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t step = in.varint();
        if (step == 0) {
            files.push_back({0, 0});
            continue;
        }
        key += unzigzag(step);
        files.push_back({static_cast<int64_t>(key), in.real()});
    }
    if (!in.at_end()) in.fail("bytes are left");
    return files;
}

// --- reading

Task<SegmentList> list_content_segments(const Repository& repository) {
    constexpr const Statement& columns = statements::list_content_segments;
    Rows rows = co_await query(statements::list_content_segments, repository.key);
    if (rows.empty()) co_return SegmentList();
    const size_t newest = rows.size() - 1;
    SegmentRows unpack(repository.key);
    SegmentList list =
        unpack.unpack_head(rows.integer(newest, columns["segment_key"]), rows.blob(newest, columns["head"]));
    if (rows.size() != list.segments.size()) throw missing_from_index("a segment");
    for (size_t row = 0; row < rows.size(); row++)
        if (rows.integer(row, columns["segment_key"]) != list.segments[row].key ||
            rows.integer(row, columns["file_count"]) != static_cast<int64_t>(list.segments[row].file_count))
            throw damaged_index("a segment is not as the head of the newest one says");
    co_return list;
}

Task<FilesOfSegments> find_files_of_segments(const Repository& repository, std::vector<ContentSegment> segments) {
    constexpr const Statement& columns = statements::find_content_segments;
    Batch find(statements::find_content_segments);
    std::unordered_map<int64_t, ContentSegment> by_key;
    for (const ContentSegment& segment : segments) {
        find.add(repository.key, segment.key);
        by_key.emplace(segment.key, segment);
    }
    Rows rows = co_await run(find);
    SegmentRows unpack(repository.key);
    FilesOfSegments files;
    for (size_t row = 0; row < rows.size(); row++) {
        const ContentSegment& segment = by_key.at(rows.integer(row, columns["segment_key"]));
        files[segment.key] = unpack.unpack_files(segment, rows.blob(row, columns["files"]));
    }
    if (files.size() != by_key.size()) throw missing_from_index("a segment");
    co_return files;
}

}  // namespace codegraph
