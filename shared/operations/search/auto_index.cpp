#include "operations/search/auto_index.h"

#include <algorithm>

#include "base/error.h"
#include "storage/content_index.h"

namespace codegraph {

// File keys come from a sequence and are committed in any order. So a segment may only reach up to a key when all file
// versions with smaller ones are seen; one that is committed later would never be found. Hence the order: the last key
// is looked up, then it is made sure that no other transaction is writing, and only then is listed what is indexed.
// Who had been given a smaller key by then has been committed or undone; who begins later is given a greater one.
// Another one that indexes is a writer too.
static Task<bool> may_index(const Session& session, const Repository& repository) {
    if (session.database == CG_SQLITE) co_return true;  // one connection writes at a time
    co_return co_await is_only_writer(repository);
}

// From half of what is allowed on: to make a segment, and to join it with others time and again, costs more than it is
// worth for a few contents, which a search reads as fast.
static bool is_due(const Backlog& backlog, uint64_t most) {
    const uint64_t contents = std::max(backlog.files, backlog.chunks);
    return contents <= most && contents >= most - most / 2;
}

Task<> auto_index_content(const Session& session, const Repository& repository) {
    const auto most = static_cast<uint64_t>(session.auto_index_content);
    if (most == 0) co_return;
    const Backlog backlog = co_await measure_backlog(repository, most);
    if (!is_due(backlog, most)) co_return;
    const bool may = co_await may_index(session, repository);
    if (!may) co_return;
    try {
        co_await index_backlog(repository, backlog.last);
    } catch (const Error& error) {
        // Of other file versions, or of the index: no reason to refuse this change. Nothing is written by then.
        if (error.kind != ErrorKind::data_corrupted) throw;
    }
}

}  // namespace codegraph
