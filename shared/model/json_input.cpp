#include "model/json_input.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/pace.h"
#include "model/json_facts.h"
#include "model/json_reader.h"
#include "model/names.h"
#include "model/relationship.h"

namespace codegraph {

namespace {

// Returns the end_line of a chunk for which it is not given: the start plus the line feeds in the content, a final one
// not counted.
int64_t last_line(int64_t start_line, std::string_view content) {
    int64_t feeds = std::ranges::count(content, '\n');
    return start_line + feeds - (content.ends_with('\n') ? 1 : 0);
}

void check_content_hash(const Place& place, const std::string& given, const Digest& computed) {
    std::string hash = to_hex(computed.view());
    if (given != hash)
        throw invalid(place.words() + ".content_hash " + quote(given) + " is not the SHA-256 of the content, " +
                      quote(hash));
}

std::string read_path(JsonValue& field) {
    std::string path = field.text();
    check_path(field.place, path);
    return path;
}

std::string read_name(JsonValue& field) {
    std::string name = field.text();
    check_name(field.place, name, name_limit);
    return name;
}

std::string read_visibility(JsonValue& field) {
    std::string visibility = field.text();
    check_length(field.place, visibility, name_limit);
    return visibility;
}

std::string read_signature(JsonValue& field) {
    std::string signature = field.text();
    check_name(field.place, signature, signature_limit);
    return signature;
}

// The id's limit is checked elsewhere: whether it applies depends on the computed id.
std::string read_chunk_id(JsonValue& field) {
    std::string id = field.text();
    if (id.empty()) throw invalid(field.place.words() + " must not be empty");
    return id;
}

std::string read_file_hash(JsonValue& field) {
    std::string hash = field.text();
    check_file_hash(field.place, hash);
    return hash;
}

enum class FilePath { required, optional };  // of a chunk: optional where the file is known

struct ChunkFields {
    GivenChunk given;
    std::optional<std::string> content_hash;
    std::optional<int64_t> end_line;
    bool has_name = false;
};

constexpr JsonFieldTable chunk_fields(std::to_array<JsonField<ChunkFields>>({
    {"file_path", [](ChunkFields& c, JsonValue& v) { c.given.file_path = read_path(v); }},
    {"start_line", [](ChunkFields& c, JsonValue& v) { c.given.chunk.start_line = v.line(); }},
    {"end_line", [](ChunkFields& c, JsonValue& v) { c.end_line = v.line(); }},
    {"kind", [](ChunkFields& c, JsonValue& v) { c.given.chunk.kind = read_name(v); }},
    {"fqn", [](ChunkFields& c, JsonValue& v) { c.given.chunk.fqn = read_name(v); }},
    {"name", [](ChunkFields& c, JsonValue& v) { c.given.chunk.name = read_name(v), c.has_name = true; }},
    {"language", [](ChunkFields& c, JsonValue& v) { c.given.chunk.language = read_name(v); }},
    {"symbol_visibility", [](ChunkFields& c, JsonValue& v) { c.given.chunk.symbol_visibility = read_visibility(v); }},
    {"signature", [](ChunkFields& c, JsonValue& v) { c.given.chunk.signature = read_signature(v); }},
    {"content", [](ChunkFields& c, JsonValue& v) { c.given.chunk.content = v.text(); }},
    {"content_hash", [](ChunkFields& c, JsonValue& v) { c.content_hash = v.text(); }},
    {"summary", [](ChunkFields& c, JsonValue& v) { c.given.chunk.summary = v.text(); }},
    {"importance", [](ChunkFields& c, JsonValue& v) { c.given.chunk.importance = v.fraction(); }},
    {"attrs", [](ChunkFields& c, JsonValue& v) { c.given.chunk.attrs = v.object_text(); }},
    {"chunk_id", [](ChunkFields& c, JsonValue& v) { c.given.chunk_id = read_chunk_id(v); }},
}));

constexpr size_t part_size = 1 << 20;

// Hashes all of a long text but its last part, which it returns.
Task<std::string_view> hash_parts(Sha256& sha256, std::string_view text) {
    while (text.size() > part_size) {
        sha256.add(text.substr(0, part_size));
        text.remove_prefix(part_size);
        co_await checkpoint();
    }
    co_return text;
}

class ChunkReader {
public:
    Task<GivenChunk> read(JsonValue value, FilePath file_path) {
        ChunkFields fields;
        co_await read_fields(value, chunk_fields, fields);
        std::string_view unhashed = fields.given.chunk.content ? std::string_view(*fields.given.chunk.content) : "";
        if (unhashed.size() > part_size) unhashed = co_await hash_parts(sha256_, unhashed);
        complete(value.place, fields, unhashed);
        if (file_path == FilePath::required && !fields.given.file_path) throw missing_field(value.place, "file_path");
        if (fields.content_hash) check_content_hash(value.place, *fields.content_hash, fields.given.chunk.content_hash);
        co_return std::move(fields.given);
    }

private:
    void complete(const Place& place, ChunkFields& fields, std::string_view unhashed) {
        Chunk& chunk = fields.given.chunk;
        if (!chunk.content) throw missing_field(place, "content");
        chunk.content_hash = sha256_.hash(unhashed);
        chunk.end_line = fields.end_line.value_or(last_line(chunk.start_line, *chunk.content));
        if (chunk.end_line < chunk.start_line)
            throw invalid(place.words() + ": end_line " + std::to_string(chunk.end_line) + " is before start_line " +
                          std::to_string(chunk.start_line));
        if (chunk.end_line > INT32_MAX)
            throw invalid(place.words() + ": the last line " + std::to_string(chunk.end_line) + " exceeds 2147483647");
        if (!fields.has_name && chunk.fqn) chunk.name = last_part(*chunk.fqn);
    }

    Sha256 sha256_;
};

Task<std::vector<GivenChunk>> read_chunks(JsonValue value, FilePath file_path) {
    ChunkReader reader;
    std::vector<GivenChunk> chunks;
    const auto read = [&](JsonValue element) { return reader.read(element, file_path); };
    co_await read_elements(value, chunks, read);
    co_return chunks;
}

// Returns the one of id and FQN that is given. Neither or both is an error.
ChunkName choose_name(const Place& place, std::string_view id_field, std::optional<std::string> id,
                      std::string_view fqn_field, std::optional<std::string> fqn) {
    if (!id && !fqn) throw invalid(place.words() + " has neither " + quote(id_field) + " nor " + quote(fqn_field));
    if (id && fqn) throw invalid(place.words() + " has both " + quote(id_field) + " and " + quote(fqn_field));
    ChunkName name{id ? std::move(*id) : std::move(*fqn), id.has_value()};
    if (name.text.empty())
        throw invalid(Place::field(place, name.is_id ? id_field : fqn_field).words() + " must not be empty");
    return name;
}

struct DependencyFields {
    GivenDependency dependency;
    std::optional<std::string> from_chunk_id, from_fqn, to_chunk_id, to_fqn;
    std::vector<std::string> to_fqns;
};

std::string read_relationship(JsonValue& field) {
    std::string relationship = field.text();
    check_relationship(relationship);
    return relationship;
}

constexpr JsonFieldTable dependency_fields(std::to_array<JsonField<DependencyFields>>({
    {"from_chunk_id", [](DependencyFields& d, JsonValue& v) { d.from_chunk_id = v.text(); }},
    {"from_fqn", [](DependencyFields& d, JsonValue& v) { d.from_fqn = v.text(); }},
    {"to_chunk_id", [](DependencyFields& d, JsonValue& v) { d.to_chunk_id = v.text(); }},
    {"to_fqn", [](DependencyFields& d, JsonValue& v) { d.to_fqn = v.text(); }},
    {"to_fqns", [](DependencyFields& d, JsonValue& v) { d.to_fqns = read_names(v); }},
    {"to_name", [](DependencyFields& d, JsonValue& v) { d.dependency.to_name = read_name(v); }},
    {"relationship", [](DependencyFields& d, JsonValue& v) { d.dependency.relationship = read_relationship(v); }},
    {"confidence", [](DependencyFields& d, JsonValue& v) { d.dependency.confidence = v.fraction(); }},
    {"sites", [](DependencyFields& d, JsonValue& v) { d.dependency.sites = read_sites(v); }},
}));

// Takes what the dependency names: a chunk id, an FQN or several; beside FQNs a name may stand, or alone.
void choose_target(const Place& place, DependencyFields& fields) {
    GivenDependency& dependency = fields.dependency;
    const bool has_name = !dependency.to_name.empty();
    if (!fields.to_fqns.empty()) {
        if (fields.to_fqn) throw invalid(place.words() + " has both \"to_fqn\" and \"to_fqns\"");
        if (fields.to_chunk_id) throw invalid(place.words() + " has both \"to_chunk_id\" and \"to_fqns\"");
        dependency.to = {std::move(fields.to_fqns.front()), false};
        dependency.alternatives.assign(std::move_iterator(fields.to_fqns.begin() + 1),
                                       std::move_iterator(fields.to_fqns.end()));
        return;
    }
    if (has_name && fields.to_chunk_id) throw invalid(place.words() + " has both \"to_chunk_id\" and \"to_name\"");
    if (has_name && !fields.to_fqn) return;
    dependency.to =
        choose_name(place, "to_chunk_id", std::move(fields.to_chunk_id), "to_fqn", std::move(fields.to_fqn));
}

Task<GivenDependency> read_dependency(JsonValue value) {
    DependencyFields fields;
    co_await read_fields(value, dependency_fields, fields);
    GivenDependency& dependency = fields.dependency;
    dependency.from = choose_name(value.place, "from_chunk_id", std::move(fields.from_chunk_id), "from_fqn",
                                  std::move(fields.from_fqn));
    choose_target(value.place, fields);
    co_return std::move(dependency);
}

Task<std::vector<GivenDependency>> read_dependencies(JsonValue value) {
    std::vector<GivenDependency> dependencies;
    co_await read_elements(value, dependencies, read_dependency);
    co_return dependencies;
}

struct AliasFields {
    Alias alias;
    bool has_fqn = false;
};

std::vector<std::string> read_alias_targets(JsonValue& field) {
    const Place place = field.place;
    std::vector<std::string> targets = read_names(field);
    for (const std::string& target : targets) check_length(place, target, name_limit);
    return targets;
}

constexpr JsonFieldTable alias_fields(std::to_array<JsonField<AliasFields>>({
    {"fqn", [](AliasFields& a, JsonValue& v) { a.alias.fqn = read_name(v), a.has_fqn = true; }},
    {"to_fqns", [](AliasFields& a, JsonValue& v) { a.alias.targets = read_alias_targets(v); }},
    {"members", [](AliasFields& a, JsonValue& v) { a.alias.members = v.boolean(); }},
}));

Task<Alias> read_alias(JsonValue value) {
    AliasFields fields;
    co_await read_fields(value, alias_fields, fields);
    if (!fields.has_fqn) throw missing_field(value.place, "fqn");
    if (fields.alias.targets.empty()) throw missing_field(value.place, "to_fqns");
    co_return std::move(fields.alias);
}

Task<std::vector<Alias>> read_aliases(JsonValue value) {
    std::vector<Alias> aliases;
    co_await read_elements(value, aliases, read_alias);
    co_return aliases;
}

// Throws when a chunk has another path than its file. `place` is that of the chunks.
Task<> check_paths(Place place, const std::vector<GivenChunk>& chunks, std::string_view path) {
    Pace pace;
    for (size_t i = 0; i < chunks.size(); i++) {
        if (chunks[i].file_path && *chunks[i].file_path != path)
            throw invalid(Place::element(place, i).words() + ".file_path " + quote(*chunks[i].file_path) +
                          " differs from " + quote(path));
        if (pace.is_due()) co_await checkpoint();
    }
}

struct FileFields {
    GivenFile file;
    bool has_path = false, has_chunks = false, has_dependencies = false, has_aliases = false;

    Task<> read_chunks_of_file(JsonValue value) {
        file.chunks = co_await read_chunks(value, FilePath::optional);
        has_chunks = true;
    }
    Task<> read_dependencies_of_file(JsonValue value) {
        file.dependencies = co_await read_dependencies(value);
        has_dependencies = true;
    }
    Task<> read_aliases_of_file(JsonValue value) {
        file.aliases = co_await read_aliases(value);
        has_aliases = true;
    }
};

constexpr JsonFieldTable file_fields(std::to_array<JsonField<FileFields>>({
    {"file_path", [](FileFields& f, JsonValue& v) { f.file.path = read_path(v), f.has_path = true; }},
    {"file_hash", [](FileFields& f, JsonValue& v) { f.file.file_hash = read_file_hash(v); }},
    {"attrs", [](FileFields& f, JsonValue& v) { f.file.attrs = v.object_text(); }},
    {"chunks", nullptr, [](FileFields& f, JsonValue& v) { return f.read_chunks_of_file(v); }},
    {"dependencies", nullptr, [](FileFields& f, JsonValue& v) { return f.read_dependencies_of_file(v); }},
    {"aliases", nullptr, [](FileFields& f, JsonValue& v) { return f.read_aliases_of_file(v); }},
    {"deleted", [](FileFields& f, JsonValue& v) { f.file.deleted = v.boolean(); }},
}));

Task<GivenFile> read_file(JsonValue value) {
    FileFields fields;
    co_await read_fields(value, file_fields, fields);
    const Place& place = value.place;
    GivenFile& file = fields.file;
    if (!fields.has_path) throw missing_field(place, "file_path");
    co_await check_paths(Place::field(place, "chunks"), file.chunks, file.path);
    if (file.deleted && (fields.has_chunks || fields.has_dependencies))
        throw invalid(place.words() + " is deleted and has chunks or dependencies");
    if (file.deleted && fields.has_aliases) throw invalid(place.words() + " is deleted and has aliases");
    if (!file.deleted && !fields.has_chunks)
        throw invalid(place.words() + " has neither \"chunks\" nor \"deleted\": true");
    co_return std::move(file);
}

// What an analyzer returns has no path.
constexpr JsonFieldTable analysis_fields(std::to_array<JsonField<FileFields>>({
    {"chunks", nullptr, [](FileFields& f, JsonValue& v) { return f.read_chunks_of_file(v); }},
    {"dependencies", nullptr, [](FileFields& f, JsonValue& v) { return f.read_dependencies_of_file(v); }},
    {"aliases", nullptr, [](FileFields& f, JsonValue& v) { return f.read_aliases_of_file(v); }},
    {"file_hash", [](FileFields& f, JsonValue& v) { f.file.file_hash = read_file_hash(v); }},
    {"attrs", [](FileFields& f, JsonValue& v) { f.file.attrs = v.object_text(); }},
}));

template <class File>
Task<> check_distinct(std::string_view argument, const std::vector<File>& files) {
    std::set<std::string_view> paths;
    Pace pace;
    for (const File& file : files) {
        if (!paths.insert(file.path).second)
            throw invalid(std::string(argument) + " has the path " + quote(file.path) + " twice");
        if (pace.is_due()) co_await checkpoint();
    }
}

constexpr JsonFieldTable changed_file_fields(std::to_array<JsonField<ChangedFile>>({
    {"file_path", [](ChangedFile& f, JsonValue& v) { f.path = read_path(v); }},
    {"file_hash", [](ChangedFile& f, JsonValue& v) { f.file_hash = read_file_hash(v); }},
}));

Task<ChangedFile> read_changed_file(JsonValue value) {
    ChangedFile file;
    if (value.is_text()) {
        file.path = read_path(value);
        co_return file;
    }
    co_await read_fields(value, changed_file_fields, file);
    if (file.path.empty()) throw missing_field(value.place, "file_path");
    co_return file;
}

JsonValue root_of(JsonText& text, std::string_view argument) {
    return {text, Place(argument)};
}

}  // namespace

void check_file_hash(const Place& what, std::string_view file_hash) {
    check_name(what, file_hash, hash_limit);
}

Task<GivenChunk> parse_chunk(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    ChunkReader reader;
    co_return co_await reader.read(root_of(text, argument), FilePath::required);
}

Task<std::vector<GivenChunk>> parse_chunks(std::string_view argument, std::string_view json, std::string_view path) {
    JsonText text = co_await JsonText::check(argument, json);
    const FilePath file_path = path.empty() ? FilePath::required : FilePath::optional;
    std::vector<GivenChunk> chunks = co_await read_chunks(root_of(text, argument), file_path);
    if (!path.empty()) co_await check_paths(argument, chunks, path);
    co_return chunks;
}

Task<GivenDependency> parse_dependency(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    co_return co_await read_dependency(root_of(text, argument));
}

Task<std::vector<GivenDependency>> parse_dependencies(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    co_return co_await read_dependencies(root_of(text, argument));
}

Task<std::vector<Alias>> parse_aliases(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    co_return co_await read_aliases(root_of(text, argument));
}

Task<std::vector<GivenFile>> parse_files(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    std::vector<GivenFile> files;
    co_await read_elements(root_of(text, argument), files, read_file);
    co_await check_distinct(argument, files);
    co_return files;
}

Task<std::vector<ChangedFile>> parse_changed_files(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    std::vector<ChangedFile> files;
    co_await read_elements(root_of(text, argument), files, read_changed_file);
    co_await check_distinct(argument, files);
    co_return files;
}

Task<GivenFile> parse_analysis(std::string_view path, std::string_view json) {
    const std::string argument = "the analyzer's result for " + quote(path);
    JsonText text = co_await JsonText::check(argument, json);
    FileFields fields;
    GivenFile& file = fields.file;
    file.path = path;
    co_await read_fields(root_of(text, argument), analysis_fields, fields);
    if (!fields.has_chunks) throw missing_field(argument, "chunks");
    const Place place(argument);
    co_await check_paths(Place::field(place, "chunks"), file.chunks, path);
    co_return std::move(file);
}

Task<Manifest> parse_manifest(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    Manifest manifest;
    JsonValue root = root_of(text, argument);
    JsonMembers members(root);
    const std::string what = "a path in " + std::string(argument);
    while (std::optional<JsonValue> value = members.next()) {
        check_path(what, members.key());
        if (!value->is_null()) manifest.emplace(members.key(), read_file_hash(*value));
        if (text.is_checkpoint_due()) co_await checkpoint();
    }
    co_return manifest;
}

Task<std::string> parse_attrs(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json);
    if (text.is_next_long()) co_await text.read_ahead();
    co_return root_of(text, argument).object_text();
}

}  // namespace codegraph
