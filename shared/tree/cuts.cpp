#include "tree/cuts.h"

namespace codegraph {

uint64_t sha256_key_hash(Sha256& sha, std::string_view key) {
    static constexpr char domain[] = "codegraph tree 1";  // its closing zero belongs to it
    Digest digest = sha.add({domain, sizeof domain}).add(key).finish();
    uint64_t hash = 0;
    for (int i = 0; i < 8; i++) hash = hash << 8 | digest.bytes[i];
    return hash;
}

uint64_t item_hash(uint64_t key_hash, unsigned level) {  // the finaliser of splitmix64
    uint64_t z = key_hash + (level + uint64_t(1)) * 0x9E3779B97F4A7C15;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
    z = (z ^ z >> 27) * 0x94D049BB133111EB;
    return z ^ z >> 31;
}

static bool is_least_around(std::span<const CutItem> level, size_t i) {
    for (size_t j = i - cut_window; j <= i + cut_window; j++)
        if (j != i && !(level[i] < level[j])) return false;
    return true;
}

std::vector<size_t> node_ends(std::span<const CutItem> level) {
    std::vector<size_t> ends;
    for (size_t i = cut_window; i + cut_window < level.size(); i++) {
        if (!is_least_around(level, i)) continue;
        ends.push_back(i + 1);
        i += cut_window;  // it is less than these, so that none of them ends a node
    }
    if (!level.empty()) ends.push_back(level.size());
    return ends;
}

bool is_cut_between(std::span<const CutItem> left, std::span<const CutItem> right) {
    if (left.size() <= cut_window || right.size() < cut_window) return false;
    std::vector<CutItem> around(left.end() - cut_window - 1, left.end());
    around.insert(around.end(), right.begin(), right.begin() + cut_window);
    return is_least_around(around, cut_window);
}

}  // namespace codegraph
