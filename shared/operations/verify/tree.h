// cg_verify checks each stored tree node by itself, against the entries above it, and against its neighbours. Together
// these checks show that every tree is the one tree of its keys, without a rebuild for every snapshot.
#pragma once
#include "operations/verify/files.h"
#include "operations/verify/findings.h"
#include "storage/repository.h"
#include "tree/walk.h"

namespace codegraph {

// Checks every stored tree node against `files`. Fills `stored` with the hashes of all nodes, damaged ones too.
Task<> verify_tree_nodes(const Repository& repository, Findings& findings, const FilesByDigest& files,
                         DigestSet& stored);

}  // namespace codegraph
