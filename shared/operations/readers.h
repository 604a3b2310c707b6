// The coroutines behind the readers; what each means is said in registry/readers.cpp.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> version(const Arguments&);
Task<> repositories(const Arguments&);
Task<> snapshots(const Arguments&);
Task<> snapshot_root(const Arguments&);
Task<> stats(const Arguments&);
Task<> log_entries(const Arguments&);
Task<> chunk_history(const Arguments&);
Task<> export_repository(const Arguments&);
Task<> verify(const Arguments&);

Task<> files(const Arguments&);
Task<> file_hash(const Arguments&);
Task<> changed_files(const Arguments&);

Task<> chunks(const Arguments&);
Task<> chunk(const Arguments&);
Task<> file_chunks(const Arguments&);
Task<> chunks_by_kind(const Arguments&);
Task<> chunks_by_fqn(const Arguments&);
Task<> count_chunks(const Arguments&);
Task<> search_content(const Arguments&);

Task<> dependencies(const Arguments&);
Task<> dependencies_from(const Arguments&);
Task<> dependencies_to(const Arguments&);
Task<> transitive_dependencies(const Arguments&);
Task<> transitive_dependents(const Arguments&);
Task<> count_dependencies(const Arguments&);
Task<> count_dependents(const Arguments&);

Task<> dependency_path(const Arguments&);
Task<> cycles(const Arguments&);
Task<> importance(const Arguments&);
Task<> unreferenced(const Arguments&);
Task<> graph_dot(const Arguments&);
Task<> graph_mermaid(const Arguments&);

Task<> impact(const Arguments&);
Task<> compare_commits(const Arguments&);
Task<> compare_files(const Arguments&);

}  // namespace codegraph
