// The setting auto_index_content: writers bring the content index up to date by the way, while that is little work.
#pragma once
#include "operations/common/session.h"
#include "storage/repository.h"

namespace codegraph {

// For a writer that has saved its file versions and has locked the repository against changes of what is shared.
Task<> auto_index_content(const Session& session, const Repository& repository);

}  // namespace codegraph
