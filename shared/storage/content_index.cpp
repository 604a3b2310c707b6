// The column `files` of a segment has: the format, 01; how many files there are, as varint; and for each file, by
// ascending key: its key minus the key before (minus 0 for the first), as varint; its importance, as IEEE 754,
// big-endian.
#include "storage/content_index.h"

#include <algorithm>

#include "base/error.h"
#include "engine/changes.h"
#include "storage/content_index_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

namespace {

constexpr char format = 1;

std::string encode_files(const std::vector<IndexedFile>& files) {
    std::string body(1, format);
    append_varint(body, files.size());
    int64_t before = 0;
    for (const IndexedFile& file : files) {
        append_varint(body, static_cast<uint64_t>(file.key - before));
        append_real(body, file.importance);
        before = file.key;
    }
    return body;
}

std::vector<IndexedFile> decode_files(std::string_view body) {
    ByteReader in(body, "the files of a content segment");
    if (in.byte() != format) in.fail("their format is unknown");
    const uint64_t count = in.varint();
    std::vector<IndexedFile> files;
    uint64_t key = 0;
    for (uint64_t i = 0; i < count; i++) {
        key += in.varint();
        const double importance = in.real();
        files.push_back({static_cast<int64_t>(key), importance});
    }
    if (!in.at_end()) in.fail("bytes are left");
    return files;
}

}  // namespace

// Bounds the memory that a search takes for a segment. Segments have some thousand files.
constexpr uint64_t most_files_of_segment = uint64_t(1) << 20;

Task<std::vector<ContentSegment>> list_content_segments(const Repository& repository) {
    Rows rows = co_await query(statements::list_content_segments, repository.key);
    std::vector<ContentSegment> segments;
    for (size_t row = 0; row < rows.size(); row++) {
        const uint64_t file_count = read_count(rows, row, statements::list_content_segments["file_count"]);
        if (file_count > most_files_of_segment) throw corrupt("a content segment has too many files");
        segments.push_back({rows.integer(row, statements::list_content_segments["segment_key"]), file_count});
    }
    co_return segments;
}

static Task<std::unordered_map<int64_t, std::vector<IndexedFile>>> files_of_segments(
    const Repository& repository, const std::vector<ContentSegment>& segments) {
    Batch find(statements::find_content_segments);
    for (const ContentSegment& segment : segments) find.add(repository.key, segment.key);
    Rows rows = co_await run(find);
    std::unordered_map<int64_t, std::vector<IndexedFile>> files;
    for (size_t row = 0; row < rows.size(); row++)
        files[rows.integer(row, statements::find_content_segments["segment_key"])] =
            decode_files(rows.blob(row, statements::find_content_segments["files"]));
    for (const ContentSegment& segment : segments)
        if (files[segment.key].size() != segment.file_count) throw corrupt("a content segment has other files");
    co_return files;
}

// --- looking up

namespace {

using FoundFiles = std::unordered_map<int64_t, FileSet>;  // by segment

FileSet& find_set(FoundFiles& found, int64_t segment) {
    auto files = found.find(segment);
    if (files == found.end()) throw corrupt("a block of the content index belongs to no segment");
    return files->second;
}

constexpr size_t most_grams = 24;  // that are looked up of a long text: more would cost more than they rule out

// Returns some of the text's grams, chosen evenly from their ascending list, which is not the order in the text.
std::vector<Gram> chosen_grams(std::string_view folded) {
    const std::vector<Gram> all = grams_of(folded);
    std::vector<Gram> chosen;
    const size_t count = std::min(all.size(), most_grams);
    for (size_t i = 0; i < count; i++) chosen.push_back(all[i * all.size() / count]);
    return chosen;
}

// Leaves only the files that have all these grams.
Task<> retain_files_with(const Repository& repository, const std::vector<ContentSegment>& segments,
                         std::vector<Gram> grams, FoundFiles& found) {
    constexpr const Statement& columns = statements::find_content_grams;
    Batch find(statements::find_content_grams);
    for (const ContentSegment& segment : segments)
        for (const Gram gram : grams) find.add(repository.key, segment.key, gram);
    Rows rows = co_await run(find);
    std::unordered_map<int64_t, size_t> answers;
    for (size_t row = 0; row < rows.size(); row++) {
        FileSet& files = find_set(found, rows.integer(row, columns["segment_key"]));
        FileSet files_with_gram(files.size(), false);
        GramBlockReader block(static_cast<Gram>(rows.integer(row, columns["first_gram"])),
                              rows.blob(row, columns["body"]), files.size());
        bool more = block.next();
        while (more && block.gram() < rows.integer(row, columns["gram"])) more = block.next();
        if (more && block.gram() == rows.integer(row, columns["gram"])) block.add_files(files_with_gram);
        files.retain(files_with_gram);
        answers[rows.integer(row, columns["segment_key"])]++;
    }
    for (auto& [segment, files] : found)  // a gram before the first block is in no file
        if (answers[segment] < grams.size()) files = FileSet(files.size(), false);
}

// Adds the files that have any gram of the range.
Task<> add_files_with(const Repository& repository, const std::vector<ContentSegment>& segments, GramRange range,
                      FoundFiles& found) {
    constexpr const Statement& columns = statements::find_content_grams_between;
    Batch find(statements::find_content_grams_between);
    for (const ContentSegment& segment : segments) find.add(repository.key, segment.key, range.first, range.last);
    Rows rows = co_await run(find);
    for (size_t row = 0; row < rows.size(); row++) {
        FileSet& files = find_set(found, rows.integer(row, columns["segment_key"]));
        GramBlockReader block(static_cast<Gram>(rows.integer(row, columns["first_gram"])),
                              rows.blob(row, columns["body"]), files.size());
        while (block.next() && block.gram() <= range.last)
            if (block.gram() >= range.first) block.add_files(files);
    }
}

}  // namespace

Task<std::vector<IndexedFile>> find_indexed_files(const Repository& repository, std::vector<ContentSegment> segments,
                                                  std::string folded) {
    FoundFiles found;
    const bool by_all_grams = folded.size() >= 3;
    for (const ContentSegment& segment : segments)
        found.emplace(segment.key, FileSet(segment.file_count, by_all_grams));
    if (by_all_grams)
        co_await retain_files_with(repository, segments, chosen_grams(folded), found);
    else
        co_await add_files_with(repository, segments, grams_beginning_with(folded), found);
    std::erase_if(segments, [&](const ContentSegment& segment) { return found.at(segment.key).empty(); });
    std::unordered_map<int64_t, std::vector<IndexedFile>> files = co_await files_of_segments(repository, segments);
    std::vector<IndexedFile> candidates;
    for (const ContentSegment& segment : segments)
        for (const uint32_t place : found.at(segment.key).indexes()) candidates.push_back(files[segment.key][place]);
    co_return candidates;
}

// --- building

namespace {

constexpr size_t segment_files = 4096;
constexpr size_t segment_bytes = size_t(64) << 20;  // of text: no further file is added
constexpr size_t files_a_request = 64;

class SegmentBuild {
public:
    explicit SegmentBuild(const Repository& repository) : repository_(repository) {}

    size_t bytes() const { return bytes_; }

    // Adds the texts of file versions, whose keys ascend from call to call. A file version that is gone is left out.
    // Returns how many chunks were read.
    Task<uint64_t> add(std::vector<int64_t> keys) {
        constexpr const Statement& columns = statements::find_texts;
        Batch find(statements::find_texts);
        for (const int64_t key : keys) find.add(repository_.key, key);
        Rows rows = co_await run(find);
        std::unordered_map<int64_t, std::vector<size_t>> rows_of_file;
        for (size_t row = 0; row < rows.size(); row++)
            rows_of_file[rows.integer(row, columns["file_key"])].push_back(row);
        for (const int64_t key : keys) {
            if (!rows_of_file.contains(key)) continue;
            double importance = 0;
            for (const size_t row : rows_of_file[key]) {
                importance = std::max(importance, rows.real(row, columns["importance"]));
                grams_.add_text(rows.text(row, columns["content"]));
                bytes_ += rows.text(row, columns["content"]).size();
            }
            grams_.end_file();
            files_.push_back({key, importance});
        }
        co_await checkpoint();
        co_return rows.size();
    }

    Task<> save(int64_t segment) {
        const std::string files = encode_files(files_);
        Rows inserted = co_await query(statements::insert_content_segment, repository_.key, segment, files_.size(),
                                       blob_cell(files));
        check_changed(statements::insert_content_segment, inserted);
        const std::vector<GramBlock> blocks = grams_.finish();
        Batch insert(statements::insert_content_grams);
        for (const GramBlock& block : blocks) insert.add(repository_.key, segment, block.first, blob_cell(block.body));
        Rows inserted_blocks = co_await run(insert);
        check_changed(statements::insert_content_grams, inserted_blocks, insert.size());
    }

private:
    const Repository& repository_;
    GramIndexBuilder grams_;
    std::vector<IndexedFile> files_;
    size_t bytes_ = 0;
};

// Returns the segments that are joined with `files` new file versions: as soon as there are three that are less than
// four times as large as all that is joined so far. So a file version is indexed again at most as often as the sizes of
// segments can grow fourfold, and there are few segments of each size.
std::vector<ContentSegment> segments_to_join(std::vector<ContentSegment> segments, size_t files) {
    constexpr size_t growth = 4;
    std::ranges::sort(segments, {}, &ContentSegment::file_count);
    size_t count = 0;
    for (size_t next = 0, sum = files; next < segments.size(); next++) {
        sum += segments[next].file_count;
        if (segments[next].file_count >= growth * files || sum > segment_files) break;
        if (next + 1 < count + growth - 1) continue;
        files = sum;
        count = next + 1;
    }
    segments.resize(count);
    return segments;
}

Task<> delete_segments(const Repository& repository, const std::vector<ContentSegment>& segments) {
    for (const ContentSegment& segment : segments) {
        co_await query(statements::delete_content_grams, repository.key, segment.key);
        Rows deleted = co_await query(statements::delete_content_segment, repository.key, segment.key);
        check_changed(statements::delete_content_segment, deleted);
    }
}

}  // namespace

static Task<std::vector<int64_t>> keys_in_segments(const Repository& repository,
                                                   const std::vector<ContentSegment>& segments) {
    std::unordered_map<int64_t, std::vector<IndexedFile>> files = co_await files_of_segments(repository, segments);
    std::vector<int64_t> keys;
    for (auto& [segment, files_of_segment] : files)
        for (const IndexedFile& file : files_of_segment) keys.push_back(file.key);
    std::ranges::sort(keys);
    co_return keys;
}

// Returns the next few keys from `next` on, and moves `next` behind them.
static std::vector<int64_t> take_keys(const std::vector<int64_t>& keys, size_t& next) {
    const size_t end = std::min(next + files_a_request, keys.size());
    std::vector<int64_t> some(keys.begin() + static_cast<ptrdiff_t>(next), keys.begin() + static_cast<ptrdiff_t>(end));
    next = end;
    return some;
}

struct IndexedPart {
    uint64_t chunks = 0;  // how many were read for the first time
    int64_t last = 0;     // the last file version; 0: there was none to index
};

// Makes one segment of `joined` and of new file versions as far as they have room.
static Task<IndexedPart> index_segment(const Repository& repository, std::vector<ContentSegment> joined,
                                       std::vector<int64_t> added, uint64_t limit) {
    SegmentBuild build(repository);
    const std::vector<int64_t> old = co_await keys_in_segments(repository, joined);
    for (size_t next = 0; next < old.size();) {
        std::vector<int64_t> keys = take_keys(old, next);
        co_await build.add(std::move(keys));
    }
    uint64_t chunks = 0;
    size_t next = 0;
    while (next < added.size() && (next == 0 || (build.bytes() < segment_bytes && chunks < limit))) {
        std::vector<int64_t> keys = take_keys(added, next);
        chunks += co_await build.add(std::move(keys));
    }
    co_await delete_segments(repository, joined);
    co_await build.save(added[next - 1]);
    co_return IndexedPart{chunks, added[next - 1]};
}

// Makes the next segment of file versions up to the key `last`, until `limit` chunks or more are read.
static Task<IndexedPart> index_more(const Repository& repository, int64_t last, uint64_t limit) {
    std::vector<ContentSegment> segments = co_await list_content_segments(repository);
    const int64_t indexed = segments.empty() ? 0 : segments.back().key;
    const uint64_t most = std::min<uint64_t>(segment_files, limit);
    Rows rows = co_await query(statements::list_file_keys_between, repository.key, indexed, last, most);
    if (rows.empty()) co_return IndexedPart{};
    std::vector<int64_t> added;
    for (size_t row = 0; row < rows.size(); row++)
        added.push_back(rows.integer(row, statements::list_file_keys_between["file_key"]));
    std::vector<ContentSegment> joined = segments_to_join(std::move(segments), added.size());
    co_return co_await index_segment(repository, std::move(joined), std::move(added), limit);
}

// Indexes all file versions up to the key `last`, or until `limit` chunks or more are read. Returns how many were.
static Task<uint64_t> index_up_to(const Repository& repository, int64_t last, uint64_t limit) {
    uint64_t chunks = 0;
    IndexedPart part;
    do {
        part = co_await index_more(repository, last, limit - chunks);
        chunks += part.chunks;
    } while (part.last != 0 && part.last < last && chunks < limit);
    co_return chunks;
}

// Makes those segments anew most of whose file versions were collected.
static Task<> clean_segments(const Repository& repository) {
    std::vector<ContentSegment> segments = co_await list_content_segments(repository);
    for (const ContentSegment& segment : segments) {
        const std::vector<ContentSegment> one(1, segment);
        const std::vector<int64_t> keys = co_await keys_in_segments(repository, one);
        Batch find(statements::find_file_keys);
        for (const int64_t key : keys) find.add(repository.key, key);
        Rows live = co_await run(find);
        if (live.size() * 2 >= keys.size()) continue;
        SegmentBuild build(repository);
        for (size_t next = 0; next < keys.size();) {
            std::vector<int64_t> some = take_keys(keys, next);
            co_await build.add(std::move(some));
        }
        co_await delete_segments(repository, one);
        co_await build.save(segment.key);
    }
}

Task<Backlog> count_backlog(const Repository& repository, uint64_t most) {
    constexpr const Statement& columns = statements::count_backlog;
    Rows rows = co_await query(statements::count_backlog, repository.key, most + 1);
    co_return Backlog{static_cast<uint64_t>(rows.integer(0, columns["files"])),
                      static_cast<uint64_t>(rows.integer(0, columns["chunks"])), rows.integer(0, columns["last_key"])};
}

Task<> index_backlog(const Repository& repository, int64_t last) {
    co_await index_up_to(repository, last, UINT64_MAX);
}

Task<uint64_t> index_contents(const Repository& repository, uint64_t limit) {
    const uint64_t chunks = co_await index_up_to(repository, INT64_MAX, limit);
    co_await clean_segments(repository);
    co_return chunks;
}

}  // namespace codegraph
