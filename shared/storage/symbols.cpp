#include "storage/symbols.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/error.h"
#include "engine/changes.h"
#include "engine/long_sort.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "storage/file_statements.h"
#include "storage/sequences.h"
#include "storage/stored_values.h"

namespace codegraph {

namespace {

struct HashedName {
    Digest hash;
    std::string_view name;
    int64_t* key = nullptr;  // where the key goes, when it is asked for
};
using HashedNames = std::vector<HashedName>;  // ordered by hash, which is the order in which all writers insert

bool comes_before(const HashedName& a, const HashedName& b) {
    return a.hash < b.hash;
}

Task<HashedNames> hash_names(const std::vector<std::string>& names) {
    Sha256 sha256;
    HashedNames by_hash;
    by_hash.reserve(names.size());
    Pace pace;
    for (const std::string& name : names) {
        by_hash.push_back({sha256.hash(name), name});
        if (pace.is_due()) co_await checkpoint();
    }
    co_await sort_in_pieces(by_hash, comes_before);
    const auto same = [](const HashedName& a, const HashedName& b) { return a.hash == b.hash; };
    by_hash.erase(std::unique(by_hash.begin(), by_hash.end(), same), by_hash.end());
    co_return by_hash;
}

Task<HashedNames> hash_names(SymbolKeys::KeysByName& keys) {
    Sha256 sha256;
    HashedNames by_hash;
    by_hash.reserve(keys.size());
    Pace pace;
    for (auto& [name, key] : keys) {
        by_hash.push_back({sha256.hash(name), name, &key});
        if (pace.is_due()) co_await checkpoint();
    }
    co_await sort_in_pieces(by_hash, comes_before);
    co_return by_hash;
}

// Returns the name whose hash a row has, or nullptr.
const HashedName* name_of(const HashedNames& names, const Rows& rows, size_t row) {
    const Digest hash = Digest::from_bytes(rows.blob(row, statements::find_symbols["name_hash"]), "a symbol's hash");
    const auto found = std::ranges::lower_bound(names, hash, {}, &HashedName::hash);
    return found != names.end() && found->hash == hash ? &*found : nullptr;
}

// Returns the name whose hash a row repeats from the question.
std::string asked_name(const HashedNames& names, const Rows& rows, size_t row) {
    const HashedName* name = name_of(names, rows, row);
    if (!name) throw corrupt("a definition is of another symbol");
    return std::string(name->name);
}

// Reads keys from the rows. Names that get their keys are missing no more.
void read_keys(const Rows& rows, HashedNames& missing) {
    for (size_t row = 0; row < rows.size(); row++)
        if (const HashedName* name = name_of(missing, rows, row))
            *name->key = read_key(rows, row, statements::find_symbols["symbol_key"]);
    std::erase_if(missing, [](const HashedName& name) { return *name.key != 0; });
}

Batch look_up(const Statement& statement, const Repository& repository, const HashedNames& names) {
    Batch batch(statement);
    for (const HashedName& name : names) batch.add(repository.key, blob_cell(name.hash.view()));
    return batch;
}

}  // namespace

Task<> SymbolKeys::resolve(const Repository& repository) {
    HashedNames missing = co_await hash_names(keys_);
    std::vector<const int64_t*> new_keys;

    Batch find = look_up(statements::find_symbols, repository, missing);
    Rows known = co_await run(find);
    read_keys(known, missing);

    Batch insert(statements::insert_symbols);
    for (const HashedName& name : missing) {
        insert.add(repository.key, blob_cell(name.hash.view()), name.name);
        new_keys.push_back(name.key);
    }
    Rows made = co_await run(insert);
    read_keys(made, missing);

    // Finds what another writer made between the two requests; on SQLite, where the insert returns nothing, all new
    // keys.
    Batch again = look_up(statements::find_symbols, repository, missing);
    Rows others = co_await run(again);
    read_keys(others, missing);
    if (!missing.empty()) {
        co_await check_given_keys(symbol_keys, repository.key, insert.size(), static_cast<size_t>(made.changed));
        throw rows_skipped_by(statements::insert_symbols);
    }
    for (const int64_t* key : new_keys) new_keys_.insert(*key);
}

Task<> SymbolNames::resolve(const Repository& repository) {
    Batch find(statements::find_names);
    for (int64_t key : pending_) find.add(repository.key, key);
    Rows rows = co_await run(find);
    std::unordered_set<int64_t> missing(pending_.begin(), pending_.end());
    for (size_t row = 0; row < rows.size(); row++) {
        const int64_t key = rows.integer(row, statements::find_names["symbol_key"]);
        if (missing.erase(key) > 0) names_[key] = rows.text(row, statements::find_names["name"]);
    }
    if (!missing.empty()) throw codegraph::missing("a symbol that an outline refers to is missing");
    pending_.clear();
}

Task<std::map<std::string, std::vector<Definition>, std::less<>>> find_definitions(const Repository& repository,
                                                                                   std::vector<std::string> names) {
    const HashedNames by_hash = co_await hash_names(names);
    Batch find = look_up(statements::find_definitions, repository, by_hash);
    Rows rows = co_await run(find);
    std::map<std::string, std::vector<Definition>, std::less<>> definitions;
    for (size_t row = 0; row < rows.size(); row++) {
        Definition definition{std::string(rows.text(row, statements::find_definitions["path"])),
                              read_flag(rows, row, statements::find_definitions["as_id"])};
        definitions[asked_name(by_hash, rows, row)].push_back(std::move(definition));
    }
    co_return definitions;
}

Task<PathsById> find_paths_of_explicit_ids(const Repository& repository, std::vector<std::string> ids) {
    const HashedNames by_hash = co_await hash_names(ids);
    Batch find = look_up(statements::find_definitions_as_id, repository, by_hash);
    Rows rows = co_await run(find);
    PathsById paths;
    for (size_t row = 0; row < rows.size(); row++)
        paths[asked_name(by_hash, rows, row)].emplace_back(rows.text(row, statements::find_definitions_as_id["path"]));
    co_return paths;
}

Task<bool> has_misleading_ids(const Repository& repository) {
    const Digest hash = Sha256().hash(misleading_ids);
    const Rows rows = co_await query(statements::find_any_definition_as_id, repository.key, blob_cell(hash.view()));
    co_return !rows.empty();
}

Task<PathsById> find_paths_of_ids(const Repository& repository, std::vector<std::string> ids) {
    PathsById paths = co_await find_paths_of_explicit_ids(repository, ids);
    for (const std::string& id : ids) {
        const std::vector<std::string_view> named = paths_of_computed_id(repository.id, id);
        if (named.empty()) continue;
        std::vector<std::string>& paths_of_id = paths[id];
        paths_of_id.insert(paths_of_id.begin(), named.begin(), named.end());
    }
    co_return paths;
}

Task<std::vector<std::string>> find_paths_with_fqn(const Repository& repository, std::string fqn) {
    std::vector<std::string> names(1, fqn);
    std::map<std::string, std::vector<Definition>, std::less<>> definitions =
        co_await find_definitions(repository, std::move(names));
    std::set<std::string> paths;
    for (auto& [name, definitions_of_name] : definitions)
        for (const Definition& definition : definitions_of_name)
            if (!definition.as_id) paths.insert(definition.path);
    co_return std::vector<std::string>(paths.begin(), paths.end());
}

Task<std::vector<std::string>> find_paths_with_id(const Repository& repository, std::string id) {
    std::vector<std::string> ids(1, id);
    const PathsById found = co_await find_paths_of_ids(repository, std::move(ids));
    std::set<std::string> paths;
    for (auto& [same_id, paths_of_id] : found) paths.insert(paths_of_id.begin(), paths_of_id.end());
    co_return std::vector<std::string>(paths.begin(), paths.end());
}

// Leaves out the definitions that are stored. Those of new symbols are not, so it does not ask for them.
static Task<std::vector<NewDefinition>> leave_out_stored(const Repository& repository,
                                                         std::vector<NewDefinition> definitions,
                                                         const SymbolKeys& symbols) {
    constexpr const Statement& columns = statements::find_stored_definitions;
    Batch find(columns);
    for (const NewDefinition& d : definitions)
        if (!symbols.is_new(d.symbol)) find.add(repository.key, d.symbol, d.as_id, d.path);
    Rows rows = co_await run(find);
    std::vector<NewDefinition> stored;
    for (size_t row = 0; row < rows.size(); row++)
        stored.push_back({rows.integer(row, columns["symbol_key"]), rows.integer(row, columns["as_id"]) != 0,
                          rows.text(row, columns["path"])});
    std::ranges::sort(stored);
    std::erase_if(definitions, [&](const NewDefinition& d) { return std::ranges::binary_search(stored, d); });
    co_return definitions;
}

Task<> save_definitions(const Repository& repository, std::vector<NewDefinition> given, const SymbolKeys& symbols) {
    std::ranges::sort(given);
    given.erase(std::unique(given.begin(), given.end()), given.end());
    const std::vector<NewDefinition> definitions = co_await leave_out_stored(repository, std::move(given), symbols);
    Batch insert(statements::insert_definitions);
    for (const NewDefinition& d : definitions) insert.add(repository.key, d.symbol, d.as_id, d.path);
    co_await insert_missing(insert, statements::find_stored_definitions);
}

}  // namespace codegraph
