// Reads the content index, which tells which file versions have which grams (search/gram_index.h). cg_index_content
// fills it, and so do writers while that is little work: see content_index_build.h. Other file versions are searched
// without it.
//
// Invariants:
// 1. A segment indexes exactly the file versions whose keys it lists. A file version is in one segment at most.
// 2. An indexed root is the root of a snapshot whose live files are all in segments. Segments never lose a file version
//    that is stored. So the root stays indexed as long as it is a root of a snapshot or in a log, and cg_gc, which
//    frees file versions, forgets the others.
// 3. A file version that was collected leaves its place in the segment empty, so that its key means nothing there.
// 4. The index says which file versions may have a text. It leaves out none that it has and that has the text; it may
//    name some that have not.
//
// What a snapshot has that is in no segment is among what differs between its root and an indexed one. In which order
// keys were given and committed is of no account.
//
// A query that leads here:
//     SELECT file_path, start_line FROM cg_search_content('retry_limit', 10, 'app', 'main');
#pragma once
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "search/substring.h"
#include "storage/content_segments.h"
#include "storage/snapshot.h"

namespace codegraph {

// Returns the file versions of these segments that may have the text, which is given folded. No other one of the
// segments has it.
Task<std::vector<IndexedFile>> find_indexed_files(const Repository& repository, std::vector<ContentSegment> segments,
                                                  std::string folded);

// Returns an indexed root that is likely to differ little from the snapshot: that of the snapshot, of the snapshots
// that it was made from, or of the newest one that has any. Returns nothing when there is none.
Task<std::optional<Digest>> find_indexed_root(const Repository& repository, const Snapshot& snapshot,
                                              const std::vector<ContentSegment>& segments);

// Returns the keys of all file versions of these segments.
Task<std::unordered_set<int64_t>> list_indexed_keys(const Repository& repository, std::vector<ContentSegment> segments);

}  // namespace codegraph
