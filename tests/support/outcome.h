// What a call came to, as text: "ok", or the SQLSTATE and the message of the Error that it threw. Any other exception
// fails the test by passing through.
#pragma once
#include <random>
#include <string>

#include "base/error.h"

namespace codegraph {

template <class Call>
std::string outcome_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(sqlstate_of(error.kind)) + " " + error.what();
    }
    return "ok";
}

// Random values for property tests: the same on every platform, unlike the distributions of the standard library.
class Random {
public:
    explicit Random(uint64_t seed) : engine_(seed) {}
    uint64_t bits() { return engine_(); }
    uint64_t below(uint64_t n) { return engine_() % n; }
    bool one_in(uint64_t n) { return below(n) == 0; }
    int64_t between(int64_t low, int64_t high) {
        return low + static_cast<int64_t>(below(static_cast<uint64_t>(high - low) + 1));
    }
    template <class Container>
    const auto& of(const Container& choices) {
        return choices[below(std::size(choices))];
    }

private:
    std::mt19937_64 engine_;
};

}  // namespace codegraph
