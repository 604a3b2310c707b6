// Lists the queries that a user would write instead of a traversal of codegraph. All take the start's id as $1.
//
// They read plain tables with integer ids (int_chunks, int_edges), or with text ids as tools store them (text_chunks,
// text_edges). These tables hold what traversals need and no content, which makes them faster to read than real ones.
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
std::vector<std::string> plain_index_statements(bool postgres, Ids ids);  // to run once the tables are filled

// Returns recursive CTEs that give the same answer. Which is the fastest depends on the database and the graph.
std::vector<Query> recursive_queries(bool postgres, Ids ids, const Question& question);

// Return peers that are not a recursive CTE. They count what is reached up to a depth, on integer ids.
Query unrolled_query(bool against_the_arrows, uint32_t depth);  // one CTE a level, written out
Query pgrouting_query(uint32_t depth);

}  // namespace codegraph::bench
