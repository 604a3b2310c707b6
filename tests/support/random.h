// Random values for property tests: the same on every platform, unlike the distributions of the standard library.
#pragma once
#include <cstdint>
#include <iterator>
#include <random>

namespace codegraph {

class Random : public std::mt19937_64 {
public:
    explicit Random(uint64_t seed) : std::mt19937_64(seed) {}
    uint64_t bits() { return (*this)(); }
    uint64_t below(uint64_t n) { return bits() % n; }
    bool one_in(uint64_t n) { return below(n) == 0; }
    int64_t between(int64_t low, int64_t high) {
        return low + static_cast<int64_t>(below(static_cast<uint64_t>(high - low) + 1));
    }
    template <class Container>
    const auto& of(const Container& choices) {
        return choices[below(std::size(choices))];
    }
};

}  // namespace codegraph
