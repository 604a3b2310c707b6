// Finds the keys of names and the names of keys, and where names are defined. A key is good only within the operation
// that asked for it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/sha256.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

// Finds the keys of names, and makes keys for names that have none.
class SymbolKeys {
public:
    void want(std::string_view name) {
        if (!keys_.contains(name)) keys_.emplace(name, 0);
    }
    Task<> resolve(const Repository& repository);  // all that were wanted, in three requests at most
    int64_t key_of(std::string_view name) const { return keys_.find(name)->second; }
    bool is_new(int64_t key) const { return new_keys_.contains(key); }  // whether resolve() found the key missing

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using KeysByName = std::unordered_map<std::string, int64_t, Hash, std::equal_to<>>;

private:
    KeysByName keys_;
    std::unordered_set<int64_t> new_keys_;
};

// Finds the names of keys, and asks for each once. Throws corrupt() when a key has no name.
class SymbolNames {
public:
    void want(int64_t key) {
        if (names_.try_emplace(key).second) pending_.push_back(key);
    }
    Task<> resolve(const Repository& repository);  // those that were wanted since the last call
    const std::string& name_of(int64_t key) const { return names_.find(key)->second; }

private:
    std::unordered_map<int64_t, std::string> names_;
    std::vector<int64_t> pending_;
};

// Is the name whose definitions are the paths with an explicit chunk id that has the form of a computed one. While it
// has none, no computed id can equal an explicit one. (No real name is empty.)
inline constexpr std::string_view misleading_ids = "";

struct Definition {
    std::string path;
    bool as_id;  // as an explicit chunk id; else as an FQN
};
// Returns for each name the paths that ever defined it, without the names that none did.
Task<std::map<std::string, std::vector<Definition>, std::less<>>> find_definitions(const Repository& repository,
                                                                                   std::vector<std::string> names);

// Returns for each id the paths that ever had it as an explicit one, without the ids that none had.
using PathsById = std::map<std::string, std::vector<std::string>, std::less<>>;
Task<PathsById> find_paths_of_explicit_ids(const Repository& repository, std::vector<std::string> ids);
// Tells whether any path ever had an explicit id of the form of a computed one.
Task<bool> has_misleading_ids(const Repository& repository);
// Returns for each id the paths of files that may have a chunk with it: those that a computed id names, the longest
// first, and those where it is or was an explicit id. Ids without a path are left out.
Task<PathsById> find_paths_of_ids(const Repository& repository, std::vector<std::string> ids);

// These return, in ascending order, the paths of files that can have a chunk with the FQN or the id in some snapshot:
// every path that ever defined it, and for an id those that a computed id names. Soft-deleted chunks count.
Task<std::vector<std::string>> find_paths_with_fqn(const Repository& repository, std::string fqn);
Task<std::vector<std::string>> find_paths_with_id(const Repository& repository, std::string id);

struct NewDefinition {
    int64_t symbol;
    bool as_id;
    std::string_view path;
    auto operator<=>(const NewDefinition&) const = default;
};
// Inserts the definitions that are not stored yet. Their symbols are among `symbols`.
Task<> save_definitions(const Repository& repository, std::vector<NewDefinition> definitions,
                        const SymbolKeys& symbols);

}  // namespace codegraph
