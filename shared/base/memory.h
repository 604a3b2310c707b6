// Prepares the C++ runtime for a lack of memory. A throw needs two things of it: thread-local variables, and an
// exception object, which comes from a pool where malloc() has nothing left. Without either the runtime ends the
// process. Hence:
//
// 1. The pool is made when the runtime is loaded. prepare_exceptions() says whether it could be.
// 2. Thread-local variables of a library that is loaded at run time get their memory at their first use in a thread, by
//    malloc(). The SQLite module has the runtime linked in, and one variable of the model `initial-exec` in the whole
//    module makes the system reserve the memory of all of them in each thread, at the latest when the module is loaded.
//    (engine/task.cpp has that variable.) A server process of PostgreSQL has one thread: prepare_exceptions() uses
//    them.
#pragma once

namespace codegraph {

// To be called once in a process before anything is run. Returns false when memory is out, or was out when the runtime
// was loaded; then nothing may be run.
bool prepare_exceptions() noexcept;

}  // namespace codegraph
