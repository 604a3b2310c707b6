// What a user would write to keep snapshots in plain tables: the chunks and dependencies of each snapshot are rows of
// its own. Names are integers and contents are apart, so that rows are short and copying a snapshot is cheap.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "baselines.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

// The tables of the workload as snapshot 1, gone with this object.
class PlainSnapshots {
public:
    PlainSnapshots(Session& session, bool postgres, const Workload& workload);
    ~PlainSnapshots();
    PlainSnapshots(const PlainSnapshots&) = delete;
    PlainSnapshots& operator=(const PlainSnapshots&) = delete;

    void copy(int64_t to);  // of snapshot 1
    void change_first_chunk(int64_t snapshot, uint32_t file);
    void analyze();  // after the last change

    // All answer with a row for each chunk that differs between snapshots $1 and $2.
    std::vector<Query> difference_queries() const;

private:
    Session& session_;
    bool postgres_;
};

}  // namespace codegraph::bench
