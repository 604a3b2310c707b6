// Reads the JSON that callers give: chunks, dependencies, files and manifests. A text is parsed once and checked whole,
// and defaults are filled in. An error names the argument, the element and the field. Its SQLSTATE is 22P02 for
// malformed JSON and 22023 for everything else.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/task.h"
#include "model/file_version.h"
#include "model/json_place.h"

namespace codegraph {

struct GivenChunk {
    Chunk chunk;  // with its content and the hash of that
    std::optional<std::string> file_path, chunk_id;
};

// How a dependency names a chunk: by id, or by FQN.
struct ChunkName {
    std::string text;
    bool is_id = false;
};

struct GivenDependency {
    ChunkName from, to;  // `to` is the first candidate; it is empty where there is only a name
    std::string relationship = "CALLS";
    double confidence = 1;
    std::vector<std::string> alternatives = {};  // the candidates behind the first
    std::string to_name = {};                    // empty: none
    std::vector<Site> sites = {};
};

struct GivenFile {
    std::string path;
    bool deleted = false;
    std::optional<std::string> file_hash;
    std::string attrs = "{}";
    std::vector<GivenChunk> chunks;
    std::vector<GivenDependency> dependencies;
    std::vector<Alias> aliases;
};

struct ChangedFile {
    std::string path;
    std::optional<std::string> file_hash;
};

// In all functions below `argument` names the text in errors. The views are of texts that outlive the task.

// The chunk must have a file_path.
Task<GivenChunk> parse_chunk(std::string_view argument, std::string_view json);
// An empty `path` makes file_path a required field of each chunk. With a path, file_path may be left out, and may not
// differ from that path.
Task<std::vector<GivenChunk>> parse_chunks(std::string_view argument, std::string_view json,
                                           std::string_view path = {});
Task<GivenDependency> parse_dependency(std::string_view argument, std::string_view json);
Task<std::vector<GivenDependency>> parse_dependencies(std::string_view argument, std::string_view json);
Task<std::vector<Alias>> parse_aliases(std::string_view argument, std::string_view json);
// A path that comes twice is an error.
Task<std::vector<GivenFile>> parse_files(std::string_view argument, std::string_view json);
Task<std::vector<ChangedFile>> parse_changed_files(std::string_view argument, std::string_view json);
// Reads what an analyzer returned for `path`.
Task<GivenFile> parse_analysis(std::string_view path, std::string_view json);
// Returns the file hash of each path. A path whose value is null is left out.
using Manifest = std::map<std::string, std::string, std::less<>>;
Task<Manifest> parse_manifest(std::string_view argument, std::string_view json);
// Returns the text of a JSON object without its white space.
Task<std::string> parse_attrs(std::string_view argument, std::string_view json);
void check_file_hash(const Place& what, std::string_view file_hash);

}  // namespace codegraph
