// What cg_verify checks of tree nodes: each stored node by itself, each node against the entry above it, each two
// neighbours against each other. Together they say that every tree is the one tree of its keys, without rebuilding it
// for every snapshot.
#pragma once
#include "operations/verify/files.h"
#include "operations/verify/findings.h"
#include "storage/repository.h"
#include "tree/walk.h"

namespace codegraph {

// Collects the hashes of all stored nodes, damaged ones too.
Task<> verify_tree_nodes(const Repository& repository, Findings& findings, const FilesByDigest& files,
                         DigestSet& stored);

}  // namespace codegraph
