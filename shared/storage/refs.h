// Refs are names of snapshots that move, as git's branches and tags do. They are data of a repository, not content:
// setting one makes no revision.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/page_order.h"
#include "storage/repository.h"
#include "storage/snapshot.h"

namespace codegraph {

struct Ref {
    std::string name;
    std::string snapshot_id;
    int64_t updated_at = 0;
    bool operator==(const Ref&) const = default;
};

// Returns the snapshot that a ref means, or nothing where there is no such ref. Throws missing() where the snapshot is
// not there.
Task<std::optional<Snapshot>> find_snapshot_of_ref(const Repository& repository, std::string ref);
Task<std::optional<Ref>> find_ref(const Repository& repository, std::string name);

// Reads the refs of a repository page by page, by name.
class RefPages {
public:
    explicit RefPages(const Repository& repository);
    // Returns the next page, which is empty behind the last ref.
    Task<std::vector<Ref>> next();

private:
    const Repository& repository_;
    PageOrder order_;
    std::optional<std::string> last_;
};

// Lets the ref mean a snapshot, whose row must be locked: so nobody deletes it meanwhile. A ref that means it already
// keeps its time.
Task<> save_ref(const Repository& repository, std::string name, const Snapshot& snapshot);
// Stores a ref as an export has it, and returns whether there was none of its name. The snapshot must be locked.
Task<bool> insert_ref(const Repository& repository, const Ref& ref, const Snapshot& snapshot);
Task<> delete_ref(const Repository& repository, std::string name);  // where there is one
// Deletes all refs to a snapshot, whose row must be locked. Throws concurrent_change where one of them was set after
// what the transaction sees.
Task<> delete_refs_of_snapshot(const Repository& repository, const Snapshot& snapshot);

}  // namespace codegraph
