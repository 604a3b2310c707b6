// Format 1. Integers are minimal LEB128 varints, keys are those of codegraph_symbols:
//     byte 1 (the format)
//     kinds: count, then each key, ascending
//     languages: count, then each: length, bytes; ascending
//     chunks: count, then for each in canonical order:
//         symbol key, index into kinds, index into languages (only where there are several), start line minus that of
//         the chunk before (0 before the first), end line minus start line, flags: 1 has an FQN, 2 soft-deleted,
//         4 name follows, 8 occurrence follows, 16 explicit id follows, 32 visibility `private`, 64 visibility `local`
//         [name: length, bytes]  [occurrence, at least 2]  [explicit id: length, bytes]
//     lists of candidates: count, then each, ascending by the keys of the candidates, then of the name:
//         2 * count of candidates + (1 when a name follows), key of each candidate  [key of the name]
//         A list of one candidate without a name is none: dependencies name its candidate.
//     relationships: count, then each key, ascending
//     dependencies: count, then for each, sorted by (from, whether it has a list, target or list, relationship):
//         2 * (from minus that of the dependency before) + (1 when it has a list),
//         target key, or index of the list (minus that before when from and whether there is a list are the same),
//         2 * index into relationships + (1 when a confidence follows)
//         [confidence: IEEE 754 binary64, big-endian, not 1]
//     aliases: count, then for each in the order given:
//         key of the FQN, 2 * count of targets + (1 with members), key of each target
// In the column the seal follows: 8 bytes.
//
// Sites, format 1:
//     byte 1 (the format)
//     count of dependencies with sites, then for each, ascending:
//         index of the dependency minus that of the one before (before the first: the index), count of sites, then each
//         in ascending order:
//             line minus that of the site before (0 before the first), column (0: none),
//             [where there is a column: end column minus column (0: none)]
// In the column their seal follows.
#include "model/outline.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "base/bytes.h"
#include "base/error.h"

namespace codegraph {

namespace {

constexpr char format = 1;
constexpr uint64_t flag_fqn = 1, flag_deleted = 2, flag_name = 4, flag_occurrence = 8, flag_explicit = 16,
                   flag_private = 32, flag_local = 64, flags_end = 128;

// The distinct keys of a few kinds or relationships, which entries then name by a small index.
class Dictionary {
public:
    void add(int64_t key) { keys_.push_back(key); }
    void close() {
        std::ranges::sort(keys_);
        keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
    }
    uint64_t index(int64_t key) const {
        return static_cast<uint64_t>(std::ranges::lower_bound(keys_, key) - keys_.begin());
    }
    void append_to(std::string& out) const {
        append_varint(out, keys_.size());
        for (int64_t key : keys_) append_varint(out, static_cast<uint64_t>(key));
    }

private:
    std::vector<int64_t> keys_;
};

void append_text(std::string& out, std::string_view text) {
    append_varint(out, text.size());
    out += text;
}

void append_key(std::string& out, int64_t key) {
    append_varint(out, static_cast<uint64_t>(key));
}

// The distinct languages of the chunks.
class Languages {
public:
    explicit Languages(const std::vector<OutlineChunk>& chunks) {
        for (const OutlineChunk& chunk : chunks)
            if (texts_.empty() || texts_.back() != chunk.language) texts_.push_back(chunk.language);
        std::ranges::sort(texts_);
        texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
    }
    void append_to(std::string& out) const {
        append_varint(out, texts_.size());
        for (std::string_view text : texts_) append_text(out, text);
    }
    void append_index(std::string& out, std::string_view text) const {
        if (texts_.size() > 1)
            append_varint(out, static_cast<uint64_t>(std::ranges::lower_bound(texts_, text) - texts_.begin()));
    }

private:
    std::vector<std::string_view> texts_;
};

void append_lists(std::string& out, const std::vector<OutlineList>& lists) {
    append_varint(out, lists.size());
    for (const OutlineList& list : lists) {
        const bool has_name = list.to_name != no_symbol;
        append_varint(out, list.candidates.size() << 1 | (has_name ? 1 : 0));
        for (int64_t candidate : list.candidates) append_key(out, candidate);
        if (has_name) append_key(out, list.to_name);
    }
}

void append_aliases(std::string& out, const std::vector<OutlineAlias>& aliases) {
    append_varint(out, aliases.size());
    for (const OutlineAlias& alias : aliases) {
        append_key(out, alias.fqn);
        append_varint(out, alias.targets.size() << 1 | (alias.members ? 1 : 0));
        for (int64_t target : alias.targets) append_key(out, target);
    }
}

void append_chunk(std::string& out, const OutlineChunk& chunk, const Dictionary& kinds, const Languages& languages,
                  int64_t line_before) {
    append_key(out, chunk.symbol);
    append_varint(out, kinds.index(chunk.kind));
    languages.append_index(out, chunk.language);
    append_varint(out, static_cast<uint64_t>(chunk.start_line - line_before));
    append_varint(out, static_cast<uint64_t>(chunk.end_line - chunk.start_line));
    bool has_occurrence = !chunk.explicit_id && chunk.occurrence > 1;
    append_varint(out, (chunk.has_fqn ? flag_fqn : 0) | (chunk.is_deleted ? flag_deleted : 0) |
                           (chunk.name ? flag_name : 0) | (has_occurrence ? flag_occurrence : 0) |
                           (chunk.explicit_id ? flag_explicit : 0) | (chunk.is_private ? flag_private : 0) |
                           (chunk.is_local ? flag_local : 0));
    if (chunk.name) append_text(out, *chunk.name);
    if (has_occurrence) append_varint(out, chunk.occurrence);
    if (chunk.explicit_id) append_text(out, *chunk.explicit_id);
}

bool has_list(const OutlineDependency& d) {
    return d.list != OutlineDependency::no_list;
}

auto outline_order(const OutlineDependency& d) {
    const bool by_list = has_list(d);
    return std::tuple(d.from, by_list, by_list ? d.list : static_cast<uint64_t>(d.target), d.relationship);
}

void append_dependencies(std::string& out, const std::vector<OutlineDependency>& sorted,
                         const Dictionary& relationships) {
    append_varint(out, sorted.size());
    const OutlineDependency* last = nullptr;
    for (const OutlineDependency& d : sorted) {
        const auto [from, by_list, what, relationship] = outline_order(d);
        const bool same = last && last->from == from && has_list(*last) == by_list;
        append_varint(out, (from - (last ? last->from : 0)) << 1 | (by_list ? 1 : 0));
        append_varint(out, what - (same ? std::get<2>(outline_order(*last)) : 0));
        const bool certain = d.confidence == 1;
        append_varint(out, relationships.index(relationship) << 1 | (certain ? 0 : 1));
        if (!certain) append_real(out, d.confidence);
        last = &d;
    }
}

}  // namespace

bool comes_before_in_outline(const OutlineDependency& a, const OutlineDependency& b) {
    return outline_order(a) < outline_order(b);
}

std::string encode_outline(const Outline& outline) {
    std::string out(1, format);
    Dictionary kinds, relationships;
    for (const OutlineChunk& chunk : outline.chunks) kinds.add(chunk.kind);
    kinds.close();
    kinds.append_to(out);
    const Languages languages(outline.chunks);
    languages.append_to(out);
    append_varint(out, outline.chunks.size());
    int64_t line_before = 0;
    for (const OutlineChunk& chunk : outline.chunks) {
        append_chunk(out, chunk, kinds, languages, line_before);
        line_before = chunk.start_line;
    }
    append_lists(out, outline.lists);
    std::vector<OutlineDependency> sorted = outline.dependencies;
    std::ranges::sort(sorted, comes_before_in_outline);
    for (const OutlineDependency& d : sorted) relationships.add(d.relationship);
    relationships.close();
    relationships.append_to(out);
    append_dependencies(out, sorted, relationships);
    append_aliases(out, outline.aliases);
    return out;
}

OutlineReader::OutlineReader(std::string_view bytes) : in_(bytes, "a file version's outline") {
    if (in_.byte() != format) in_.fail("unknown format");
    begin_dictionary(kinds_);
    read_languages();
    chunk_count_ = chunks_left_ = read_count();
}

void OutlineReader::read_languages() {
    languages_.resize(read_count());
    is_language_used_.assign(languages_.size(), false);
    for (size_t i = 0; i < languages_.size(); i++) {
        languages_[i] = in_.take(in_.varint());
        if (i > 0 && languages_[i] <= languages_[i - 1]) in_.fail("languages are not ascending");
    }
}

void OutlineReader::read_lists() {
    lists_.resize(read_count());
    is_list_used_.assign(lists_.size(), false);
    for (size_t i = 0; i < lists_.size(); i++) {
        const uint64_t head = in_.varint();
        const bool has_name = head & 1;
        if (head >> 1 > most_candidates || head == 0 || head == 1 << 1) in_.fail("a list has no such length");
        OutlineList& list = lists_[i];
        for (uint64_t n = head >> 1; n > 0; n--) list.candidates.push_back(read_key());
        if (has_name) list.to_name = read_key();
        if (i > 0 && list <= lists_[i - 1]) in_.fail("lists are not ascending");
    }
}

// Reads a count of items. Each takes at least one byte, so that damage cannot ask for more memory than it has bytes.
uint64_t OutlineReader::read_count() {
    const uint64_t n = in_.varint();
    if (n > in_.bytes_left()) in_.fail("a count exceeds its bytes");
    return n;
}

int64_t OutlineReader::read_key() {
    const uint64_t value = in_.varint();
    if (value > INT64_MAX) in_.fail("a key is out of range");
    return static_cast<int64_t>(value);
}

void OutlineReader::begin_dictionary(Keys& dictionary) {
    dictionary.keys.resize(read_count());
    dictionary.used.assign(dictionary.keys.size(), 0);
    for (size_t i = 0; i < dictionary.keys.size(); i++) {
        dictionary.keys[i] = read_key();
        if (i > 0 && dictionary.keys[i] <= dictionary.keys[i - 1]) in_.fail("keys are not ascending");
    }
}

void OutlineReader::end_dictionary(const Keys& dictionary) {
    if (!std::ranges::all_of(dictionary.used, std::identity())) in_.fail("a key is not used");
}

int64_t OutlineReader::take_key(Keys& dictionary, uint64_t index) {
    if (index >= dictionary.keys.size()) in_.fail("an index is out of range");
    dictionary.used[index] = 1;
    return dictionary.keys[index];
}

int64_t OutlineReader::read_line(int64_t from) {
    const uint64_t more = in_.varint();
    if (more > INT32_MAX || from + static_cast<int64_t>(more) > INT32_MAX) in_.fail("a line is out of range");
    return from + static_cast<int64_t>(more);
}

double OutlineReader::read_confidence() {  // one that is not 1
    const double value = in_.real();
    if (!(value >= 0 && value < 1) || std::signbit(value)) in_.fail("a confidence is out of range");
    return value;
}

bool OutlineReader::next_chunk(OutlineChunk& chunk) {
    if (chunks_left_ == 0) {
        end_dictionary(kinds_);
        if (!std::ranges::all_of(is_language_used_, std::identity())) in_.fail("a language is not used");
        read_lists();
        begin_dictionary(relationships_);
        dependency_count_ = dependencies_left_ = read_count();
        return false;
    }
    chunks_left_--;
    chunk.symbol = read_key();
    chunk.kind = take_key(kinds_, in_.varint());
    const uint64_t language = languages_.size() > 1 ? in_.varint() : 0;
    if (language >= languages_.size()) in_.fail("an index is out of range");
    is_language_used_[language] = true;
    chunk.language = languages_[language];
    chunk.start_line = read_line(line_before_);
    if (chunk.start_line < 1) in_.fail("a line is out of range");
    line_before_ = chunk.start_line;
    chunk.end_line = read_line(chunk.start_line);
    const uint64_t flags = in_.varint();
    if (flags >= flags_end || (flags & flag_occurrence && flags & flag_explicit)) in_.fail("unknown flags");
    chunk.has_fqn = flags & flag_fqn;
    chunk.is_deleted = flags & flag_deleted;
    chunk.is_private = flags & flag_private;
    chunk.is_local = flags & flag_local;
    if (chunk.is_private && chunk.is_local) in_.fail("unknown flags");
    chunk.name.reset();
    if (flags & flag_name) chunk.name = in_.take(in_.varint());
    chunk.occurrence = flags & flag_occurrence ? in_.varint() : 1;
    if (flags & flag_occurrence && (chunk.occurrence < 2 || chunk.occurrence > INT64_MAX))
        in_.fail("a number is out of range");
    chunk.explicit_id.reset();
    if (flags & flag_explicit) chunk.explicit_id = in_.take(in_.varint());
    return true;
}

// Reads what a dependency names. `before` is the dependency before where that is of the same chunk.
void OutlineReader::read_target(OutlineDependency& dependency, bool by_list, const OutlineDependency* before) {
    const bool is_delta = before && has_list(*before) == by_list;
    if (!by_list) {
        dependency.list = OutlineDependency::no_list;
        dependency.target = read_key();
        if (is_delta && __builtin_add_overflow(dependency.target, before->target, &dependency.target))
            in_.fail("a key is out of range");
        return;
    }
    dependency.list = in_.varint();
    if (is_delta && __builtin_add_overflow(dependency.list, before->list, &dependency.list))
        in_.fail("an index is out of range");
    if (dependency.list >= lists_.size()) in_.fail("an index is out of range");
    is_list_used_[dependency.list] = true;
    const OutlineList& list = lists_[dependency.list];
    dependency.target = list.candidates.empty() ? no_symbol : list.candidates.front();
}

bool OutlineReader::next_dependency(OutlineDependency& dependency) {
    if (dependencies_left_ == 0) {
        end_dictionary(relationships_);
        if (!std::ranges::all_of(is_list_used_, std::identity())) in_.fail("a list is not used");
        alias_count_ = aliases_left_ = read_count();
        return false;
    }
    const bool is_first = dependencies_left_-- == dependency_count_;
    const OutlineDependency before = last_;
    const uint64_t head = in_.varint(), more = head >> 1;
    last_.from = (is_first ? 0 : before.from) + more;
    if (more >= chunk_count_ || last_.from >= chunk_count_) in_.fail("a dependency starts in no chunk");
    read_target(last_, head & 1, !is_first && more == 0 ? &before : nullptr);
    const uint64_t how = in_.varint();
    last_.relationship = take_key(relationships_, how >> 1);
    if (!is_first && !comes_before_in_outline(before, last_)) in_.fail("dependencies are out of order");
    last_.confidence = how & 1 ? read_confidence() : 1;
    dependency = last_;
    return true;
}

bool OutlineReader::next_alias(OutlineAlias& alias) {
    if (aliases_left_ == 0) {
        if (!in_.at_end()) in_.fail("bytes are left over");
        return false;
    }
    aliases_left_--;
    alias.fqn = read_key();
    const uint64_t head = in_.varint();
    if (head >> 1 == 0 || head >> 1 > most_candidates) in_.fail("an alias has no such number of targets");
    alias.members = head & 1;
    alias.targets.clear();
    for (uint64_t n = head >> 1; n > 0; n--) alias.targets.push_back(read_key());
    return true;
}

Outline decode_outline(std::string_view bytes) {
    OutlineReader reader(bytes);
    Outline outline;
    outline.chunks.reserve(reader.chunk_count());
    for (OutlineChunk chunk; reader.next_chunk(chunk);) outline.chunks.push_back(chunk);
    outline.dependencies.reserve(reader.dependency_count());
    for (OutlineDependency dependency; reader.next_dependency(dependency);) outline.dependencies.push_back(dependency);
    outline.lists = reader.lists();
    outline.aliases.reserve(reader.alias_count());
    for (OutlineAlias alias; reader.next_alias(alias);) outline.aliases.push_back(alias);
    return outline;
}

std::string encode_sites(const SitesByDependency& sites) {
    std::string out(1, format);
    append_varint(out, sites.size());
    uint64_t before = 0;
    for (const auto& [dependency, of_dependency] : sites) {
        append_varint(out, dependency - before);
        before = dependency;
        append_varint(out, of_dependency.size());
        int32_t line = 0;
        for (const Site& site : of_dependency) {
            append_varint(out, static_cast<uint64_t>(site.line - line));
            line = site.line;
            append_varint(out, static_cast<uint64_t>(site.column));
            if (site.column > 0)
                append_varint(out, site.end_column == 0 ? 0 : static_cast<uint64_t>(site.end_column - site.column));
        }
    }
    return out;
}

namespace {

// Reads a number that is added to `base`, so that the sum fits.
int32_t read_more(ByteReader& in, int32_t base) {
    const uint64_t more = in.varint();
    if (more > static_cast<uint64_t>(INT32_MAX - base)) in.fail("a number is out of range");
    return base + static_cast<int32_t>(more);
}

Site read_site(ByteReader& in, int32_t line_before) {
    Site site;
    site.line = read_more(in, line_before);
    if (site.line == 0) in.fail("a line is out of range");
    site.column = read_more(in, 0);
    if (site.column == 0) return site;
    site.end_column = read_more(in, site.column);
    if (site.end_column == site.column) site.end_column = 0;
    return site;
}

}  // namespace

SitesByDependency decode_sites(std::string_view bytes, uint64_t dependency_count) {
    ByteReader in(bytes, "the sites of a file version");
    if (in.byte() != format) in.fail("unknown format");
    SitesByDependency sites;
    const uint64_t count = in.varint();
    if (count == 0) in.fail("there are none");
    uint64_t dependency = 0;
    for (uint64_t n = 0; n < count; n++) {
        const uint64_t more = in.varint();
        if (more >= dependency_count || (n > 0 && more == 0)) in.fail("a dependency is out of range");
        dependency += more;
        if (dependency >= dependency_count) in.fail("a dependency is out of range");
        std::vector<Site>& of_dependency = sites[dependency];
        const uint64_t site_count = in.varint();
        if (site_count == 0 || site_count > most_sites) in.fail("a dependency has no such number of sites");
        for (uint64_t i = 0; i < site_count; i++) {
            const Site site = read_site(in, of_dependency.empty() ? 0 : of_dependency.back().line);
            if (!of_dependency.empty() && site <= of_dependency.back()) in.fail("sites are out of order");
            of_dependency.push_back(site);
        }
    }
    if (!in.at_end()) in.fail("bytes are left over");
    return sites;
}

static constexpr size_t seal_bytes = 8;

static Digest seal_of(std::string_view word, std::string_view bytes, const Digest& file_version, Sha256& sha256) {
    return sha256.add(word).add(file_version.view()).add(bytes).finish();
}

static void seal(std::string_view word, std::string& bytes, const Digest& file_version, Sha256& sha256) {
    bytes += seal_of(word, bytes, file_version, sha256).view().substr(0, seal_bytes);
}

static std::string_view unseal(std::string_view word, std::string_view column, const Digest& file_version,
                               Sha256& sha256, const char* what) {
    const size_t size = column.size() < seal_bytes ? 0 : column.size() - seal_bytes;
    const std::string_view bytes = column.substr(0, size);
    if (seal_of(word, bytes, file_version, sha256).view().substr(0, seal_bytes) != column.substr(size))
        throw corrupt(std::string(what) + " does not match its seal");
    return bytes;
}

void seal_outline(std::string& outline, const Digest& file_version, Sha256& sha256) {
    seal("", outline, file_version, sha256);
}

std::string_view unseal_outline(std::string_view column, const Digest& file_version, Sha256& sha256) {
    return unseal("", column, file_version, sha256, "a file version's outline");
}

void seal_sites(std::string& sites, const Digest& file_version, Sha256& sha256) {
    seal("sites", sites, file_version, sha256);
}

std::string_view unseal_sites(std::string_view column, const Digest& file_version, Sha256& sha256) {
    return unseal("sites", column, file_version, sha256, "the column of a file version's sites");
}

}  // namespace codegraph
