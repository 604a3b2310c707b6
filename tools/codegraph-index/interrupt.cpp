#include "interrupt.h"

#include <csignal>

#include "error.h"

namespace codegraph::index {
namespace {

volatile std::sig_atomic_t requested = 0;

void on_signal(int) {
    requested = 1;
}

}  // namespace

void catch_signals() {
    struct sigaction action {};
    action.sa_handler = on_signal;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // a ctags that died is noticed when its pipe is written
}

bool stop_requested() {
    return requested != 0;
}

void stop_if_requested() {
    if (stop_requested()) throw Interrupted();
}

}  // namespace codegraph::index
