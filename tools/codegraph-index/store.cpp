#include "store.h"

#include <array>
#include <nlohmann/json.hpp>

namespace codegraph::index {
namespace {

Parameter as_parameter(const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    return *text;
}

}  // namespace

bool Store::repository_exists() {
    bool exists = false;
    const std::array parameters{Parameter(repo_id_)};
    database_->run("SELECT repo_id FROM cg_repositories() WHERE repo_id = $1", parameters, [&](Row) { exists = true; });
    return exists;
}

void Store::save_repository(const std::optional<std::string>& remote_url, const std::string& local_path,
                            const std::optional<std::string>& default_branch) {
    const std::array parameters{Parameter(repo_id_), as_parameter(remote_url), Parameter(local_path),
                                as_parameter(default_branch)};
    database_->run("SELECT cg_save_repository($1, NULL, $2, $3, $4)", parameters, [](Row) {});
}

std::unordered_set<std::string> Store::snapshot_ids() {
    std::unordered_set<std::string> ids;
    if (!repository_exists()) return ids;
    const std::array parameters{Parameter(repo_id_)};
    database_->run("SELECT snapshot_id FROM cg_snapshots($1)", parameters,
                   [&](Row row) { ids.emplace(row[0].value()); });
    return ids;
}

void Store::create_snapshot(const NewSnapshot& snapshot) {
    const std::array parameters{
        Parameter(repo_id_),           Parameter(snapshot.id),      as_parameter(snapshot.commit_hash),
        as_parameter(snapshot.branch), as_parameter(snapshot.base), as_parameter(snapshot.committed_at),
        Parameter(snapshot.attrs)};
    database_->run("SELECT cg_create_snapshot($1, $2, $3, $4, $5, $6, $7)", parameters, [](Row) {});
}

SavedCounts Store::replace_files(const std::string& snapshot_id, std::string_view files) {
    SavedCounts counts;
    const std::array parameters{Parameter(repo_id_), Parameter(snapshot_id), Parameter(snapshot_id), Parameter(files)};
    database_->run("SELECT cg_replace_files($1, $2, $3, $4)", parameters, [&](Row row) {
        nlohmann::json object = nlohmann::json::parse(row[0].value_or("{}"), nullptr, false);
        if (!object.is_object()) throw Error("cg_replace_files did not answer with counts");
        counts.chunks =
            object.value("chunks_inserted", std::int64_t{0}) + object.value("chunks_updated", std::int64_t{0});
        counts.dependencies = object.value("dependencies", std::int64_t{0});
        counts.files_deleted = object.value("files_deleted", std::int64_t{0});
    });
    return counts;
}

std::vector<ChangedFile> Store::changed_files(const std::string& snapshot_id, std::string_view manifest) {
    std::vector<ChangedFile> files;
    const std::array parameters{Parameter(repo_id_), Parameter(snapshot_id), Parameter(manifest)};
    database_->run("SELECT file_path, status FROM cg_changed_files($1, $2, $3)", parameters, [&](Row row) {
        files.push_back({std::string(row[0].value()), std::string(row[1].value())});
    });
    return files;
}

std::vector<SavedRef> Store::refs() {
    std::vector<SavedRef> refs;
    const std::array parameters{Parameter(repo_id_)};
    database_->run(
        "SELECT r.ref, r.snapshot_id, CASE WHEN s.commit_hash = s.snapshot_id THEN 'commit' END "
        "FROM cg_refs($1) r JOIN cg_snapshots($1) s ON s.snapshot_id = r.snapshot_id ORDER BY r.ref",
        parameters, [&](Row row) {
            refs.push_back({std::string(row[0].value()), std::string(row[1].value()), row[2].has_value()});
        });
    return refs;
}

void Store::set_ref(const std::string& name, const std::optional<std::string>& snapshot_id) {
    const std::array parameters{Parameter(repo_id_), Parameter(name), as_parameter(snapshot_id)};
    database_->run("SELECT cg_set_ref($1, $2, $3)", parameters, [](Row) {});
}

void Store::leave_contents_unindexed() {
    database_->run("SELECT cg_config('auto_index_content', '0')");
}

std::int64_t Store::index_contents() {
    std::int64_t contents = 0;
    const std::array parameters{Parameter(repo_id_)};
    database_->run("SELECT cg_index_content($1)", parameters, [&](Row row) {
        nlohmann::json object = nlohmann::json::parse(row[0].value_or("{}"), nullptr, false);
        if (!object.is_object()) throw Error("cg_index_content did not answer with counts");
        contents = object.value("contents", std::int64_t{0});
    });
    return contents;
}

void Store::load_definitions(const std::string& snapshot_id, Definitions& definitions) {
    definitions.clear();
    const std::array parameters{Parameter(repo_id_), Parameter(snapshot_id)};
    database_->run("SELECT file_path, kind, fqn, name, language, symbol_visibility FROM cg_chunks($1, $2)", parameters,
                   [&](Row row) {
                       std::optional<Language> language = language_of_name(row[4].value_or(""));
                       if (!language) return;  // not from this program
                       std::uint32_t file = definitions.add_file(row[0].value());
                       if (row[2])
                           definitions.add(file, row[1].value_or(""), *row[2], row[3].value_or(""),
                                           family_of(*language), row[5].value_or(""));
                   });
}

void Store::roll_back() noexcept {
    try {
        database_->run("ROLLBACK");
    } catch (const std::exception&) {
        // SQLite has rolled back by itself after some errors and says that there is no transaction.
    }
}

}  // namespace codegraph::index
