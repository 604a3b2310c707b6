#include "binding/path_table.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/error.h"

namespace codegraph {

static constexpr std::string_view call = "()";

std::string_view text_of(Separator separator) {
    switch (separator) {
        case Separator::dot:
            return ".";
        case Separator::colons:
            return "::";
        case Separator::hash:
            return "#";
        case Separator::slash:
            return "/";
        case Separator::none:
            break;
    }
    return "";
}

// Returns the separator that ends where `end` bytes of the text do.
static Separator separator_before(std::string_view text, size_t end) {
    switch (text[end - 1]) {
        case '.':
            return Separator::dot;
        case '#':
            return Separator::hash;
        case '/':
            return Separator::slash;
        case ':':
            return end > 1 && text[end - 2] == ':' ? Separator::colons : Separator::none;
        default:
            return Separator::none;
    }
}

std::optional<DividedText> divide_at_last_separator(std::string_view text) {
    for (size_t end = text.size(); end > 0; end--) {
        const Separator separator = separator_before(text, end);
        if (separator == Separator::none) continue;
        const size_t begin = end - text_of(separator).size();
        if (begin == 0) return std::nullopt;
        return DividedText{text.substr(0, begin), text.substr(end), separator};
    }
    return std::nullopt;
}

// ---- fingerprints ----

static Fingerprint fingerprint_of(Fingerprint owner, Separator separator, Fingerprint member) {
    return fingerprints::join(owner, static_cast<uint8_t>(separator), member);
}

static constexpr Fingerprint no_owner = 0;  // stands for its fingerprint

Fingerprint path_fingerprint(std::string_view text) {
    std::vector<std::pair<Separator, Fingerprint>> parts;  // from the end on
    while (const std::optional<DividedText> divided = divide_at_last_separator(text)) {
        parts.emplace_back(divided->separator, fingerprints::of_text(divided->member));
        text = divided->owner;
    }
    Fingerprint path = fingerprint_of(no_owner, Separator::none, fingerprints::of_text(text));
    for (size_t i = parts.size(); i > 0; i--) path = fingerprint_of(path, parts[i - 1].first, parts[i - 1].second);
    return path;
}

// ---- the table ----

PathTable::PathTable(std::pmr::memory_resource* memory) : paths_(memory), places_(memory), members_(memory) {
    members_.intern("");
}

void PathTable::reserve(size_t paths, size_t members, size_t bytes_of_members) {
    paths_.reserve(paths);
    places_.reserve(paths);
    members_.reserve(members, bytes_of_members);
}

PathId PathTable::intern(PathId owner, Separator separator, Member member) {
    const Fingerprint above = owner == no_path ? no_owner : paths_[owner].fingerprint;
    const Fingerprint fingerprint = fingerprint_of(above, separator, members_.fingerprint(member));
    const auto is_it = [&](PathId number) {
        const Path& path = paths_[number];
        return path.owner == owner && path.member == member && path.separator == separator;
    };
    const PathId known = places_.find(fingerprint, is_it);
    if (known != NumberTable::none) return known;
    const std::string_view text = members_[member];
    const size_t before = owner == no_path ? 0 : paths_[owner].length + text_of(separator).size();
    return add({.owner = owner,
                .member = member,
                .fingerprint = fingerprint,
                .length = static_cast<uint32_t>(before + text.size()),
                .separator = separator,
                .is_call = text.ends_with(call) && before + text.size() > call.size()});
}

PathId PathTable::add(const Path& path) {
    if (paths_.size() + 1 >= no_path) throw Error(ErrorKind::not_supported, "more than 4,294,967,294 paths");
    paths_.push_back(path);
    places_.push(path.fingerprint);
    return size() - 1;
}

size_t PathTable::count_common_bytes(std::string_view text) const {
    const size_t most = std::min(text.size(), last_text_.size());
    size_t count = 0;
    const auto word = [&](const char* bytes) {
        uint64_t value;
        std::memcpy(&value, bytes + count, sizeof value);
        return value;
    };
    while (count + sizeof(uint64_t) <= most && word(text.data()) == word(last_text_.data())) count += sizeof(uint64_t);
    while (count < most && text[count] == last_text_[count]) count++;
    return count;
}

PathId PathTable::intern(std::string_view text) {
    const size_t common = count_common_bytes(text);
    std::string_view rest = text;  // what is not in parts_ yet
    PathId path = no_path;
    parts_.clear();
    while (true) {
        while (!last_owners_.empty() && last_owners_.back().length > std::min(common, rest.size()))
            last_owners_.pop_back();
        if (!last_owners_.empty() && last_owners_.back().length == rest.size()) {
            path = last_owners_.back().path;
            break;
        }
        const std::optional<DividedText> divided = divide_at_last_separator(rest);
        if (!divided) break;
        parts_.push_back({divided->separator, divided->member});
        rest = divided->owner;
    }
    const auto step_to = [&](PathId next) {
        path = next;
        last_owners_.push_back({paths_[path].length, path});
    };
    if (path == no_path) step_to(intern(no_path, Separator::none, members_.intern(rest)));
    for (; !parts_.empty(); parts_.pop_back())
        step_to(intern(path, parts_.back().separator, members_.intern(parts_.back().member)));
    last_text_ = text;
    return path;
}

PathId PathTable::called(PathId path) {
    text_ = members_[paths_[path].member];
    text_ += call;
    const Member member = members_.intern(text_);
    return intern(paths_[path].owner, paths_[path].separator, member);
}

PathId PathTable::callee(PathId path) {
    if (!paths_[path].is_call) return no_path;
    text_ = members_[paths_[path].member];
    text_.resize(text_.size() - call.size());
    const Member member = members_.intern(text_);
    return intern(paths_[path].owner, paths_[path].separator, member);
}

void PathTable::append_text(PathId path, std::string& out) const {
    const size_t begin = out.size();
    out.resize(begin + paths_[path].length);
    for (size_t end = out.size(); path != no_path; path = paths_[path].owner) {  // from its end on
        const auto put_before = [&](std::string_view text) {
            end -= text.size();
            text.copy(out.data() + end, text.size());
        };
        put_before(members_[paths_[path].member]);
        put_before(text_of(paths_[path].separator));
    }
}

void PathTable::truncate(Mark mark) {
    while (paths_.size() > mark.paths) {
        places_.pop(paths_.back().fingerprint);
        paths_.pop_back();
    }
    members_.truncate(mark.members);
    while (!last_owners_.empty() && last_owners_.back().path >= mark.paths) last_owners_.pop_back();
}

size_t PathTable::bytes() const {
    return paths_.capacity() * sizeof(Path) + places_.bytes() + members_.bytes();
}

}  // namespace codegraph
