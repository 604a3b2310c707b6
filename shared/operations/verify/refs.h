// cg_verify checks refs: each has a name that cg_set_ref takes, and a snapshot of its repository.
#pragma once
#include "operations/verify/findings.h"
#include "storage/repository.h"

namespace codegraph {

Task<> verify_refs(const Repository& repository, Findings& findings);

}  // namespace codegraph
