#include "storage/symbols.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "storage/file_statements.h"

namespace codegraph {

namespace {

struct HashedName {
    Digest hash;
    std::string_view name;
    int64_t* key = nullptr;  // where the key goes, when it is asked for
};
using HashedNames = std::vector<HashedName>;  // ordered by hash, which is the order in which all writers insert

HashedNames hash_names(const std::vector<std::string>& names) {
    Sha256 sha256;
    HashedNames by_hash;
    by_hash.reserve(names.size());
    for (const std::string& name : names) by_hash.push_back({sha256.hash(name), name});
    std::ranges::sort(by_hash, {}, &HashedName::hash);
    const auto same = [](const HashedName& a, const HashedName& b) { return a.hash == b.hash; };
    by_hash.erase(std::unique(by_hash.begin(), by_hash.end(), same), by_hash.end());
    return by_hash;
}

HashedNames hash_names(SymbolKeys::KeysByName& keys) {
    Sha256 sha256;
    HashedNames by_hash;
    by_hash.reserve(keys.size());
    for (auto& [name, key] : keys) by_hash.push_back({sha256.hash(name), name, &key});
    std::ranges::sort(by_hash, {}, &HashedName::hash);
    return by_hash;
}

// Returns the name whose hash a row has, or nullptr.
const HashedName* name_of(const HashedNames& names, const Rows& rows, size_t row) {
    const Digest hash = Digest::from_bytes(rows.blob(row, statements::find_symbols["name_hash"]), "a symbol's hash");
    const auto found = std::ranges::lower_bound(names, hash, {}, &HashedName::hash);
    return found != names.end() && found->hash == hash ? &*found : nullptr;
}

// Reads keys from the rows. Names that get their keys are missing no more.
void read_keys(const Rows& rows, HashedNames& missing) {
    for (size_t row = 0; row < rows.size(); row++)
        if (const HashedName* name = name_of(missing, rows, row))
            *name->key = rows.integer(row, statements::find_symbols["symbol_key"]);
    std::erase_if(missing, [](const HashedName& name) { return *name.key != 0; });
}

Batch look_up(const Statement& statement, const Repository& repository, const HashedNames& names) {
    Batch batch(statement);
    for (const HashedName& name : names) batch.add(repository.key, blob_cell(name.hash.view()));
    return batch;
}

}  // namespace

Task<> SymbolKeys::resolve(const Repository& repository) {
    HashedNames missing = hash_names(keys_);

    Batch find = look_up(statements::find_symbols, repository, missing);
    Rows known = co_await run(find);
    read_keys(known, missing);

    Batch insert(statements::insert_symbols);
    for (const HashedName& name : missing) insert.add(repository.key, blob_cell(name.hash.view()), name.name);
    Rows made = co_await run(insert);
    read_keys(made, missing);

    // Finds what another writer made between the two requests; on SQLite, where the insert returns nothing, all new
    // keys.
    Batch again = look_up(statements::find_symbols, repository, missing);
    Rows others = co_await run(again);
    read_keys(others, missing);
    if (!missing.empty()) throw may_be_hidden({ErrorKind::concurrent_change, "a symbol was removed meanwhile"});
}

Task<> SymbolNames::resolve(const Repository& repository) {
    Batch find(statements::find_names);
    for (int64_t key : pending_) find.add(repository.key, key);
    Rows rows = co_await run(find);
    for (size_t row = 0; row < rows.size(); row++) {
        auto entry = names_.find(rows.integer(row, statements::find_names["symbol_key"]));
        if (entry != names_.end()) entry->second = rows.text(row, statements::find_names["name"]);
    }
    if (rows.size() < pending_.size()) throw missing("a symbol that an outline refers to is missing");
    pending_.clear();
}

Task<std::vector<int64_t>> find_symbol_keys(const Repository& repository, std::vector<std::string> names) {
    const HashedNames by_hash = hash_names(names);
    Batch find = look_up(statements::find_symbols, repository, by_hash);
    Rows rows = co_await run(find);
    std::vector<int64_t> keys;
    for (size_t row = 0; row < rows.size(); row++)
        keys.push_back(rows.integer(row, statements::find_symbols["symbol_key"]));
    co_return keys;
}

Task<std::map<std::string, std::vector<Definition>, std::less<>>> find_definitions(const Repository& repository,
                                                                                   std::vector<std::string> names) {
    const HashedNames by_hash = hash_names(names);
    Batch find = look_up(statements::find_definitions, repository, by_hash);
    Rows rows = co_await run(find);
    std::map<std::string, std::vector<Definition>, std::less<>> definitions;
    for (size_t row = 0; row < rows.size(); row++) {
        const HashedName* name = name_of(by_hash, rows, row);
        Definition definition{std::string(rows.text(row, statements::find_definitions["path"])),
                              rows.integer(row, statements::find_definitions["as_id"]) != 0};
        definitions[std::string(name->name)].push_back(std::move(definition));
    }
    co_return definitions;
}

Task<PathsById> find_paths_of_explicit_ids(const Repository& repository, std::vector<std::string> ids) {
    const HashedNames by_hash = hash_names(ids);
    Batch find = look_up(statements::find_definitions_as_id, repository, by_hash);
    Rows rows = co_await run(find);
    PathsById paths;
    for (size_t row = 0; row < rows.size(); row++)
        paths[std::string(name_of(by_hash, rows, row)->name)].emplace_back(
            rows.text(row, statements::find_definitions_as_id["path"]));
    co_return paths;
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

Task<> save_definitions(const Repository& repository, std::vector<NewDefinition> definitions) {
    std::ranges::sort(definitions);
    definitions.erase(std::unique(definitions.begin(), definitions.end()), definitions.end());
    Batch insert(statements::insert_definitions);
    for (const NewDefinition& d : definitions) insert.add(repository.key, d.symbol, d.as_id, d.path);
    co_await run(insert);
}

}  // namespace codegraph
