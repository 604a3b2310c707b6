#include "progress.h"

#include <chrono>
#include <cstdio>

namespace codegraph::bench {

void progress(const std::string& text) {
    static const auto start = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    std::fprintf(stderr, "%7.1f s  %s\n", passed.count(), text.c_str());
}

}  // namespace codegraph::bench
