// Functions for the tests of the adapter, in builds with CODEGRAPH_FAULT_INJECTION only:
//   codegraph_debug_fail_request(n)       the Nth request of every following operation fails; 0 turns it off
//   codegraph_debug_interrupt_request(n)  the connection is interrupted before the Nth request; 0 turns it off
//   codegraph_debug_live()                'operations A frames B statements C': what is alive, in the whole process,
//                                         and how many statements of this connection are in use
//   codegraph_debug_traffic()             JSON: what the operations of this connection have asked and got (CgTraffic)
#pragma once
#include "sqlite_ext/connection.h"

namespace codegraph::sqlite {

int register_debug_functions(const SharedConnection& connection);

}  // namespace codegraph::sqlite
