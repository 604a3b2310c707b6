// Gives paths numbers, and takes them apart. A path is a name as binding reads it: `owner`, separator, member.
//
// Separators are `.`, `::`, `#` and `/`. The last one in a path divides it when neither owner nor member is empty:
// `.f`, `m.` and `operator/` are not divided. A path that ends in `()` stands for the result of calling what is before
// it.
//
// Invariants:
// 1. A path is kept as the number of its owner, its last separator, and the number of its member, however long it is.
//    So to put a member behind an owner takes one look-up, and no text is made.
// 2. A text has one number. For this a path that ends in a separator (`m.`) is kept as owner, separator and an empty
//    member, though the rule does not divide it; where the text before the last separator is empty (`.f`), or there
//    is no separator, the whole text is kept as the member of no owner.
// 3. Numbers ascend, and an owner's is less than those of its members. The paths that came last can be taken back.
//
// Memory: 20 bytes a path, 8 a different member, 12 to 24 for each in hash tables, and the texts of different members.
#pragma once
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "binding/fingerprint.h"
#include "binding/number_table.h"
#include "binding/text_table.h"

namespace codegraph {

using PathId = uint32_t;
inline constexpr PathId no_path = ~uint32_t{0};

enum class Separator : uint8_t { none, dot, colons, hash, slash };
std::string_view text_of(Separator separator);

// A text divided at its last separator. The member may be empty, the owner is not.
struct DividedText {
    std::string_view owner, member;
    Separator separator;
};
// Returns nothing where there is no separator, or nothing before the last one.
std::optional<DividedText> divide_at_last_separator(std::string_view text);

// Returns what PathTable::fingerprint() returns for the path with this text.
Fingerprint path_fingerprint(std::string_view text);

class PathTable {
public:
    explicit PathTable(std::pmr::memory_resource* memory = std::pmr::get_default_resource());
    void reserve(size_t paths, size_t members, size_t bytes_of_members);

    uint32_t size() const { return static_cast<uint32_t>(paths_.size()); }
    // Returns the path with this text, which is not empty. It looks only at what the text does not share with the one
    // before, so that texts in ascending order cost least.
    PathId intern(std::string_view text);
    // Returns the path `owner`, the separator and the member of `like`, which is divided.
    PathId with_owner(PathId owner, PathId like) { return intern(owner, paths_[like].separator, paths_[like].member); }
    // Returns the path, with `()` behind it.
    PathId called(PathId path);
    // Returns the path without the `()` at its end; no_path when it does not end in `()` or is nothing else.
    PathId callee(PathId path);

    bool is_divided(PathId path) const { return paths_[path].owner != no_path && paths_[path].member != empty; }
    PathId owner(PathId path) const { return paths_[path].owner; }  // of a divided path
    size_t length(PathId path) const { return paths_[path].length; }
    void append_text(PathId path, std::string& out) const;
    Fingerprint fingerprint(PathId path) const { return paths_[path].fingerprint; }

    // Is a time in the life of a table, to which truncate() brings it back.
    struct Mark {
        uint32_t paths, members;
    };
    Mark mark() const { return {size(), members_.size()}; }
    static Mark beginning() { return PathTable().mark(); }
    void truncate(Mark mark);
    size_t bytes() const;  // of memory

private:
    using Member = TextTable::Text;
    struct Path {
        PathId owner;
        Member member;
        Fingerprint fingerprint;
        uint32_t length;  // of its text
        Separator separator;
        bool is_call;  // it ends in `()`, and has something before
    };
    struct Part {
        Separator separator;
        std::string_view member;
    };
    static constexpr Member empty = 0;  // the empty member

    struct Owner {
        size_t length;
        PathId path;
    };
    size_t count_common_bytes(std::string_view text) const;
    PathId intern(PathId owner, Separator separator, Member member);
    PathId add(const Path& path);

    std::pmr::vector<Path> paths_;
    NumberTable places_;
    TextTable members_;

    std::string last_text_;           // that was interned
    std::vector<Owner> last_owners_;  // of that: its first part, what that owns, and so on to the whole text
    std::vector<Part> parts_;         // of the text that is interned, from its end on
    std::string text_;                // of a member in the making
};

}  // namespace codegraph
