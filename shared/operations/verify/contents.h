// cg_verify checks contents and symbols: texts that are stored under their SHA-256.
#pragma once
#include "operations/verify/findings.h"
#include "storage/repository.h"

namespace codegraph {

// Hashes every content anew.
Task<> verify_contents(const Repository& repository, Findings& findings);
// Hashes every symbol anew, and counts the definitions that refer to a missing symbol.
Task<> verify_symbols(const Repository& repository, Findings& findings);

}  // namespace codegraph
