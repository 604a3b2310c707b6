#include "operations/read/status.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/session.h"
#include "signatures/readers.h"
#include "storage/content_index_build.h"
#include "storage/schema.h"
#include "storage/status_statements.h"
#include "storage/stored_values.h"

namespace codegraph {

namespace {

// What a repository holds. Of one of a newer format nothing is known, and its tables are not looked at.
struct Held {
    std::optional<int64_t> snapshots, revisions, file_versions, contents_not_indexed, last_write_at;
};

// Returns nothing where the content index is damaged or hidden: that must not hide the state of the rest.
Task<std::optional<uint64_t>> count_not_indexed(const Repository& repository) {
    try {
        co_return co_await count_contents_not_indexed(repository);
    } catch (const Error& error) {
        if (error.kind != ErrorKind::data_corrupted) throw;
    }
    co_return std::nullopt;
}

Task<Held> count_held(const Repository& repository, int64_t repository_updated_at) {
    constexpr const Statement& columns = statements::count_for_status;
    Rows counted = co_await query(statements::count_for_status, repository.key);
    const std::optional<uint64_t> not_indexed = co_await count_not_indexed(repository);
    Held held;
    held.snapshots = counted.integer(0, columns["snapshots"]);
    held.revisions = counted.integer(0, columns["revisions"]);
    held.file_versions = counted.integer(0, columns["file_versions"]);
    if (not_indexed) held.contents_not_indexed = static_cast<int64_t>(*not_indexed);
    held.last_write_at = repository_updated_at;
    if (!counted.is_null(0, columns["last_write_at"]))
        held.last_write_at = std::max(repository_updated_at, read_time(counted, 0, columns["last_write_at"]));
    co_return held;
}

Task<Rows> find_formats(std::optional<std::string_view> repo_id) {
    if (repo_id) co_return co_await query(statements::find_repository_format, *repo_id);
    co_return co_await query(statements::list_repository_formats);
}

}  // namespace

Task<> status(const Arguments& arguments) {
    constexpr const Statement& columns = statements::list_repository_formats;
    constexpr int64_t no_images = 0;
    const std::optional<std::string_view> wanted = arguments.optional_text(optional_repository_arguments["repo"]);
    Rows repositories = co_await find_formats(wanted);
    if (wanted && repositories.empty()) throw unknown_repository(*wanted);
    for (size_t i = 0; i < repositories.size(); i++) {
        const std::string repo_id(repositories.text(i, columns["repo_id"]));
        const int64_t format = static_cast<int64_t>(read_count(repositories, i, columns["format"]));
        Held held;
        if (format <= storage_format) {
            const Repository repository{read_key(repositories, i, columns["repo_key"]), repo_id};
            held = co_await count_held(repository, read_time(repositories, i, columns["updated_at"]));
        }
        const Session& session = session_of(arguments);
        const auto row = row_of<status_columns>(repo_id, format, held.snapshots, held.revisions, held.file_versions,
                                                held.contents_not_indexed, held.last_write_at, session.graphs.size(),
                                                session.graphs.bytes(), session.graph_hits, session.graph_misses,
                                                no_images, no_images, no_images);
        co_yield row;
    }
}

}  // namespace codegraph
