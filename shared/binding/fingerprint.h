// Makes fingerprints: 32 bits that stand for a text, the same in every process. The hash tables of this folder find
// their places by them, and AskedNames keeps them instead of texts. Two texts may have one fingerprint. That costs time
// and never changes an answer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace codegraph {

using Fingerprint = uint32_t;

namespace fingerprints {

constexpr uint64_t mix(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15U;
    hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9U;
    return hash ^ hash >> 32;
}

inline Fingerprint of_text(std::string_view text) {
    uint64_t hash = text.size();
    for (; text.size() >= sizeof(uint64_t); text.remove_prefix(sizeof(uint64_t))) {
        uint64_t word;
        std::memcpy(&word, text.data(), sizeof word);
        hash = mix(hash, word);
    }
    uint64_t rest = 0;
    if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
    return static_cast<Fingerprint>(mix(hash, rest));
}

// Joins the fingerprints of two parts, in their order, with what stands between them.
constexpr Fingerprint join(Fingerprint left, uint8_t between, Fingerprint right) {
    return static_cast<Fingerprint>(mix(uint64_t{left} << 32 | right, between));
}

}  // namespace fingerprints

}  // namespace codegraph
