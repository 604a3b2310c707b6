#include "search/substring.h"

#include <bit>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace codegraph {

namespace {

// The commonest bytes of source code, as counted, from the commonest on. A byte that is not here is rarer.
constexpr std::string_view common_bytes = " etaoinsrlcdu\n_pmfgh().,-=;b\"v/*:'0y1xkw>{}<jq&2[]#z!|3+485697\t\\";

unsigned commonness(unsigned char byte) {
    const size_t place = common_bytes.find(static_cast<char>(byte));
    return place == std::string_view::npos ? 0 : static_cast<unsigned>(common_bytes.size() - place);
}

}  // namespace

Substring::Substring(std::string_view text) : folded_(text) {
    for (char& c : folded_) c = static_cast<char>(fold_case(static_cast<unsigned char>(c)));
    size_t rarest = 0, next = folded_.size() > 1 ? 1 : 0;
    auto is_rarer = [&](size_t a, size_t b) {
        return commonness(static_cast<unsigned char>(folded_[a])) < commonness(static_cast<unsigned char>(folded_[b]));
    };
    if (is_rarer(next, rarest)) std::swap(rarest, next);
    for (size_t i = 2; i < folded_.size(); i++) {
        if (is_rarer(i, rarest)) {
            next = rarest;
            rarest = i;
        } else if (is_rarer(i, next)) {
            next = i;
        }
    }
    first_ = probe_at(rarest);
    second_ = probe_at(next);
}

Substring::Probe Substring::probe_at(size_t offset) const {
    const auto byte = static_cast<unsigned char>(folded_[offset]);
    const bool is_letter = byte >= 'a' && byte <= 'z';
    return {offset, byte, static_cast<unsigned char>(is_letter ? 0x20 : 0)};
}

// Counts the bytes that it compares against `budget`, which may become negative.
bool Substring::is_at(const unsigned char* place, int64_t& budget) const {
    size_t i = 0;
    while (i < folded_.size() && fold_case(place[i]) == static_cast<unsigned char>(folded_[i])) i++;
    budget -= static_cast<int64_t>(i);
    return i == folded_.size();
}

// Returns whether the wanted text is at one of the sixteen places from this one on.
bool Substring::is_in_sixteen(const unsigned char* place, int64_t& budget) const {
#if defined(__SSE2__)
    auto hits = [place](const Probe& probe) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(place + probe.offset));
        const __m128i masked = _mm_or_si128(bytes, _mm_set1_epi8(static_cast<char>(probe.mask)));
        return _mm_cmpeq_epi8(masked, _mm_set1_epi8(static_cast<char>(probe.byte)));
    };
    auto candidates = static_cast<unsigned>(_mm_movemask_epi8(_mm_and_si128(hits(first_), hits(second_))));
    for (; candidates != 0; candidates &= candidates - 1)
        if (is_at(place + std::countr_zero(candidates), budget)) return true;
#else
    for (size_t i = 0; i < 16; i++)
        if (first_.hits(place + i) && second_.hits(place + i) && is_at(place + i, budget)) return true;
#endif
    return false;
}

// Looks at each byte of the text once, whatever repeats in it (Knuth, Morris and Pratt, "Fast pattern matching in
// strings", 1977).
bool Substring::is_in_repetitive(std::string_view text) const {
    if (shifts_.empty()) {
        shifts_.assign(folded_.size() + 1, 0);
        for (size_t i = 1, length = 0; i < folded_.size(); i++) {
            while (length > 0 && folded_[i] != folded_[length]) length = shifts_[length];
            length += folded_[i] == folded_[length];
            shifts_[i + 1] = length;
        }
    }
    size_t length = 0;  // of the wanted text's longest beginning that ends here
    for (char c : text) {
        const auto folded = static_cast<char>(fold_case(static_cast<unsigned char>(c)));
        while (length > 0 && folded != folded_[length]) length = shifts_[length];
        length += folded == folded_[length];
        if (length == folded_.size()) return true;
    }
    return false;
}

bool Substring::is_in(std::string_view text) const {
    if (text.size() < folded_.size()) return false;
    const auto* begin = reinterpret_cast<const unsigned char*>(text.data());
    const size_t places = text.size() - folded_.size() + 1;
    int64_t budget = static_cast<int64_t>(text.size()) * 4 + 4096;
    if (places < 16) {
        for (size_t i = 0; i < places; i++)
            if (first_.hits(begin + i) && second_.hits(begin + i) && is_at(begin + i, budget)) return true;
        return false;
    }
    for (size_t i = 0; i + 16 <= places; i += 16) {
        if (is_in_sixteen(begin + i, budget)) return true;
        if (budget < 0) return is_in_repetitive(text.substr(i));
    }
    return is_in_sixteen(begin + places - 16, budget);  // the rest, and some once more
}

}  // namespace codegraph
