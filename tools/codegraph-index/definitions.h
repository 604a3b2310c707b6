// All definitions of the snapshot that is being written, by name; and how a mentioned name is resolved among them.
//
// Which definitions come into question: those of the same language family; methods only where the language lets one
// be mentioned so; a C `static` only in its file; another module's variable in Python and JavaScript only when imported
// or qualified.
// They are ranked by nearness: (0) named by their scope: the qualifier before the name is it, or the mention stands
// inside of it; (1) the same file; (2) the same directory; (3) anywhere. Only the nearest rank that has any counts.
//
// Confidence = base / n, rounded to 3 places; n = different FQNs in that rank. base = 0.9 for rank 0 or when no other
// rank has any; 0.8 when farther ones exist; 0.6 for a member of a receiver whose type we do not know (`x.name`).
// When n is above the limit (--max-candidates, 8), the name says nothing and is left out, and counted as ambiguous.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "chunks.h"
#include "language.h"

namespace codegraph::index {

struct Definition {
    std::string fqn;
    std::string kind;
    std::uint32_t file;
    std::uint16_t name_size;
    Family family;
    bool file_only;
};

enum class Access : std::uint8_t { plain, member, scoped };  // name, x.name or x->name, X::name

struct Mention {
    std::string_view name = {};
    std::string_view qualifier = {};  // the word before `.`, `->` or `::`; empty when there is none
    std::string_view scope = {};      // FQN of the chunk it stands in
    std::string_view outer_scope = {};
    Family family;
    Access access = Access::plain;
    bool is_call = false;
    bool is_imported = false;
};

struct Candidate {
    const Definition* definition;
    double confidence;
};

struct Resolution {
    std::vector<Candidate> candidates;  // by FQN
    bool ambiguous = false;             // left out: more than the limit
};

double confidence_of(double base, std::size_t candidates);

class Definitions {
public:
    explicit Definitions(std::size_t max_candidates = 8) : max_candidates_(max_candidates) {}

    void clear();
    bool has_file(std::string_view path) const { return file_indexes_.contains(std::string(path)); }
    std::size_t file_count() const { return file_indexes_.size(); }
    // The number of a known file.
    std::uint32_t file_index(std::string_view path) const { return file_indexes_.at(std::string(path)); }
    // Adds a file without definitions, or the one that is there.
    std::uint32_t add_file(std::string_view path);
    void add(std::uint32_t file, std::string_view kind, std::string_view fqn, std::string_view name, Family family,
             std::string_view visibility);
    void remove_file(std::string_view path);
    void replace_file(std::string_view path, Family family, const std::vector<Chunk>& chunks);

    Resolution resolve(std::uint32_t file, const Mention& mention) const;
    // Files of that name (the last part of the path), sorted by path.
    std::vector<std::string_view> files_named(std::string_view file_name) const;
    std::size_t max_candidates() const { return max_candidates_; }

private:
    struct File {
        std::string path;
        std::vector<std::string> names;
    };
    int rank(std::uint32_t file, const Mention& mention, const Definition& definition) const;
    bool is_eligible(std::uint32_t file, const Mention& mention, const Definition& definition, int rank) const;

    std::size_t max_candidates_;
    std::vector<File> files_;
    std::vector<std::uint32_t> free_files_;
    std::unordered_map<std::string, std::uint32_t> file_indexes_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> files_by_name_;
    std::unordered_map<std::string, std::vector<Definition>> by_name_;
};

}  // namespace codegraph::index
