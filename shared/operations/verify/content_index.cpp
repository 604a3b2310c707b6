#include "operations/verify/content_index.h"

#include <map>
#include <optional>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/request.h"
#include "operations/verify/pages.h"
#include "storage/content_index_statements.h"
#include "storage/content_segments.h"
#include "storage/verify_statements.h"

namespace codegraph {

namespace {

std::string describe_segment(int64_t segment) {
    return "content segment " + std::to_string(segment);
}

using GramLists = std::map<Gram, std::vector<uint32_t>>;  // only what is stored of the files that are there

// Reads the lists of a block without the places whose file version is gone.
void add_lists(GramBlockReader block, const std::vector<IndexedFile>& files, GramLists& lists) {
    while (block.next()) {
        FileSet set(files.size(), false);
        block.add_files(set);
        std::vector<uint32_t> there;
        for (const uint32_t place : set.indexes())
            if (files[place].key != 0) there.push_back(place);
        if (!there.empty()) lists[block.gram()] = std::move(there);
    }
}

class ContentIndexCheck {
public:
    ContentIndexCheck(const Repository& repository, Findings& findings, const DigestSet& nodes)
        : repository_(repository), findings_(findings), nodes_(nodes), rows_(repository.key) {}

    Task<> run() {
        TablePages pages(repository_, "content segments", statements::list_first_content_segments,
                         statements::list_next_content_segments, findings_);
        bool more = co_await pages.next();
        while (more) {
            for (size_t row = 0; row < pages.rows().size(); row++) co_await check_segment(pages.rows(), row);
            more = co_await pages.next();
        }
        check_head();
        co_await check_lost_blocks();
        co_await check_roots();
    }

private:
    // --- segments

    Task<> check_segment(const Rows& page, size_t row) {
        constexpr const Statement& columns = statements::list_first_content_segments;
        StoredRow stored(page, row);
        const int64_t segment = stored.integer(columns["segment_key"]);
        const int64_t file_count = stored.integer(columns["file_count"]);
        const int64_t last_file_key = stored.integer(columns["last_file_key"]);
        const std::string_view head = stored.blob(columns["head"]), packed = stored.blob(columns["files"]);
        const std::string object = "content segment " + format_value(page.cell(row, columns["segment_key"]));
        if (stored.report_problems(object, findings_)) {
            all_are_read_ = false;
            co_return;
        }
        stored_segments_.emplace(segment, file_count);
        newest_head_.reset();
        std::vector<IndexedFile> files;
        try {
            newest_head_ = rows_.unpack_head(segment, head);
            if (last_file_key != newest_head_->last_file_key)
                findings_.add(object, "its greatest file key is not that of its head");
            if (file_count < 0 || file_count > static_cast<int64_t>(most_files_of_segment))
                throw corrupt("its count of file versions is " + std::to_string(file_count));
            files = rows_.unpack_files({segment, static_cast<size_t>(file_count)}, packed);
        } catch (const Error& error) {
            findings_.add(object, error);
            all_are_read_ = false;
            co_return;
        }
        co_await check_files(object, files);
        co_await check_lists(object, segment, files);
    }

    // The file versions are stored, and in no other segment.
    Task<> check_files(const std::string& object, const std::vector<IndexedFile>& files) {
        constexpr const Statement& columns = statements::find_searched_files_by_key;
        Batch find(statements::find_searched_files_by_key);
        std::unordered_set<int64_t> missing;
        for (const IndexedFile& file : files) {
            if (file.key == 0) continue;
            if (!indexed_keys_.insert(file.key).second)
                findings_.add(object, "file version " + std::to_string(file.key) + " is indexed twice");
            if (missing.insert(file.key).second) find.add(repository_.key, file.key);
        }
        Rows rows = co_await codegraph::run(find);
        for (size_t row = 0; row < rows.size(); row++) {
            missing.erase(rows.integer(row, columns["file_key"]));
            const std::string_view digest = rows.blob(row, columns["digest"]);
            if (digest.size() == Digest().bytes.size()) indexed_.insert(Digest::from_bytes(digest, "a digest"));
        }
        for (const int64_t key : missing)
            findings_.add(object, "file version " + std::to_string(key) + " is indexed and not stored");
    }

    // --- blocks and what the contents give

    Task<> check_lists(const std::string& object, int64_t segment, const std::vector<IndexedFile>& files) {
        GramLists stored, expected;
        const bool is_readable = co_await read_blocks(object, segment, files, stored);
        const bool is_built = co_await build_lists(object, files, expected);
        if (!is_readable || !is_built || stored == expected) co_return;
        for (const auto& [gram, list] : expected) {
            const auto found = stored.find(gram);
            if (found == stored.end() || found->second != list) co_return add_gram(object, gram);
        }
        for (const auto& [gram, list] : stored)
            if (!expected.contains(gram)) co_return add_gram(object, gram);
    }
    // Names the first gram whose list is wrong.
    void add_gram(const std::string& object, Gram gram) {
        std::string bytes;
        append_big_endian(bytes, gram);
        findings_.add(object, "the list of gram " + to_hex(bytes.substr(5)) + " is not what the contents give");
    }

    // Returns whether all blocks are sound.
    Task<bool> read_blocks(const std::string& object, int64_t segment, const std::vector<IndexedFile>& files,
                           GramLists& lists) {
        constexpr const Statement& columns = statements::list_blocks_after;
        bool is_sound = true;
        int64_t covered = 0, last = INT64_MIN;
        for (;;) {
            Rows rows = co_await query(statements::list_blocks_after, repository_.key, segment, last);
            if (rows.empty()) break;
            for (size_t row = 0; row < rows.size(); row++) {
                blocks_++;
                last = rows.integer(row, columns["first_gram"]);
                const std::string name = "the block of gram " + std::to_string(last);
                try {
                    const std::string_view body = rows_.unseal_block(segment, last, rows.blob(row, columns["body"]));
                    GramBlockReader block(static_cast<Gram>(last), body, files.size());
                    if (last != covered) throw corrupt("the block before it is missing");
                    covered = block.end();
                    add_lists(block, files, lists);
                } catch (const Error& error) {
                    findings_.add(object, error, name + ": ");
                    is_sound = false;
                }
            }
            co_await checkpoint();
        }
        const bool is_whole = is_sound && covered == gram_end;
        if (is_sound && !is_whole) findings_.add(object, "its last block is missing");
        co_return is_whole;
    }

    // Returns whether the contents are all there.
    Task<bool> build_lists(const std::string& object, const std::vector<IndexedFile>& files, GramLists& lists) {
        constexpr size_t files_a_request = 64;
        GramIndexBuilder builder;
        for (size_t next = 0; next < files.size(); next += files_a_request) {
            const size_t end = std::min(next + files_a_request, files.size());
            std::vector<IndexedFile> some(files.begin() + static_cast<ptrdiff_t>(next),
                                          files.begin() + static_cast<ptrdiff_t>(end));
            const bool is_whole = co_await add_texts(object, std::move(some), builder);
            if (!is_whole) co_return false;
        }
        for (const GramBlock& block : builder.finish())
            add_lists(GramBlockReader(block.first, block.body, files.size()), files, lists);
        co_return true;
    }
    Task<bool> add_texts(const std::string& object, std::vector<IndexedFile> files, GramIndexBuilder& builder) {
        constexpr const Statement& columns = statements::find_texts;
        Batch find(statements::find_texts);
        for (const IndexedFile& file : files)
            if (file.key != 0) find.add(repository_.key, file.key);
        Rows rows = co_await codegraph::run(find);
        std::unordered_map<int64_t, std::vector<size_t>> rows_of_file;
        for (size_t row = 0; row < rows.size(); row++)
            rows_of_file[rows.integer(row, columns["file_key"])].push_back(row);
        for (const IndexedFile& file : files) {
            double importance = 0;
            if (file.key != 0) {
                for (const size_t row : rows_of_file[file.key]) {
                    if (rows.cell(row, columns["content"]).type != CG_TEXT) co_return false;  // found elsewhere
                    builder.add_text(rows.text(row, columns["content"]));
                    importance = std::max(importance, rows.real(row, columns["importance"]));
                }
                if (importance != file.importance)
                    findings_.add(object, "the importance of file version " + std::to_string(file.key) + " is wrong");
            }
            builder.end_file();
        }
        co_await checkpoint();
        co_return true;
    }

    // --- what all segments are together

    void check_head() {
        if (stored_segments_.empty() || !newest_head_) return;
        std::map<int64_t, int64_t> listed;
        for (const ContentSegment& segment : newest_head_->segments)
            listed.emplace(segment.key, static_cast<int64_t>(segment.file_count));
        for (const auto& [segment, file_count] : listed) {
            const auto stored = stored_segments_.find(segment);
            if (stored == stored_segments_.end())
                findings_.add(describe_segment(segment), "it is missing");
            else if (stored->second != file_count)
                findings_.add(describe_segment(segment), "the newest segment counts its file versions otherwise");
        }
        for (const auto& [segment, file_count] : stored_segments_)
            if (!listed.contains(segment))
                findings_.add(describe_segment(segment), "the newest segment does not know it");
    }

    Task<> check_lost_blocks() {
        if (!all_are_read_) co_return;
        Rows rows = co_await query(statements::count_block_rows, repository_.key);
        const int64_t lost = rows.empty() ? 0 : rows.integer(0, statements::count_block_rows["count"]) - blocks_;
        if (lost > 0) findings_.add("content index", "blocks that were not read: " + std::to_string(lost));
    }

    // --- indexed roots

    Task<> check_roots() {
        constexpr const Statement& columns = statements::list_content_roots;
        Rows rows = co_await query(statements::list_content_roots, repository_.key);
        std::vector<Digest> roots;
        for (size_t row = 0; row < rows.size(); row++) {
            StoredRow stored(rows, row);
            const int64_t snapshot_key = stored.integer(columns["snapshot_key"]);
            const int64_t segment = stored.integer(columns["segment_key"]);
            const Digest root = stored.digest(columns["root"]);
            const std::string_view seal = stored.blob(columns["seal"]);
            const std::string object =
                "indexed root of snapshot " + format_value(rows.cell(row, columns["snapshot_key"]));
            if (stored.report_problems(object, findings_)) continue;
            try {
                rows_.check_root(snapshot_key, segment, root, seal);
            } catch (const Error& error) {
                findings_.add(object, error);
                continue;
            }
            if (stored_segments_.empty() || segment > stored_segments_.rbegin()->first)
                findings_.add(object, "its segment is missing");
            if (nodes_.contains(root))
                roots.push_back(root);
            else
                findings_.add(object, "its root is missing");
        }
        co_await check_trees(std::move(roots));
    }

    // Every live file of these roots is in a segment.
    Task<> check_trees(std::vector<Digest> roots) {
        if (!all_are_read_) co_return;
        NodeStore nodes(repository_.key);
        TreeWalk walk(nodes, std::move(roots));
        try {
            bool more = co_await walk.next();
            while (more) {
                for (const NodePointer& node : walk.nodes())
                    if (node->level == 0) check_leaf(*node);
                co_await checkpoint();
                more = co_await walk.next();
            }
        } catch (const Error& error) {  // damage to trees is found elsewhere
            if (error.kind != ErrorKind::data_corrupted) throw;
        }
    }
    void check_leaf(const TreeNode& leaf) {
        for (const TreeEntry& entry : leaf.entries)
            if (entry.value.count > 0 && !indexed_.contains(entry.value.digest))
                findings_.add("file version " + to_hex(entry.value.digest.view()) + " of " + entry.key,
                              "it is in an indexed root and in no segment");
    }

    const Repository& repository_;
    Findings& findings_;
    const DigestSet& nodes_;
    SegmentRows rows_;
    std::map<int64_t, int64_t> stored_segments_;  // file counts
    std::optional<SegmentList> newest_head_;
    std::unordered_set<int64_t> indexed_keys_;
    DigestSet indexed_;
    int64_t blocks_ = 0;
    bool all_are_read_ = true;  // a segment that is not hides what it has
};

}  // namespace

Task<> verify_content_index(const Repository& repository, Findings& findings, const DigestSet& nodes) {
    ContentIndexCheck check(repository, findings, nodes);
    co_await check.run();
}

}  // namespace codegraph
