// cg_verify checks file versions and their chunks against their digests and outlines.
#pragma once
#include <optional>
#include <unordered_map>

#include "base/sha256.h"
#include "operations/verify/findings.h"
#include "operations/verify/shared_ids.h"
#include "storage/repository.h"

namespace codegraph {

// The facts about a file version with which the leaves of trees must agree. A fact is missing where damage hides it.
struct FileFacts {
    std::optional<uint64_t> path_hash;  // by sha256_key_hash()
    std::optional<uint64_t> live_chunks;
};
using FilesByDigest = std::unordered_map<Digest, FileFacts, DigestHash>;

// Checks every file version. Fills `files` with the facts of each, and `shared` with the ids of its live chunks.
Task<> verify_files(const Repository& repository, Findings& findings, FilesByDigest& files, SharedIds& shared);

}  // namespace codegraph
