// From the JSON that a call gives to chunks and dependencies of a snapshot: ids are assigned, names are bound.
#pragma once
#include <unordered_set>
#include <vector>

#include "model/json_input.h"
#include "storage/snapshot_content.h"

namespace codegraph {

// Gives each chunk of one file its id: the given one; else the default, the k-th of equal ones in the order of the call
// with #k.
void assign_ids(const Repository& repository, std::string_view path, std::vector<GivenChunk>& chunks);

// What targets are kept as: a chunk id of the snapshot as its chunk's FQN, or as that id when it has none; else an FQN.
class TargetNames {
public:
    void want(const ChunkName& name) { wanted_.insert(name.text); }
    Task<> resolve(SnapshotContent& content);
    // Throws unknown_chunk() for an id that no chunk has.
    std::string of(const ChunkName& name) const;

private:
    std::unordered_set<std::string> wanted_;
    std::map<std::string, std::string, std::less<>> names_by_id_;
};

}  // namespace codegraph
