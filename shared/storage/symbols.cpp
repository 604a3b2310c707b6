#include "storage/symbols.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "model/chunk_id.h"
#include "storage/file_statements.h"

namespace codegraph {

namespace {

using NamesByHash = std::map<Digest, std::string_view>;  // sorted: the order in which all writers insert

void read_keys(const Rows& rows, NamesByHash& missing, SymbolKeys::KeysByName& keys) {
    for (size_t row = 0; row < rows.size(); row++) {
        auto found = missing.find(Digest::from(rows.blob(row, 0), "a symbol's hash"));
        if (found == missing.end()) continue;
        keys.find(found->second)->second = rows.integer(row, 1);
        missing.erase(found);
    }
}

Batch lookup(const Repository& repository, const NamesByHash& names) {
    Batch batch(statements::find_symbols);
    for (auto& [hash, name] : names) batch.add(repository.key, blob_cell(hash.view()));
    return batch;
}

}  // namespace

Task<> SymbolKeys::resolve(const Repository& repository) {
    Sha256 sha256;
    NamesByHash missing;
    for (auto& [name, key] : keys_) missing.emplace(sha256.of(name), name);

    Batch find = lookup(repository, missing);
    Rows known = co_await run(find);
    read_keys(known, missing, keys_);

    Batch insert(statements::insert_symbols);
    for (auto& [hash, name] : missing) insert.add(repository.key, blob_cell(hash.view()), name);
    Rows made = co_await run(insert);
    read_keys(made, missing, keys_);

    Batch again = lookup(repository, missing);  // what another writer made between the two
    Rows others = co_await run(again);
    read_keys(others, missing, keys_);
    if (!missing.empty()) throw Error(ErrorKind::concurrent_change, "a symbol was removed meanwhile");
}

Task<> SymbolNames::resolve(const Repository& repository) {
    Batch find(statements::find_names);
    for (int64_t key : pending_) find.add(repository.key, key);
    Rows rows = co_await run(find);
    for (size_t row = 0; row < rows.size(); row++) {
        auto entry = names_.find(rows.integer(row, 0));
        if (entry != names_.end()) entry->second = rows.text(row, 1);
    }
    if (rows.size() < pending_.size()) throw corrupt("a symbol that an outline refers to is missing");
    pending_.clear();
}

Task<std::vector<int64_t>> find_symbol_keys(const Repository& repository, std::vector<std::string> names) {
    Sha256 sha256;
    NamesByHash by_hash;
    for (const std::string& name : names) by_hash.emplace(sha256.of(name), name);
    Batch find = lookup(repository, by_hash);
    Rows rows = co_await run(find);
    std::vector<int64_t> keys;
    for (size_t row = 0; row < rows.size(); row++) keys.push_back(rows.integer(row, 1));
    co_return keys;
}

Task<std::map<std::string, std::vector<Definition>, std::less<>>> find_definitions(const Repository& repository,
                                                                                   std::vector<std::string> names) {
    Sha256 sha256;
    NamesByHash by_hash;
    for (const std::string& name : names) by_hash.emplace(sha256.of(name), name);
    Batch find(statements::find_definitions);
    for (auto& [hash, name] : by_hash) find.add(repository.key, blob_cell(hash.view()));
    Rows rows = co_await run(find);
    std::map<std::string, std::vector<Definition>, std::less<>> definitions;
    for (size_t row = 0; row < rows.size(); row++) {
        auto name = by_hash.find(Digest::from(rows.blob(row, 0), "a symbol's hash"));
        Definition definition{std::string(rows.text(row, 2)), rows.integer(row, 1) != 0};
        definitions[std::string(name->second)].push_back(std::move(definition));
    }
    co_return definitions;
}

static Task<std::set<std::string>> paths_defining(const Repository& repository, std::string name, bool as_id) {
    std::vector<std::string> names(1, name);
    std::map<std::string, std::vector<Definition>, std::less<>> definitions =
        co_await find_definitions(repository, std::move(names));
    std::set<std::string> paths;
    for (auto& [defined, of_name] : definitions)
        for (const Definition& definition : of_name)
            if (definition.as_id == as_id) paths.insert(definition.path);
    co_return paths;
}

Task<std::vector<std::string>> paths_with_fqn(const Repository& repository, std::string fqn) {
    const std::set<std::string> paths = co_await paths_defining(repository, std::move(fqn), false);
    co_return std::vector<std::string>(paths.begin(), paths.end());
}

Task<std::vector<std::string>> paths_with_id(const Repository& repository, std::string id) {
    std::set<std::string> paths = co_await paths_defining(repository, id, true);
    for (std::string_view path : paths_of_computed_id(repository.id, id)) paths.emplace(path);
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
