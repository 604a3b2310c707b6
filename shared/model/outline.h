// An outline is what a graph needs of a file version, packed into one column. Names are keys of codegraph_symbols. The
// format stands at the head of outline.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"
#include "model/file_version.h"

namespace codegraph {

struct OutlineChunk {
    int64_t symbol = 0;  // what the chunk defines: its FQN or, without one, its chunk id
    int64_t kind = 0;
    int64_t start_line = 1, end_line = 1;
    bool has_fqn = false, is_deleted = false;
    std::optional<std::string> name = {};  // nothing: the last part of the FQN or, without one, `unknown`
    uint64_t occurrence = 1;               // of a computed id
    std::optional<std::string> explicit_id = {};
    // What binding asks of a chunk. Other visibilities than these two are of no account to it.
    bool is_private = false, is_local = false;
    std::string language = "unknown";
};

inline constexpr int64_t no_symbol = -1;

// What a dependency names, where that is not one candidate alone.
struct OutlineList {
    std::vector<int64_t> candidates;  // in order of preference
    int64_t to_name = no_symbol;
    auto operator<=>(const OutlineList&) const = default;
};

struct OutlineDependency {
    static constexpr uint64_t no_list = ~uint64_t{0};

    uint64_t from = 0;   // ordinal of a chunk
    int64_t target = 0;  // the first candidate, or no_symbol
    int64_t relationship = 0;
    double confidence = 1;
    uint64_t list = no_list;  // index of an OutlineList: where `target` is not all that it names
};

struct OutlineAlias {
    int64_t fqn = 0;
    bool members = false;
    std::vector<int64_t> targets;
    bool operator==(const OutlineAlias&) const = default;
};

struct Outline {
    std::vector<OutlineChunk> chunks;             // in canonical order
    std::vector<OutlineList> lists = {};          // in ascending order, each once
    std::vector<OutlineDependency> dependencies;  // in any order; the encoding sorts them
    std::vector<OutlineAlias> aliases = {};       // in the order given
};

// Returns the bytes of an outline, with dependencies in the order of comes_before_in_outline().
std::string encode_outline(const Outline& outline);
// Compares as the dependencies of an outline are sorted: by from; plain ones first, by target, then those with a list,
// by that; by relationship.
bool comes_before_in_outline(const OutlineDependency& a, const OutlineDependency& b);

// Reads an outline from front to back: all chunks, then all dependencies, then all aliases. Who needs no more may stop.
// Throws corrupt() for anything that encode_outline() does not make. The bytes must stay in place meanwhile.
class OutlineReader {
public:
    explicit OutlineReader(std::string_view bytes);
    uint64_t chunk_count() const { return chunk_count_; }
    bool next_chunk(OutlineChunk& chunk);                             // false when none was left
    uint64_t dependency_count() const { return dependency_count_; }   // known after the last chunk
    const std::vector<OutlineList>& lists() const { return lists_; }  // known after the last chunk
    bool next_dependency(OutlineDependency& dependency);
    uint64_t alias_count() const { return alias_count_; }  // known after the last dependency
    bool next_alias(OutlineAlias& alias);

private:
    struct Keys {
        std::vector<int64_t> keys;
        std::vector<uint8_t> used;
    };
    uint64_t read_count();
    int64_t read_key();
    int64_t read_line(int64_t from);
    double read_confidence();
    void begin_dictionary(Keys& dictionary);
    void end_dictionary(const Keys& dictionary);
    void read_languages();
    void read_lists();
    void read_target(OutlineDependency& dependency, bool has_list, const OutlineDependency* before);
    int64_t take_key(Keys& dictionary, uint64_t index);

    ByteReader in_;
    Keys kinds_, relationships_;
    std::vector<std::string_view> languages_;
    std::vector<OutlineList> lists_;
    std::vector<bool> is_language_used_, is_list_used_;
    uint64_t chunk_count_ = 0, dependency_count_ = 0, alias_count_ = 0;
    uint64_t chunks_left_ = 0, dependencies_left_ = 0, aliases_left_ = 0;
    int64_t line_before_ = 0;
    OutlineDependency last_{};
};

Outline decode_outline(std::string_view bytes);  // reads a whole outline

// Calls `visit` with each key of a symbol that the dependencies and aliases refer to, some several times.
template <class Visit>
void visit_names(const Outline& outline, const Visit& visit) {
    for (const OutlineList& list : outline.lists) {
        for (int64_t candidate : list.candidates) visit(candidate);
        if (list.to_name != no_symbol) visit(list.to_name);
    }
    for (const OutlineDependency& d : outline.dependencies) {
        if (d.list == OutlineDependency::no_list) visit(d.target);
        visit(d.relationship);
    }
    for (const OutlineAlias& alias : outline.aliases) {
        visit(alias.fqn);
        for (int64_t target : alias.targets) visit(target);
    }
}

// These return what an outline says in names; `name_of` returns the name of a key.
template <class NameOf>
OutgoingDependency with_names(const Outline& outline, const OutlineDependency& d, const NameOf& name_of) {
    OutgoingDependency named{d.from, {}, name_of(d.relationship), d.confidence};
    if (d.target != no_symbol) named.target = name_of(d.target);
    if (d.list == OutlineDependency::no_list) return named;
    const OutlineList& list = outline.lists[d.list];
    for (size_t i = 1; i < list.candidates.size(); i++) named.alternatives.push_back(name_of(list.candidates[i]));
    if (list.to_name != no_symbol) named.to_name = name_of(list.to_name);
    return named;
}
template <class NameOf>
Alias with_names(const OutlineAlias& alias, const NameOf& name_of) {
    Alias named{name_of(alias.fqn), {}, alias.members};
    for (int64_t target : alias.targets) named.targets.push_back(name_of(target));
    return named;
}

// The sites of a file version's dependencies are a column of their own, because a graph does not need them: by the
// index of the dependency in the outline, those that have any.
using SitesByDependency = std::map<uint64_t, std::vector<Site>>;
std::string encode_sites(const SitesByDependency& sites);  // there must be some
// Throws corrupt() for anything that encode_sites() does not make of an outline with so many dependencies.
SitesByDependency decode_sites(std::string_view bytes, uint64_t dependency_count);

// In its column an outline is followed by its seal: the first 8 bytes of the SHA-256 over the digest of its file
// version and over the outline. The seal shows whether an outline is damaged or of another file version, without the
// chunks and names that the digest is made of.

// Appends the seal.
void seal_outline(std::string& outline, const Digest& file_version, Sha256& sha256);
// Returns the outline without its seal. Throws corrupt() when the seal does not match.
std::string_view unseal_outline(std::string_view column, const Digest& file_version, Sha256& sha256);
// The same for the column of the sites, whose seal has the word `sites` in front.
void seal_sites(std::string& sites, const Digest& file_version, Sha256& sha256);
std::string_view unseal_sites(std::string_view column, const Digest& file_version, Sha256& sha256);

}  // namespace codegraph
