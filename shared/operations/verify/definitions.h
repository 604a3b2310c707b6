// cg_verify checks definitions: the records by which a reader finds the paths that may have a name.
#pragma once
#include <vector>

#include "operations/verify/file_pages.h"
#include "operations/verify/findings.h"
#include "storage/repository.h"

namespace codegraph {

// Finds the definitions that chunks of these file versions need and that are not stored.
Task<> verify_definitions(const Repository& repository, const std::vector<FileInPage>& files, Sha256& sha256,
                          Findings& findings);

}  // namespace codegraph
