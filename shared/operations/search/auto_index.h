// With the setting auto_index_content a writer also brings the content index up to date, where that is little work.
#pragma once
#include "operations/common/session.h"
#include "storage/snapshot.h"

namespace codegraph {

// Indexes what is not indexed yet, where the setting says so. The caller is a writer that has saved its file versions
// and the snapshot's new root, and holds RepositoryLock::share on the repository.
Task<> auto_index_content(const Session& session, const Repository& repository, const Snapshot& snapshot);

}  // namespace codegraph
