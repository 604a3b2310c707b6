#include "references.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "imports.h"
#include "local_names.h"

namespace codegraph::index {
namespace {

bool is_type(std::string_view kind) {
    return kind == "class" || kind == "struct" || kind == "union" || kind == "enum" || kind == "interface" ||
           kind == "type";
}

bool one_of(const Token& token, std::string_view characters) {
    return token.kind == TokenKind::punctuation && token.text.size() == 1 &&
           characters.find(token.text[0]) != std::string_view::npos;
}

// Returns the last word of a base as ctags gives it (`a::b::Base<int>`), and the word before that.
std::pair<std::string, std::string> base_and_qualifier(std::string_view text) {
    text = text.substr(0, text.find_first_of("<("));
    std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos) return {};
    text = text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
    std::size_t at = text.find_last_of(".:");
    if (at == std::string_view::npos) return {std::string(text), {}};
    std::string_view rest = text.substr(0, at);
    while (rest.ends_with(':')) rest.remove_suffix(1);
    return {std::string(text.substr(at + 1)), std::string(rest.substr(rest.find_last_of(".:") + 1))};
}

std::vector<std::string_view> split_bases(std::string_view inherits) {
    std::vector<std::string_view> bases;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= inherits.size(); i++) {
        char c = i < inherits.size() ? inherits[i] : ',';
        if (c == '<' || c == '(' || c == '[') depth++;
        if (c == '>' || c == ')' || c == ']') depth--;
        if (c != ',' || (depth > 0 && i < inherits.size())) continue;
        bases.push_back(inherits.substr(begin, i - begin));
        begin = i + 1;
    }
    return bases;
}

class Finder {
public:
    Finder(std::string_view path, Language language, const std::vector<Token>& tokens, const FileChunks& file,
           const std::vector<std::uint32_t>& owners, const Definitions& definitions)
        : path_(path),
          language_(language),
          family_(family_of(language)),
          tokens_(tokens),
          file_(file),
          owners_(owners),
          definitions_(definitions),
          local_names_(find_local_names(tokens, family_, file, owners)) {}

    References run(std::uint32_t file_index) {
        file_index_ = file_index;
        bases();
        imports();
        mentions();
        for (const auto& [key, confidence] : found_)
            references_.dependencies.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), confidence});
        return std::move(references_);
    }

private:
    void add(std::uint32_t from, const std::string& to, std::string_view relationship, double confidence) {
        double& known = found_[{from, to, std::string(relationship)}];
        known = std::max(known, confidence);
    }

    Resolution resolve(const Mention& mention) {
        Resolution resolution = definitions_.resolve(file_index_, mention);
        references_.ambiguous += resolution.ambiguous;
        return resolution;
    }

    void bases() {
        base_names_.resize(file_.chunks.size());
        for (std::uint32_t index = 1; index < file_.chunks.size(); index++) {
            const Chunk& chunk = file_.chunks[index];
            if (chunk.inherits.empty()) continue;
            std::set<std::string_view> implemented = implemented_names(chunk);
            for (std::string_view text : split_bases(chunk.inherits)) add_base(index, chunk, text, implemented);
        }
    }

    void add_base(std::uint32_t index, const Chunk& chunk, std::string_view text,
                  const std::set<std::string_view>& implemented) {
        auto [name, qualifier] = base_and_qualifier(text);
        if (name.empty()) return;
        base_names_[index].insert(name);
        Mention mention{
            .name = name, .qualifier = qualifier, .scope = scope_of_fqn(chunk.fqn, chunk.name), .family = family_};
        mention.is_imported = true;
        if (!qualifier.empty()) mention.access = family_ == Family::c ? Access::scoped : Access::member;
        bool implements = implemented.contains(name);
        for (const Candidate& candidate : resolve(mention).candidates)
            if (is_type(candidate.definition->kind))
                add(index, candidate.definition->fqn, implements ? "IMPLEMENTS" : "EXTENDS", candidate.confidence);
    }

    // TypeScript: what stands between `implements` and the body.
    std::set<std::string_view> implemented_names(const Chunk& chunk) const {
        std::set<std::string_view> names;
        if (language_ != Language::typescript) return names;
        bool in_class = false;
        bool implements = false;
        for (const Token& token : tokens_) {
            if (token.line < chunk.name_line) continue;
            if (token.line > chunk.end_line || (in_class && token.is("{"))) break;
            if (implements && token.kind == TokenKind::identifier) names.insert(token.text);
            in_class = in_class || token.is_word(chunk.name);
            implements = implements || (in_class && token.is_word("implements"));
        }
        return names;
    }

    void imports() {
        imported_.resize(tokens_.size(), false);
        for (const Import& import : find_imports(tokens_, family_)) {
            for (std::size_t i = import.first_token; i < import.end_token; i++) imported_[i] = true;
            std::uint32_t from = import.line < owners_.size() ? owners_[import.line] : 0;
            add_module(from, import);
            std::string stem = module_stem(import.module, family_);
            for (std::string_view name : import.names) {
                imported_names_.insert(name);
                Mention mention{.name = name, .qualifier = stem, .family = family_, .is_imported = true};
                mention.access = stem.empty() ? Access::plain : Access::member;
                for (const Candidate& candidate : resolve(mention).candidates)
                    if (candidate.definition->file != file_index_ && candidate.definition->kind != "method")
                        add(from, candidate.definition->fqn, "IMPORTS", candidate.confidence);
            }
        }
    }

    void add_module(std::uint32_t from, const Import& import) {
        std::vector<std::string> files = resolve_module(path_, import.module, family_, definitions_);
        if (files.size() > definitions_.max_candidates()) {
            references_.ambiguous++;
            return;
        }
        for (const std::string& file : files)
            if (file != path_) add(from, file, "IMPORTS", confidence_of(0.9, files.size()));
    }

    void mentions() {
        for (std::size_t i = 0; i < tokens_.size(); i++) {
            const Token& token = tokens_[i];
            if (token.kind != TokenKind::identifier || imported_[i] || token.line >= owners_.size()) continue;
            std::uint32_t owner = owners_[token.line];
            if (base_names_[owner].contains(token.text)) continue;
            if (is_definition_site(token)) continue;
            mention(i, owner);
        }
    }

    // The first mention of a tag's name on its line is the definition; later ones are recursion.
    bool is_definition_site(const Token& token) {
        if (!file_.definition_sites.contains({token.line, std::string(token.text)})) return false;
        return seen_sites_.emplace(token.line, token.text).second;
    }

    Access access_of(std::size_t i) const {
        if (i == 0) return Access::plain;
        const Token& before = tokens_[i - 1];
        if (before.is("::")) return Access::scoped;
        if (before.is("->") && family_ == Family::c) return Access::member;
        bool spread = i > 1 && tokens_[i - 2].is(".");  // ...name
        return before.is(".") && !spread ? Access::member : Access::plain;
    }

    // Followed by `(`, template arguments in between allowed; or after `new`.
    bool is_call(std::size_t i) const {
        if (i > 0 && tokens_[i - 1].is_word("new")) return true;
        if (i + 1 >= tokens_.size()) return false;
        if (tokens_[i + 1].is("(")) return true;
        if (family_ == Family::python || !tokens_[i + 1].is("<")) return false;
        int depth = 0;
        for (std::size_t k = i + 1; k < tokens_.size() && k < i + 33; k++) {
            const Token& token = tokens_[k];
            if (token.is("<")) depth++;
            if (token.is(">") && --depth == 0) return k + 1 < tokens_.size() && tokens_[k + 1].is("(");
            bool may_be_type = token.kind != TokenKind::string && !one_of(token, ";(){}=+-!?");
            if (!may_be_type) return false;
        }
        return false;
    }

    // `key:` of an object literal, `name=` of a Python keyword argument: a label, no mention.
    bool is_label(std::size_t i) const {
        if (i == 0 || i + 1 >= tokens_.size()) return false;
        const Token& before = tokens_[i - 1];
        if (family_ == Family::javascript) return tokens_[i + 1].is(":") && (before.is("{") || before.is(","));
        if (family_ != Family::python || !tokens_[i + 1].is("=")) return false;
        bool comparison = i + 2 < tokens_.size() && tokens_[i + 2].is("=");
        return !comparison && (before.is("(") || before.is(","));
    }

    // `#ifndef NAME`, mostly of an include guard.
    bool is_guard(std::size_t i) const { return i > 0 && tokens_[i].directive && tokens_[i - 1].is_word("ifndef"); }

    // A class in its own text, `Type::Type(`, `~Type`: nothing that it depends on. A function's own name is recursion.
    bool names_its_own_type(std::size_t i, const Chunk& chunk) const {
        std::string_view name = tokens_[i].text;
        bool special_member = last_part(scope_of_fqn(chunk.fqn, chunk.name)) == name &&
                              (chunk.name == name || (i > 0 && tokens_[i - 1].is("~")));
        bool function = chunk.kind == "function" || chunk.kind == "method";
        return special_member || (chunk.name == name && !function);
    }

    void mention(std::size_t i, std::uint32_t owner) {
        const Chunk& chunk = file_.chunks[owner];
        Mention mention{.name = tokens_[i].text, .family = family_, .access = access_of(i), .is_call = is_call(i)};
        if (mention.access == Access::plain && local_names_[owner].contains(mention.name)) return;
        if (family_ == Family::c && (declares_in_c(tokens_, i) || is_guard(i))) return;
        if (names_its_own_type(i, chunk)) return;
        if (!mention.is_call && mention.access == Access::plain && is_label(i)) return;
        if (mention.access != Access::plain && i >= 2 && tokens_[i - 2].kind == TokenKind::identifier)
            mention.qualifier = tokens_[i - 2].text;
        mention.scope = owner == 0 ? std::string_view() : std::string_view(chunk.fqn);
        mention.outer_scope = owner == 0 ? std::string_view() : scope_of_fqn(chunk.fqn, chunk.name);
        mention.is_imported = imported_names_.contains(mention.name);
        for (const Candidate& candidate : resolve(mention).candidates)
            add(owner, candidate.definition->fqn, relationship(i, mention, candidate.definition->kind),
                candidate.confidence);
    }

    std::string_view relationship(std::size_t i, const Mention& mention, std::string_view kind) const {
        if (mention.is_call) return "CALLS";
        if (!is_type(kind)) return "REFERENCES";
        bool last = i + 1 >= tokens_.size();
        if (family_ == Family::c) return !last && tokens_[i + 1].is("::") ? "REFERENCES" : "TYPED_BY";
        if (language_ != Language::typescript) return "REFERENCES";
        if (kind == "interface" || kind == "type") return "TYPED_BY";
        bool type_position = i > 0 && (one_of(tokens_[i - 1], ":<|&") || tokens_[i - 1].is_word("as"));
        return type_position ? "TYPED_BY" : "REFERENCES";
    }

    std::string_view path_;
    Language language_;
    Family family_;
    const std::vector<Token>& tokens_;
    const FileChunks& file_;
    const std::vector<std::uint32_t>& owners_;
    const Definitions& definitions_;
    std::vector<std::unordered_set<std::string_view>> local_names_;
    std::uint32_t file_index_ = 0;
    std::vector<std::set<std::string, std::less<>>> base_names_;
    std::vector<bool> imported_;
    std::set<std::string_view> imported_names_;
    std::set<std::pair<std::uint32_t, std::string_view>> seen_sites_;
    std::map<std::tuple<std::uint32_t, std::string, std::string>, double> found_;
    References references_;
};

}  // namespace

References find_references(std::string_view path, Language language, const std::vector<Token>& tokens,
                           const FileChunks& file, const std::vector<std::uint32_t>& owners,
                           const Definitions& definitions) {
    return Finder(path, language, tokens, file, owners, definitions).run(definitions.file_index(path));
}

}  // namespace codegraph::index
