// The JSON that callers give: chunks, dependencies, files, manifests. Parsed once, checked whole, defaults filled in.
// Everything wrong with it is an error that names the argument, the element and the field: malformed JSON (22P02), else
// invalid (22023).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/file_version.h"
#include "model/place.h"

namespace codegraph {

struct GivenChunk {
    Chunk chunk;  // with its content, the hash of that computed
    std::optional<std::string> file_path, chunk_id;
};

// A chunk that a dependency names: by id, or by FQN.
struct ChunkName {
    std::string text;
    bool is_id;
};

struct GivenDependency {
    ChunkName from, to;
    std::string relationship = "CALLS";
    double confidence = 1;
};

struct GivenFile {
    std::string path;
    bool deleted = false;
    std::optional<std::string> file_hash;
    std::string attrs = "{}";
    std::vector<GivenChunk> chunks;
    std::vector<GivenDependency> dependencies;
};

struct ChangedFile {
    std::string path;
    std::optional<std::string> file_hash;
};

// `argument` names the text in errors. Unless `path` is empty, a chunk's file_path may be left out but not differ from
// it.
GivenChunk parse_chunk(std::string_view argument, std::string_view json);
std::vector<GivenChunk> parse_chunks(std::string_view argument, std::string_view json, std::string_view path = {});
GivenDependency parse_dependency(std::string_view argument, std::string_view json);
std::vector<GivenDependency> parse_dependencies(std::string_view argument, std::string_view json);
std::vector<GivenFile> parse_files(std::string_view argument, std::string_view json);            // paths are distinct
std::vector<ChangedFile> parse_changed_files(std::string_view argument, std::string_view json);  // likewise
// What an analyzer returned for `path`.
GivenFile parse_analysis(std::string_view path, std::string_view json);
// Path -> file hash; a null is as absent.
std::map<std::string, std::string, std::less<>> parse_manifest(std::string_view argument, std::string_view json);
// A JSON object, minified (white space only).
std::string parse_attrs(std::string_view argument, std::string_view json);
void check_file_hash(const Place& what, std::string_view file_hash);

}  // namespace codegraph
