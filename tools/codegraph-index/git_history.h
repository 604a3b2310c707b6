// The first-parent history of a git repository's HEAD, read with libgit2.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "source_file.h"

struct git_repository;

namespace codegraph::index {

struct Commit {
    std::string id;
    std::vector<std::string> parents;
    std::string author;        // Name <address>
    std::string subject;       // first line of the message
    std::string committed_at;  // ISO-8601, UTC
};

class GitHistory {
public:
    // Nothing when `path` is no repository (its parent directories do not count).
    static std::optional<GitHistory> open(const std::string& path);

    // Commit ids, oldest first; the newest `limit` ones when it is given. A shallow clone's history starts where it was
    // cut.
    std::vector<std::string> commits(std::optional<std::size_t> limit) const;
    Commit commit(const std::string& id) const;
    // What differs between two commits' files; all files without `from`. Links and submodules are listed with their
    // mode.
    Changes changes(const std::optional<std::string>& from, const std::string& to) const;
    std::optional<std::string> read(const SourceFile& file, std::uint64_t limit) const;

    std::optional<std::string> branch() const;      // nothing when HEAD is detached
    std::optional<std::string> remote_url() const;  // of `origin`, without user and password
    std::string local_path() const;

private:
    struct Close {
        void operator()(git_repository* repository) const;
    };
    std::unique_ptr<git_repository, Close> repository_;
};

// Git's id of a blob with these bytes.
std::string git_blob_id(std::string_view bytes);
std::string without_credentials(const std::string& url);
// Seconds since 1970 as 2026-11-22T10:00:00Z.
std::string iso_time(std::int64_t seconds);

}  // namespace codegraph::index
