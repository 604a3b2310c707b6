// The SQL of the node store. The statements use the unique index on (repo_key, hash), once for each row of parameters.
#pragma once
#include "engine/statement.h"

namespace codegraph::statements {
// clang-format off: SQL is laid out by hand

inline constexpr Statement find_tree_nodes("ib", R"(
    SELECT n.hash, n.body
    FROM {rows(repo_key, hash)} JOIN {tree_nodes} n ON n.repo_key = r.repo_key AND n.hash = r.hash)");

// Finds which of these nodes are stored.
inline constexpr Statement find_stored_tree_nodes("ib", R"(
    SELECT n.hash
    FROM {rows(repo_key, hash)} JOIN {tree_nodes} n ON n.repo_key = r.repo_key AND n.hash = r.hash)");

inline constexpr Statement insert_tree_nodes("ibb", R"(
    INSERT INTO {tree_nodes} {values(repo_key, hash, body)}
    ON CONFLICT (repo_key, hash) DO NOTHING)");

}  // namespace codegraph::statements
