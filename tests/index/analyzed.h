// Analyses small source texts the way the indexer does, for the tests.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "chunks.h"
#include "ctags.h"
#include "definitions.h"
#include "references.h"
#include "tokens.h"

namespace codegraph::index {

inline Ctags& shared_ctags() {
    static Ctags ctags("ctags");
    return ctags;
}

inline FileChunks chunks_of(const std::string& path, const std::string& text) {
    Language language = language_of_path(path).value();
    std::vector<Tag> tags;
    if (!shared_ctags().tags_of(parser_file_name(path), text, tags)) throw std::runtime_error("ctags failed");
    return make_chunks(path, language, text, tokenize(text, family_of(language)), tags);
}

// Every chunk as "kind fqn start-end", the file's own first.
inline std::vector<std::string> described(const FileChunks& file) {
    std::vector<std::string> all;
    for (const Chunk& chunk : file.chunks)
        all.push_back(chunk.kind + " " + chunk.fqn + " " + std::to_string(chunk.start_line) + "-" +
                      std::to_string(chunk.end_line));
    return all;
}

using Files = std::map<std::string, std::string>;

// A small snapshot: path → text. The dependencies of one file as "from RELATIONSHIP to confidence".
class Snapshot {
public:
    explicit Snapshot(Files files, std::size_t max_candidates = 8)
        : files_(std::move(files)), definitions_(max_candidates) {
        for (const auto& [path, text] : files_) {
            chunks_[path] = chunks_of(path, text);
            definitions_.replace_file(path, family_of(*language_of_path(path)), chunks_[path].chunks);
        }
    }

    References references(const std::string& path) const {
        const std::string& text = files_.at(path);
        Language language = *language_of_path(path);
        const FileChunks& file = chunks_.at(path);
        return find_references(path, language, tokenize(text, family_of(language)), file,
                               owner_of_lines(file.chunks, Lines(text).count()), definitions_);
    }

    std::vector<std::string> dependencies(const std::string& path) const {
        std::vector<std::string> all;
        for (const Dependency& d : references(path).dependencies) {
            char confidence[16];
            std::snprintf(confidence, sizeof confidence, "%g", d.confidence);
            all.push_back(chunks_.at(path).chunks[d.from].fqn + " " + d.relationship + " " + d.to_fqn + " " +
                          confidence);
        }
        return all;
    }

private:
    Files files_;
    std::map<std::string, FileChunks> chunks_;
    Definitions definitions_;
};

}  // namespace codegraph::index
