// Turns the chunks and dependencies that a call gives into those of a snapshot: chunks get their ids, and the names of
// targets become those that are stored.
#pragma once
#include <unordered_set>
#include <vector>

#include "model/json_input.h"
#include "storage/snapshot_content.h"

namespace codegraph {

// Gives each chunk of one file its id: the given one, else the computed one. Of chunks with equal computed ids, the
// k-th in the order of the call gets #k.
void assign_ids(const Repository& repository, std::string_view path, std::vector<GivenChunk>& chunks);

// The names under which targets are stored. What is given as the id of a chunk of the snapshot is stored as the FQN of
// that chunk, or as the id where the chunk has no FQN. Any other name is stored as it is.
class TargetNames {
public:
    explicit TargetNames(std::string_view repo_id) : repo_id_(repo_id) {}  // which stays in place
    void want(const ChunkName& name) {
        if (name.is_id) wanted_.insert(name.text);
    }
    // Looks up the chunks of all wanted names.
    Task<> resolve(SnapshotContent& content);
    // Returns the dependency that is stored. Throws unknown_chunk() for an id that no chunk has.
    OutgoingDependency make_dependency(size_t from, GivenDependency given) const;

private:
    std::string stored_name(const ChunkName& name) const;
    // Throws where a name is too long. Only computed ids have no limit.
    void check_candidate(std::string_view field, std::string_view name) const;

    std::string_view repo_id_;
    std::unordered_set<std::string> wanted_;
    std::map<std::string, std::string, std::less<>> names_by_id_;
};

}  // namespace codegraph
