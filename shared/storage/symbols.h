// Names and their keys, and where names are defined. A key is only good within the operation that asked for it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/sha256.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

// The keys of names, made where there are none.
class SymbolKeys {
public:
    void want(std::string_view name) {
        if (!keys_.contains(name)) keys_.emplace(name, 0);
    }
    Task<> resolve(const Repository& repository);  // all that were wanted, in one or two requests
    int64_t key_of(std::string_view name) const { return keys_.find(name)->second; }

    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    using KeysByName = std::unordered_map<std::string, int64_t, Hash, std::equal_to<>>;

private:
    KeysByName keys_;
};

// The names of keys, asked for once each; a key without a name is data corrupted.
class SymbolNames {
public:
    void want(int64_t key) {
        if (names_.try_emplace(key).second) pending_.push_back(key);
    }
    Task<> resolve(const Repository& repository);  // those wanted since
    const std::string& name_of(int64_t key) const { return names_.find(key)->second; }

private:
    std::unordered_map<int64_t, std::string> names_;
    std::vector<int64_t> pending_;
};

// The keys of those names that have one.
Task<std::vector<int64_t>> find_symbol_keys(const Repository& repository, std::vector<std::string> names);

// Under this name stand the paths with an explicit chunk id that has the form of a computed one: while it has none, no
// computed id can equal an explicit one. (No real name is empty.)
inline constexpr std::string_view misleading_ids = "";

struct Definition {
    std::string path;
    bool as_id;  // as an explicit chunk id; else as an FQN
};
// For each name the paths that ever defined it; a name that none did is left out.
Task<std::map<std::string, std::vector<Definition>, std::less<>>> find_definitions(const Repository& repository,
                                                                                   std::vector<std::string> names);

// For each id the paths that ever had it as an explicit one; an id that none had is left out.
using PathsById = std::map<std::string, std::vector<std::string>, std::less<>>;
Task<PathsById> find_paths_of_explicit_ids(const Repository& repository, std::vector<std::string> ids);
// For each id the paths of files that may have a chunk with it: those that a computed id names, the longest first, and
// those where it is or was an explicit id. An id that has none is left out.
Task<PathsById> find_paths_of_ids(const Repository& repository, std::vector<std::string> ids);

// The paths of files that can have a chunk with the FQN or the id in some snapshot, ascending: every path that ever
// defined it, and those that a computed id names. Soft-deleted chunks count.
Task<std::vector<std::string>> find_paths_with_fqn(const Repository& repository, std::string fqn);
Task<std::vector<std::string>> find_paths_with_id(const Repository& repository, std::string id);

struct NewDefinition {
    int64_t symbol;
    bool as_id;
    std::string_view path;
    auto operator<=>(const NewDefinition&) const = default;
};
Task<> save_definitions(const Repository& repository, std::vector<NewDefinition> definitions);

}  // namespace codegraph
