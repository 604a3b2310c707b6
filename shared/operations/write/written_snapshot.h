// A writer opens the snapshot that it writes to, which locks that snapshot. It changes the content in memory
// (storage/snapshot_content). Then it commits, which stores the changes and the snapshot's next revision.
#pragma once
#include <string>
#include <string_view>

#include "base/error.h"
#include "operations/common/session.h"
#include "storage/repository.h"
#include "storage/snapshot.h"
#include "storage/snapshot_content.h"

namespace codegraph {

struct WrittenSnapshot {
    Snapshot snapshot;
    Digest start_root;  // names the content to change: that of the snapshot, or of its base while the snapshot is blank
    bool is_base_new = false;  // the base of `snapshot` is not stored yet
};

// Locks a snapshot that exists. Throws unknown_snapshot() where it does not, and an error where it is sealed.
Task<WrittenSnapshot> open_snapshot(const Repository& repository, std::string snapshot_id);

// Locks the snapshot to which a replacement of files in `base_id` goes: `new_id`. Makes it from the base where it does
// not exist. Adopts it, so that it starts from the base's content, where it is blank and has no other base. Throws
// wrong_base() where its recorded base is another, or where it has revisions of its own and no base. Equal ids name one
// snapshot, which is replaced in place.
Task<WrittenSnapshot> open_or_make_snapshot(const Repository& repository, std::string base_id, std::string new_id);
// Returns the `start_root` that open_or_make_snapshot() would give, without a lock and without a write.
Task<Digest> find_start_root(const Repository& repository, std::string base_id, std::string new_id);

// Stores what changed and, where the root differs, the snapshot's next revision. An adopted snapshot gets its base in
// any case. Then indexes the contents that are not indexed yet, where they are few (operations/search/auto_index.h).
Task<> commit(Session& session, WrittenSnapshot& written, SnapshotContent& content, std::string_view operation);

// Returns the error for a base that is not the recorded one.
Error wrong_base(const Snapshot& snapshot, std::string_view base_id);

}  // namespace codegraph
