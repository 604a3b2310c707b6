// The SQL of the node store. The statements go through the unique index on (repo_key, hash), once for each row of
// parameters.
#pragma once
#include "engine/task.h"

namespace codegraph {

inline constexpr Statement select_tree_nodes = {R"(
    SELECT n.hash, n.body
    FROM {rows(repo_key, hash)}
    JOIN {tree_nodes} n ON n.repo_key = r.repo_key AND n.hash = r.hash)",
                                                nullptr, "ib"};

// Which of them there are.
inline constexpr Statement tree_nodes_there = {R"(
    SELECT n.hash
    FROM {rows(repo_key, hash)}
    JOIN {tree_nodes} n ON n.repo_key = r.repo_key AND n.hash = r.hash)",
                                               nullptr, "ib"};

inline constexpr Statement insert_tree_nodes = {R"(
    INSERT INTO {tree_nodes} (repo_key, hash, body)
    {values(repo_key, hash, body)}
    ON CONFLICT (repo_key, hash) DO NOTHING)",
                                                nullptr, "ibb"};

}  // namespace codegraph
