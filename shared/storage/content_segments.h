// The rows of the content index: how they are packed and sealed, and which segments there are.
//
// Every row has a seal of eight bytes, which covers its key too. So damage to a row, or a row in the place of another
// one, shows as soon as it is read. That a row is missing shows in others: the head of the newest segment lists all
// segments, and the blocks of a segment cover all grams.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/sha256.h"
#include "search/gram_index.h"
#include "storage/repository.h"

namespace codegraph {

struct ContentSegment {
    int64_t key;        // grows: a segment that is made later has a greater one
    size_t file_count;  // places of file versions, also of those that are gone
};

struct SegmentList {
    std::vector<ContentSegment> segments;  // by key
    int64_t last_file_key = 0;             // the greatest that was ever indexed
};

// A file version at its place in a segment.
struct IndexedFile {
    int64_t key;        // 0: it is gone
    double importance;  // that of its most important chunk
};

constexpr size_t content_seal_bytes = 8;
constexpr size_t most_files_of_segment = size_t(1) << 16;  // more are not read: damage

// Says what is wrong with the index, and how to make it anew.
Error damaged_index(const std::string& what);
Error missing_from_index(const std::string& row);  // see missing()

// Packs rows of a repository, and checks and unpacks them. What does not fit throws damaged_index() or corrupt().
class SegmentRows {
public:
    explicit SegmentRows(int64_t repo_key) : repo_key_(repo_key) {}

    // The head of a segment lists all segments, of which it is the last.
    std::string pack_head(const SegmentList& list);
    SegmentList unpack_head(int64_t segment, std::string_view stored);

    std::string pack_files(int64_t segment, const std::vector<IndexedFile>& files);
    std::vector<IndexedFile> unpack_files(const ContentSegment& segment, std::string_view stored);

    std::string seal_block(int64_t segment, const GramBlock& block);
    // Returns a view into `stored`.
    std::string_view unseal_block(int64_t segment, int64_t first_gram, std::string_view stored);

    // Seals that the segments up to this one have all files of the root.
    std::string seal_root(int64_t snapshot_key, int64_t segment, const Digest& root);
    void check_root(int64_t snapshot_key, int64_t segment, const Digest& root, std::string_view seal);

private:
    enum class Row : uint8_t { head = 1, files, block, root };
    std::string seal_of(Row row, int64_t key, int64_t second_key, std::string_view body);
    std::string_view unseal(Row row, int64_t key, int64_t second_key, std::string_view stored);

    const int64_t repo_key_;
    Sha256 sha256_;
};

// Throws damaged_index() when a segment is missing or too many.
Task<SegmentList> list_content_segments(const Repository& repository);

using FilesOfSegments = std::unordered_map<int64_t, std::vector<IndexedFile>>;
Task<FilesOfSegments> find_files_of_segments(const Repository& repository, std::vector<ContentSegment> segments);

}  // namespace codegraph
