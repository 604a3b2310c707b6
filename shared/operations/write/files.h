// These writers change one file as a whole: soft-delete it, restore it, or set its file hash.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> soft_delete_file_chunks(const Arguments& arguments);
Task<> restore_file_chunks(const Arguments& arguments);
Task<> update_file_metadata(const Arguments& arguments);

}  // namespace codegraph
