// An outline is what a graph needs of a file version, packed into one column. Names are keys of codegraph_symbols. The
// format stands at the head of outline.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/sha256.h"

namespace codegraph {

struct OutlineChunk {
    int64_t symbol = 0;  // what the chunk defines: its FQN or, without one, its chunk id
    int64_t kind = 0;
    int64_t start_line = 1, end_line = 1;
    bool has_fqn = false, is_deleted = false;
    std::optional<std::string> name = {};  // nothing: the last part of the FQN or, without one, `unknown`
    uint64_t occurrence = 1;               // of a computed id
    std::optional<std::string> explicit_id = {};
};

struct OutlineDependency {
    uint64_t from = 0;  // ordinal of a chunk
    int64_t target = 0;
    int64_t relationship = 0;
    double confidence = 1;
};

struct Outline {
    std::vector<OutlineChunk> chunks;             // in canonical order
    std::vector<OutlineDependency> dependencies;  // in any order; the encoding sorts them
};

// Returns the bytes of an outline, with dependencies in the order of (from, target, relationship).
std::string encode_outline(const Outline& outline);

// Reads an outline from front to back: all chunks, then all dependencies. Throws corrupt() for anything that
// encode_outline() does not make. The bytes must stay in place meanwhile.
class OutlineReader {
public:
    explicit OutlineReader(std::string_view bytes);
    uint64_t chunk_count() const { return chunk_count_; }
    bool next_chunk(OutlineChunk& chunk);                            // false when none was left
    uint64_t dependency_count() const { return dependency_count_; }  // known after the last chunk
    bool next_dependency(OutlineDependency& dependency);

private:
    struct Keys {
        std::vector<int64_t> keys;
        std::vector<uint8_t> used;
    };
    uint64_t read_count();
    int64_t read_key();
    int64_t read_line(int64_t from);
    double read_confidence();
    void begin_dictionary(Keys& dictionary);
    void end_dictionary(const Keys& dictionary);
    int64_t take_key(Keys& dictionary, uint64_t index);

    ByteReader in_;
    Keys kinds_, relationships_;
    uint64_t chunk_count_ = 0, dependency_count_ = 0, chunks_left_ = 0, dependencies_left_ = 0;
    int64_t line_before_ = 0;
    OutlineDependency last_{};
};

Outline decode_outline(std::string_view bytes);  // reads a whole outline

// In its column an outline is followed by its seal: the first 8 bytes of the SHA-256 over the digest of its file
// version and over the outline. The seal shows whether an outline is damaged or of another file version, without the
// chunks and names that the digest is made of.

// Appends the seal.
void seal_outline(std::string& outline, const Digest& file_version, Sha256& sha256);
// Returns the outline without its seal. Throws corrupt() when the seal does not match.
std::string_view unseal_outline(std::string_view column, const Digest& file_version, Sha256& sha256);

}  // namespace codegraph
