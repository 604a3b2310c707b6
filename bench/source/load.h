// Brings the workload into a database: into codegraph through its functions, and into the baselines' plain tables.
#pragma once
#include <span>
#include <string>

#include "baselines.h"
#include "session.h"
#include "workload.h"

namespace codegraph::bench {

inline constexpr const char* repository = "bench";
inline constexpr const char* first_snapshot = "snapshot_0";

// Returns the milliseconds that the calls took. Making their JSON is the client's work and not part of them.
double load_codegraph(Session& session, const Workload& workload, const std::string& repo = repository);
void load_plain_tables(Session& session, bool postgres, Ids ids, const Workload& workload);

// Returns the size of the tables whose names are LIKE the pattern, with their indexes. In SQLite it is the size of the
// whole file after a checkpoint.
double storage_bytes(Session& session, bool postgres, const std::string& tables);

// Makes `snapshot` from `base`. They differ in the file of `chunk`: its first chunk depends on one name more.
void change_one_file(Session& session, const Workload& workload, uint32_t chunk, const std::string& base,
                     const std::string& snapshot);

// Make `snapshot` from `base` with one call, and return its milliseconds. The snapshots differ in the given files, as
// `edit` says.
double edit_file(Session& session, const Workload& workload, uint32_t file, Edit edit, const std::string& base,
                 const std::string& snapshot);
double edit_files(Session& session, const Workload& workload, std::span<const uint32_t> files, Edit edit,
                  const std::string& base, const std::string& snapshot, const std::string& repo = repository);

}  // namespace codegraph::bench
