// Brings a git history or a directory into the store. Each commit becomes a snapshot, and only changed files are
// analysed.
//
// A set of changes is worked on in two passes. The first one reads the tags of all files, so that every definition is
// known. The second one makes the chunks and dependencies of each file and sends them in calls of a bounded size. One
// snapshot is one transaction.
#pragma once
#include <functional>
#include <string>
#include <unordered_set>
#include <vector>

#include "ctags.h"
#include "definitions.h"
#include "git_history.h"
#include "options.h"
#include "progress.h"
#include "refs.h"
#include "source_file.h"
#include "store.h"
#include "totals.h"

namespace codegraph::index {

class Indexer {
public:
    Indexer(Store& store, Ctags& ctags, const Options& options)
        : store_(store), ctags_(ctags), options_(options), definitions_(options.max_candidates) {}

    void index_history(const GitHistory& history);
    void index_directory();
    // Indexes the saved contents for search, call by call, each in its own transaction.
    void index_contents();
    const Totals& totals() const { return totals_; }

private:
    struct AnalyzedFile {
        SourceFile source;
        Language language;
        FileChunks chunks;
    };
    struct Plan {
        std::vector<AnalyzedFile> files;
        std::vector<std::string> deleted;
    };
    // Counts what a batch of calls has saved. The counts are added to the totals once the batch is committed.
    struct Written {
        SavedCounts saved;
        std::size_t ambiguous = 0;
    };

    NewSnapshot snapshot_of(const GitHistory& history, const Commit& commit,
                            const std::optional<std::string>& base) const;
    std::vector<SourceFile> readable_files(Progress& progress);
    // Returns the default branch to save; nothing when the saved one is to stay.
    std::optional<std::string> default_branch(const std::optional<std::string>& of_git);
    // Lets the refs of the repository follow the branches and tags of git. `snapshots` are the ids of all snapshots.
    void follow_refs(const GitHistory& history, const std::unordered_set<std::string>& snapshots);
    void know_definitions_of(const std::optional<std::string>& snapshot_id);

    // Runs what `work` does in a transaction of its own, again where it met another writer.
    void transact(const std::function<void()>& work);
    void save(const std::optional<NewSnapshot>& create, const std::string& snapshot_id, const Changes& changes,
              const ReadFile& read, Progress& progress);
    Plan plan(const Changes& changes, const ReadFile& read, Progress& progress);
    // Returns the text of a file, or std::nullopt when it cannot be indexed; the reason is then counted.
    std::optional<std::string> read_indexable_text(const SourceFile& file, const ReadFile& read);
    AnalyzedFile analyze(const SourceFile& file, const std::string& text);
    Written write(const std::string& snapshot_id, const Plan& plan, const ReadFile& read, Progress& progress);
    std::string entry_of(const AnalyzedFile& file, const ReadFile& read, std::size_t& ambiguous);

    Store& store_;
    Ctags& ctags_;
    const Options& options_;
    Definitions definitions_;
    std::optional<std::string> definitions_of_;  // names the snapshot whose definitions are in memory
    Totals totals_;
};

}  // namespace codegraph::index
