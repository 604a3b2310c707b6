#include "storage/snapshot_name.h"

#include "base/error.h"
#include "base/time.h"
#include "model/moment.h"
#include "storage/refs.h"
#include "storage/repository_statements.h"
#include "storage/snapshot_log.h"
#include "storage/snapshot_statements.h"

namespace codegraph {

// --- names

static Task<std::optional<Snapshot>> find_newest_of_branch(const Repository& repository, std::string branch) {
    Rows rows = co_await query(statements::find_newest_of_branch, repository.key, branch);
    co_return first_snapshot(rows);
}

static Task<std::optional<Snapshot>> find_by_commit(const Repository& repository, std::string name) {
    Rows rows = co_await query(statements::find_snapshots_of_commit, repository.key, name);
    const std::optional<std::string> prefix = parse_hash_prefix(name);
    if (rows.empty() && prefix) {
        std::string end = *prefix;
        end.back()++;  // the first text that is greater than all that begin with the prefix
        rows = co_await query(statements::find_snapshots_of_commits_between, repository.key, *prefix, end);
    }
    if (rows.size() > 1) throw ambiguous_commit(name, repository.id);
    co_return first_snapshot(rows);
}

static Task<std::optional<Snapshot>> find_by_name(const Repository& repository, std::string name) {
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, name);
    if (!snapshot) snapshot = co_await find_snapshot_of_ref(repository, name);
    if (!snapshot) snapshot = co_await find_newest_of_branch(repository, name);
    if (!snapshot) snapshot = co_await find_by_commit(repository, name);
    co_return snapshot;
}

// --- steps

// Returns nothing where a base is missing. Bases may go round in a circle, where a snapshot was deleted and made again:
// so there are no more steps than snapshots.
static Task<std::optional<Snapshot>> go_to_base(const Repository& repository, Snapshot snapshot, int64_t steps) {
    if (steps == 0) co_return snapshot;
    Rows rows = co_await query(statements::find_snapshot_of_number, repository.key, steps);
    if (rows.empty()) co_return std::nullopt;
    rows = co_await query(statements::find_base_of_snapshot, repository.key, snapshot.key, steps);
    co_return first_snapshot(rows);
}

static Task<std::optional<Snapshot>> find_by_name_and_steps(const Repository& repository, std::string text) {
    std::optional<Snapshot> snapshot = co_await find_by_name(repository, text);
    const std::optional<SnapshotSteps> steps = parse_steps(text);
    if (snapshot || !steps) co_return snapshot;
    snapshot = co_await find_by_name(repository, steps->name);
    if (snapshot) snapshot = co_await go_to_base(repository, *std::move(snapshot), steps->count);
    co_return snapshot;
}

// --- moments

static Snapshot at_revision(Snapshot snapshot, const Revision& revision) {
    snapshot.revision = revision.number;
    snapshot.root = revision.root;
    return snapshot;
}

static Task<Snapshot> find_revision_of(const Repository& repository, Snapshot snapshot, RevisionNumber wanted) {
    const std::optional<Revision> revision = co_await find_revision(repository, snapshot.key, wanted.number);
    if (!revision) {
        co_await check_pruned(repository, snapshot, wanted.number);
        throw unknown_revision(snapshot.id, wanted.number);
    }
    co_return at_revision(std::move(snapshot), *revision);
}

// Returns the newest snapshot that the branch had at that time, or nothing where no snapshot carries the branch. Where
// the history of the branch was loaded later, what the snapshot is now stands for what it was. Throws
// unknown_snapshot(argument) where the branch had none yet.
static Task<std::optional<Snapshot>> find_branch_at(const Repository& repository, std::string argument,
                                                    std::string branch, PointInTime time) {
    Rows rows = co_await query(statements::find_newest_of_branch_by, repository.key, branch, time.milliseconds);
    std::optional<Snapshot> snapshot = first_snapshot(rows);
    if (!snapshot) {
        const std::optional<Snapshot> later = co_await find_newest_of_branch(repository, branch);
        if (later) throw unknown_snapshot(argument, repository.id);
        co_return std::nullopt;
    }
    const std::optional<Revision> revision = co_await find_revision_at(repository, snapshot->key, time.milliseconds);
    if (revision) snapshot = at_revision(*std::move(snapshot), *revision);
    co_return snapshot;
}

static Task<Snapshot> find_snapshot_at_time(const Repository& repository, std::string argument, std::string name,
                                            PointInTime time) {
    std::optional<Snapshot> snapshot = co_await look_up_snapshot(repository, name);
    if (!snapshot) {
        std::optional<Snapshot> of_branch = co_await find_branch_at(repository, argument, name, time);
        if (of_branch) co_return *std::move(of_branch);
        snapshot = co_await find_by_name_and_steps(repository, name);
    }
    if (!snapshot) throw unknown_snapshot(argument, repository.id);
    const std::optional<Revision> revision = co_await find_revision_at(repository, snapshot->key, time.milliseconds);
    if (!revision) throw unknown_moment(snapshot->id, format_time(time.milliseconds));
    co_return at_revision(*std::move(snapshot), *revision);
}

static Task<Snapshot> find_snapshot_at_moment(const Repository& repository, std::string argument,
                                              SnapshotMoment named) {
    if (const auto* time = std::get_if<PointInTime>(&named.moment))
        co_return co_await find_snapshot_at_time(repository, std::move(argument), std::move(named.name), *time);
    std::optional<Snapshot> snapshot = co_await find_by_name_and_steps(repository, named.name);
    if (!snapshot) throw unknown_snapshot(argument, repository.id);
    co_return co_await find_revision_of(repository, *std::move(snapshot), std::get<RevisionNumber>(named.moment));
}

Task<Snapshot> find_snapshot(const Repository& repository, std::string argument) {
    std::optional<SnapshotMoment> named = parse_moment(argument);
    std::optional<Snapshot> snapshot;
    if (named)
        snapshot = co_await look_up_snapshot(repository, argument);
    else
        snapshot = co_await find_by_name_and_steps(repository, argument);
    if (snapshot) co_return *std::move(snapshot);
    if (!named) throw unknown_snapshot(argument, repository.id);
    co_return co_await find_snapshot_at_moment(repository, std::move(argument), *std::move(named));
}

Task<std::optional<Snapshot>> find_default_snapshot(const Repository& repository) {
    Rows found = co_await query(statements::find_default_branch, repository.key);
    if (found.empty()) co_return std::nullopt;
    const std::string branch(found.text(0, statements::find_default_branch["default_branch"]));
    std::optional<Snapshot> snapshot = co_await find_snapshot_of_ref(repository, branch);
    if (!snapshot) snapshot = co_await find_newest_of_branch(repository, branch);
    if (!snapshot) {
        Rows newest = co_await query(statements::find_newest_snapshot, repository.key);
        snapshot = first_snapshot(newest);
    }
    co_return snapshot;
}

}  // namespace codegraph
