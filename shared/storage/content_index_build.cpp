#include "storage/content_index_build.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "engine/changes.h"
#include "storage/content_index.h"
#include "storage/content_index_statements.h"
#include "storage/stored_values.h"
#include "tree/diff.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

constexpr size_t segment_files = 4096;
constexpr size_t segment_bytes = size_t(64) << 20;  // of text: no further file is added
constexpr size_t files_a_request = 64;
constexpr size_t digests_a_request = 512;

Task<> delete_blocks(const Repository& repository, int64_t segment) {
    co_await query(statements::delete_content_grams, repository.key, segment);
    Rows left = co_await query(statements::find_block, repository.key, segment);
    if (!left.empty()) throw rows_skipped_by(statements::delete_content_grams);
}

// Tells how many file versions have been added to segments, or how many segments have been cleaned.
struct IndexProgress {
    const Repository& repository;
    Progress& progress;
    std::string_view did;   // what was done to them
    std::string_view what;  // they are
    size_t all;
    size_t done = 0;

    Task<> report(size_t more) const {
        std::string text(did);
        text.append(" ").append(std::to_string(done + more)).append(" of ").append(std::to_string(all));
        text.append(" ").append(what).append(" of repository ").append(quote(repository.id));
        co_await progress.report(std::move(text));
    }
};

// A segment on its way.
class SegmentBuild {
public:
    explicit SegmentBuild(const Repository& repository) : repository_(repository) {}

    size_t bytes() const { return bytes_; }
    size_t file_count() const { return files_.size(); }

    // Adds the texts of file versions. One that is gone is left out. Returns how many chunks were read.
    Task<uint64_t> add(std::vector<int64_t> keys) {
        constexpr const Statement& columns = statements::find_texts;
        Batch find_files(statements::count_chunks_of_files), find(statements::find_texts);
        for (const int64_t key : keys) {
            find_files.add(repository_.key, key);
            find.add(repository_.key, key);
        }
        Rows files = co_await run(find_files);
        Rows rows = co_await run(find);
        std::unordered_map<int64_t, std::vector<size_t>> rows_of_file;
        for (size_t row = 0; row < rows.size(); row++)
            rows_of_file[rows.integer(row, columns["file_key"])].push_back(row);
        std::unordered_map<int64_t, uint64_t> chunk_counts;
        for (size_t row = 0; row < files.size(); row++)
            chunk_counts.emplace(files.integer(row, statements::count_chunks_of_files["file_key"]),
                                 read_count(files, row, statements::count_chunks_of_files["chunk_count"]));
        for (const int64_t key : keys) {
            const auto chunk_count = chunk_counts.find(key);
            if (chunk_count == chunk_counts.end()) continue;
            const std::vector<size_t>& of_file = rows_of_file[key];
            if (key <= 0) throw corrupt("the key of a file version is not positive");
            if (of_file.size() != chunk_count->second) throw corrupt("a file has other chunks than it counts");
            double importance = 0;
            for (const size_t row : of_file) {
                importance = std::max(importance, read_importance(rows, row, columns["importance"]));
                grams_.add_text(rows.text(row, columns["content"]));
                bytes_ += rows.text(row, columns["content"]).size();
            }
            grams_.end_file();
            files_.push_back({key, importance});
        }
        co_await checkpoint();
        co_return rows.size();
    }

    // Saves the segment, which is the last of the list.
    Task<> save(SegmentList list) {
        const int64_t segment = list.segments.back().key;
        for (const IndexedFile& file : files_) list.last_file_key = std::max(list.last_file_key, file.key);
        SegmentRows pack(repository_.key);
        const std::string head = pack.pack_head(list), files = pack.pack_files(segment, files_);
        Rows inserted = co_await query(statements::insert_content_segment, repository_.key, segment, files_.size(),
                                       list.last_file_key, blob_cell(head), blob_cell(files));
        check_changed(statements::insert_content_segment, inserted);
        co_await delete_blocks(repository_, segment);  // where damage has left some without a segment
        const std::vector<GramBlock> blocks = grams_.finish();
        Batch insert(statements::insert_content_grams);
        for (const GramBlock& block : blocks) {
            const std::string_view body = insert.keep(pack.seal_block(segment, block));
            insert.add(repository_.key, segment, block.first, blob_cell(body));
        }
        Rows inserted_blocks = co_await run(insert);
        check_changed(statements::insert_content_grams, inserted_blocks, insert.size());
    }

private:
    const Repository& repository_;
    GramIndexBuilder grams_;
    std::vector<IndexedFile> files_;
    size_t bytes_ = 0;
};

// Lists the segments for who is to write the index. Refuses an index that has lost segments: what is added must not
// stand in for them.
Task<SegmentList> open_index(const Repository& repository) {
    SegmentList index = co_await list_content_segments(repository);
    constexpr CellPlace last = statements::find_last_segment_of_roots["segment_key"];
    Rows rows = co_await query(statements::find_last_segment_of_roots, repository.key);
    if (!rows.is_null(0, last) && rows.integer(0, last) > (index.segments.empty() ? 0 : index.segments.back().key))
        throw missing_from_index("a segment");
    co_return index;
}

// Returns the segments that are joined with `files` new file versions: as soon as there are three that are less than
// four times as large as all that is joined so far. So a file version is indexed again at most as often as the sizes of
// segments can grow fourfold, and there are few segments of each size.
std::vector<ContentSegment> segments_to_join(std::vector<ContentSegment> segments, size_t files) {
    constexpr size_t growth = 4;
    std::ranges::stable_sort(segments, {}, &ContentSegment::file_count);
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
        co_await delete_blocks(repository, segment.key);
        Rows deleted = co_await query(statements::delete_content_segment, repository.key, segment.key);
        check_changed(statements::delete_content_segment, deleted);
    }
}

std::vector<int64_t> keys_of(const std::vector<IndexedFile>& files) {
    std::vector<int64_t> keys;
    for (const IndexedFile& file : files)
        if (file.key != 0) keys.push_back(file.key);
    return keys;
}

// Returns the next few keys from `next` on, and moves `next` behind them.
static std::vector<int64_t> take_keys(const std::vector<int64_t>& keys, size_t& next) {
    const size_t end = std::min(next + files_a_request, keys.size());
    std::vector<int64_t> some(keys.begin() + static_cast<ptrdiff_t>(next), keys.begin() + static_cast<ptrdiff_t>(end));
    next = end;
    return some;
}

struct AddedFiles {
    size_t files = 0;     // how many of the file versions that were to be added
    uint64_t chunks = 0;  // and how many chunks they have
};

// Makes one segment of `joined`, which are some of the index, and of new file versions as far as they have room.
Task<AddedFiles> make_segment(const Repository& repository, SegmentList index, std::vector<ContentSegment> joined,
                              std::vector<int64_t> added, const IndexProgress& progress) {
    SegmentBuild build(repository);
    FilesOfSegments old = co_await find_files_of_segments(repository, joined);
    for (const ContentSegment& segment : joined) {
        const std::vector<int64_t> keys = keys_of(old[segment.key]);
        for (size_t next = 0; next < keys.size();) {
            std::vector<int64_t> some = take_keys(keys, next);
            co_await build.add(std::move(some));
            co_await progress.report(0);
        }
    }
    AddedFiles done;
    while (done.files < added.size() && (done.files == 0 || build.bytes() < segment_bytes)) {
        std::vector<int64_t> some = take_keys(added, done.files);
        done.chunks += co_await build.add(std::move(some));
        co_await progress.report(done.files);
    }
    std::vector<ContentSegment>& segments = index.segments;
    const int64_t before = segments.empty() ? 0 : segments.back().key;
    if (before == INT64_MAX) throw damaged_index("the content index has no key left for a segment");
    co_await delete_segments(repository, joined);
    for (const ContentSegment& gone : joined)
        std::erase_if(segments, [&](const ContentSegment& segment) { return segment.key == gone.key; });
    segments.push_back({before + 1, build.file_count()});
    co_await build.save(std::move(index));
    co_return done;
}

// Indexes these file versions. Returns how many chunks they have.
Task<uint64_t> index_files(const Repository& repository, std::vector<int64_t> keys, Progress& shown) {
    IndexProgress progress{repository, shown, "indexed", "file versions", keys.size()};
    uint64_t chunks = 0;
    while (progress.done < keys.size()) {
        SegmentList index = co_await open_index(repository);
        const auto begin = keys.begin() + static_cast<ptrdiff_t>(progress.done);
        const size_t count = std::min(segment_files, keys.size() - progress.done);
        std::vector<int64_t> some(begin, begin + static_cast<ptrdiff_t>(count));
        std::vector<ContentSegment> joined = segments_to_join(index.segments, count);
        const AddedFiles added =
            co_await make_segment(repository, std::move(index), std::move(joined), std::move(some), progress);
        progress.done += added.files;
        chunks += added.chunks;
    }
    co_return chunks;
}

// --- which file versions are not indexed

// Returns the keys after `after` and up to `last` of the file versions that are not among `indexed`, ascending.
Task<std::vector<int64_t>> list_other_keys(const Repository& repository, int64_t after, int64_t last,
                                           const std::unordered_set<int64_t>& indexed) {
    constexpr CellPlace file_key = statements::list_file_keys_between["file_key"];
    std::vector<int64_t> keys;
    for (;;) {
        Rows rows = co_await query(statements::list_file_keys_between, repository.key, after, last);
        if (rows.empty()) co_return keys;
        for (size_t row = 0; row < rows.size(); row++) {
            after = rows.integer(row, file_key);
            if (!indexed.contains(after)) keys.push_back(after);
        }
        co_await checkpoint();
    }
}

// Returns the digests of the snapshot's live files that `indexed_root` does not have.
Task<std::vector<Digest>> list_new_digests(const Repository& repository, Digest root,
                                           std::optional<Digest> indexed_root) {
    NodeStore nodes(repository.key);
    std::vector<TreeChange> changes = co_await diff(nodes, indexed_root.value_or(empty_root()), root);
    std::vector<Digest> digests;
    for (const TreeChange& change : changes)
        if (change.after && change.after->count > 0) digests.push_back(change.after->digest);
    co_return digests;
}

Task<std::vector<int64_t>> find_keys_of(const Repository& repository, const std::vector<Digest>& digests) {
    constexpr CellPlace file_key = statements::find_searched_files["file_key"];
    std::vector<int64_t> keys;
    for (size_t next = 0; next < digests.size();) {
        Batch find(statements::find_searched_files);
        for (; next < digests.size() && find.size() < digests_a_request; next++)
            find.add(repository.key, blob_cell(digests[next].view()));
        Rows rows = co_await run(find);
        if (rows.size() < find.size()) throw missing("a file version of the snapshot is missing");
        for (size_t row = 0; row < rows.size(); row++) keys.push_back(rows.integer(row, file_key));
    }
    std::ranges::sort(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    co_return keys;
}

// --- indexed roots

struct SnapshotRoot {
    int64_t snapshot_key;
    Digest root;
};

// Notes that all files of these roots are in segments.
Task<> save_indexed_roots(const Repository& repository, const std::vector<SnapshotRoot>& roots) {
    const SegmentList index = co_await list_content_segments(repository);
    if (index.segments.empty()) co_return;
    SegmentRows seals(repository.key);
    Batch insert(statements::insert_content_roots);
    const int64_t segment = index.segments.back().key;
    for (const auto& [snapshot_key, root] : roots) {
        if (root == empty_root()) continue;
        const std::string_view seal = insert.keep(seals.seal_root(snapshot_key, segment, root));
        insert.add(repository.key, snapshot_key, blob_cell(root.view()), segment, blob_cell(seal));
    }
    Rows saved = co_await run(insert);
    check_changed(statements::insert_content_roots, saved, insert.size());
}

// Returns the roots of the snapshots that are not noted as indexed.
Task<std::vector<SnapshotRoot>> list_other_roots(const Repository& repository) {
    constexpr const Statement& columns = statements::list_roots_to_index;
    Rows rows = co_await query(statements::list_roots_to_index, repository.key);
    std::vector<SnapshotRoot> roots;
    for (size_t row = 0; row < rows.size(); row++)
        roots.push_back({rows.integer(row, columns["snapshot_key"]),
                         Digest::from_bytes(rows.blob(row, columns["root"]), "a snapshot's root")});
    co_return roots;
}

// Makes those segments anew most of whose file versions are gone.
Task<> clean_segments(const Repository& repository, Progress& shown) {
    const SegmentList all = co_await open_index(repository);
    IndexProgress progress{repository, shown, "cleaned", "segments of the content index", all.segments.size()};
    for (; progress.done < all.segments.size(); progress.done++) {
        co_await progress.report(0);
        const ContentSegment& segment = all.segments[progress.done];
        const std::vector<ContentSegment> one(1, segment);
        FilesOfSegments files = co_await find_files_of_segments(repository, one);
        if (keys_of(files[segment.key]).size() * 2 >= segment.file_count) continue;
        SegmentList index = co_await open_index(repository);
        const std::vector<int64_t> none;
        co_await make_segment(repository, std::move(index), one, none, progress);
    }
}

}  // namespace

Task<> delete_content_index(const Repository& repository) {
    co_await query(statements::delete_content_roots_of_repository, repository.key);
    co_await query(statements::delete_content_grams_of_repository, repository.key);
    co_await query(statements::delete_content_segments_of_repository, repository.key);
}

Task<Backlog> count_backlog(const Repository& repository, uint64_t most) {
    constexpr const Statement& columns = statements::count_backlog;
    Rows rows = co_await query(statements::count_backlog, repository.key, most + 1);
    co_return Backlog{static_cast<uint64_t>(rows.integer(0, columns["files"])),
                      static_cast<uint64_t>(rows.integer(0, columns["chunks"])), rows.integer(0, columns["last_key"])};
}

Task<uint64_t> count_contents_not_indexed(const Repository& repository) {
    constexpr uint64_t all = INT64_MAX - 1;
    const Backlog backlog = co_await count_backlog(repository, all);
    const SegmentList index = co_await list_content_segments(repository);
    const std::unordered_set<int64_t> indexed = co_await list_indexed_keys(repository, index.segments);
    Rows counted = co_await query(statements::count_files_up_to, repository.key, index.last_file_key);
    uint64_t chunks = backlog.chunks;
    if (read_count(counted, 0, statements::count_files_up_to["files"]) == indexed.size()) co_return chunks;
    // Some got their keys early and were committed late.
    const std::vector<int64_t> keys = co_await list_other_keys(repository, INT64_MIN, index.last_file_key, indexed);
    for (size_t next = 0; next < keys.size();) {
        Batch find(statements::count_chunks_of_files);
        for (const int64_t key : take_keys(keys, next)) find.add(repository.key, key);
        Rows rows = co_await run(find);
        for (size_t row = 0; row < rows.size(); row++)
            chunks += read_count(rows, row, statements::count_chunks_of_files["chunk_count"]);
    }
    co_return chunks;
}

Task<> index_backlog(const Repository& repository, Snapshot snapshot, Backlog backlog, uint64_t most) {
    const SegmentList index = co_await open_index(repository);
    const std::optional<Digest> indexed_root = co_await find_indexed_root(repository, snapshot, index.segments);
    const std::vector<Digest> digests = co_await list_new_digests(repository, snapshot.root, indexed_root);
    const std::vector<int64_t> in_snapshot = co_await find_keys_of(repository, digests);
    const int64_t indexed_up_to = index.last_file_key;
    std::unordered_set<int64_t> indexed;
    if (!in_snapshot.empty() && in_snapshot.front() <= indexed_up_to)
        indexed = co_await list_indexed_keys(repository, index.segments);
    std::vector<int64_t> keys = co_await list_other_keys(repository, indexed_up_to, backlog.last, indexed);
    for (const int64_t key : in_snapshot)
        if ((key <= indexed_up_to || key > backlog.last) && !indexed.contains(key)) keys.push_back(key);
    if (keys.size() > most) co_return;
    Progress progress;
    co_await index_files(repository, std::move(keys), progress);
    const std::vector<SnapshotRoot> roots(1, {snapshot.key, snapshot.root});
    co_await save_indexed_roots(repository, roots);
}

Task<uint64_t> index_contents(const Repository& repository, bool rebuild, Progress& progress) {
    if (rebuild) {
        co_await delete_content_index(repository);
        const std::vector<std::string_view> tables = {"content_roots", "content_segments", "content_grams"};
        co_await check_deleted(repository.key, tables);
    }
    const SegmentList index = co_await open_index(repository);
    const std::unordered_set<int64_t> indexed = co_await list_indexed_keys(repository, index.segments);
    std::vector<int64_t> keys = co_await list_other_keys(repository, INT64_MIN, INT64_MAX, indexed);
    const uint64_t chunks = co_await index_files(repository, std::move(keys), progress);
    co_await clean_segments(repository, progress);
    const std::vector<SnapshotRoot> roots = co_await list_other_roots(repository);
    co_await save_indexed_roots(repository, roots);
    co_return chunks;
}

// --- what is freed

Task<> forget_indexed_files(const Repository& repository, std::vector<int64_t> freed) {
    if (freed.empty()) co_return;
    const SegmentList index = co_await list_content_segments(repository);
    const std::unordered_set<int64_t> gone(freed.begin(), freed.end());
    SegmentRows pack(repository.key);
    for (const ContentSegment& segment : index.segments) {
        const std::vector<ContentSegment> one(1, segment);
        FilesOfSegments found = co_await find_files_of_segments(repository, one);
        std::vector<IndexedFile>& files = found[segment.key];
        bool is_changed = false;
        for (IndexedFile& file : files) {
            if (!gone.contains(file.key)) continue;
            file = {0, 0};
            is_changed = true;
        }
        if (!is_changed) continue;
        const std::string packed = pack.pack_files(segment.key, files);
        Rows updated =
            co_await query(statements::update_content_segment, repository.key, segment.key, blob_cell(packed));
        check_changed(statements::update_content_segment, updated);
    }
}

Task<> forget_indexed_roots(const Repository& repository, const DigestSet& live_nodes) {
    constexpr const Statement& columns = statements::list_content_roots;
    Rows rows = co_await query(statements::list_content_roots, repository.key);
    Batch forget(statements::delete_content_roots);
    for (size_t row = 0; row < rows.size(); row++)
        if (!live_nodes.contains(Digest::from_bytes(rows.blob(row, columns["root"]), "an indexed root")))
            forget.add(repository.key, rows.integer(row, columns["snapshot_key"]));
    Rows deleted = co_await run(forget);
    check_changed(statements::delete_content_roots, deleted, forget.size());
}

}  // namespace codegraph
