// cg_search_content spends most of its time on reading texts. So each snapshot is searched in this order:
//
// 1. Find the files that may have the text. With a content index these are the files that it names
//    (storage/content_index) and those that are in no segment yet. The latter are among what differs between the
//    snapshot and an indexed root. While those that it names are few, they are looked up in the snapshot's tree by
//    their paths. Otherwise, and without an index or an indexed root, the tree is walked.
// 2. Read a few files to see whether the text is rare. A rare text that the index does not help with would take reading
//    nearly every chunk, each content at a random place. As soon as that shows, in this step or the next, all contents
//    of the repository are read instead, in the order in which they lie. That is about ten times as fast for each
//    content. Then the chunks that have the contents with the text are looked for.
// 3. Read the other files by their greatest importance, highest first. The search ends when no file that is left can
//    have a chunk that would be among the best. A common text is found in the first few files.
#include "operations/search/search_content.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/argument_forms.h"
#include "operations/read/yield_chunks.h"
#include "search/substring.h"
#include "signatures/readers.h"
#include "storage/content_index.h"
#include "storage/content_index_statements.h"
#include "storage/page_order.h"
#include "storage/snapshot_name.h"
#include "storage/stored_values.h"
#include "tree/diff.h"
#include "tree/lookup.h"
#include "tree/walk.h"

namespace codegraph {

namespace {

struct SearchedFile {
    int64_t key;
    Digest digest;
    std::string path;
    uint64_t chunk_count;
    uint64_t live_chunks = 0;  // as the tree counts them
    double importance = 1;     // no chunk of the file has a greater one
    bool is_indexed = false;   // the index covers the file
};

struct SearchedSnapshot {
    Repository repository;
    Snapshot snapshot;
    std::vector<SearchedFile> files = {};  // those that the text is looked for in
};

struct Match {
    double importance;
    uint32_t snapshot;  // its index among the searched snapshots
    uint32_t file;      // its index among the files of the searched snapshot
    uint64_t ordinal;
};

// Keeps the first matches in the order of the answer, as many as are wanted.
class BestMatches {
public:
    BestMatches(std::optional<int64_t> limit, const std::vector<SearchedSnapshot>& snapshots)
        : limit_(limit ? static_cast<size_t>(*limit) : SIZE_MAX), snapshots_(snapshots) {}

    bool is_limited() const { return limit_ != SIZE_MAX; }
    size_t count_missing() const { return limit_ - matches_.size(); }
    double least_importance() const { return matches_.front().importance; }  // while none is missing
    bool wants(const Match& match) const { return count_missing() > 0 || is_before(match, matches_.front()); }
    void add(const Match& match) {
        if (!is_limited()) {
            matches_.push_back(match);
            return;
        }
        if (!wants(match)) return;
        const auto order = [this](const Match& a, const Match& b) { return is_before(a, b); };
        if (count_missing() == 0) {  // the front of the heap is the last match
            std::ranges::pop_heap(matches_, order);
            matches_.pop_back();
        }
        matches_.push_back(match);
        std::ranges::push_heap(matches_, order);
    }
    std::vector<Match> take_sorted() {
        std::ranges::sort(matches_, [this](const Match& a, const Match& b) { return is_before(a, b); });
        return std::move(matches_);
    }

private:
    // Orders by importance (highest first), snapshot, and reader order.
    bool is_before(const Match& a, const Match& b) const {
        if (a.importance != b.importance) return a.importance > b.importance;
        if (a.snapshot != b.snapshot) return a.snapshot < b.snapshot;
        if (a.file == b.file) return a.ordinal < b.ordinal;
        const std::vector<SearchedFile>& files = snapshots_[a.snapshot].files;
        return files[a.file].path < files[b.file].path;
    }

    const size_t limit_;
    const std::vector<SearchedSnapshot>& snapshots_;
    std::vector<Match> matches_;
};

SearchedFile read_searched_file(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::find_searched_files;
    return {.key = read_key(rows, row, columns["file_key"]),
            .digest = Digest::from_bytes(rows.blob(row, columns["digest"]), "a file version's digest"),
            .path = std::string(rows.text(row, columns["path"])),
            .chunk_count = read_count(rows, row, columns["chunk_count"])};
}

// What is said where a statement gives rows of files that were not asked for.
constexpr const char* other_rows = "the rows of other files were found";

constexpr size_t first_files = 16;       // so many files show whether the text is rare
constexpr size_t few_files = 64;         // so few files need no order, and are looked up by path in any case
constexpr size_t files_a_request = 512;  // where little is read of each file
constexpr size_t contents_a_page = 1024;
// How many contents can be read in the order in which they lie in the time that one content at a random place takes.
constexpr uint64_t contents_for_one = 8;
constexpr uint64_t few_chunks = 4000;  // for so few chunks it is not worth reading all contents

class SnapshotSearch {
public:
    SnapshotSearch(SearchedSnapshot& at, uint32_t index, const Substring& wanted, BestMatches& best)
        : at_(at), index_(index), wanted_(wanted), best_(best), nodes_(at.repository.key) {}

    Task<> run() {
        co_await find_files();
        for (const SearchedFile& file : at_.files) chunks_left_ += file.chunk_count;
        const bool is_long = best_.is_limited() && at_.files.size() > few_files;
        size_t next = 0;
        if (is_long && !std::ranges::all_of(at_.files, &SearchedFile::is_indexed)) {
            const bool found_all = co_await look_whether_it_is_rare();
            if (found_all) co_return;
            next = first_files;
        }
        if (is_long) co_await order_files(next);
        co_await read_files(next);
    }

private:
    // --- which files

    // Finds the files of the snapshot but those that the index rules out. Where a root is indexed, only the entries
    // that differ from it can be files that no segment has.
    Task<> find_files() {
        const SegmentList index = co_await list_content_segments(at_.repository);
        const std::vector<ContentSegment>& segments = index.segments;
        const std::optional<Digest> indexed_root = co_await find_indexed_root(at_.repository, at_.snapshot, segments);
        if (segments.empty()) {
            co_await walk_tree();
            co_return;
        }
        const std::vector<IndexedFile> candidates =
            co_await find_indexed_files(at_.repository, segments, wanted_.folded());
        for (const IndexedFile& file : candidates) importances_.emplace(file.key, file.importance);
        if (!indexed_root) {
            indexed_keys_ = co_await list_indexed_keys(at_.repository, segments);
            co_await walk_tree();
            co_return;
        }
        const std::vector<TreeEntry> entries = co_await find_new_entries(*indexed_root);
        if (entries.size() > few_files) indexed_keys_ = co_await list_indexed_keys(at_.repository, segments);
        const uint64_t files = co_await count_entries(nodes_, at_.snapshot.root);
        if (candidates.size() > std::max(few_files, static_cast<size_t>(files / contents_for_one))) {
            all_but_new_are_indexed_ = true;
            for (const TreeEntry& entry : entries) new_digests_.insert(entry.value.digest);
            co_await walk_tree();
            co_return;
        }
        co_await add_new_files(entries);
        co_await look_up_candidates(candidates);
    }

    // Returns the live files of the snapshot that another root does not have.
    Task<std::vector<TreeEntry>> find_new_entries(Digest indexed_root) {
        std::vector<TreeEntry> entries;
        if (indexed_root == at_.snapshot.root) co_return entries;
        std::vector<TreeChange> changes = co_await diff(nodes_, indexed_root, at_.snapshot.root);
        for (TreeChange& change : changes)
            if (change.after && change.after->count > 0) entries.push_back({std::move(change.key), *change.after});
        co_return entries;
    }

    Task<> add_new_files(const std::vector<TreeEntry>& entries) {
        for (size_t next = 0; next < entries.size();) {
            const size_t end = std::min(next + files_a_request, entries.size());
            const std::vector<TreeEntry> some(entries.begin() + static_cast<ptrdiff_t>(next),
                                              entries.begin() + static_cast<ptrdiff_t>(end));
            co_await add_files(some);
            next = end;
        }
    }

    // Finds the files of the snapshot among the candidates. Leaves out those that were found before.
    Task<> look_up_candidates(const std::vector<IndexedFile>& candidates) {
        std::unordered_set<int64_t> found;
        for (const SearchedFile& file : at_.files) found.insert(file.key);
        Batch find(statements::find_searched_files_by_key);
        for (const IndexedFile& file : candidates)
            if (!found.contains(file.key)) find.add(at_.repository.key, file.key);
        Rows rows = co_await run_batch(find);
        if (rows.size() < find.size()) throw missing("a file version that the content index has is missing");
        std::vector<SearchedFile> files;
        for (size_t row = 0; row < rows.size(); row++) {
            SearchedFile& file = files.emplace_back(read_searched_file(rows, row));
            file.importance = find_stored(importances_, file.key, other_rows);
            file.is_indexed = true;
        }
        std::vector<std::string> paths;
        for (const SearchedFile& file : files) paths.push_back(file.path);
        std::vector<std::optional<TreeValue>> values = co_await find_many(nodes_, at_.snapshot.root, std::move(paths));
        for (size_t i = 0; i < files.size(); i++)
            if (values[i] && values[i]->digest == files[i].digest && values[i]->count > 0) {
                files[i].live_chunks = values[i]->count;
                at_.files.push_back(std::move(files[i]));
            }
    }

    // Finds all files of the snapshot but those that the index rules out.
    Task<> walk_tree() {
        TreeCursor cursor(nodes_, at_.snapshot.root);
        std::vector<TreeEntry> entries;
        bool more = co_await cursor.next();
        while (more) {
            for (const TreeEntry& entry : cursor.entries())
                if (entry.value.count > 0) entries.push_back(entry);
            more = co_await cursor.next();
            if (more && entries.size() < files_a_request) continue;
            co_await add_files(entries);
            entries.clear();
        }
    }

    // Returns whether a file is known to be in a segment.
    bool is_indexed(int64_t key, const Digest& digest) const {
        return (all_but_new_are_indexed_ && !new_digests_.contains(digest)) || indexed_keys_.contains(key);
    }

    Task<> add_files(const std::vector<TreeEntry>& entries) {
        Batch find(statements::find_searched_files);
        std::unordered_map<Digest, const TreeEntry*, DigestHash> entry_of;
        for (const TreeEntry& entry : entries) {
            find.add(at_.repository.key, blob_cell(entry.value.digest.view()));
            entry_of.emplace(entry.value.digest, &entry);
        }
        Rows rows = co_await run_batch(find);
        if (rows.size() < entries.size()) throw missing("a file version of the snapshot is missing");
        for (size_t row = 0; row < rows.size(); row++) {
            const int64_t key = rows.integer(row, statements::find_searched_files["file_key"]);
            const auto candidate = importances_.find(key);
            const Digest digest = Digest::from_bytes(rows.blob(row, statements::find_searched_files["digest"]),
                                                     "a file version's digest");
            if (candidate == importances_.end() && is_indexed(key, digest)) continue;
            SearchedFile& file = at_.files.emplace_back(read_searched_file(rows, row));
            const TreeEntry& entry = *find_stored(entry_of, file.digest, other_rows);
            if (file.path != entry.key) throw corrupt("a file version is not one of " + quote(entry.key));
            file.live_chunks = entry.value.count;
            if (candidate == importances_.end()) continue;
            file.importance = candidate->second;
            file.is_indexed = true;
        }
    }

    // --- in which order

    // Orders the files from `next` on by importance (highest first), then path.
    Task<> order_files(size_t next) {
        co_await find_importances(next);
        std::ranges::sort(at_.files.begin() + static_cast<ptrdiff_t>(next), at_.files.end(),
                          [](const SearchedFile& a, const SearchedFile& b) {
                              if (a.importance != b.importance) return a.importance > b.importance;
                              return a.path < b.path;
                          });
        is_ordered_ = true;
    }

    // Finds the greatest importance in each file that the index does not cover. For the others the index has it.
    Task<> find_importances(size_t next) {
        std::unordered_map<int64_t, SearchedFile*> files;
        while (next < at_.files.size()) {
            Batch find(statements::find_greatest_importances);
            for (; next < at_.files.size() && find.size() < files_a_request; next++) {
                if (at_.files[next].is_indexed) continue;
                files[at_.files[next].key] = &at_.files[next];
                find.add(at_.repository.key, at_.files[next].key);
            }
            Rows rows = co_await run_batch(find);
            for (size_t row = 0; row < rows.size(); row++)
                find_stored(files, rows.integer(row, statements::find_greatest_importances["file_key"]), other_rows)
                    ->importance = read_importance(rows, row, statements::find_greatest_importances["importance"]);
            co_await checkpoint();
        }
    }

    // Returns whether no file from `next` on can have a chunk that would be among the best.
    bool is_done(size_t next) const {
        return is_ordered_ && !best_.wants({at_.files[next].importance, index_, static_cast<uint32_t>(next), 0});
    }

    // --- file by file

    // Reads a few files from all over the snapshot. Where the text is in none of them and it is worth it, reads all
    // contents; returns whether it did.
    Task<bool> look_whether_it_is_rare() {
        for (size_t i = 0; i < first_files; i++) std::swap(at_.files[i], at_.files[i * at_.files.size() / first_files]);
        co_await read_texts(0, first_files);
        if (chunks_found_ > 0) co_return false;
        co_return co_await scan_when_worth(first_files);
    }

    Task<> read_files(size_t next) {
        size_t files_in_batch = first_files;
        while (next < at_.files.size()) {
            if (is_done(next)) co_return;
            const bool found_all = co_await scan_when_worth(next);
            if (found_all) co_return;
            const size_t end = std::min(next + files_in_batch, at_.files.size());
            co_await read_texts(next, end);
            next = end;
            files_in_batch = std::min(files_in_batch * 2, size_t(256));
        }
    }

    Task<> read_texts(size_t begin, size_t end) {
        constexpr const Statement& columns = statements::find_texts;
        Batch find(statements::find_texts);
        std::unordered_map<int64_t, uint32_t> index_of_file;
        uint64_t chunks = 0, live = 0, found_live = 0;
        for (size_t i = begin; i < end; i++) {
            find.add(at_.repository.key, at_.files[i].key);
            index_of_file.emplace(at_.files[i].key, static_cast<uint32_t>(i));
            chunks += at_.files[i].chunk_count;
            live += at_.files[i].live_chunks;
        }
        chunks_left_ -= chunks;
        Rows rows = co_await run_batch(find);
        if (rows.size() != chunks) throw missing("a file has other chunks than it counts");
        for (size_t row = 0; row < rows.size(); row++) {
            if (read_flag(rows, row, columns["is_deleted"])) continue;  // soft-deleted
            chunks_read_++;
            found_live++;
            if (rows.is_null(row, columns["content"])) throw missing("the content of a chunk is missing");
            if (!wanted_.is_in(rows.text(row, columns["content"]))) continue;
            chunks_found_++;
            best_.add({read_importance(rows, row, columns["importance"]), index_,
                       find_stored(index_of_file, rows.integer(row, columns["file_key"]), other_rows),
                       read_count(rows, row, columns["ordinal"])});
        }
        if (found_live != live) throw may_be_hidden(corrupt("files have other live chunks than the tree counts"));
        co_await checkpoint();
    }

    // --- all contents at once

    // Returns how many chunks remain to be read if the files from `next` on are read one by one and the text is as
    // frequent in them as before. While matches are missing, it takes as many chunks as will bring them. Then it takes
    // all chunks of the files that can have a better match. Before the files are ordered, it takes all that are left.
    uint64_t expected_chunks(size_t next) const {
        if (!is_ordered_) return chunks_left_;
        if (best_.count_missing() > 0)
            return chunks_found_ == 0 ? chunks_left_
                                      : std::min(chunks_left_, best_.count_missing() * chunks_read_ / chunks_found_);
        uint64_t chunks = 0;
        for (size_t i = next; i < at_.files.size() && at_.files[i].importance > best_.least_importance(); i++)
            chunks += at_.files[i].chunk_count;
        return chunks;
    }

    bool is_worth_a_scan(size_t next) const {
        const uint64_t expected = expected_chunks(next);
        return expected > few_chunks && expected * contents_for_one > chunks_left_;
    }

    // Reads all contents as soon as that seems worth it, and decides about it only once. Returns whether all matches in
    // the files from `next` on are found.
    Task<bool> scan_when_worth(size_t next) {
        if (scan_was_considered_ || chunks_read_ == 0 || !is_worth_a_scan(next)) co_return false;
        scan_was_considered_ = true;
        co_return co_await scan_contents(next);
    }

    // Finds all matches in the files from `next` on by reading all contents. Returns false, without reading, where the
    // repository has too many contents for that to be worth it.
    Task<bool> scan_contents(size_t next) {
        constexpr const Statement& columns = statements::count_contents_to_read;
        constexpr uint64_t most_expected = INT64_MAX / contents_for_one - 1;  // a damaged count may be any
        const uint64_t most = std::min(expected_chunks(next), most_expected) * contents_for_one;
        Rows measured = co_await query(statements::count_contents_to_read, at_.repository.key, most + 1);
        if (measured.empty() || measured.is_null(0, columns["contents"])) co_return false;
        if (static_cast<uint64_t>(measured.integer(0, columns["contents"])) > most) co_return false;
        std::vector<int64_t> found = co_await find_contents_with_text(measured.integer(0, columns["key_before"]));
        if (found.empty()) co_return true;
        if (found.size() <= contents_in_statement) {
            co_await add_chunks_with_contents(std::move(found), next);
            co_return true;
        }
        const std::unordered_set<int64_t> contents(found.begin(), found.end());
        co_await read_content_keys(contents, next);
        co_return true;
    }

    // Returns the keys of the contents that have the text.
    Task<std::vector<int64_t>> find_contents_with_text(int64_t key) {
        constexpr const Statement& columns = statements::list_texts_after;
        PageOrder order({columns["content_key"]});
        std::vector<int64_t> found;
        size_t count = contents_a_page;
        while (count == contents_a_page) {
            Rows rows = co_await query(statements::list_texts_after, at_.repository.key, key, contents_a_page);
            count = rows.size();
            if (count == 0) break;
            order.check(rows, "codegraph_contents");
            for (size_t row = 0; row < count; row++)
                if (wanted_.is_in(rows.text(row, columns["content"])))
                    found.push_back(rows.integer(row, columns["content_key"]));
            key = rows.integer(count - 1, columns["content_key"]);
            co_await checkpoint();
        }
        co_return found;
    }

    static constexpr size_t contents_in_statement = 8;

    // Finds the chunks with one of a few contents: the database looks through all chunks of the repository.
    Task<> add_chunks_with_contents(std::vector<int64_t> keys, size_t next) {
        constexpr const Statement& columns = statements::find_chunks_with_contents;
        keys.resize(contents_in_statement, keys.front());
        Rows rows = co_await query(statements::find_chunks_with_contents, at_.repository.key, keys[0], keys[1], keys[2],
                                   keys[3], keys[4], keys[5], keys[6], keys[7]);
        std::unordered_map<int64_t, uint32_t> index_of_file;
        for (size_t i = next; i < at_.files.size(); i++)
            index_of_file.emplace(at_.files[i].key, static_cast<uint32_t>(i));
        for (size_t row = 0; row < rows.size(); row++) {
            const auto file = index_of_file.find(rows.integer(row, columns["file_key"]));
            if (file == index_of_file.end()) continue;  // it is of another snapshot, or was read before
            best_.add({read_importance(rows, row, columns["importance"]), index_, file->second,
                       read_count(rows, row, columns["ordinal"])});
        }
    }

    // Finds the chunks with one of many contents: reads which contents the chunks have, file by file.
    Task<> read_content_keys(const std::unordered_set<int64_t>& contents, size_t next) {
        constexpr const Statement& columns = statements::find_contents_of_chunks;
        while (next < at_.files.size()) {
            if (is_done(next)) co_return;
            Batch find(statements::find_contents_of_chunks);
            std::unordered_map<int64_t, uint32_t> index_of_file;
            for (; next < at_.files.size() && find.size() < files_a_request; next++) {
                find.add(at_.repository.key, at_.files[next].key);
                index_of_file.emplace(at_.files[next].key, static_cast<uint32_t>(next));
            }
            Rows rows = co_await run_batch(find);
            for (size_t row = 0; row < rows.size(); row++) {
                if (!contents.contains(rows.integer(row, columns["content_key"]))) continue;
                best_.add({read_importance(rows, row, columns["importance"]), index_,
                           find_stored(index_of_file, rows.integer(row, columns["file_key"]), other_rows),
                           read_count(rows, row, columns["ordinal"])});
            }
            co_await checkpoint();
        }
    }

    static Task<Rows> run_batch(const Batch& batch) { co_return co_await codegraph::run(batch); }

    SearchedSnapshot& at_;
    const uint32_t index_;
    const Substring& wanted_;
    BestMatches& best_;
    NodeStore nodes_;
    std::unordered_map<int64_t, double> importances_;  // of the files that may have the text, as the index says
    std::unordered_set<int64_t> indexed_keys_;         // of files that are known to be in a segment
    bool all_but_new_are_indexed_ = false;             // of the snapshot's files all are, but maybe new_digests_
    DigestSet new_digests_;
    bool is_ordered_ = false, scan_was_considered_ = false;
    uint64_t chunks_left_ = 0, chunks_read_ = 0, chunks_found_ = 0;
};

// --- which snapshots

Task<std::vector<SearchedSnapshot>> find_searched_snapshots(const Arguments& arguments) {
    std::vector<std::string> repo_ids = co_await repository_ids(arguments, search_arguments["repo"]);
    std::vector<SearchedSnapshot> snapshots;
    for (std::string& repo_id : repo_ids) {
        Repository repository = co_await find_repository(std::move(repo_id), RepositoryLock::none);
        if (!arguments.is_null(search_arguments["snapshot"])) {
            Snapshot snapshot =
                co_await find_snapshot(repository, std::string(arguments.text(search_arguments["snapshot"])));
            snapshots.push_back({std::move(repository), std::move(snapshot)});
        } else {
            std::optional<Snapshot> snapshot = co_await find_default_snapshot(repository);
            if (snapshot) snapshots.push_back({std::move(repository), *std::move(snapshot)});
        }
    }
    co_return snapshots;
}

constexpr size_t rows_a_page = 256;

// Yields the matches in their order. Reads matches that follow each other in one snapshot together.
Task<> yield_matches(const std::vector<SearchedSnapshot>& snapshots, const std::vector<Match>& matches,
                     WithContent content) {
    for (size_t next = 0; next < matches.size();) {
        const SearchedSnapshot& at = snapshots[matches[next].snapshot];
        const uint32_t index = matches[next].snapshot;
        std::vector<ChunkInFile> places;
        for (; next < matches.size() && matches[next].snapshot == index && places.size() < rows_a_page; next++) {
            const SearchedFile& file = at.files[matches[next].file];
            places.push_back({file.digest, file.key, matches[next].ordinal});
        }
        const auto prefix = row_of<place_of_chunk_columns>(at.repository.id, at.snapshot.id);
        co_await yield_chunks_at(at.repository, std::move(places), content, prefix);
        co_await checkpoint();
    }
}

}  // namespace

Task<> search_content(const Arguments& arguments) {
    constexpr ArgumentPlace query_place = search_arguments["query"], max_results = search_arguments["max_results"];
    if (arguments.text(query_place).empty()) throw invalid(std::string(arguments.name(query_place)) + " is empty");
    const std::optional<int64_t> limit = arguments.optional_integer(max_results);
    if (limit && *limit < 0)
        throw invalid(std::string(arguments.name(max_results)) + " is negative: " + std::to_string(*limit));
    if (!arguments.is_null(search_arguments["snapshot"]) && arguments.is_null(search_arguments["repo"]))
        throw invalid("a snapshot is given without its repo", "Give the repository that it belongs to.");
    const Substring wanted(arguments.text(query_place));
    std::vector<SearchedSnapshot> snapshots = co_await find_searched_snapshots(arguments);
    if (limit == 0) co_return;
    BestMatches best(limit, snapshots);
    for (uint32_t index = 0; index < snapshots.size(); index++) {
        SnapshotSearch search(snapshots[index], index, wanted, best);
        co_await search.run();
        co_await checkpoint();
    }
    const std::vector<Match> matches = best.take_sorted();
    co_await yield_matches(snapshots, matches, used_content(arguments));
}

}  // namespace codegraph
