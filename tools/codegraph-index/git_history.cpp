#include "git_history.h"

#include <git2.h>

#include <algorithm>
#include <cstdio>
#include <ctime>

#include "error.h"
#include "source_text.h"

namespace codegraph::index {
namespace {

template <class T, void (*free_function)(T*)>
struct Free {
    void operator()(T* object) const { free_function(object); }
};
template <class T, void (*free_function)(T*)>
using Owned = std::unique_ptr<T, Free<T, free_function>>;
using OwnedCommit = Owned<git_commit, git_commit_free>;
using OwnedTree = Owned<git_tree, git_tree_free>;
using OwnedDiff = Owned<git_diff, git_diff_free>;
using OwnedBlob = Owned<git_blob, git_blob_free>;
using OwnedReference = Owned<git_reference, git_reference_free>;
using OwnedReferences = Owned<git_reference_iterator, git_reference_iterator_free>;
using OwnedObject = Owned<git_object, git_object_free>;
using OwnedRemote = Owned<git_remote, git_remote_free>;

std::string last_error() {
    const git_error* error = git_error_last();
    return error ? error->message : "unknown reason";
}

void check(int code, const std::string& what) {
    if (code < 0) throw Error("git: " + what + ": " + last_error());
}

std::string hex(const git_oid* id) {
    char text[GIT_OID_HEXSZ + 1];
    return git_oid_tostr(text, sizeof text, id);
}

git_oid parse_id(const std::string& id) {
    git_oid oid;
    check(git_oid_fromstr(&oid, id.c_str()), "bad id " + id);
    return oid;
}

OwnedCommit find_commit(git_repository* repository, const std::string& id) {
    git_oid oid = parse_id(id);
    git_commit* commit = nullptr;
    check(git_commit_lookup(&commit, repository, &oid), "cannot read commit " + id);
    return OwnedCommit(commit);
}

OwnedTree find_tree(git_repository* repository, const std::string& id) {
    OwnedCommit commit = find_commit(repository, id);
    git_tree* tree = nullptr;
    check(git_commit_tree(&tree, commit.get()), "cannot read the tree of commit " + id);
    return OwnedTree(tree);
}

// Commit messages may be in any encoding; what is not UTF-8 is replaced byte by byte, NUL cannot occur.
std::string as_utf8(std::string_view text) {
    if (is_utf8(text)) return std::string(text);
    std::string clean;
    for (char c : text) clean.append(static_cast<unsigned char>(c) < 0x80 ? std::string(1, c) : "?");
    return clean;
}

std::string mode_text(std::uint16_t mode) {
    char text[8];
    std::snprintf(text, sizeof text, "%06o", static_cast<unsigned>(mode));
    return text;
}

}  // namespace

void GitHistory::Close::operator()(git_repository* repository) const {
    git_repository_free(repository);
    git_libgit2_shutdown();
}

std::optional<GitHistory> GitHistory::open(const std::string& path) {
    git_libgit2_init();
    git_repository* repository = nullptr;
    int code = git_repository_open_ext(&repository, path.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
    if (code < 0) {
        std::string reason = last_error();
        git_libgit2_shutdown();
        if (code == GIT_ENOTFOUND) return std::nullopt;
        if (code == GIT_EOWNER) reason += "; if you trust it, run: git config --global --add safe.directory " + path;
        throw Error("cannot open the git repository " + path + ": " + reason);
    }
    GitHistory history;
    history.repository_.reset(repository);
    if (git_repository_head_unborn(repository) == 1)
        throw Error("the git repository " + path + " has no commits yet; commit something first");
    return history;
}

std::vector<std::string> GitHistory::commits(std::optional<std::size_t> limit) const {
    std::vector<std::string> ids;
    git_oid id;
    check(git_reference_name_to_id(&id, repository_.get(), "HEAD"), "cannot read HEAD");
    while (!limit || ids.size() < *limit) {
        git_commit* found = nullptr;
        int code = git_commit_lookup(&found, repository_.get(), &id);
        if (code == GIT_ENOTFOUND && !ids.empty()) break;  // a shallow clone ends here
        check(code, "cannot read commit " + hex(&id));
        OwnedCommit commit(found);
        ids.push_back(hex(&id));
        if (git_commit_parentcount(found) == 0) break;
        id = *git_commit_parent_id(found, 0);
    }
    std::reverse(ids.begin(), ids.end());
    return ids;
}

Commit GitHistory::commit(const std::string& id) const {
    OwnedCommit found = find_commit(repository_.get(), id);
    Commit commit;
    commit.id = id;
    for (unsigned i = 0; i < git_commit_parentcount(found.get()); i++)
        commit.parents.push_back(hex(git_commit_parent_id(found.get(), i)));
    const git_signature* author = git_commit_author(found.get());
    commit.author = as_utf8(std::string(author->name) + " <" + author->email + ">");
    const char* subject = git_commit_summary(found.get());
    commit.subject = as_utf8(subject ? subject : "");
    commit.committed_at = iso_time(git_commit_time(found.get()));
    return commit;
}

Changes GitHistory::changes(const std::optional<std::string>& from, const std::string& to) const {
    OwnedTree old_tree;
    if (from) old_tree = find_tree(repository_.get(), *from);
    OwnedTree new_tree = find_tree(repository_.get(), to);
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
    git_diff* made = nullptr;
    check(git_diff_tree_to_tree(&made, repository_.get(), old_tree.get(), new_tree.get(), &options),
          "cannot compare with commit " + to);
    OwnedDiff diff(made);
    Changes changes;
    for (std::size_t i = 0; i < git_diff_num_deltas(diff.get()); i++) {
        const git_diff_delta* delta = git_diff_get_delta(diff.get(), i);
        if (delta->status == GIT_DELTA_DELETED) {
            changes.gone.emplace_back(delta->old_file.path);
            continue;
        }
        bool same_type = (delta->old_file.mode & 0170000) == (delta->new_file.mode & 0170000);
        if (from && same_type && git_oid_equal(&delta->old_file.id, &delta->new_file.id))
            continue;  // only its permissions
        changes.present.push_back({delta->new_file.path, hex(&delta->new_file.id), mode_text(delta->new_file.mode)});
    }
    return changes;
}

std::optional<std::string> GitHistory::read(const SourceFile& file, std::uint64_t limit) const {
    git_oid id = parse_id(file.hash);
    git_odb* store = nullptr;
    check(git_repository_odb(&store, repository_.get()), "cannot read objects");
    Owned<git_odb, git_odb_free> owned_store(store);
    std::size_t size = 0;
    git_object_t type;
    check(git_odb_read_header(&size, &type, store, &id), "cannot read " + file.path);
    if (size > limit) return std::nullopt;
    git_blob* found = nullptr;
    check(git_blob_lookup(&found, repository_.get(), &id), "cannot read " + file.path);
    OwnedBlob blob(found);
    return std::string(static_cast<const char*>(git_blob_rawcontent(found)),
                       static_cast<std::size_t>(git_blob_rawsize(found)));
}

std::vector<GitRef> GitHistory::refs() const {
    git_reference_iterator* made = nullptr;
    check(git_reference_iterator_new(&made, repository_.get()), "cannot read the refs");
    OwnedReferences references(made);
    std::vector<GitRef> refs;
    for (;;) {
        git_reference* next = nullptr;
        const int code = git_reference_next(&next, references.get());
        if (code == GIT_ITEROVER) return refs;
        check(code, "cannot read the refs");
        OwnedReference reference(next);
        const bool is_branch = git_reference_is_branch(next) == 1;
        if (!is_branch && git_reference_is_tag(next) == 0) continue;
        git_object* commit = nullptr;
        if (git_reference_peel(&commit, next, GIT_OBJECT_COMMIT) < 0) continue;
        OwnedObject owned(commit);
        const std::string_view prefix = is_branch ? "refs/heads/" : "refs/tags/";
        refs.push_back({git_reference_name(next) + prefix.size(), hex(git_object_id(commit)), is_branch});
    }
}

std::optional<std::string> GitHistory::default_branch() const {
    constexpr std::string_view prefix = "refs/remotes/origin/";
    git_reference* head = nullptr;
    if (git_reference_lookup(&head, repository_.get(), "refs/remotes/origin/HEAD") < 0) return branch();
    OwnedReference owned(head);
    const char* target = git_reference_symbolic_target(head);
    if (target == nullptr || !std::string_view(target).starts_with(prefix)) return branch();
    return std::string(target + prefix.size());
}

std::optional<std::string> GitHistory::branch() const {
    if (git_repository_head_detached(repository_.get()) == 1) return std::nullopt;
    git_reference* head = nullptr;
    check(git_repository_head(&head, repository_.get()), "cannot read HEAD");
    OwnedReference owned(head);
    return std::string(git_reference_shorthand(head));
}

std::optional<std::string> GitHistory::remote_url() const {
    git_remote* remote = nullptr;
    if (git_remote_lookup(&remote, repository_.get(), "origin") < 0) return std::nullopt;
    OwnedRemote owned(remote);
    const char* url = git_remote_url(remote);
    if (url == nullptr) return std::nullopt;
    return without_credentials(url);
}

std::string GitHistory::local_path() const {
    const char* directory = git_repository_workdir(repository_.get());
    std::string path = directory ? directory : git_repository_path(repository_.get());
    if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    return path;
}

std::string git_blob_id(std::string_view bytes) {
    git_oid id;
    check(git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB), "cannot compute a hash");
    return hex(&id);
}

std::string without_credentials(const std::string& url) {
    std::size_t scheme = url.find("://");
    if (scheme == std::string::npos) return url;  // user@host:path names no password
    std::size_t host = scheme + 3;
    std::size_t end = url.find('/', host);
    std::size_t at = url.substr(0, end).rfind('@');
    if (at == std::string::npos || at < host) return url;
    return url.substr(0, host) + url.substr(at + 1);
}

std::string iso_time(std::int64_t seconds) {
    std::time_t time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    char text[40];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace codegraph::index
