// NaiveBinding binds as the rule reads: by recursion over texts, with nothing remembered from one question to the next.
// It is the oracle for the resolver and the binder. random_files() makes facts with everything that may trip these up.
#pragma once
#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "random.h"

namespace codegraph::binding_tests {

struct Chunk {
    std::string id, fqn, name, kind, visibility, language;  // an empty fqn: none
    bool is_deleted = false;
};

struct Alias {
    std::string name;
    std::vector<std::string> targets;
    bool members = false;
};

struct List {
    std::vector<std::string> candidates;
    std::string to_name, language;  // an empty to_name: none
    auto operator<=>(const List&) const = default;
};

struct File {
    std::string path;
    bool is_deleted = false;
    std::vector<Chunk> chunks;
    std::vector<Alias> aliases;
    std::vector<List> lists;
};

struct NaiveAnswer {
    std::optional<std::string> symbol;
    char by = 'n';  // c: a candidate, m: the name of a member, n: nothing
    bool operator==(const NaiveAnswer&) const = default;
};

// The names that a question or a list asked for: paths as they are, simple names as `name|family`.
using Asked = std::set<std::string>;

class NaiveBinding {
public:
    static constexpr int path_limit = 1000;

    explicit NaiveBinding(std::vector<File> files) : files_(std::move(files)) {
        std::ranges::stable_sort(files_, {}, &File::path);
        std::erase_if(files_, [](const File& file) { return file.is_deleted; });
        for (File& file : files_) {
            std::erase_if(file.chunks, [](const Chunk& chunk) { return chunk.is_deleted; });
            for (const Chunk& chunk : file.chunks) {
                if (!chunk.fqn.empty()) definitions_[chunk.fqn].push_back(chunk);
                ids_[chunk.id] = chunk.fqn.empty() ? chunk.id : chunk.fqn;
            }
            for (const Alias& alias : file.aliases) {
                auto& targets = (alias.members ? members_ : exact_)[alias.name];
                targets.insert(targets.end(), alias.targets.begin(), alias.targets.end());
            }
        }
    }
    const std::vector<File>& files() const { return files_; }

    // --- one question
    std::optional<std::string> resolve(const std::string& path) {
        results_.clear();
        open_.clear();
        count_ = 0;
        const std::optional<std::string> result = res(path);
        return count_ > path_limit ? std::nullopt : result;
    }
    int count() const { return std::min(count_, path_limit + 1); }

    // --- a list
    NaiveAnswer bind(const List& list) {
        asked_too_much = false;
        asked.clear();
        for (const std::string& candidate : list.candidates) {
            asked.insert(candidate);
            if (ids_.contains(candidate)) return {ids_[candidate], 'c'};
            const auto fqn = resolve(candidate);
            asked_too_much |= count_ > path_limit;
            if (fqn) return {fqn, 'c'};
        }
        if (!list.to_name.empty()) {
            asked.insert(list.to_name + "|" + family(list.language));
            const std::set<std::string> fqns = members_named(list.to_name, family(list.language));
            if (fqns.size() == 1) return {*fqns.begin(), 'm'};
        }
        if (list.candidates.empty()) return {std::nullopt, 'n'};
        return {list.candidates[0], 'n'};
    }
    Asked asked;                  // since the last bind() began, or since it was cleared
    bool asked_too_much = false;  // the last bind() passed the limit

    static std::string family(std::string language) {
        for (char& c : language) c = static_cast<char>(std::tolower(c));
        if (language == "c++" || language == "cpp" || language == "objc") return "c";
        if (language == "typescript" || language == "jsx" || language == "tsx") return "javascript";
        return language;
    }
    static bool is_class(const Chunk& chunk) {
        static const std::set<std::string> kinds = {"class", "struct", "interface", "trait", "enum",
                                                    "union", "record", "object",    "type"};
        return kinds.contains(chunk.kind);
    }
    static bool is_member(const Chunk& chunk) {
        static const std::set<std::string> kinds = {"method", "field", "property", "member"};
        return kinds.contains(chunk.kind) && chunk.visibility != "local" && !chunk.fqn.empty();
    }

private:
    struct Divided {
        std::string owner, separator, member;
    };
    static std::optional<Divided> divide(const std::string& path) {
        size_t last = std::string::npos, size = 0;
        for (const char* separator : {".", "::", "#", "/"}) {
            const size_t at = path.rfind(separator);
            if (at == std::string::npos || (last != std::string::npos && at < last)) continue;
            last = at;
            size = std::string(separator).size();
        }
        if (last == std::string::npos || last == 0 || last + size == path.size()) return std::nullopt;
        return Divided{path.substr(0, last), path.substr(last, size), path.substr(last + size)};
    }
    static const std::vector<std::string>& of(const std::map<std::string, std::vector<std::string>>& aliases,
                                              const std::string& name) {
        static const std::vector<std::string> none;
        const auto found = aliases.find(name);
        return found == aliases.end() ? none : found->second;
    }
    bool is_private(const std::string& fqn) const {
        return std::ranges::all_of(definitions_.at(fqn),
                                   [](const Chunk& chunk) { return chunk.visibility == "private"; });
    }
    std::set<std::string> members_named(const std::string& name, const std::string& in) const {
        std::set<std::string> fqns;
        for (const File& file : files_)
            for (const Chunk& chunk : file.chunks)
                if (is_member(chunk) && chunk.name == name && family(chunk.language) == in) fqns.insert(chunk.fqn);
        return fqns;
    }

    std::optional<std::string> res(const std::string& path) {
        if (open_.contains(path)) return std::nullopt;
        if (const auto known = results_.find(path); known != results_.end()) return known->second;
        if (++count_ > path_limit) return std::nullopt;
        asked.insert(path);
        open_.insert(path);
        const std::optional<std::string> result = evaluate(path);
        open_.erase(path);
        return results_[path] = result;
    }
    std::optional<std::string> first_of(const std::vector<std::string>& targets) {
        for (const std::string& target : targets)
            if (const auto result = res(target)) return result;
        return std::nullopt;
    }
    std::optional<std::string> inherited(const std::string& owner, const Divided& divided) {
        for (const std::string& target : of(members_, owner)) {
            const auto result = res(target + divided.separator + divided.member);
            if (result && !is_private(*result)) return result;
        }
        return std::nullopt;
    }
    std::optional<std::string> evaluate(const std::string& path) {
        if (definitions_.contains(path)) return path;
        if (const auto result = first_of(of(exact_, path))) return result;
        if (path.size() > 2 && path.ends_with("()")) {
            if (const auto o = res(path.substr(0, path.size() - 2))) {
                if (*o + "()" != path) {
                    asked.insert(*o + "()");
                    if (const auto result = first_of(of(exact_, *o + "()"))) return result;
                }
                if (is_class(definitions_.at(*o)[0])) return o;
            }
        }
        const std::optional<Divided> divided = divide(path);
        if (!divided) return std::nullopt;
        const auto o = res(divided->owner);
        if (o && *o != divided->owner)
            if (const auto result = res(*o + divided->separator + divided->member)) return result;
        if (o)
            if (const auto result = inherited(*o, *divided)) return result;
        if (!o || *o != divided->owner) return inherited(divided->owner, *divided);
        return std::nullopt;
    }

    std::vector<File> files_;
    std::map<std::string, std::vector<Chunk>> definitions_;
    std::map<std::string, std::string> ids_;
    std::map<std::string, std::vector<std::string>> exact_, members_;

    std::map<std::string, std::optional<std::string>> results_;
    std::set<std::string> open_;
    int count_ = 0;
};

// ---- random facts ----

// Makes paths of few different parts, so that they meet.
class RandomPaths {
public:
    explicit RandomPaths(Random& random) : random_(random), separators_(1 + random.below(4)) {}

    std::string operator()() {
        static const std::vector<std::string> odd = {".",    "::",   "#",  "/",    "()",   ".f",        "m.",
                                                     "a..b", ":::b", "a:", "a.()", "::()", "operator/", "operator/()"};
        if (random_.one_in(25)) return random_.of(odd);
        std::string path = part();
        for (uint64_t more = random_.below(4); more > 0; more--) path += separator() + part();
        return path;
    }
    // Returns a path, now and then with something behind it.
    std::string near(const std::string& path) {
        if (random_.one_in(3)) return path + separator() + part();
        if (random_.one_in(6)) return path + "()";
        return path;
    }

private:
    std::string part() {
        static const std::vector<std::string> parts = {"a", "b", "c", "x", "y"};
        std::string text = random_.of(parts);
        while (random_.one_in(7)) text += "()";
        return text;
    }
    std::string separator() {
        static const std::vector<std::string> separators = {".", "::", "#", "/"};
        return separators[random_.below(separators_)];
    }

    Random& random_;
    uint64_t separators_;  // how many different ones
};

inline Chunk random_chunk(Random& random, RandomPaths& paths, const std::string& file) {
    static const std::vector<std::string> kinds = {"class", "method", "function", "field", "type", "property"};
    static const std::vector<std::string> visibilities = {"", "public", "private", "private", "local"};
    static const std::vector<std::string> languages = {"c", "C++", "ObjC", "python", "Python", "tsx", "JavaScript"};
    Chunk chunk;
    if (!random.one_in(6)) chunk.fqn = paths();
    chunk.name = std::string(1, "abcxy"[random.below(5)]);
    // An id may look like a path.
    chunk.id = (random.one_in(8) ? paths() + "." : "repo:") + file + ":" + std::to_string(random.bits());
    chunk.kind = random.of(kinds);
    chunk.visibility = random.of(visibilities);
    chunk.language = random.of(languages);
    chunk.is_deleted = random.one_in(8);
    return chunk;
}

inline List random_list(Random& random, RandomPaths& paths, const std::vector<File>& files) {
    List list;
    for (uint64_t candidates = random.below(4); candidates > 0; candidates--) {
        const File& file = random.of(files);
        const bool is_id = random.one_in(6) && !file.chunks.empty();
        const std::string candidate = is_id ? random.of(file.chunks).id : paths.near(paths());
        if (std::ranges::find(list.candidates, candidate) == list.candidates.end())
            list.candidates.push_back(candidate);
    }
    if (list.candidates.empty() || random.one_in(3)) {
        list.to_name = std::string(1, "abcxy"[random.below(5)]);
        list.language = random.one_in(2) ? "cpp" : "Python";
    }
    return list;
}

inline File random_file(Random& random, RandomPaths& paths, const std::string& path) {
    File file{.path = path, .is_deleted = random.one_in(8), .chunks = {}, .aliases = {}, .lists = {}};
    for (uint64_t chunks = random.below(5); chunks > 0; chunks--)
        file.chunks.push_back(random_chunk(random, paths, path));
    for (uint64_t aliases = random.below(8); aliases > 0; aliases--) {
        Alias alias{.name = paths(), .targets = {}, .members = random.one_in(2)};
        for (uint64_t targets = 1 + random.below(3); targets > 0; targets--)
            alias.targets.push_back(random.one_in(10) ? alias.name : paths.near(paths()));
        file.aliases.push_back(alias);
    }
    return file;
}

inline std::vector<File> random_files(Random& random, RandomPaths& paths) {
    std::vector<File> files;
    for (char name = 'p'; name < 'p' + 1 + static_cast<char>(random.below(5)); name++)
        files.push_back(random_file(random, paths, std::string(1, name)));
    for (File& file : files)
        for (uint64_t lists = random.below(8); lists > 0; lists--)
            file.lists.push_back(random_list(random, paths, files));
    return files;
}

}  // namespace codegraph::binding_tests
