#include "operations/search/auto_index.h"

#include <algorithm>

#include "base/error.h"
#include "storage/content_index_build.h"
#include "storage/row_security.h"

namespace codegraph {

// Returns whether no other transaction is writing. Two that index at the same time would join the same segments. A
// transaction that indexes counts as a writer, so it is the only one that does. What it then lists are the segments as
// last committed.
static Task<bool> is_alone_writing(const Session& session, const Repository& repository) {
    if (session.database == CG_SQLITE) co_return true;  // one connection writes at a time
    co_return co_await is_only_writer(repository);
}

// Returns whether no row of the repository is hidden from this writer. A segment that lacks what is hidden from its
// maker would be one for everybody.
static Task<bool> sees_all_of_the_repository(const Session& session) {
    if (session.database == CG_SQLITE || session.row_security_by_repository) co_return true;
    const std::string tables = co_await find_tables_with_row_security();
    co_return tables.empty();
}

// Returns whether the backlog is neither too large nor too small: from half of `most` to `most`. A few contents are not
// worth a segment, which costs work now and again whenever it is joined with others. A search reads them as fast.
static bool is_due(const Backlog& backlog, uint64_t most) {
    const uint64_t contents = std::max(backlog.files, backlog.chunks);
    return contents <= most && contents >= most - most / 2;
}

Task<> auto_index_content(const Session& session, const Repository& repository, const Snapshot& snapshot) {
    const auto most = static_cast<uint64_t>(session.auto_index_content);
    if (most == 0) co_return;
    const Backlog backlog = co_await count_backlog(repository, most);
    if (!is_due(backlog, most)) co_return;
    const bool sees_all = co_await sees_all_of_the_repository(session);
    if (!sees_all) co_return;
    const bool is_alone = co_await is_alone_writing(session, repository);
    if (!is_alone) co_return;
    try {
        co_await index_backlog(repository, snapshot, backlog, most);
    } catch (const Error& error) {
        // Damage to other file versions or to the index is no reason to refuse this change. What is written by then is
        // whole segments.
        if (error.kind != ErrorKind::data_corrupted) throw;
    }
}

}  // namespace codegraph
