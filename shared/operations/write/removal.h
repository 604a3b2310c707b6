// What comes before removing things that others may share: cg_gc, cg_prune, cg_delete_repository.
#pragma once
#include <string>

#include "engine/arguments.h"
#include "storage/repository.h"

namespace codegraph {

// Refuses while another operation of the connection is at work, which may have read what would go, and in a transaction
// that sees the past, which could remove what another has come to share since.
Task<> check_may_remove(const Arguments& arguments);

}  // namespace codegraph
