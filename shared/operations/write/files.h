// Changes to one file as a whole: taken out, brought back, its hash set.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> soft_delete_file_chunks(const Arguments& arguments);
Task<> restore_file_chunks(const Arguments& arguments);
Task<> update_file_metadata(const Arguments& arguments);

}  // namespace codegraph
