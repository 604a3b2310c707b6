// The coroutines behind the writers; what each means is said in registry/writers.cpp.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> save_repository(const Arguments&);
Task<> delete_repository(const Arguments&);
Task<> create_snapshot(const Arguments&);
Task<> delete_snapshot(const Arguments&);
Task<> seal_snapshot(const Arguments&);
Task<> rollback(const Arguments&);
Task<> prune(const Arguments&);
Task<> gc(const Arguments&);
Task<> save_chunk(const Arguments&);
Task<> save_chunks(const Arguments&);
Task<> save_dependency(const Arguments&);
Task<> save_dependencies(const Arguments&);
Task<> replace_file(const Arguments&);
Task<> replace_files(const Arguments&);
Task<> create_incremental_snapshot(const Arguments&);
Task<> soft_delete_file_chunks(const Arguments&);
Task<> restore_file_chunks(const Arguments&);
Task<> update_file_metadata(const Arguments&);
Task<> index_content(const Arguments&);
Task<> import_line(const Arguments&);
Task<> config(const Arguments&);

}  // namespace codegraph
