// The content index: which file versions have which grams (search/gram_index.h). cg_index_content fills it, and writers
// do by the way while that is little work; what it does not cover yet is searched without it.
//
// A segment is the index of some file versions, and is named after the greatest file key that was looked at when it was
// made: all file versions up to the greatest segment_key are in one. File versions that are collected later stay in
// theirs, as numbers that lead nowhere, until it is made anew.
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
Task<std::vector<ContentSegment>> list_content_segments(const Repository& repository);  // by key

struct IndexedFile {
    int64_t key;
    double importance;  // the greatest of its chunks
};
// The file versions of these segments that may have the text; no other one of theirs has it.
Task<std::vector<IndexedFile>> find_indexed_files(const Repository& repository, std::vector<ContentSegment> segments,
                                                  std::string folded);

// The file versions that no segment has yet, by their keys. Of more than `most` it counts only one more.
struct Backlog {
    uint64_t files, chunks;
    int64_t last;  // the greatest key; 0: there are none
};
Task<Backlog> measure_backlog(const Repository& repository, uint64_t most);

// Indexes the file versions that no segment has yet up to the key `last`, and joins small segments. No other
// transaction may be writing file versions with smaller keys.
Task<> index_backlog(const Repository& repository, int64_t last);

// Indexes file versions that no segment has yet, until `limit` chunks or more are read or none is left, and joins small
// segments; then makes those anew most of whose file versions are gone. The number of chunks read; 0: all is indexed.
// The repository must be locked against writers.
Task<uint64_t> index_contents(const Repository& repository, uint64_t limit);

}  // namespace codegraph
