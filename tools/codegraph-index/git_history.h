// Reads the first-parent history of a git repository's HEAD, and its branches and tags, with libgit2.
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
    std::string author;        // as `Name <address>`
    std::string subject;       // the first line of the message
    std::string committed_at;  // in ISO-8601, UTC
};

// A branch of the repository itself, or a tag.
struct GitRef {
    std::string name;    // as bytes: git knows no encoding
    std::string commit;  // the id of the commit that it names, also through a tag object
    bool is_branch = false;
};

class GitHistory {
public:
    // Returns std::nullopt when `path` is no repository. Its parent directories do not count.
    static std::optional<GitHistory> open(const std::string& path);

    // Returns the ids of the commits, the oldest first. With a limit these are the newest ones. The history of a
    // shallow clone starts where it was cut.
    std::vector<std::string> commits(std::optional<std::size_t> limit) const;
    Commit commit(const std::string& id) const;
    // Returns the files that differ between two commits, or all files when `from` is not given. Links and submodules
    // are listed with their mode.
    Changes changes(const std::optional<std::string>& from, const std::string& to) const;
    std::optional<std::string> read(const SourceFile& file, std::uint64_t limit) const;

    std::vector<GitRef> refs() const;           // without those that name no commit that is there
    std::optional<std::string> branch() const;  // std::nullopt when HEAD is detached
    // Returns the default branch of `origin`, as far as the repository knows it; else branch().
    std::optional<std::string> default_branch() const;
    std::optional<std::string> remote_url() const;  // that of `origin`, without user and password
    std::string local_path() const;

private:
    struct Close {
        void operator()(git_repository* repository) const;
    };
    std::unique_ptr<git_repository, Close> repository_;
};

// Returns git's id of a blob with these bytes.
std::string git_blob_id(std::string_view bytes);
std::string without_credentials(const std::string& url);
// Writes seconds since 1970 in the form 2026-11-22T10:00:00Z.
std::string iso_time(std::int64_t seconds);

}  // namespace codegraph::index
