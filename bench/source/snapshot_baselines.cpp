#include "snapshot_baselines.h"

namespace codegraph::bench {
namespace {

// The keys are the same in both databases. In SQLite the tables are their own primary index.
std::vector<std::string> table_statements(bool postgres) {
    const std::string end = postgres ? ")" : ") WITHOUT ROWID";
    return {R"(
CREATE TABLE snapshot_chunks (
  snapshot_id integer NOT NULL,
  symbol_id integer NOT NULL,
  file_id integer NOT NULL,
  kind_id smallint NOT NULL,
  start_line integer NOT NULL,
  end_line integer NOT NULL,
  content_id integer NOT NULL,
  PRIMARY KEY (snapshot_id, symbol_id)
)" + end,
            "CREATE INDEX snapshot_chunks_file ON snapshot_chunks (snapshot_id, file_id)",
            R"(
CREATE TABLE snapshot_edges (
  snapshot_id integer NOT NULL,
  from_id integer NOT NULL,
  to_id integer NOT NULL,
  relationship_id smallint NOT NULL,
  PRIMARY KEY (snapshot_id, from_id, to_id, relationship_id)
)" + end,
            "CREATE INDEX snapshot_edges_to ON snapshot_edges (snapshot_id, to_id, from_id)"};
}

constexpr const char* copy_chunks = R"(
INSERT INTO snapshot_chunks
SELECT CAST($1 AS integer), symbol_id, file_id, kind_id, start_line, end_line, content_id
FROM snapshot_chunks WHERE snapshot_id = 1)";
constexpr const char* copy_edges = R"(
INSERT INTO snapshot_edges
SELECT CAST($1 AS integer), from_id, to_id, relationship_id
FROM snapshot_edges WHERE snapshot_id = 1)";
constexpr const char* change_content = R"(
UPDATE snapshot_chunks SET content_id = -1 - content_id
WHERE snapshot_id = CAST($1 AS integer) AND symbol_id = CAST($2 AS integer))";

void fill_chunks(Session& session, const Workload& workload) {
    uint32_t chunk = 0;
    session.fill("snapshot_chunks", 7, [&](std::vector<Value>& row) {
        if (chunk == workload.chunk_count()) return false;
        row = {int64_t{1},
               int64_t{chunk},
               int64_t{chunk / chunks_in_file},
               int64_t{1},
               int64_t{workload.start_line(chunk)},
               int64_t{workload.end_line(chunk)},
               int64_t{chunk}};
        chunk++;
        return true;
    });
}

void fill_edges(Session& session, const Workload& workload) {
    uint32_t from = 0;
    size_t edge = 0;
    session.fill("snapshot_edges", 4, [&](std::vector<Value>& row) {
        while (from < workload.chunk_count() && edge == workload.forward().targets(from).size()) from++, edge = 0;
        if (from == workload.chunk_count()) return false;
        row = {int64_t{1}, int64_t{from}, int64_t{workload.forward().targets(from)[edge++]}, int64_t{1}};
        return true;
    });
}

std::string of_snapshot(const std::string& parameter) {
    return "SELECT symbol_id, content_id FROM snapshot_chunks WHERE snapshot_id = CAST(" + parameter + " AS integer)";
}

constexpr const char* two_left_joins = R"(
SELECT o.symbol_id, o.content_id, n.content_id
FROM snapshot_chunks AS o
LEFT JOIN snapshot_chunks AS n ON n.snapshot_id = $2 AND n.symbol_id = o.symbol_id
WHERE o.snapshot_id = $1 AND n.content_id IS NOT o.content_id
UNION ALL
SELECT n.symbol_id, NULL, n.content_id
FROM snapshot_chunks AS n
LEFT JOIN snapshot_chunks AS o ON o.snapshot_id = $1 AND o.symbol_id = n.symbol_id
WHERE n.snapshot_id = $2 AND o.symbol_id IS NULL
ORDER BY 1)";

}  // namespace

PlainSnapshots::PlainSnapshots(Session& session, bool postgres, const Workload& workload)
    : session_(session), postgres_(postgres) {
    for (const std::string& sql : table_statements(postgres)) session_.run(sql);
    fill_chunks(session_, workload);
    fill_edges(session_, workload);
    analyze();
}

PlainSnapshots::~PlainSnapshots() {
    try {
        for (const char* sql : {"DROP TABLE snapshot_chunks", "DROP TABLE snapshot_edges"}) session_.run(sql);
    } catch (const std::exception&) {
        // the database goes too
    }
}

void PlainSnapshots::analyze() {
    for (const char* table : {"snapshot_chunks", "snapshot_edges"})
        session_.run((postgres_ ? "VACUUM ANALYZE " : "ANALYZE ") + std::string(table));
}

void PlainSnapshots::copy(int64_t to) {
    const std::vector<Value> parameters{to};
    session_.run("BEGIN");
    session_.run(copy_chunks, parameters);
    session_.run(copy_edges, parameters);
    session_.run("COMMIT");
}

void PlainSnapshots::change_first_chunk(int64_t snapshot, uint32_t file) {
    session_.run(change_content, std::vector<Value>{snapshot, int64_t{file} * chunks_in_file});
}

// SQLite's FULL JOIN is quadratic: two LEFT JOINs stand for it.
std::vector<Query> PlainSnapshots::difference_queries() const {
    const std::string from = of_snapshot("$1"), to = of_snapshot("$2");
    const std::string gone = "(" + from + " EXCEPT " + to + ") AS gone",
                      come = "(" + to + " EXCEPT " + from + ") AS come";
    const Query except{"EXCEPT both ways", "SELECT symbol_id FROM (SELECT * FROM " + gone +
                                               " UNION ALL SELECT * FROM " + come +
                                               ") AS differing GROUP BY symbol_id ORDER BY symbol_id"};
    if (!postgres_) return {except, {"two LEFT JOINs", two_left_joins}};
    return {except,
            {"FULL JOIN", "SELECT symbol_id, o.content_id, n.content_id FROM (" + from + ") AS o FULL JOIN (" + to +
                              ") AS n USING (symbol_id) WHERE o.content_id IS DISTINCT FROM n.content_id "
                              "ORDER BY symbol_id"}};
}

}  // namespace codegraph::bench
