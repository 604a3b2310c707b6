// Registers functions for the tests of the adapter. Only a build with CODEGRAPH_FAULT_INJECTION has them:
//   codegraph_debug_fail_request(n)       makes the Nth request of every following operation fail; 0 ends that
//   codegraph_debug_interrupt_request(n)  interrupts the connection before the Nth request; 0 ends that
//   codegraph_debug_live()                returns 'operations A frames B statements C': the operations and frames of
//                                         the process, and the statements of this connection that are in use
//   codegraph_debug_traffic()             returns JSON: what the operations of this connection asked and got
//   (CgTraffic)
//   codegraph_debug_lists_bound_again()   returns how many lists of candidates the derived graphs of this connection
//   bound again
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

// Returns SQLite's code.
int register_debug_functions(const SharedConnection& connection);

}  // namespace codegraph::sqlite
