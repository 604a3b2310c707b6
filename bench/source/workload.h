// Makes the synthetic code graph that everything is measured on: the same graph for the same size, on any machine.
//
// Chunk i lies in file i / 20, and four files make a folder. A chunk depends on 0 to 10 others, 5 on average: 70 % of
// its dependencies stay in the file, 10 % in the folder, and 20 % go anywhere. Targets that go anywhere are drawn so
// that in-degrees follow a power law: a few hubs are known everywhere, and many chunks are known in their folder alone.
// Thus a typical chunk reaches about 80 others at depth 3, and at M about 60 thousand at depth 10 and nearly all in the
// end.
//
// The same dependencies can be named as analyzers name them, by candidates that the aliases of the files help to bind.
// For each 100 dependencies there are about 130 candidates, 3,600 bytes of them, and 30 different lists. A third names
// a method through an object whose members are those of a class, and a third is preceded by a name that nothing
// defines.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "csr.h"

namespace codegraph::bench {

inline constexpr uint32_t chunks_in_file = 20;

struct Size {
    std::string_view name;
    uint32_t chunks;
};
inline constexpr Size sizes[] = {{"S", 10'000}, {"M", 100'000}, {"L", 1'000'000}};

enum class Naming { by_fqn, by_candidates };  // of what a chunk depends on

// Says that what `fqn` has not itself is looked for in `target`.
struct AliasOfMembers {
    std::string fqn, target;
    auto operator<=>(const AliasOfMembers&) const = default;
};

// Changes a file: its first chunks get other content than the workload's, of as many lines.
struct Edit {
    uint32_t chunks = 0;   // how many
    uint64_t variant = 0;  // which content: equal ones are stored once
};

class Workload {
public:
    explicit Workload(Size size);
    Workload named(Naming naming) const;  // the same graph

    Size size() const { return size_; }
    Naming naming() const { return naming_; }
    uint32_t chunk_count() const { return size_.chunks; }
    uint32_t file_count() const { return size_.chunks / chunks_in_file; }
    uint32_t edge_count() const { return forward_.edge_count(); }
    const Csr& forward() const { return forward_; }    // what a chunk depends on
    const Csr& backward() const { return backward_; }  // what depends on it

    std::string fqn(uint32_t chunk) const;
    std::string name(uint32_t chunk) const;
    std::string path(uint32_t file) const;
    uint32_t start_line(uint32_t chunk) const;
    uint32_t end_line(uint32_t chunk) const;
    std::string chunk_id(uint32_t chunk) const;                       // as codegraph computes it by default
    std::string content(uint32_t chunk, uint64_t variant = 0) const;  // about 600 bytes, no two equal

    // Returns what a dependency of one chunk on another names.
    std::vector<std::string> candidates(uint32_t from, uint32_t to) const;
    std::vector<AliasOfMembers> aliases(uint32_t file) const;

    // Returns one element of the array that cg_replace_files takes.
    std::string file_json(uint32_t file, Edit edit = {}) const;
    std::string chunks_json(uint32_t file, Edit edit = {}) const;
    // With `extra`, the file's first chunk also depends on this name, which no chunk defines.
    std::string dependencies_json(uint32_t file, std::string_view extra = {}) const;
    std::string aliases_json(uint32_t file) const;

    std::span<const uint32_t> typical_starts() const { return typical_starts_; }  // 20, of median reach at depth 3
    uint32_t typical_start() const { return typical_start_; }  // of those, the one of median reach at depth 10
    uint32_t hub() const { return hub_; }                      // the greatest in-degree

private:
    void choose_starts();
    std::string class_name(uint32_t chunk) const;
    bool is_named_through_object(uint32_t file, uint32_t to) const;
    // Returns the object of the file whose members are those of the chunk's class.
    std::string object_name(uint32_t file, uint32_t to) const;

    Size size_;
    Naming naming_ = Naming::by_fqn;
    Csr forward_, backward_;
    std::vector<uint32_t> typical_starts_;
    uint32_t typical_start_ = 0;
    uint32_t hub_ = 0;
};

}  // namespace codegraph::bench
