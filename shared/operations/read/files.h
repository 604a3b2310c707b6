// cg_files, cg_file_hash and cg_changed_files answer questions about the files of a snapshot.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> files(const Arguments& arguments);
Task<> file_hash(const Arguments& arguments);
Task<> changed_files(const Arguments& arguments);

}  // namespace codegraph
