#include "file_json.h"

#include <map>
#include <nlohmann/json.hpp>

namespace codegraph::index {
namespace {

using nlohmann::json;

json chunk_json(const Chunk& chunk, Language language, std::string content) {
    json object{{"kind", chunk.kind},           {"fqn", chunk.fqn},
                {"name", chunk.name},           {"start_line", chunk.start_line},
                {"end_line", chunk.end_line},   {"language", language_name(language)},
                {"content", std::move(content)}};
    if (!chunk.visibility.empty()) object["symbol_visibility"] = chunk.visibility;
    return object;
}

// Returns the ids that the store gives to the chunks. Of equal ones the k-th in array order ends with `#k`.
std::vector<std::string> default_ids(const FileFacts& facts, const std::vector<Chunk>& chunks) {
    std::vector<std::string> ids;
    std::map<std::string, std::size_t> used;
    for (const Chunk& chunk : chunks) {
        std::string id = std::string(facts.repo_id) + ":" + std::string(facts.path) + ":" + chunk.name + ":" +
                         std::to_string(chunk.start_line) + "-" + std::to_string(chunk.end_line);
        std::size_t occurrence = ++used[id];
        if (occurrence > 1) id += "#" + std::to_string(occurrence);
        ids.push_back(std::move(id));
    }
    return ids;
}

// Names overloads by their ids, because `from_fqn` means the first chunk of that name.
json dependencies_json(const FileFacts& facts, const FileChunks& file, const References& references) {
    std::map<std::string_view, std::size_t> uses;
    for (const Chunk& chunk : file.chunks) uses[chunk.fqn]++;
    std::vector<std::string> ids = default_ids(facts, file.chunks);
    json array = json::array();
    for (const Dependency& dependency : references.dependencies) {
        const std::string& fqn = file.chunks[dependency.from].fqn;
        json object{{"to_fqn", dependency.to_fqn},
                    {"relationship", dependency.relationship},
                    {"confidence", dependency.confidence}};
        if (uses[fqn] == 1) {
            object["from_fqn"] = fqn;
        } else {
            object["from_chunk_id"] = ids[dependency.from];
        }
        array.push_back(std::move(object));
    }
    return array;
}

}  // namespace

std::string file_json(const FileFacts& facts, const FileChunks& file, const std::vector<std::uint32_t>& owners,
                      const References& references) {
    Lines lines(facts.text);
    json chunks = json::array();
    for (std::size_t i = 0; i < file.chunks.size(); i++)
        chunks.push_back(chunk_json(file.chunks[i], facts.language, chunk_content(file.chunks, i, lines, owners)));
    json object{{"file_path", facts.path},
                {"file_hash", facts.file_hash},
                {"attrs", {{"mode", facts.mode}, {"size", facts.text.size()}}},
                {"chunks", std::move(chunks)},
                {"dependencies", dependencies_json(facts, file, references)}};
    return object.dump();
}

std::string deleted_file_json(std::string_view path) {
    return json{{"file_path", path}, {"deleted", true}}.dump();
}

}  // namespace codegraph::index
