#include "indexer.h"

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "file_json.h"
#include "interrupt.h"
#include "references.h"
#include "source_directory.h"
#include "source_text.h"
#include "tokens.h"

namespace codegraph::index {
namespace {

constexpr std::size_t longest_path = 1024;   // in bytes; the store's limit
constexpr std::size_t call_bytes = 8 << 20;  // of JSON; a call ends with the file that reaches this size
constexpr int most_attempts = 6;             // for a transaction that meets other writers

bool is_regular(const SourceFile& file) {
    return file.mode.starts_with("100");
}

void wait_before_attempt(int attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50 << attempt));
}

}  // namespace

void Indexer::index_history(const GitHistory& history) {
    std::vector<std::string> ids = history.commits(options_.commits);
    store_.save_repository(history.remote_url(), history.local_path(), default_branch(history.default_branch()));
    std::unordered_set<std::string> present = store_.snapshot_ids();
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < ids.size(); i++)
        if (!present.contains(ids[i])) missing.push_back(i);
    totals_.snapshots_present = ids.size() - missing.size();
    Progress progress(missing.size(), options_.quiet);
    std::size_t number = 0;
    for (std::size_t i : missing) {
        stop_if_requested();
        Commit commit = history.commit(ids[i]);
        progress.commit(++number, commit.id, commit.subject);
        std::optional<std::string> base;
        if (!commit.parents.empty() && present.contains(commit.parents[0])) base = commit.parents[0];
        know_definitions_of(base);
        ReadFile read = [&](const SourceFile& file, std::uint64_t limit) { return history.read(file, limit); };
        save(snapshot_of(history, commit, base), commit.id, history.changes(base, commit.id), read, progress);
        present.insert(commit.id);
    }
    follow_refs(history, present);
}

std::optional<std::string> Indexer::default_branch(const std::optional<std::string>& of_git) {
    if (of_git || store_.repository_exists()) return of_git;
    return options_.branch;
}

void Indexer::follow_refs(const GitHistory& history, const std::unordered_set<std::string>& snapshots) {
    const std::vector<GitRef> git = history.refs();
    RefChanges changes;
    transact([&] {
        changes = find_ref_changes(git, snapshots, store_.refs());
        for (const std::string& name : changes.taken_away) store_.set_ref(name, std::nullopt);
        for (const SavedRef& ref : changes.set) store_.set_ref(ref.name, ref.snapshot_id);
    });
    for (const std::string& name : changes.refused)
        std::fprintf(stderr, "codegraph-index: %s: a ref cannot have this name; it is left out\n", name.c_str());
}

NewSnapshot Indexer::snapshot_of(const GitHistory& history, const Commit& commit,
                                 const std::optional<std::string>& base) const {
    NewSnapshot snapshot;
    snapshot.id = commit.id;
    snapshot.commit_hash = commit.id;
    snapshot.branch = options_.branch ? options_.branch : history.branch();
    snapshot.base = base;
    snapshot.committed_at = commit.committed_at;
    snapshot.attrs =
        nlohmann::json{{"author", commit.author}, {"message", commit.subject}, {"parents", commit.parents}}.dump();
    return snapshot;
}

void Indexer::know_definitions_of(const std::optional<std::string>& snapshot_id) {
    if (snapshot_id && definitions_of_ == snapshot_id) return;
    definitions_.clear();
    if (snapshot_id) store_.load_definitions(*snapshot_id, definitions_);
    definitions_of_ = snapshot_id;
}

// Returns the files of the directory that can be indexed, with their hashes.
std::vector<SourceFile> Indexer::readable_files(Progress& progress) {
    std::vector<SourceFile> listed = list_directory(options_.path);
    std::vector<SourceFile> files;
    ReadFile read = [&](const SourceFile& file, std::uint64_t limit) {
        return read_from_directory(options_.path, file, limit);
    };
    for (SourceFile& file : listed) {
        stop_if_requested();
        progress.files(files.size(), listed.size());
        std::optional<std::string> text = read_indexable_text(file, read);
        if (!text) continue;
        file.hash = git_blob_id(*text);
        files.push_back(std::move(file));
    }
    return files;
}

void Indexer::index_directory() {
    Progress progress(1, options_.quiet);
    progress.commit(1, options_.snapshot, "");
    std::vector<SourceFile> files = readable_files(progress);
    store_.save_repository(std::nullopt, std::filesystem::canonical(options_.path).string(),
                           default_branch(std::nullopt));
    std::unordered_set<std::string> present = store_.snapshot_ids();
    bool exists = present.contains(options_.snapshot);
    if (!exists && options_.base && !present.contains(*options_.base))
        throw Error("--base " + *options_.base + ": the repository " + options_.repo_id + " has no such snapshot");
    std::optional<std::string> known = exists ? std::optional(options_.snapshot) : options_.base;
    know_definitions_of(known);

    Changes changes;
    if (known) {
        nlohmann::json manifest = nlohmann::json::object();
        for (const SourceFile& file : files) manifest[file.path] = file.hash;
        std::unordered_set<std::string> changed;
        for (ChangedFile& file : store_.changed_files(*known, manifest.dump())) {
            if (file.status == "deleted") {
                changes.gone.push_back(std::move(file.path));
            } else {
                changed.insert(std::move(file.path));
            }
        }
        std::erase_if(files, [&](const SourceFile& file) { return !changed.contains(file.path); });
        totals_.files_unchanged = manifest.size() - files.size();
    }
    changes.present = std::move(files);

    std::optional<NewSnapshot> create;
    if (!exists) {
        create.emplace();
        create->id = options_.snapshot;
        create->branch = options_.branch;
        create->base = options_.base;
    }
    totals_.snapshots_present = exists;
    ReadFile read = [&](const SourceFile& file, std::uint64_t limit) {
        std::optional<std::string> text = read_from_directory(options_.path, file, limit);
        if (!text || git_blob_id(*text) != file.hash)
            throw Error(file.path + " changed while it was indexed; run again");
        return text;
    };
    save(create, options_.snapshot, changes, read, progress);
}

void Indexer::index_contents() {
    if (options_.dry_run) return;
    Progress progress(1, options_.quiet);
    std::int64_t contents = 0;
    for (int attempt = 1;;) {
        stop_if_requested();
        progress.contents(contents);
        try {
            const std::int64_t indexed = store_.index_contents();
            if (indexed == 0) return;
            contents += indexed;
            attempt = 1;
        } catch (const DatabaseError& error) {
            if (!error.may_retry || attempt == most_attempts) throw;
            wait_before_attempt(attempt++);
        }
    }
}

void Indexer::transact(const std::function<void()>& work) {
    for (int attempt = 1;; attempt++) {
        try {
            store_.begin();
            work();
            store_.commit();
            return;
        } catch (const DatabaseError& error) {
            store_.roll_back();
            if (!error.may_retry || attempt == most_attempts) throw;
            wait_before_attempt(attempt);
        } catch (...) {
            store_.roll_back();
            throw;
        }
    }
}

void Indexer::save(const std::optional<NewSnapshot>& create, const std::string& snapshot_id, const Changes& changes,
                   const ReadFile& read, Progress& progress) {
    definitions_of_.reset();  // until all is saved, they are neither the old snapshot's nor the new one's
    Plan work = plan(changes, read, progress);
    Written written;
    transact([&] {
        if (create) store_.create_snapshot(*create);
        written = write(snapshot_id, work, read, progress);
    });
    totals_.chunks += written.saved.chunks;
    totals_.dependencies += written.saved.dependencies;
    totals_.ambiguous += written.ambiguous;
    totals_.files_analyzed += work.files.size();
    totals_.files_deleted += work.deleted.size();
    totals_.snapshots += create.has_value();
    definitions_of_ = snapshot_id;
}

std::optional<std::string> Indexer::read_indexable_text(const SourceFile& file, const ReadFile& read) {
    if (!is_regular(file)) {
        totals_.skipped.links++;
        return std::nullopt;
    }
    if (file.path.size() > longest_path || !is_utf8(file.path)) {
        totals_.skipped.bad_paths++;
        return std::nullopt;
    }
    std::optional<std::string> text = read(file, options_.max_file_size);
    if (!text) {
        totals_.skipped.too_large++;
        return std::nullopt;
    }
    Unreadable why = check_text(*text);
    totals_.skipped.binary += why == Unreadable::binary;
    totals_.skipped.undecodable += why == Unreadable::undecodable;
    totals_.skipped.minified += why == Unreadable::minified;
    if (why != Unreadable::no) return std::nullopt;
    return text;
}

Indexer::Plan Indexer::plan(const Changes& changes, const ReadFile& read, Progress& progress) {
    Plan plan;
    auto remove = [&](const std::string& path) {
        if (!definitions_.has_file(path)) return;
        plan.deleted.push_back(path);
        definitions_.remove_file(path);
    };
    for (const std::string& path : changes.gone) remove(path);
    std::size_t done = 0;
    for (const SourceFile& file : changes.present) {
        stop_if_requested();
        progress.files(done++, changes.present.size() * 2);
        if (!language_of_path(file.path)) continue;
        std::optional<std::string> text = read_indexable_text(file, read);
        if (!text) {
            remove(file.path);
            continue;
        }
        plan.files.push_back(analyze(file, *text));
        const AnalyzedFile& analyzed = plan.files.back();
        definitions_.replace_file(file.path, family_of(analyzed.language), analyzed.chunks.chunks);
    }
    return plan;
}

Indexer::AnalyzedFile Indexer::analyze(const SourceFile& file, const std::string& text) {
    Language language = *language_of_path(file.path);
    std::vector<Tag> tags;
    if (!ctags_.tags_of(parser_file_name(file.path), text, tags)) totals_.parser_failures++;
    std::vector<Token> tokens = tokenize(text, family_of(language));
    return {file, language, make_chunks(file.path, language, text, tokens, std::move(tags))};
}

Indexer::Written Indexer::write(const std::string& snapshot_id, const Plan& plan, const ReadFile& read,
                                Progress& progress) {
    Written written;
    std::string call = "[";
    auto send = [&] {
        if (call.size() == 1) return;
        SavedCounts saved = store_.replace_files(snapshot_id, call + "]");
        written.saved.chunks += saved.chunks;
        written.saved.dependencies += saved.dependencies;
        call = "[";
    };
    auto add = [&](const std::string& entry) {
        if (call.size() > 1) call += ",";
        call += entry;
        if (call.size() >= call_bytes) send();
    };
    for (const std::string& path : plan.deleted) add(deleted_file_json(path));
    std::size_t done = plan.files.size();
    for (const AnalyzedFile& file : plan.files) {
        stop_if_requested();
        progress.files(done++, plan.files.size() * 2);
        add(entry_of(file, read, written.ambiguous));
    }
    send();
    return written;
}

std::string Indexer::entry_of(const AnalyzedFile& file, const ReadFile& read, std::size_t& ambiguous) {
    std::optional<std::string> text = read(file.source, options_.max_file_size);
    if (!text) throw Error(file.source.path + " grew while it was indexed; run again");
    std::vector<Token> tokens = tokenize(*text, family_of(file.language));
    std::vector<std::uint32_t> owners = owner_of_lines(file.chunks.chunks, Lines(*text).count());
    References references = find_references(file.source.path, file.language, tokens, file.chunks, owners, definitions_);
    ambiguous += references.ambiguous;
    FileFacts facts{store_.repo_id(), file.source.path, file.source.hash, file.source.mode, file.language, *text};
    return file_json(facts, file.chunks, owners, references);
}

}  // namespace codegraph::index
