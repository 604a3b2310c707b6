// Reads and writes the content index, which tells which file versions have which grams (search/gram_index.h).
// cg_index_content fills it, and so do writers while that is little work. Other file versions are searched
// without it.
//
// Invariants:
// 1. A segment indexes some file versions. Its key is the greatest file key that was looked at when it was made.
// 2. The segments together index each file version whose key is at most the greatest segment key. All others are the
//    backlog.
// 3. A file version is in one segment only.
// 4. A file version that was collected stays in its segment, as a key that leads nowhere, until the segment is made
//    anew.
// 5. The index says which file versions may have a text. It leaves out none that has it; it may name some that have
//    not.
//
// A query that leads here:
//     SELECT file_path, start_line FROM cg_search_content('retry_limit', 10, 'app', 'main');
#pragma once
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/request.h"
#include "search/gram_index.h"
#include "search/substring.h"
#include "storage/repository.h"

namespace codegraph {

struct ContentSegment {
    int64_t key;
    size_t file_count;
};
// Returns the segments in the order of their keys.
Task<std::vector<ContentSegment>> list_content_segments(const Repository& repository);

struct IndexedFile {
    int64_t key;
    double importance;  // that of its most important chunk
};
// Returns the file versions of these segments that may have the text, which is given folded. No other one of the
// segments has it.
Task<std::vector<IndexedFile>> find_indexed_files(const Repository& repository, std::vector<ContentSegment> segments,
                                                  std::string folded);

struct Backlog {
    uint64_t files, chunks;
    int64_t last;  // the greatest key; 0: there are none
};
// Counts the file versions that no segment has yet, but at most one more than `most`, in the order of their keys.
Task<Backlog> count_backlog(const Repository& repository, uint64_t most);

// Indexes the backlog up to the key `last`, and joins small segments. Requires that no other transaction is writing
// file versions with smaller keys.
Task<> index_backlog(const Repository& repository, int64_t last);

// Indexes the backlog until `limit` chunks or more are read or none is left, and joins small segments. Then makes those
// segments anew most of whose file versions are gone. Returns how many chunks of the backlog were read; 0: all is
// indexed. Requires that the repository is locked against writers.
Task<uint64_t> index_contents(const Repository& repository, uint64_t limit);

}  // namespace codegraph
