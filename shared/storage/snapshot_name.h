// Finds the snapshot that a reader's argument names. A name is the first of these that there is: a snapshot id; a ref;
// a branch, which means the newest snapshot that carries it; a whole commit hash; seven or more leading digits of one.
// Behind a name there may be steps along the bases, and behind these a moment (model/moment.h): `main~2@{3}`.
#pragma once
#include <optional>
#include <string>

#include "storage/repository.h"
#include "storage/snapshot.h"

namespace codegraph {

// Returns the snapshot; where the argument ends in a moment, with the root and revision of that moment. Throws
// unknown_snapshot(), ambiguous_commit(), unknown_revision() or unknown_moment().
Task<Snapshot> find_snapshot(const Repository& repository, std::string argument);
// Returns what a search reads: the snapshot that the ref of the repository's default branch means. Where there is no
// such ref, returns the newest snapshot of that branch; where the branch has none, the newest of all; and nothing when
// the repository has no snapshot.
Task<std::optional<Snapshot>> find_default_snapshot(const Repository& repository);

}  // namespace codegraph
