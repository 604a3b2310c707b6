#include "operations/write/snapshots.h"

#include "base/error.h"
#include "model/names.h"
#include "operations/common/argument_forms.h"
#include "operations/common/session.h"
#include "operations/write/written_snapshot.h"
#include "signatures/writers.h"
#include "storage/row_security.h"
#include "storage/snapshot_statements.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

struct GivenSnapshot {
    std::string id;
    std::optional<std::string> commit_hash, branch_name, base_snapshot_id, attrs;
    std::optional<int64_t> committed_at;
};

Task<GivenSnapshot> read_given_snapshot(const Arguments& arguments) {
    GivenSnapshot given;
    given.id = name_argument(arguments, created_snapshot_arguments["snapshot_id"], id_limit);
    given.commit_hash = short_text_argument(arguments, created_snapshot_arguments["commit_hash"], name_limit);
    given.branch_name = short_text_argument(arguments, created_snapshot_arguments["branch_name"], name_limit);
    given.base_snapshot_id =
        optional_name_argument(arguments, created_snapshot_arguments["base_snapshot_id"], id_limit);
    if (given.base_snapshot_id == given.id) throw invalid("snapshot " + quote(given.id) + " cannot be its own base");
    given.committed_at = time_argument(arguments, created_snapshot_arguments["committed_at"]);
    given.attrs = co_await attrs_argument(arguments, created_snapshot_arguments["attrs"]);
    co_return given;
}

// Replaces the saved metadata by what is given; returns whether that changes anything.
bool replace_metadata(Snapshot& snapshot, const GivenSnapshot& given) {
    bool changed = false;
    auto replace = [&](auto& saved, const auto& value) {
        if (!value || saved == *value) return;
        saved = *value;
        changed = true;
    };
    replace(snapshot.commit_hash, given.commit_hash);
    replace(snapshot.branch_name, given.branch_name);
    replace(snapshot.committed_at, given.committed_at);
    replace(snapshot.attrs, given.attrs);
    return changed;
}

Task<std::optional<Snapshot>> find_base(const Repository& repository, const GivenSnapshot& given) {
    std::optional<Snapshot> base;
    if (given.base_snapshot_id) {
        base = co_await look_up_snapshot(repository, *given.base_snapshot_id);
        if (!base) throw unknown_snapshot(*given.base_snapshot_id, repository.id);
    }
    co_return base;
}

Task<Snapshot> make_snapshot_as_given(const Repository& repository, const GivenSnapshot& given) {
    std::optional<Snapshot> base = co_await find_base(repository, given);
    Snapshot snapshot;
    snapshot.id = given.id;
    replace_metadata(snapshot, given);
    snapshot.base_snapshot_id = given.base_snapshot_id;
    snapshot.root = base ? base->root : empty_root();
    NodeStore nodes(repository.key);
    uint64_t files = co_await count_entries(nodes, snapshot.root);
    co_return co_await make_snapshot(repository, std::move(snapshot), files);
}

// Gives a blank snapshot without a base the given base, whose content becomes the next revision of the snapshot.
Task<> adopt_base(const Repository& repository, Snapshot& snapshot, const GivenSnapshot& given) {
    if (!snapshot.is_blank() || snapshot.base_snapshot_id) throw wrong_base(snapshot, *given.base_snapshot_id);
    check_open(snapshot);
    std::optional<Snapshot> base = co_await find_base(repository, given);
    snapshot.base_snapshot_id = base->id;
    if (base->root == snapshot.root) {
        co_await save_snapshot_metadata(repository, snapshot);
        co_return;
    }
    NodeStore nodes(repository.key);
    uint64_t files = co_await count_entries(nodes, base->root);
    co_await advance_snapshot(repository, snapshot, base->root, "create_snapshot", files);
}

}  // namespace

Task<> create_snapshot(const Arguments& arguments) {
    GivenSnapshot given = co_await read_given_snapshot(arguments);
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    std::optional<Snapshot> snapshot = co_await lock_snapshot(repository, given.id);
    if (!snapshot) snapshot = co_await make_snapshot_as_given(repository, given);
    if (given.base_snapshot_id && snapshot->base_snapshot_id != given.base_snapshot_id)
        co_await adopt_base(repository, *snapshot, given);
    if (replace_metadata(*snapshot, given)) {
        check_open(*snapshot);
        co_await save_snapshot_metadata(repository, *snapshot);
    }
    const auto row = row_of<snapshot_id_column>(given.id);
    co_yield row;
}

Task<> seal_snapshot(const Arguments& arguments) {
    Repository repository =
        co_await repository_argument(arguments, written_repository_arguments["repo_id"], RepositoryLock::share);
    std::string id(arguments.text(written_snapshot_arguments["snapshot_id"]));
    std::optional<Snapshot> snapshot = co_await lock_existing_snapshot(repository, id);
    if (!snapshot) throw unknown_snapshot(id, repository.id);
    co_await seal_snapshot(repository, *snapshot);
    const auto row = row_of<snapshot_id_column>(id);
    co_yield row;
}

// Throws where a policy hides revisions of the snapshot from the caller: they would stay when the snapshot is gone.
// Older revisions that were pruned look the same as hidden ones.
static Task<> check_sees_log(const Session& session, const Repository& repository, const Snapshot& snapshot) {
    constexpr const Statement& columns = statements::count_log_entries;
    if (session.database == CG_SQLITE || session.row_security_by_repository) co_return;
    const std::string tables = co_await find_tables_with_row_security();
    if (tables.find("codegraph_log") == std::string::npos) co_return;
    Rows rows = co_await query(statements::count_log_entries, repository.key, snapshot.key);
    if (rows.integer(0, columns["count"]) <= snapshot.revision)
        throw hidden("revisions of snapshot " + quote(snapshot.id) + " are missing", tables);
}

// Deletes the snapshot where it and its repository are there. Returns how many snapshots that were.
static Task<uint64_t> delete_snapshot(const Session& session, std::string repo_id, std::string id) {
    std::optional<Repository> repository = co_await look_up_repository(std::move(repo_id), RepositoryLock::share);
    if (!repository) co_return 0;
    std::optional<Snapshot> snapshot = co_await lock_existing_snapshot(*repository, std::move(id));
    if (!snapshot) co_return 0;
    co_await check_sees_log(session, *repository, *snapshot);
    co_await delete_snapshot(*repository, *snapshot);
    co_return 1;
}

Task<> delete_snapshot(const Arguments& arguments) {
    const uint64_t count = co_await delete_snapshot(
        session_of(arguments), std::string(arguments.text(written_repository_arguments["repo_id"])),
        std::string(arguments.text(written_snapshot_arguments["snapshot_id"])));
    const auto row = row_of<count_column>(count);
    co_yield row;
}

}  // namespace codegraph
