// The chunks of two snapshots' differing files, ready to be compared. diff/pairing.h says why the other files are not
// needed.
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "diff/compare.h"
#include "model/file_version.h"
#include "model/own_content.h"
#include "operations/read/snapshot_difference.h"

namespace codegraph {

// The similarity from which on chunks pair by it, where the caller cannot say it.
inline constexpr double default_min_similarity = 0.6;

// Returns a chunk as comparisons take it, without dependencies. It has views of what is given.
ComparedChunk compared_chunk(std::string_view path, const Chunk& chunk, std::string_view chunk_id);

class Comparison : private OwnContents {
public:
    explicit Comparison(const SnapshotDifference& difference) : difference_(difference) {}

    // Loads the chunks and pairs them. To be called once, before anything else.
    Task<> pair(std::optional<double> min_similarity);
    Task<std::vector<ChangedChunk>> changes();  // of which the pointers lead into this
    Task<std::vector<ChangedDependency>> changed_dependencies();

private:
    Task<Texts> read(std::span<const ComparedChunk* const> chunks) override;
    Task<> add_files(size_t from, size_t to, std::vector<ComparedChunk>& side);
    void add_file(size_t file, std::vector<ComparedChunk>& side);
    const NestedLines& nested_lines(size_t file);

    const SnapshotDifference& difference_;
    std::vector<FileVersion> files_;       // those of the old snapshot, then those of the new one
    std::deque<std::string> ids_, names_;  // keep their items where they are while others come
    std::vector<ComparedChunk> old_side_, new_side_;
    std::vector<ChunkPair> pairs_;
    std::unordered_map<size_t, NestedLines> nested_lines_;  // by file, of those that were asked for
};

}  // namespace codegraph
