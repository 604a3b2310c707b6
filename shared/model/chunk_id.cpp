#include "model/chunk_id.h"

#include <charconv>

#include "model/names.h"

namespace codegraph {

static ChunkIdentity identity_of(const Chunk& chunk) {
    return {chunk.explicit_id, chunk.name, chunk.start_line, chunk.end_line, chunk.occurrence};
}

template <class Integer>
static void append_number(std::string& out, Integer number) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

static void append_default_id(std::string& out, std::string_view repo_id, std::string_view path,
                              const ChunkIdentity& chunk) {
    out.reserve(out.size() + repo_id.size() + path.size() + chunk.name.size() + 24);
    out.append(repo_id).append(1, ':').append(path).append(1, ':').append(chunk.name).append(1, ':');
    append_number(out, chunk.start_line);
    out += '-';
    append_number(out, chunk.end_line);
}

void append_chunk_id(std::string& out, std::string_view repo_id, std::string_view path, const ChunkIdentity& chunk) {
    if (chunk.explicit_id) {
        out += *chunk.explicit_id;
        return;
    }
    append_default_id(out, repo_id, path, chunk);
    if (chunk.occurrence <= 1) return;
    out += '#';
    append_number(out, chunk.occurrence);
}

std::string default_id(std::string_view repo_id, std::string_view path, const Chunk& chunk) {
    std::string id;
    append_default_id(id, repo_id, path, identity_of(chunk));
    return id;
}

std::string chunk_id(std::string_view repo_id, std::string_view path, const Chunk& chunk) {
    std::string id;
    append_chunk_id(id, repo_id, path, identity_of(chunk));
    return id;
}

std::string symbol_of(std::string_view repo_id, std::string_view path, const Chunk& chunk) {
    return chunk.fqn ? *chunk.fqn : chunk_id(repo_id, path, chunk);
}

// Reads a decimal number without sign or leading zero.
static std::optional<uint64_t> parse_decimal(std::string_view text) {
    uint64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || text[0] == '0') return std::nullopt;
    return value;
}

void set_id(Chunk& chunk, std::string_view given, std::string_view default_id) {
    chunk.explicit_id.reset();
    chunk.occurrence = 1;
    if (given == default_id) return;
    if (given.starts_with(default_id) && given[default_id.size()] == '#') {
        std::optional<uint64_t> occurrence = parse_decimal(given.substr(default_id.size() + 1));
        if (occurrence && *occurrence >= 2 && *occurrence <= INT64_MAX) {
            chunk.occurrence = *occurrence;
            return;
        }
    }
    chunk.explicit_id = given;
}

std::optional<ComputedId> parse_computed_id(std::string_view repo_id, std::string_view id) {
    if (id.size() <= repo_id.size() || !id.starts_with(repo_id) || id[repo_id.size()] != ':') return std::nullopt;
    id.remove_prefix(repo_id.size() + 1);
    const size_t colon = id.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string_view lines = id.substr(colon + 1);
    std::optional<uint64_t> occurrence = 1;
    const size_t mark = lines.find('#');
    if (mark != std::string_view::npos) {
        occurrence = parse_decimal(lines.substr(mark + 1));
        if (!occurrence || *occurrence < 2) return std::nullopt;
        lines = lines.substr(0, mark);
    }
    const size_t dash = lines.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const std::optional<uint64_t> start_line = parse_decimal(lines.substr(0, dash)),
                                  end_line = parse_decimal(lines.substr(dash + 1));
    if (!start_line || !end_line) return std::nullopt;
    return ComputedId{id.substr(0, colon), *start_line, *end_line, *occurrence};
}

std::vector<std::string_view> paths_of(const ComputedId& id) {
    const std::string_view path_and_name = id.path_and_name;
    std::vector<std::string_view> paths;
    for (size_t colon = path_and_name.rfind(':', name_limit); colon != std::string_view::npos && colon > 0;
         colon = path_and_name.rfind(':', colon - 1)) {
        const size_t name_size = path_and_name.size() - colon - 1;
        if (name_size > name_limit) break;
        if (name_size > 0) paths.push_back(path_and_name.substr(0, colon));  // a name is never empty
    }
    return paths;
}

std::vector<std::string_view> paths_of_computed_id(std::string_view repo_id, std::string_view id) {
    const std::optional<ComputedId> computed = parse_computed_id(repo_id, id);
    return computed ? paths_of(*computed) : std::vector<std::string_view>();
}

bool has_computed_form(std::string_view repo_id, std::string_view name) {
    const std::optional<ComputedId> computed = parse_computed_id(repo_id, name);
    if (!computed) return false;
    const size_t colon = computed->path_and_name.find(':', 1);
    return colon != std::string_view::npos && colon + 1 < computed->path_and_name.size();
}

}  // namespace codegraph
