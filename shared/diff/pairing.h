// Pairs the chunks of two snapshots, as cg_compare_commits defines it: first by their names, then what is left by its
// own tokens, exactly and at last by similarity.
//
// The definition speaks of whole snapshots. These rules say why much less has to be read.
//
// 1. The caller gives the live chunks of the files whose versions differ. It may give more, as whole files on both
//    sides. That changes nothing.
// 2. Pairing needs no unchanged file, not even one that defines the same FQN. Such a file has the same chunks in the
//    same order on both sides, and the first pass pairs by (content, file) within (FQN, kind). In each group of that
//    pass that has chunks of the file, both sides are equal and the k-th meets the k-th. So every chunk of the file
//    meets itself, and none is left for a later pass. Chunks without an FQN pair within their file anyway.
// 3. Own tokens are needed of chunks that names do not pair, where the other side has such chunks of their kind.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "diff/compared_chunk.h"

namespace codegraph {

// How many own tokens two chunks must have at least to pair by them.
inline constexpr size_t least_tokens = 8;

// Returns all pairs, also those that are no change, and what is left on either side. Both sides hold live chunks in
// reader order, and the pointers lead into them. Without `min_similarity` nothing pairs by similarity alone. Looks for
// interrupts meanwhile.
Task<std::vector<ChunkPair>> pair_chunks(std::span<const ComparedChunk> from, std::span<const ComparedChunk> to,
                                         OwnContents& contents, std::optional<double> min_similarity);

}  // namespace codegraph
