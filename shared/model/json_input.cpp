#include "model/json_input.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/error.h"
#include "model/json_reader.h"
#include "model/names.h"
#include "model/relationship.h"

namespace codegraph {

namespace {

// end_line, when it is not given: the start and the line feeds in the content, a final one not counted.
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

enum class FilePath { required, optional };  // of a chunk: optional where the file is known

class ChunkReader {
public:
    GivenChunk read(JsonValue value, FilePath file_path) {
        given_ = {};
        const Place& place = value.place;
        std::optional<std::string> content_hash;
        std::optional<int64_t> end_line;
        bool named = false;
        static constexpr std::string_view names[] = {
            "file_path",         "start_line", "end_line",     "kind",    "fqn",        "name",  "language",
            "symbol_visibility", "content",    "content_hash", "summary", "importance", "attrs", "chunk_id"};
        value.each_field(names, [&](size_t i, JsonValue field) {
            Chunk& chunk = given_.chunk;
            auto text = [&] {
                std::string value = field.text();
                check_text_field(field.place, names[i], value);
                return value;
            };
            switch (i) {
                case 0:
                    given_.file_path = text();
                    break;
                case 1:
                    chunk.start_line = field.line();
                    break;
                case 2:
                    end_line = field.line();
                    break;
                case 3:
                    chunk.kind = text();
                    break;
                case 4:
                    chunk.fqn = text();
                    break;
                case 5:
                    chunk.name = text(), named = true;
                    break;
                case 6:
                    chunk.language = text();
                    break;
                case 7:
                    chunk.symbol_visibility = text();
                    break;
                case 8:
                    chunk.content = text();
                    break;
                case 9:
                    content_hash = text();
                    break;
                case 10:
                    chunk.summary = text();
                    break;
                case 11:
                    chunk.importance = field.fraction();
                    break;
                case 12:
                    chunk.attrs = field.object_text();
                    break;
                case 13:
                    given_.chunk_id = text();
                    break;
            }
        });
        complete(place, end_line, named);
        if (file_path == FilePath::required && !given_.file_path) throw missing_field(place, "file_path");
        if (content_hash) check_content_hash(place, *content_hash, given_.chunk.content_hash);
        return std::move(given_);
    }

private:
    static void check_text_field(const Place& place, std::string_view name, std::string_view value) {
        if (name == "file_path") check_path(place, value);
        if (name == "fqn" || name == "name" || name == "kind" || name == "language")
            check_name(place, value, name_limit);
        if (name == "symbol_visibility") check_length(place, value, name_limit);
        if (name == "chunk_id" && value.empty())
            throw invalid(place.words() + " must not be empty");  // its limit needs the computed id
    }

    void complete(const Place& place, std::optional<int64_t> end_line, bool named) {
        Chunk& chunk = given_.chunk;
        if (!chunk.content) throw missing_field(place, "content");
        chunk.content_hash = sha256_.hash(*chunk.content);
        chunk.end_line = end_line.value_or(last_line(chunk.start_line, *chunk.content));
        if (chunk.end_line < chunk.start_line)
            throw invalid(place.words() + ": end_line " + std::to_string(chunk.end_line) + " is before start_line " +
                          std::to_string(chunk.start_line));
        if (chunk.end_line > INT32_MAX)
            throw invalid(place.words() + ": the last line " + std::to_string(chunk.end_line) + " exceeds 2147483647");
        if (!named && chunk.fqn) chunk.name = last_part(*chunk.fqn);
    }

    GivenChunk given_;
    Sha256 sha256_;
};

std::vector<GivenChunk> read_chunks(JsonValue value, FilePath file_path) {
    ChunkReader reader;
    std::vector<GivenChunk> chunks;
    value.each_element([&](JsonValue element) { chunks.push_back(reader.read(element, file_path)); });
    return chunks;
}

// Exactly one of the id and the FQN is given.
ChunkName one_of(const Place& place, std::string_view id_field, std::optional<std::string> id,
                 std::string_view fqn_field, std::optional<std::string> fqn) {
    if (!id && !fqn) throw invalid(place.words() + " has neither " + quote(id_field) + " nor " + quote(fqn_field));
    if (id && fqn) throw invalid(place.words() + " has both " + quote(id_field) + " and " + quote(fqn_field));
    ChunkName name{id ? std::move(*id) : std::move(*fqn), id.has_value()};
    if (name.text.empty())
        throw invalid(Place::field(place, name.is_id ? id_field : fqn_field).words() + " must not be empty");
    return name;
}

GivenDependency read_dependency(JsonValue value) {
    GivenDependency dependency;
    const Place& place = value.place;
    std::optional<std::string> names_given[4];
    static constexpr std::string_view names[] = {"from_chunk_id", "from_fqn",     "to_chunk_id",
                                                 "to_fqn",        "relationship", "confidence"};
    value.each_field(names, [&](size_t i, JsonValue field) {
        if (i < 4) names_given[i] = field.text();
        if (i == 4) {
            dependency.relationship = field.text();
            check_relationship(dependency.relationship);
        }
        if (i == 5) dependency.confidence = field.fraction();
    });
    dependency.from = one_of(place, names[0], std::move(names_given[0]), names[1], std::move(names_given[1]));
    dependency.to = one_of(place, names[2], std::move(names_given[2]), names[3], std::move(names_given[3]));
    return dependency;
}

std::vector<GivenDependency> read_dependencies(JsonValue value) {
    std::vector<GivenDependency> dependencies;
    value.each_element([&](JsonValue element) { dependencies.push_back(read_dependency(element)); });
    return dependencies;
}

std::string read_file_hash(JsonValue field) {
    std::string hash = field.text();
    check_file_hash(field.place, hash);
    return hash;
}

std::string read_path(JsonValue field) {
    std::string path = field.text();
    check_path(field.place, path);
    return path;
}

// A chunk may repeat the path of its file, but not differ from it. `place` is that of the chunks.
void check_paths(const Place& place, const std::vector<GivenChunk>& chunks, std::string_view path) {
    for (size_t i = 0; i < chunks.size(); i++)
        if (chunks[i].file_path && *chunks[i].file_path != path)
            throw invalid(Place::element(place, i).words() + ".file_path " + quote(*chunks[i].file_path) +
                          " differs from " + quote(path));
}

GivenFile read_file(JsonValue value) {
    GivenFile file;
    const Place& place = value.place;
    bool has_path = false, has_chunks = false, has_dependencies = false;
    static constexpr std::string_view names[] = {"file_path", "file_hash",    "attrs",
                                                 "chunks",    "dependencies", "deleted"};
    value.each_field(names, [&](size_t i, JsonValue field) {
        switch (i) {
            case 0:
                file.path = read_path(field), has_path = true;
                break;
            case 1:
                file.file_hash = read_file_hash(field);
                break;
            case 2:
                file.attrs = field.object_text();
                break;
            case 3:
                file.chunks = read_chunks(field, FilePath::optional), has_chunks = true;
                break;
            case 4:
                file.dependencies = read_dependencies(field), has_dependencies = true;
                break;
            case 5:
                file.deleted = field.boolean();
                break;
        }
    });
    if (!has_path) throw missing_field(place, "file_path");
    check_paths(Place::field(place, "chunks"), file.chunks, file.path);
    if (file.deleted && (has_chunks || has_dependencies))
        throw invalid(place.words() + " is deleted and has chunks or dependencies");
    if (!file.deleted && !has_chunks) throw invalid(place.words() + " has neither \"chunks\" nor \"deleted\": true");
    return file;
}

template <class File>
void check_distinct(std::string_view argument, const std::vector<File>& files) {
    std::set<std::string_view> seen;
    for (const File& file : files)
        if (!seen.insert(file.path).second)
            throw invalid(std::string(argument) + " has the path " + quote(file.path) + " twice");
}

ChangedFile read_changed_file(JsonValue value) {
    ChangedFile file;
    if (value.is_text()) {
        file.path = read_path(value);
        return file;
    }
    const Place& place = value.place;
    static constexpr std::string_view names[] = {"file_path", "file_hash"};
    value.each_field(names, [&](size_t i, JsonValue field) {
        if (i == 0)
            file.path = read_path(field);
        else
            file.file_hash = read_file_hash(field);
    });
    if (file.path.empty()) throw missing_field(place, "file_path");
    return file;
}

JsonValue root_of(JsonText& text, std::string_view argument) {
    return {text.root(), Place(argument)};
}

}  // namespace

void check_file_hash(const Place& what, std::string_view file_hash) {
    check_name(what, file_hash, hash_limit);
}

GivenChunk parse_chunk(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    return ChunkReader().read(root_of(text, argument), FilePath::required);
}

std::vector<GivenChunk> parse_chunks(std::string_view argument, std::string_view json, std::string_view path) {
    JsonText text(argument, json);
    std::vector<GivenChunk> chunks =
        read_chunks(root_of(text, argument), path.empty() ? FilePath::required : FilePath::optional);
    if (!path.empty()) check_paths(argument, chunks, path);
    return chunks;
}

GivenDependency parse_dependency(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    return read_dependency(root_of(text, argument));
}

std::vector<GivenDependency> parse_dependencies(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    return read_dependencies(root_of(text, argument));
}

std::vector<GivenFile> parse_files(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    std::vector<GivenFile> files;
    root_of(text, argument).each_element([&](JsonValue element) { files.push_back(read_file(element)); });
    check_distinct(argument, files);
    return files;
}

std::vector<ChangedFile> parse_changed_files(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    std::vector<ChangedFile> files;
    root_of(text, argument).each_element([&](JsonValue element) { files.push_back(read_changed_file(element)); });
    check_distinct(argument, files);
    return files;
}

GivenFile parse_analysis(std::string_view path, std::string_view json) {
    std::string argument = "the analyzer's result for " + quote(path);
    JsonText text(argument, json);
    GivenFile file;
    file.path = path;
    bool has_chunks = false;
    static constexpr std::string_view names[] = {"chunks", "dependencies", "file_hash", "attrs"};
    root_of(text, argument).each_field(names, [&](size_t i, JsonValue field) {
        switch (i) {
            case 0:
                file.chunks = read_chunks(field, FilePath::optional), has_chunks = true;
                break;
            case 1:
                file.dependencies = read_dependencies(field);
                break;
            case 2:
                file.file_hash = read_file_hash(field);
                break;
            case 3:
                file.attrs = field.object_text();
                break;
        }
    });
    if (!has_chunks) throw missing_field(argument, "chunks");
    check_paths(Place::field(argument, "chunks"), file.chunks, path);
    return file;
}

std::map<std::string, std::string, std::less<>> parse_manifest(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    std::map<std::string, std::string, std::less<>> manifest;
    root_of(text, argument).each_member([&](std::string path, JsonValue value) {
        check_path("a path in " + std::string(argument), path);
        if (!value.is_null()) manifest.emplace(std::move(path), read_file_hash(value));
    });
    return manifest;
}

std::string parse_attrs(std::string_view argument, std::string_view json) {
    JsonText text(argument, json);
    return root_of(text, argument).object_text();
}

}  // namespace codegraph
