#include "load_baselines.h"

#include "base/bytes.h"
#include "base/sha256.h"
#include "timing.h"

namespace codegraph::bench {
namespace {

constexpr size_t rows_in_block = 5000;
constexpr const char* indexed_at = "2026-01-01T00:00:00.000Z";

// With integer ids the chunks' own ids are integers too, and the texts have an index; else the text is the id.
std::vector<std::string> table_statements(bool postgres, Ids ids) {
    const bool integers = ids == Ids::integer;
    const std::string text = postgres ? "text COLLATE \"C\"" : "text";
    const std::string id = integers ? (postgres ? "bigint" : "integer") : text;
    const std::string chunk_key = integers ? "id " + id + " PRIMARY KEY, chunk_id " + text + " NOT NULL"
                                           : "chunk_id " + text + " NOT NULL PRIMARY KEY";
    const std::string boolean = postgres ? "boolean" : "integer", time = postgres ? "timestamptz" : "text";
    const std::string place = "file_path " + text + " NOT NULL, start_line integer NOT NULL, end_line integer NOT NULL";
    const std::string names = "kind text NOT NULL, fqn " + text + ", name " + text + " NOT NULL, number integer";
    const std::string code =
        "language text NOT NULL, symbol_visibility text, content text NOT NULL, "
        "content_hash text NOT NULL, summary text, importance double precision NOT NULL";
    const std::string rest =
        "is_deleted " + boolean + " NOT NULL, attrs text NOT NULL, indexed_at " + time + " NOT NULL";
    return {"DROP TABLE IF EXISTS stored_chunks", "DROP TABLE IF EXISTS stored_edges",
            "CREATE TABLE stored_chunks (" + chunk_key + ", " + place + ", " + names + ", " + code + ", " + rest + ")",
            "CREATE TABLE stored_edges (from_id " + id + " NOT NULL, to_id " + id +
                " NOT NULL, relationship text NOT NULL, confidence double precision NOT NULL" +
                (postgres ? ")" : ", PRIMARY KEY (from_id, to_id, relationship)) WITHOUT ROWID")};
}

std::vector<std::string> index_statements(bool postgres, Ids ids) {
    std::vector<std::string> statements{"CREATE INDEX stored_chunks_file ON stored_chunks (file_path, start_line)",
                                        "CREATE INDEX stored_chunks_fqn ON stored_chunks (fqn)",
                                        "CREATE INDEX stored_edges_to ON stored_edges (to_id, from_id)"};
    if (ids == Ids::integer) statements.push_back("CREATE UNIQUE INDEX stored_chunks_id ON stored_chunks (chunk_id)");
    if (postgres)
        statements.push_back("CREATE UNIQUE INDEX stored_edges_from ON stored_edges (from_id, to_id, relationship)");
    return statements;
}

using Row = std::vector<Value>;
using MakeRow = std::function<bool(Row&)>;

// Gives rows that were made some thousand at a time, and knows how long making them took.
class RowSource {
public:
    RowSource(size_t columns, MakeRow make) : rows_(rows_in_block, Row(columns)), make_(std::move(make)) {}

    bool next(Row& row) {
        if (given_ == made_) milliseconds_ += time_once([this] { make_block(); });
        if (given_ == made_) return false;
        row.swap(rows_[given_++]);
        return true;
    }
    double milliseconds() const { return milliseconds_; }

private:
    void make_block() {
        given_ = made_ = 0;
        while (made_ < rows_.size() && make_(rows_[made_])) made_++;
    }

    std::vector<Row> rows_;
    MakeRow make_;
    size_t given_ = 0, made_ = 0;
    double milliseconds_ = 0;
};

Value id(const Workload& workload, Ids ids, uint32_t chunk) {
    if (ids == Ids::text) return workload.chunk_id(chunk);
    return int64_t{chunk};
}

MakeRow chunk_rows(const Workload& workload, Ids ids, bool postgres) {
    return [&workload, ids, postgres, chunk = uint32_t{0}, sha256 = std::make_shared<Sha256>()](Row& row) mutable {
        if (chunk == workload.chunk_count()) return false;
        std::string content = workload.content(chunk);
        std::string hash = to_hex(sha256->hash(content).view());
        row.clear();
        if (ids == Ids::integer) row.emplace_back(int64_t{chunk});
        row.emplace_back(workload.chunk_id(chunk));
        row.emplace_back(workload.path(chunk / chunks_in_file));
        row.emplace_back(int64_t{workload.start_line(chunk)});
        row.emplace_back(int64_t{workload.end_line(chunk)});
        row.emplace_back("method");
        row.emplace_back(workload.fqn(chunk));
        row.emplace_back(workload.name(chunk));
        row.emplace_back(int64_t{1});
        row.emplace_back("python");
        row.emplace_back();  // symbol_visibility
        row.emplace_back(std::move(content));
        row.emplace_back(std::move(hash));
        row.emplace_back();  // summary
        row.emplace_back("0.5");
        postgres ? row.emplace_back("f") : row.emplace_back(int64_t{0});  // is_deleted
        row.emplace_back("{}");
        row.emplace_back(indexed_at);
        chunk++;
        return true;
    };
}

MakeRow edge_rows(const Workload& workload, Ids ids) {
    return [&workload, ids, from = uint32_t{0}, edge = size_t{0}](Row& row) mutable {
        while (from < workload.chunk_count() && edge == workload.forward().targets(from).size()) from++, edge = 0;
        if (from == workload.chunk_count()) return false;
        row = {id(workload, ids, from), id(workload, ids, workload.forward().targets(from)[edge++]), "CALLS",
               int64_t{1}};
        return true;
    };
}

double fill(Session& session, const std::string& table, size_t columns, MakeRow make) {
    RowSource source(columns, std::move(make));
    const double all = time_once([&] { session.fill(table, columns, [&](Row& row) { return source.next(row); }); });
    return all - source.milliseconds();
}

}  // namespace

double load_stored_tables(Session& session, bool postgres, Ids ids, Indexes indexes, const Workload& workload) {
    for (const std::string& sql : table_statements(postgres, ids)) session.run(sql);
    auto make_indexes = [&] {
        for (const std::string& sql : index_statements(postgres, ids)) session.run(sql);
    };
    if (indexes == Indexes::in_place) make_indexes();
    double milliseconds =
        fill(session, "stored_chunks", ids == Ids::integer ? 18 : 17, chunk_rows(workload, ids, postgres)) +
        fill(session, "stored_edges", 4, edge_rows(workload, ids));
    if (indexes == Indexes::afterwards) milliseconds += time_once(make_indexes);
    return milliseconds;
}

void make_reading_function(Session& session) {
    session.run(R"(
CREATE OR REPLACE FUNCTION stored_snapshot() RETURNS TABLE (
  chunk_id text, file_path text, start_line integer, end_line integer, kind text, fqn text, name text, language text,
  symbol_visibility text, content text, content_hash text, summary text, importance double precision,
  is_deleted boolean, attrs text, indexed_at timestamptz)
LANGUAGE plpgsql STABLE AS $function$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT )" +
                std::string(stored_columns) + ", indexed_at FROM stored_chunks ORDER BY " + stored_order +
                "; END $function$");
}

}  // namespace codegraph::bench
