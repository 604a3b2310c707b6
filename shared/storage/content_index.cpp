#include "storage/content_index.h"

#include <algorithm>
#include <set>

#include "storage/content_index_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

// --- looking up

namespace {

using FoundFiles = std::unordered_map<int64_t, FileSet>;  // by segment

FileSet& find_set(FoundFiles& found, int64_t segment) {
    auto files = found.find(segment);
    if (files == found.end()) throw damaged_index("a block of the content index belongs to no segment");
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

// Opens stored blocks. The same block may be the answer for several grams; its seal is checked once.
class BlockRows {
public:
    BlockRows(const Repository& repository, const Rows& rows) : rows_(rows), seals_(repository.key) {}

    GramBlockReader open(size_t row, CellPlace segment_key, CellPlace first_gram, CellPlace body, size_t files) {
        const int64_t segment = rows_.integer(row, segment_key), first = rows_.integer(row, first_gram);
        std::string_view block = rows_.blob(row, body);
        if (checked_.insert({segment, first}).second)
            block = seals_.unseal_block(segment, first, block);
        else
            block.remove_suffix(content_seal_bytes);
        return {static_cast<Gram>(first), block, files};
    }

private:
    const Rows& rows_;
    SegmentRows seals_;
    std::set<std::pair<int64_t, int64_t>> checked_;
};

// Leaves only the files that have all these grams.
Task<> retain_files_with(const Repository& repository, const std::vector<ContentSegment>& segments,
                         std::vector<Gram> grams, FoundFiles& found) {
    constexpr const Statement& columns = statements::find_content_grams;
    Batch find(statements::find_content_grams);
    for (const ContentSegment& segment : segments)
        for (const Gram gram : grams) find.add(repository.key, segment.key, gram);
    Rows rows = co_await run(find);
    BlockRows blocks(repository, rows);
    if (rows.size() != find.size()) throw missing_from_index("a block");
    for (size_t row = 0; row < rows.size(); row++) {
        FileSet& files = find_set(found, rows.integer(row, columns["segment_key"]));
        FileSet files_with_gram(files.size(), false);
        GramBlockReader block =
            blocks.open(row, columns["segment_key"], columns["first_gram"], columns["body"], files.size());
        const int64_t gram = rows.integer(row, columns["gram"]);
        if (gram >= block.end()) throw missing_from_index("a block");
        bool more = block.next();
        while (more && block.gram() < gram) more = block.next();
        if (more && block.gram() == gram) block.add_files(files_with_gram);
        files.retain(files_with_gram);
    }
}

// Adds the files that have any gram of the range.
Task<> add_files_with(const Repository& repository, const std::vector<ContentSegment>& segments, GramRange range,
                      FoundFiles& found) {
    constexpr const Statement& columns = statements::find_content_grams_between;
    Batch find(statements::find_content_grams_between);
    std::unordered_map<int64_t, int64_t> covered;  // of each segment: up to which gram
    for (const ContentSegment& segment : segments) {
        find.add(repository.key, segment.key, range.first, range.last);
        covered.emplace(segment.key, range.first);
    }
    Rows rows = co_await run(find);
    BlockRows blocks(repository, rows);
    for (size_t row = 0; row < rows.size(); row++) {
        const int64_t segment = rows.integer(row, columns["segment_key"]);
        FileSet& files = find_set(found, segment);
        GramBlockReader block =
            blocks.open(row, columns["segment_key"], columns["first_gram"], columns["body"], files.size());
        if (rows.integer(row, columns["first_gram"]) > covered[segment]) break;
        covered[segment] = block.end();
        while (block.next() && block.gram() <= range.last)
            if (block.gram() >= range.first) block.add_files(files);
    }
    for (const auto& [segment, end] : covered)
        if (end <= range.last) throw missing_from_index("a block");
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
    FilesOfSegments files = co_await find_files_of_segments(repository, segments);
    std::vector<IndexedFile> candidates;
    for (const ContentSegment& segment : segments)
        for (const uint32_t place : found.at(segment.key).indexes())
            if (files[segment.key][place].key != 0) candidates.push_back(files[segment.key][place]);
    co_return candidates;
}

// --- what is indexed

static std::optional<Digest> read_root(const Repository& repository, const Rows& rows,
                                       const std::vector<ContentSegment>& segments) {
    constexpr const Statement& columns = statements::find_content_root;
    if (rows.empty() || rows.is_null(0, columns["root"])) return std::nullopt;
    const Digest root = Digest::from_bytes(rows.blob(0, columns["root"]), "an indexed root");
    const int64_t segment = rows.integer(0, columns["segment_key"]);
    SegmentRows(repository.key)
        .check_root(rows.integer(0, columns["snapshot_key"]), segment, root, rows.blob(0, columns["seal"]));
    if (segments.empty() || segment > segments.back().key) throw missing_from_index("a segment");
    return root;
}

Task<std::optional<Digest>> find_indexed_root(const Repository& repository, const Snapshot& snapshot,
                                              const std::vector<ContentSegment>& segments) {
    constexpr const Statement& columns = statements::find_content_root;
    constexpr int most_steps = 16;
    std::optional<std::string> id;
    if (!segments.empty()) id = snapshot.id;  // without segments a root could only be left of damage
    for (int step = 0; id && step < most_steps; step++) {
        Rows rows = co_await query(statements::find_content_root, repository.key, *id);
        const std::optional<Digest> root = read_root(repository, rows, segments);
        if (root) co_return root;
        id = rows.empty() ? std::nullopt : rows.optional_text(0, columns["base_snapshot_id"]);
    }
    Rows newest = co_await query(statements::find_newest_content_root, repository.key);
    co_return read_root(repository, newest, segments);
}

Task<std::unordered_set<int64_t>> list_indexed_keys(const Repository& repository,
                                                    std::vector<ContentSegment> segments) {
    FilesOfSegments files = co_await find_files_of_segments(repository, std::move(segments));
    std::unordered_set<int64_t> keys;
    for (const auto& [segment, files_of_segment] : files)
        for (const IndexedFile& file : files_of_segment)
            if (file.key != 0) keys.insert(file.key);
    co_return keys;
}

}  // namespace codegraph
