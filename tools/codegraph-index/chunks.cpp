#include "chunks.h"

#include <algorithm>
#include <map>

#include "extent.h"

namespace codegraph::index {
namespace {

constexpr std::size_t longest_name = 1024;  // the store's limit for names and FQNs

bool is_anonymous(std::string_view name) {
    return name.starts_with("__anon") || name.starts_with("anonymousFunction") || name.starts_with("AnonymousFunction");
}

bool is_type_scope(std::string_view kind) {
    return kind == "class" || kind == "struct" || kind == "union" || kind == "interface";
}

// Returns the chunk kind of a tag, or an empty text when the tag becomes no chunk.
std::string chunk_kind(const Tag& tag, Language language) {
    static const std::map<std::string_view, std::string_view> kinds{
        {"function", "function"}, {"generator", "function"},  {"method", "method"},    {"getter", "method"},
        {"setter", "method"},     {"class", "class"},         {"struct", "struct"},    {"union", "union"},
        {"enum", "enum"},         {"interface", "interface"}, {"typedef", "type"},     {"alias", "type"},
        {"macro", "macro"},       {"variable", "variable"},   {"constant", "constant"}};
    if (language == Language::python && tag.kind == "member") return "method";
    auto found = kinds.find(tag.kind);
    if (found == kinds.end()) return {};
    std::string kind(found->second);
    bool in_type = is_type_scope(tag.scope_kind);
    if ((kind == "variable" || kind == "constant") &&
        (in_type || tag.scope_kind == "function" || tag.scope_kind == "method" || tag.scope_kind == "member"))
        return {};
    if (kind == "function" && family_of(language) == Family::c && in_type) return "method";
    return kind;
}

std::string visibility_of(const Tag& tag, Language language) {
    if (!tag.access.empty()) return tag.access;
    bool file_only = tag.file_only && family_of(language) == Family::c;
    return file_only ? "file" : "";
}

// Makes `typedef struct {…} Name;` one definition: the typedef (or variable) gets the first line of the anonymous
// struct.
void join_anonymous_types(std::vector<Tag>& tags) {
    std::map<std::string, const Tag*, std::less<>> anonymous;
    for (const Tag& tag : tags)
        if (tag.name.starts_with("__anon")) anonymous[tag.name] = &tag;
    for (Tag& tag : tags) {
        std::size_t at = tag.typeref.rfind("__anon");
        if (at == std::string::npos) continue;
        auto found = anonymous.find(std::string_view(tag.typeref).substr(at));
        if (found == anonymous.end() || found->second->line > tag.line) continue;
        if (tag.end == 0) tag.end = std::max(found->second->end, tag.line);
        tag.line = found->second->line;
    }
}

// Returns the parts of a scope in the language's notation. Separators inside of `<…>` and `(…)` do not count.
std::vector<std::string_view> scope_parts(std::string_view scope) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < scope.size(); i++) {
        char c = scope[i];
        if (c == '<' || c == '(') depth++;
        if (c == '>' || c == ')') depth--;
        bool colons = scope.substr(i, 2) == "::";
        if (depth > 0 || (c != '.' && !colons)) continue;
        parts.push_back(scope.substr(begin, i - begin));
        if (colons) i++;
        begin = i + 1;
    }
    parts.push_back(scope.substr(std::min(begin, scope.size())));
    std::erase_if(parts, [](std::string_view part) { return part.empty() || is_anonymous(part); });
    return parts;
}

bool has_body(std::string_view kind) {
    return kind == "function" || kind == "method" || kind == "class" || kind == "interface" || kind == "enum";
}

struct Surroundings {
    std::string_view path;
    Language language;
    const Lines& lines;
    const std::vector<Token>& tokens;
    const TokenLines& token_lines;
};

void set_lines(Chunk& chunk, const Tag& tag, const Surroundings& in) {
    Family family = family_of(in.language);
    std::size_t name = in.token_lines.find(tag.line, tag.name);
    if (name == in.tokens.size()) name = in.token_lines.first_on(tag.line);
    chunk.name_line = tag.line;
    chunk.start_line = chunk.kind == "macro" ? tag.line : first_line(in.tokens, name, family, in.lines, tag.line);
    chunk.end_line = tag.end;
    if (tag.end == 0 && name < in.tokens.size() && in.tokens[name].line == tag.line)
        chunk.end_line = last_line(in.tokens, name, family, has_body(chunk.kind));
    chunk.end_line = std::clamp(chunk.end_line, tag.line, in.lines.count());
}

bool make_chunk(const Tag& tag, const Surroundings& in, Chunk& chunk) {
    if (tag.line > in.lines.count() || tag.name.size() > longest_name || is_anonymous(tag.name)) return false;
    chunk.kind = chunk_kind(tag, in.language);
    if (chunk.kind.empty()) return false;
    chunk.name = tag.name;
    chunk.fqn = make_fqn(in.path, tag.scope, tag.name);
    if (chunk.fqn.size() > longest_name) return false;
    chunk.visibility = visibility_of(tag, in.language);
    chunk.inherits = tag.inherits;
    set_lines(chunk, tag, in);
    return true;
}

}  // namespace

std::string module_of_path(std::string_view path) {
    std::size_t file = path.rfind('/') + 1;
    std::size_t dot = path.rfind('.');
    if (dot != std::string_view::npos && dot > file) path = path.substr(0, dot);
    if (path.ends_with("/__init__")) path.remove_suffix(std::string_view("/__init__").size());
    std::string module(path);
    std::replace(module.begin(), module.end(), '/', '.');
    return module;
}

std::string make_fqn(std::string_view path, std::string_view scope, std::string_view name) {
    std::string fqn = module_of_path(path);
    for (std::string_view part : scope_parts(scope)) fqn.append(".").append(part);
    return fqn.append(".").append(name);
}

std::string_view scope_of_fqn(std::string_view fqn, std::string_view name) {
    if (fqn.size() <= name.size() + 1) return {};
    return fqn.substr(0, fqn.size() - name.size() - 1);
}

std::string_view last_part(std::string_view scope) {
    return scope.substr(scope.rfind('.') + 1);
}

FileChunks make_chunks(std::string_view path, Language language, std::string_view text,
                       const std::vector<Token>& tokens, std::vector<Tag> tags) {
    Lines lines(text);
    TokenLines token_lines(tokens, lines.count());
    FileChunks file;
    for (const Tag& tag : tags) file.definition_sites.emplace(tag.line, tag.name);
    join_anonymous_types(tags);
    Surroundings surroundings{path, language, lines, tokens, token_lines};
    std::vector<Chunk> found;
    for (const Tag& tag : tags) {
        Chunk chunk;
        if (make_chunk(tag, surroundings, chunk)) found.push_back(std::move(chunk));
    }
    std::sort(found.begin(), found.end(), [](const Chunk& a, const Chunk& b) {
        return std::tie(a.start_line, b.end_line, a.name_line, a.fqn, a.kind) <
               std::tie(b.start_line, a.end_line, b.name_line, b.fqn, b.kind);
    });
    // One definition reported twice is one chunk (a class and its constructor function in JavaScript are two).
    auto same = [](const Chunk& a, const Chunk& b) {
        return a.start_line == b.start_line && a.end_line == b.end_line && a.fqn == b.fqn && a.kind == b.kind;
    };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());

    Chunk own;
    own.kind = "file";
    own.fqn = path;
    own.name = path.substr(path.rfind('/') + 1);
    own.end_line = lines.count();
    file.chunks.push_back(std::move(own));
    std::move(found.begin(), found.end(), std::back_inserter(file.chunks));
    return file;
}

std::vector<std::uint32_t> owner_of_lines(const std::vector<Chunk>& chunks, std::uint32_t line_count) {
    std::vector<std::uint32_t> owners(line_count + 1, 0);
    for (std::uint32_t index = 1; index < chunks.size(); index++) {
        const Chunk& chunk = chunks[index];
        const Chunk& before = chunks[index - 1];
        bool twin = index > 1 && before.start_line == chunk.start_line && before.end_line == chunk.end_line;
        if (twin && owners[chunk.start_line] == index - 1) continue;  // `int a, b;`: the first has the line
        for (std::uint32_t line = chunk.start_line; line <= chunk.end_line && line <= line_count; line++)
            owners[line] = index;
    }
    return owners;
}

std::string chunk_content(const std::vector<Chunk>& chunks, std::size_t index, const Lines& lines,
                          const std::vector<std::uint32_t>& owners) {
    if (index > 0) return std::string(lines.range(chunks[index].start_line, chunks[index].end_line));
    std::string content;
    for (std::uint32_t line = 1; line <= lines.count(); line++)
        if (owners[line] == 0) content.append(lines.range(line, line));
    return content;
}

}  // namespace codegraph::index
