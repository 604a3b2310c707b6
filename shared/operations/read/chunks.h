// cg_chunks and its relatives return the chunks of a snapshot, a file, a kind or a name, and count them.
#pragma once
#include "engine/arguments.h"
#include "engine/task.h"

namespace codegraph {

Task<> chunks(const Arguments& arguments);
Task<> chunk(const Arguments& arguments);
Task<> file_chunks(const Arguments& arguments);
Task<> chunk_at(const Arguments& arguments);
Task<> chunks_by_kind(const Arguments& arguments);
Task<> chunks_by_fqn(const Arguments& arguments);
Task<> count_chunks(const Arguments& arguments);

}  // namespace codegraph
