#include "operations/write/written_snapshot.h"

#include "base/error.h"
#include "model/names.h"
#include "operations/search/auto_index.h"
#include "tree/lookup.h"

namespace codegraph {

Error wrong_base(const Snapshot& snapshot, std::string_view base_id) {
    std::string recorded = snapshot.base_snapshot_id ? "has the base " + quote(*snapshot.base_snapshot_id)
                                                     : "has revisions of its own and no base";
    return {ErrorKind::object_state, "snapshot " + quote(snapshot.id) + " " + recorded + ", not " + quote(base_id),
            "Give its recorded base, or itself as the base to replace in place."};
}

Task<WrittenSnapshot> open_snapshot(const Repository& repository, std::string snapshot_id) {
    std::optional<Snapshot> snapshot = co_await lock_existing_snapshot(repository, snapshot_id);
    if (!snapshot) throw unknown_snapshot(snapshot_id, repository.id);
    check_open(*snapshot);
    co_return WrittenSnapshot{*snapshot, snapshot->root};
}

static Task<Snapshot> find_by_id(const Repository& repository, std::string snapshot_id) {
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, snapshot_id);
    if (!snapshot) throw unknown_snapshot(snapshot_id, repository.id);
    co_return *std::move(snapshot);
}

static Digest start_root_of(const Snapshot& snapshot, const Snapshot& base) {
    check_open(snapshot);
    bool recorded = snapshot.base_snapshot_id == base.id;
    if (snapshot.is_blank() && (recorded || !snapshot.base_snapshot_id)) return base.root;
    if (!recorded) throw wrong_base(snapshot, base.id);
    return snapshot.root;
}

Task<WrittenSnapshot> open_or_make_snapshot(const Repository& repository, std::string base_id, std::string new_id) {
    if (base_id == new_id) co_return co_await open_snapshot(repository, std::move(new_id));
    Snapshot base = co_await find_by_id(repository, std::move(base_id));
    std::optional<Snapshot> snapshot = co_await lock_snapshot(repository, new_id);
    if (!snapshot) {
        Snapshot made;
        made.id = std::move(new_id);
        made.base_snapshot_id = base.id;
        made.root = base.root;
        NodeStore nodes(repository.key);
        uint64_t files = co_await count_entries(nodes, base.root);
        snapshot = co_await make_snapshot(repository, std::move(made), files);
    }
    Digest start_root = start_root_of(*snapshot, base);
    const bool is_adopted = !snapshot->base_snapshot_id;
    snapshot->base_snapshot_id = base.id;
    co_return WrittenSnapshot{*snapshot, start_root, is_adopted};
}

Task<Digest> find_start_root(const Repository& repository, std::string base_id, std::string new_id) {
    Snapshot base = co_await find_by_id(repository, base_id);
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, new_id);
    if (snapshot && base_id == new_id) check_open(*snapshot);
    if (!snapshot || base_id == new_id) co_return base.root;
    co_return start_root_of(*snapshot, base);
}

Task<> commit(Session& session, WrittenSnapshot& written, SnapshotContent& content, std::string_view operation) {
    co_await content.check_chunk_ids();
    SnapshotContent::SaveResult saved = co_await content.save();
    if (saved.root == written.snapshot.root) {
        if (written.is_base_new) co_await save_snapshot_metadata(content.repository(), written.snapshot);
        co_return;
    }
    if (written.start_root != written.snapshot.root)  // an adopted snapshot was empty: all its files are new to it
        saved.files = co_await count_entries(content.nodes(), saved.root);
    co_await advance_snapshot(content.repository(), written.snapshot, saved.root, operation, saved.files);
    co_await auto_index_content(session, content.repository(), written.snapshot);
}

}  // namespace codegraph
