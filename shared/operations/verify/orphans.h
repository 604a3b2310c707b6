// Checks what belongs to no repository: rows whose repository is gone, and the sequences that give keys.
#pragma once
#include "operations/verify/findings.h"
#include "storage/repository.h"

namespace codegraph {

Task<> verify_orphans(Findings& findings);
// Compares the sequences with the keys of one repository, or with nullopt of all.
Task<> verify_sequences(std::optional<int64_t> repo_key, Findings& findings);

}  // namespace codegraph
