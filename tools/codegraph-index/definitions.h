// Holds all definitions of the snapshot that is being written, by name, and resolves a mentioned name among them.
//
// These definitions come into question:
// - those of the same language family;
// - a method, only where the language lets one be mentioned so;
// - a C `static`, only in its file;
// - another module's variable in Python and JavaScript, only when it is imported or qualified.
//
// They are ranked by nearness, and only the nearest rank that has any counts:
// - rank 0: the mention names the scope, by the qualifier before the name or by standing inside of the scope;
// - rank 1: the same file;
// - rank 2: the same directory;
// - rank 3: anywhere.
//
// The confidence is base / n, rounded to 3 places, where n is the number of different FQNs in that rank. The base is
// - 0.6 for a member of a receiver whose type we do not know (`x.name`);
// - 0.9 for rank 0, or when no other rank has any;
// - 0.8 when farther ranks have some.
// When n is above the limit (--max-candidates, 8), the name says nothing. It is left out and counted as ambiguous.
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

// How a name is mentioned: `name` is plain, `x.name` and `x->name` are of a member, `X::name` is scoped.
enum class Access : std::uint8_t { plain, member, scoped };

struct Mention {
    std::string_view name = {};
    std::string_view qualifier = {};  // the word before `.`, `->` or `::`; empty when there is none
    std::string_view scope = {};      // the FQN of the chunk around the mention
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
    bool ambiguous = false;             // says that candidates are left out, since they are more than the limit
};

double confidence_of(double base, std::size_t candidates);

class Definitions {
public:
    explicit Definitions(std::size_t max_candidates = 8) : max_candidates_(max_candidates) {}

    void clear();
    bool has_file(std::string_view path) const { return file_indexes_.contains(std::string(path)); }
    std::size_t file_count() const { return file_indexes_.size(); }
    // Returns the index of a file that is known.
    std::uint32_t file_index(std::string_view path) const { return file_indexes_.at(std::string(path)); }
    // Adds a file without definitions, unless it is there. Returns its index.
    std::uint32_t add_file(std::string_view path);
    void add(std::uint32_t file, std::string_view kind, std::string_view fqn, std::string_view name, Family family,
             std::string_view visibility);
    void remove_file(std::string_view path);
    void replace_file(std::string_view path, Family family, const std::vector<Chunk>& chunks);

    Resolution resolve(std::uint32_t file, const Mention& mention) const;
    // Returns the files whose path ends with this name, sorted by path.
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
