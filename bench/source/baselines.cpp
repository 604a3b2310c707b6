#include "baselines.h"

namespace codegraph::bench {
namespace {

std::string prefix(Ids ids) {
    return ids == Ids::integer ? "int" : "text";
}
std::string start_of(Ids ids) {
    return ids == Ids::integer ? "CAST($1 AS bigint)" : "CAST($1 AS text)";
}

struct Columns {
    std::string here, there;
};
Columns columns(bool against_the_arrows) {
    return against_the_arrows ? Columns{"to_id", "from_id"} : Columns{"from_id", "to_id"};
}

// How the recursive part finds the neighbours n(id) of reach r.
struct Form {
    std::string name, set, join, order;
};

// With the covering indexes on both columns, both databases look each node up in an index. PostgreSQL may prefer to
// hash the whole table of edges for a level, which LATERAL … OFFSET 0 keeps it from. SQLite takes rows from a queue;
// with ORDER BY the queue is sorted, and a node is first found at its least depth.
std::vector<Form> forms(bool postgres, Ids ids, const Question& question) {
    const auto [here, there] = columns(question.against_the_arrows);
    const std::string edges = prefix(ids) + "_edges";
    const std::string join = "JOIN " + edges + " AS n ON n." + here + " = r.id";
    std::vector<Form> all{{"UNION", "UNION", join, ""}};
    if (postgres)
        all.push_back({"UNION, LATERAL", "UNION",
                       "CROSS JOIN LATERAL (SELECT e." + there + " FROM " + edges + " AS e WHERE e." + here +
                           " = r.id OFFSET 0) AS n",
                       ""});
    else if (question.max_depth)
        all.push_back({"UNION, ORDER BY depth", "UNION", join, " ORDER BY 2"});
    if (question.max_depth && *question.max_depth <= 3) all.push_back({"UNION ALL", "UNION ALL", join, ""});
    return all;
}

// A node may be in reach at several depths.
std::string bounded(const Form& form, Ids ids, const Question& question) {
    return "WITH RECURSIVE reach(id, depth) AS (SELECT " + start_of(ids) + ", 0 " + form.set + " SELECT n." +
           columns(question.against_the_arrows).there + ", r.depth + 1 FROM reach AS r " + form.join +
           " WHERE r.depth < " + std::to_string(*question.max_depth) + form.order + ") ";
}
// Without a limit the depth has to stay out: it would never end in a cycle.
std::string unbounded(const Form& form, Ids ids, const Question& question) {
    return "WITH RECURSIVE reach(id) AS (SELECT " + start_of(ids) + " " + form.set + " SELECT n." +
           columns(question.against_the_arrows).there + " FROM reach AS r " + form.join + ") ";
}

std::string bounded_answer(Ids ids, Wanted wanted) {
    if (wanted == Wanted::count) return "SELECT count(*) - 1 FROM (SELECT id FROM reach GROUP BY id) AS nodes";
    return "SELECT nodes.depth, c.chunk_id, c.fqn, c.kind, c.file_path, c.start_line, c.end_line "
           "FROM (SELECT id, min(depth) AS depth FROM reach GROUP BY id) AS nodes JOIN " +
           prefix(ids) + "_chunks AS c ON c.id = nodes.id WHERE nodes.depth > 0 ORDER BY nodes.depth, c.fqn";
}
std::string unbounded_answer(Ids ids, Wanted wanted) {
    if (wanted == Wanted::count) return "SELECT count(*) - 1 FROM reach";
    return "SELECT NULL AS depth, c.chunk_id, c.fqn, c.kind, c.file_path, c.start_line, c.end_line FROM reach JOIN " +
           prefix(ids) + "_chunks AS c ON c.id = reach.id WHERE reach.id <> " + start_of(ids);
}

}  // namespace

std::vector<std::string> plain_table_statements(bool postgres, Ids ids) {
    const std::string type = ids == Ids::integer ? "bigint" : "text";
    const std::string name = prefix(ids);
    // "integer PRIMARY KEY" is SQLite's own row number, "bigint PRIMARY KEY" is not.
    const std::string key = !postgres && ids == Ids::integer ? "integer" : type;
    const std::string edge_key = postgres ? "" : ", PRIMARY KEY (from_id, to_id, relationship)";
    return {"CREATE TABLE " + name + "_chunks (id " + key +
                " NOT NULL PRIMARY KEY, chunk_id text NOT NULL, fqn text, "
                "kind text NOT NULL, file_path text NOT NULL, start_line integer NOT NULL, end_line integer NOT NULL)",
            "CREATE TABLE " + name + "_edges (from_id " + type + " NOT NULL, to_id " + type +
                " NOT NULL, relationship text NOT NULL, confidence double precision NOT NULL" + edge_key + ")" +
                (postgres ? "" : " WITHOUT ROWID")};
}

// PostgreSQL's VACUUM lets index-only scans be that.
std::vector<std::string> plain_index_statements(bool postgres, Ids ids) {
    const std::string edges = prefix(ids) + "_edges";
    std::vector<std::string> statements{"CREATE INDEX " + edges + "_to ON " + edges + " (to_id, from_id)"};
    if (!postgres) {
        statements.push_back("ANALYZE");
        return statements;
    }
    statements.push_back("CREATE UNIQUE INDEX " + edges + "_from ON " + edges + " (from_id, to_id, relationship)");
    statements.push_back("VACUUM ANALYZE " + edges);
    statements.push_back("VACUUM ANALYZE " + prefix(ids) + "_chunks");
    return statements;
}

std::vector<Query> recursive_queries(bool postgres, Ids ids, const Question& question) {
    std::vector<Query> queries;
    for (const Form& form : forms(postgres, ids, question))
        queries.push_back({form.name, question.max_depth
                                          ? bounded(form, ids, question) + bounded_answer(ids, question.wanted)
                                          : unbounded(form, ids, question) + unbounded_answer(ids, question.wanted)});
    return queries;
}

Query unrolled_query(bool against_the_arrows, uint32_t depth) {
    const auto [here, there] = columns(against_the_arrows);
    std::string sql = "WITH l0(id) AS MATERIALIZED (SELECT CAST($1 AS bigint))";
    std::string seen = "SELECT id FROM l0";
    for (uint32_t level = 1; level <= depth; level++) {
        const std::string name = "l" + std::to_string(level), above = "l" + std::to_string(level - 1);
        sql += ", " + name + "(id) AS MATERIALIZED (SELECT n." + there + " FROM " + above +
               " AS r JOIN int_edges AS n ON n." + here + " = r.id EXCEPT SELECT id FROM (" + seen + ") AS seen)";
        seen += " UNION ALL SELECT id FROM " + name;
    }
    return {"levels written out", sql + " SELECT count(*) - 1 FROM (" + seen + ") AS nodes"};
}

Query pgrouting_query(uint32_t depth) {
    return {"pgRouting",
            "SELECT count(*) - 1 FROM pgr_breadthFirstSearch('SELECT row_number() OVER () AS id, from_id AS source, "
            "to_id AS target, 1.0::float8 AS cost FROM int_edges', CAST($1 AS bigint), max_depth => " +
                std::to_string(depth) + ", directed => true)"};
}

}  // namespace codegraph::bench
