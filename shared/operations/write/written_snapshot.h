// The snapshot that a writer writes to: found, made from its base, or adopted by it; locked; advanced at the end.
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"
#include "operations/common/session.h"
#include "storage/repository.h"
#include "storage/snapshot.h"
#include "storage/snapshot_content.h"

namespace codegraph {

struct Target {
    Snapshot snapshot;
    Digest start;  // the content that is changed: the snapshot's, or its base's when it is made from that
};

// A snapshot that exists.
Task<Target> open_snapshot(const Repository& repository, std::string snapshot_id);

// The snapshot that a replacement of files in `base_id` goes to: `new_id`, made from the base when it does not exist or
// is blank and has no other base; where both are the same id, that snapshot.
Task<Target> open_replacement(const Repository& repository, std::string base_id, std::string new_id);
// The content it would start from, found without a lock and without writing.
Task<Digest> start_of_replacement(const Repository& repository, std::string base_id, std::string new_id);

// Writes what changed, and the snapshot's next revision when that makes a difference. Then indexes the contents that
// are not indexed yet, when they are few (auto_index.h).
Task<> commit(Session& session, Target& target, SnapshotContent& content, std::string_view operation);

// The error for a base other than the recorded one.
Error wrong_base(const Snapshot& snapshot, std::string_view base_id);

}  // namespace codegraph
