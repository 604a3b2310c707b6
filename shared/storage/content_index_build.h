// Writes the content index (content_index.h): adds file versions to it, and takes those out that are gone.
//
// Whoever adds must be the only one who does: either the repository is locked against writers, or is_only_writer() has
// said so. It is of no account for what the index says which file versions others are about to commit.
#pragma once
#include <cstdint>
#include <vector>

#include "engine/progress.h"
#include "storage/snapshot.h"
#include "tree/walk.h"

namespace codegraph {

struct Backlog {
    uint64_t files, chunks;
    int64_t last;  // the greatest key; 0: there are none
};
// Counts the file versions whose keys are greater than all that were indexed, but at most one more than `most`. That is
// how writers see that there is something to index. There may be others, with lesser keys.
Task<Backlog> count_backlog(const Repository& repository, uint64_t most);

// Returns how many chunks the file versions have that are in no segment.
Task<uint64_t> count_contents_not_indexed(const Repository& repository);

// Indexes what count_backlog() counted, and what the snapshot has that is not indexed, as long as these are at most
// `most` file versions. The snapshot's root is then indexed. Joins small segments.
Task<> index_backlog(const Repository& repository, Snapshot snapshot, Backlog backlog, uint64_t most);

// Indexes all file versions, and with them the roots of all snapshots. Joins small segments, and makes those anew most
// of whose file versions are gone. With `rebuild` it throws away what there is before. Returns how many chunks the
// added file versions have.
Task<uint64_t> index_contents(const Repository& repository, bool rebuild, Progress& progress);

// Deletes the rows of the index. Whether all are gone is to be asked of check_deleted().
Task<> delete_content_index(const Repository& repository);

// Takes file versions out of the index that are freed. Forgets the indexed roots that are not among `live_nodes`.
Task<> forget_indexed_files(const Repository& repository, std::vector<int64_t> freed);
Task<> forget_indexed_roots(const Repository& repository, const DigestSet& live_nodes);

}  // namespace codegraph
