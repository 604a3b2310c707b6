// The one source of random values of the C++ tests. Random gives the same values for a seed on every platform; the
// distributions and the shuffle of the standard library do not.
//
// A test that plays many rounds takes their seeds from fresh_seeds() and names the seed of each round in a
// SCOPED_TRACE. `CODEGRAPH_TEST_SEED=N` then plays the round that failed again.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace codegraph {

class Random : public std::mt19937_64 {
public:
    explicit Random(uint64_t seed) : std::mt19937_64(seed) {}
    // Returns 64 random bits.
    uint64_t bits() { return (*this)(); }
    // Returns a value from 0 to n - 1.
    uint64_t below(uint64_t n) { return bits() % n; }
    // Returns true once in n times.
    bool one_in(uint64_t n) { return below(n) == 0; }
    // Returns a value from low to high, both included.
    int64_t between(int64_t low, int64_t high) {
        return low + static_cast<int64_t>(below(static_cast<uint64_t>(high - low) + 1));
    }
    // Returns one of the choices.
    template <class Container>
    const auto& of(const Container& choices) {
        return choices[below(std::size(choices))];
    }
    // Brings the items into a random order.
    template <class Container>
    void shuffle(Container& items) {
        for (size_t left = std::size(items); left > 1; left--) std::swap(items[left - 1], items[below(left)]);
    }
};

// Returns a seed for each round, a new one in each run; fewer where AddressSanitizer makes rounds slow. Where
// CODEGRAPH_TEST_SEED is set, returns its value alone.
inline std::vector<uint64_t> fresh_seeds(size_t rounds) {
    if (const char* given = std::getenv("CODEGRAPH_TEST_SEED")) return {std::strtoull(given, nullptr, 10)};
#ifdef __SANITIZE_ADDRESS__
    rounds = (rounds + 7) / 8;
#endif
    std::vector<uint64_t> seeds;
    std::random_device device;
    for (size_t i = 0; i < rounds; i++) seeds.push_back(uint64_t(device()) << 32 | device());
    return seeds;
}

inline uint64_t fresh_seed() {
    return fresh_seeds(1).front();
}

// Returns the text with which a test names the seed of a round.
inline std::string seed_text(uint64_t seed) {
    return "CODEGRAPH_TEST_SEED=" + std::to_string(seed);
}

}  // namespace codegraph
