// Calls the functions of the store that the indexer needs, and begins and ends its transactions. No other source of the
// indexer knows a function of the store.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "database.h"
#include "definitions.h"

namespace codegraph::index {

struct NewSnapshot {
    std::string id;
    std::optional<std::string> commit_hash;
    std::optional<std::string> branch;
    std::optional<std::string> base;
    std::optional<std::string> committed_at;
    std::string attrs = "{}";
};

struct SavedCounts {
    std::int64_t chunks = 0;        // counts those inserted or updated
    std::int64_t dependencies = 0;  // counts those saved in changed files
    std::int64_t files_deleted = 0;
};

struct ChangedFile {
    std::string path;
    std::string status;  // added, modified, deleted
};

struct SavedRef {
    std::string name;
    std::string snapshot_id;
    bool is_of_commit = false;  // whether the id of the snapshot is the hash of its commit
};

class Store {
public:
    Store(std::unique_ptr<Database> database, std::string repo_id)
        : database_(std::move(database)), repo_id_(std::move(repo_id)) {}

    const std::string& repo_id() const { return repo_id_; }
    // Creates or updates the repository. One that exists keeps its default branch where none is given.
    void save_repository(const std::optional<std::string>& remote_url, const std::string& local_path,
                         const std::optional<std::string>& default_branch);
    // Tells whether the repository is there.
    bool repository_exists();
    // Returns the ids of all snapshots; none when the repository is not there.
    std::unordered_set<std::string> snapshot_ids();
    void create_snapshot(const NewSnapshot& snapshot);
    // Replaces files in the snapshot as it stands. `files` is a JSON array.
    SavedCounts replace_files(const std::string& snapshot_id, std::string_view files);
    std::vector<ChangedFile> changed_files(const std::string& snapshot_id, std::string_view manifest);
    std::vector<SavedRef> refs();
    // Without a snapshot it takes the ref away.
    void set_ref(const std::string& name, const std::optional<std::string>& snapshot_id);
    // Keeps the calls above from indexing contents, which is cheaper at the end.
    void leave_contents_unindexed();
    // Brings a part of the content index up to date. Returns the number of contents, which is 0 when nothing was left.
    std::int64_t index_contents();
    void load_definitions(const std::string& snapshot_id, Definitions& definitions);
    std::optional<std::int64_t> database_size() { return database_->size(); }

    void begin() { database_->run(std::string(database_->begin_sql())); }
    void commit() { database_->run("COMMIT"); }
    // Ends the transaction, also one that failed. The connection can be used after it.
    void roll_back() noexcept;

private:
    std::unique_ptr<Database> database_;
    std::string repo_id_;
};

}  // namespace codegraph::index
