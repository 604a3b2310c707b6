#include "imports.h"

#include <algorithm>
#include <array>

namespace codegraph::index {
namespace {

using Tokens = std::vector<Token>;

bool is_string(const Tokens& tokens, std::size_t i) {
    return i < tokens.size() && tokens[i].kind == TokenKind::string;
}

bool starts_line(const Tokens& tokens, std::size_t i) {
    return i == 0 || tokens[i - 1].end_line < tokens[i].line || tokens[i - 1].is(";") || tokens[i - 1].is(":");
}

void c_import(const Tokens& tokens, std::size_t i, std::vector<Import>& imports) {
    if (!tokens[i].directive || !tokens[i].is_word("include") || !is_string(tokens, i + 1)) return;
    imports.push_back({std::string(tokens[i + 1].text), {}, i, i + 2, tokens[i].line});
}

// Dots and words from i on: `..a.b`; i is left behind them.
std::string dotted_name(const Tokens& tokens, std::size_t& i) {
    std::string name;
    bool after_word = false;
    for (; i < tokens.size(); i++) {
        bool word = tokens[i].kind == TokenKind::identifier;
        if (!tokens[i].is(".") && (!word || after_word || tokens[i].text == "import")) break;
        name += tokens[i].text;
        after_word = word;
    }
    return name;
}

void python_plain_import(const Tokens& tokens, std::size_t i, std::vector<Import>& imports) {
    std::uint32_t line = tokens[i].line;
    std::size_t next = i + 1;
    while (next < tokens.size() && tokens[next].line == line) {
        std::size_t first = next;
        std::string module = dotted_name(tokens, next);
        if (module.empty()) return;
        if (next + 1 < tokens.size() && tokens[next].is_word("as")) next += 2;
        imports.push_back({module, {}, first, next, line});
        if (next >= tokens.size() || !tokens[next].is(",")) return;
        next++;
    }
}

// `from . import x` may mean the module x: it is one import of `.x` for each name then.
void python_from_import(const Tokens& tokens, std::size_t i, std::vector<Import>& imports) {
    std::size_t next = i + 1;
    std::string module = dotted_name(tokens, next);
    if (module.empty() || next >= tokens.size() || !tokens[next].is_word("import")) return;
    Import import{module, {}, i, 0, tokens[i].line};
    next++;
    bool brackets = next < tokens.size() && tokens[next].is("(");
    std::size_t end = brackets ? skip_brackets(tokens, next) : next;
    if (!brackets)
        while (end < tokens.size() && (tokens[end].line == tokens[end - 1].end_line || tokens[end - 1].is("\\")) &&
               !tokens[end].is(";"))
            end++;
    for (; next < end; next++) {
        if (tokens[next].kind != TokenKind::identifier || tokens[next].text == "as") continue;
        if (next > 0 && tokens[next - 1].is_word("as")) continue;
        import.names.push_back(tokens[next].text);
    }
    import.end_token = end;
    imports.push_back(import);
    bool only_dots = module.find_first_not_of('.') == std::string::npos;
    for (std::string_view name : import.names)
        imports.push_back({module + (only_dots ? "" : ".") + std::string(name), {}, i, end, import.line});
}

// The names between i and end that are the other module's: `{a as b, c: d}` gives a and c.
std::vector<std::string_view> imported_names(const Tokens& tokens, std::size_t i, std::size_t end) {
    std::vector<std::string_view> names;
    for (; i < end; i++) {
        bool renamed = i > 0 && (tokens[i - 1].is_word("as") || tokens[i - 1].is(":"));
        if (tokens[i].kind != TokenKind::identifier || renamed) continue;
        if (tokens[i].text != "as" && tokens[i].text != "type" && tokens[i].text != "from")
            names.push_back(tokens[i].text);
    }
    return names;
}

// `import … from 'x'`, `import 'x'`, `export … from 'x'`.
void javascript_import(const Tokens& tokens, std::size_t i, std::vector<Import>& imports) {
    if (!starts_line(tokens, i)) return;
    std::size_t end = i + 1;
    while (end < tokens.size() && !is_string(tokens, end)) {
        const Token& token = tokens[end];
        bool expected =
            token.kind == TokenKind::identifier || token.is("{") || token.is("}") || token.is(",") || token.is("*");
        if (!expected) return;
        end++;
    }
    if (!is_string(tokens, end)) return;
    bool bare = end == i + 1;
    if (!bare && !tokens[end - 1].is_word("from")) return;
    imports.push_back({std::string(tokens[end].text), imported_names(tokens, i + 1, end), i, end + 1, tokens[i].line});
}

// `const {a, b} = require('x')`, `require('x')`, `import('x')`.
void javascript_require(const Tokens& tokens, std::size_t i, std::vector<Import>& imports) {
    if (i + 3 >= tokens.size() || !tokens[i + 1].is("(") || !is_string(tokens, i + 2) || !tokens[i + 3].is(")")) return;
    std::size_t first = i;
    if (i >= 2 && tokens[i - 1].is("=")) {
        first = i - 2;
        if (tokens[first].is("}"))
            while (first > 0 && !tokens[first].is("{")) first--;
    }
    imports.push_back(
        {std::string(tokens[i + 2].text), imported_names(tokens, first, i), first, i + 4, tokens[i].line});
}

// Joins a relative path to the directory of a file; empty when it leads out of the root.
std::string join_path(std::string_view from, std::string_view relative) {
    std::vector<std::string_view> parts;
    auto add = [&](std::string_view path, bool is_file) {
        while (!path.empty()) {
            std::size_t slash = path.find('/');
            std::string_view part = path.substr(0, slash);
            bool last = slash == std::string_view::npos;
            path = last ? std::string_view() : path.substr(slash + 1);
            if (last && is_file) return true;
            if (part.empty() || part == ".") continue;
            if (part != "..") {
                parts.push_back(part);
            } else if (parts.empty()) {
                return false;
            } else {
                parts.pop_back();
            }
        }
        return true;
    };
    if (!add(from, true) || !add(relative, false)) return {};
    std::string joined;
    for (std::string_view part : parts) joined.append(joined.empty() ? "" : "/").append(part);
    return joined;
}

// The known paths that end in `/tail` or are it; of several only those with the shortest rest.
std::vector<std::string> by_tail(std::string_view tail, const Definitions& definitions) {
    std::vector<std::string> found;
    std::size_t shortest = std::string::npos;
    for (std::string_view path : definitions.files_named(tail.substr(tail.rfind('/') + 1))) {
        if (path != tail && !path.ends_with("/" + std::string(tail))) continue;
        if (path.size() < shortest) found.clear();
        if (path.size() > shortest) continue;
        shortest = path.size();
        found.emplace_back(path);
    }
    return found;
}

std::vector<std::string> known(const std::string& path, const Definitions& definitions) {
    if (path.empty() || !definitions.has_file(path)) return {};
    return {path};
}

std::vector<std::string> resolve_python(std::string_view from, std::string_view module,
                                        const Definitions& definitions) {
    std::size_t dots = std::min(module.find_first_not_of('.'), module.size());
    std::string tail(module.substr(dots));
    std::replace(tail.begin(), tail.end(), '.', '/');
    for (std::string_view ending : {".py", ".pyi", "/__init__.py", "/__init__.pyi"}) {
        std::vector<std::string> found;
        if (dots == 0) {
            found = by_tail(tail + std::string(ending), definitions);
        } else {
            std::string relative;
            for (std::size_t i = 1; i < dots; i++) relative += "../";
            std::string file = tail.empty() && ending[0] == '.' ? "" : relative + tail + std::string(ending);
            if (!file.empty()) found = known(join_path(from, file), definitions);
        }
        if (!found.empty()) return found;
    }
    return {};
}

std::vector<std::string> resolve_javascript(std::string_view from, const std::string& module,
                                            const Definitions& definitions) {
    if (!module.starts_with('.')) return {};  // a package, which is not part of this repository
    std::string base = join_path(from, module);
    static constexpr std::array endings{"",           ".ts",       ".tsx",       ".mts",      ".d.ts",
                                        ".js",        ".jsx",      ".mjs",       ".cjs",      "/index.ts",
                                        "/index.tsx", "/index.js", "/index.jsx", "/index.mjs"};
    for (const char* ending : endings) {
        std::vector<std::string> found = known(base + ending, definitions);
        if (!found.empty()) return found;
    }
    // TypeScript writes the name of the file it will compile to: './x.js' is x.ts.
    if (base.ends_with(".js")) return known(base.substr(0, base.size() - 2) + "ts", definitions);
    return {};
}

}  // namespace

std::vector<Import> find_imports(const std::vector<Token>& tokens, Family family) {
    std::vector<Import> imports;
    for (std::size_t i = 0; i < tokens.size(); i++) {
        if (tokens[i].kind != TokenKind::identifier) continue;
        std::string_view word = tokens[i].text;
        if (family == Family::c) {
            c_import(tokens, i, imports);
        } else if (family == Family::python) {
            if (word == "import" && starts_line(tokens, i)) python_plain_import(tokens, i, imports);
            if (word == "from" && starts_line(tokens, i)) python_from_import(tokens, i, imports);
        } else {
            if (word == "import" || word == "export") javascript_import(tokens, i, imports);
            if (word == "require" || word == "import") javascript_require(tokens, i, imports);
        }
    }
    return imports;
}

std::vector<std::string> resolve_module(std::string_view importing_path, const std::string& module, Family family,
                                        const Definitions& definitions) {
    if (module.empty()) return {};
    if (family == Family::python) return resolve_python(importing_path, module, definitions);
    if (family == Family::javascript) return resolve_javascript(importing_path, module, definitions);
    std::vector<std::string> beside = known(join_path(importing_path, module), definitions);
    if (!beside.empty()) return beside;
    std::string tail = join_path("", module);
    return tail.empty() ? std::vector<std::string>() : by_tail(tail, definitions);
}

std::string module_stem(std::string_view module, Family family) {
    if (family == Family::python) return std::string(last_part(module));
    std::string_view file = module.substr(module.rfind('/') + 1);
    return std::string(file.substr(0, file.rfind('.')));
}

}  // namespace codegraph::index
