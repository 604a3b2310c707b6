// Functions that remove what others may use begin with this check: cg_gc, cg_prune and cg_delete_repository.
#pragma once
#include <string>

#include "engine/arguments.h"
#include "storage/repository.h"

namespace codegraph {

// Throws while another operation of the connection is open, which may have read what would be removed. Throws in a
// transaction that sees an old state of the database, because others may meanwhile use what it would remove.
Task<> check_may_remove(const Arguments& arguments);

}  // namespace codegraph
