// Gives the same random numbers on every machine, which the standard library's distributions do not promise: splitmix64
// (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
#pragma once
#include <cstdint>

namespace codegraph::bench {

class Random {
public:
    explicit Random(uint64_t seed) : state_(seed) {}

    uint64_t next() {
        uint64_t z = state_ += 0x9e3779b97f4a7c15;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
    uint32_t below(uint32_t limit) { return static_cast<uint32_t>((next() >> 32) * limit >> 32); }
    double fraction() { return static_cast<double>(next() >> 11) * 0x1p-53; }  // 0 <= … < 1

private:
    uint64_t state_;
};

}  // namespace codegraph::bench
