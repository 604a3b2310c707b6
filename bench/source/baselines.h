// What a user would write instead: the catalogue of baseline queries. All take the start's id as $1.
//
// Plain tables, with integer ids (int_chunks, int_edges) or with the text ids that tools store (text_chunks,
// text_edges). They hold what traversals need and no content, which makes them faster to read than real ones.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace codegraph::bench {

enum class Ids { integer, text };
enum class Wanted { count, rows };  // one number; or all nodes with depth and their chunk's columns

struct Question {
    bool against_the_arrows = false;
    std::optional<uint32_t> max_depth;
    Wanted wanted = Wanted::count;
};

struct Query {
    std::string name;
    std::string sql;
};

std::vector<std::string> plain_table_statements(bool postgres, Ids ids);
std::vector<std::string> plain_index_statements(bool postgres, Ids ids);  // when they are filled

// Recursive CTEs of the same answer; which is fastest depends on the database and the graph.
std::vector<Query> recursive_queries(bool postgres, Ids ids, const Question& question);

// Peers that are not a recursive CTE, for counts up to a depth on integer ids.
Query unrolled_query(bool against_the_arrows, uint32_t depth);  // one CTE a level, written out
Query pgrouting_query(uint32_t depth);

}  // namespace codegraph::bench
