// cg_verify checks the content index against the contents: it makes the lists of every segment again.
#pragma once
#include "operations/verify/findings.h"
#include "storage/repository.h"
#include "tree/walk.h"

namespace codegraph {

// Checks every segment, its blocks, and the indexed roots. `nodes` holds the hashes of all stored tree nodes.
Task<> verify_content_index(const Repository& repository, Findings& findings, const DigestSet& nodes);

}  // namespace codegraph
