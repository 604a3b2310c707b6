// Catches SIGINT and SIGTERM. The first one asks the program to stop at the next safe point, the second one ends it at
// once.
#pragma once

namespace codegraph::index {

void catch_signals();
bool stop_requested();
void stop_if_requested();  // throws Interrupted

}  // namespace codegraph::index
