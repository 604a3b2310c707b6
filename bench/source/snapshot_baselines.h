// Keeps snapshots in plain tables, as a user would without codegraph: each snapshot has rows of its own for its chunks
// and dependencies. Names are integers and contents are apart, so that rows are short and a snapshot is cheap to copy.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "baselines.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

// Holds the workload as snapshot 1. The tables are gone with this object.
class PlainSnapshots {
public:
    PlainSnapshots(Session& session, bool postgres, const Workload& workload);
    ~PlainSnapshots();
    PlainSnapshots(const PlainSnapshots&) = delete;
    PlainSnapshots& operator=(const PlainSnapshots&) = delete;

    void copy(int64_t to);  // copies snapshot 1
    void change_first_chunk(int64_t snapshot, uint32_t file);
    void analyze();  // after the last change

    // Returns queries that give a row for each chunk that differs between snapshots $1 and $2.
    std::vector<Query> difference_queries() const;

private:
    Session& session_;
    bool postgres_;
};

}  // namespace codegraph::bench
