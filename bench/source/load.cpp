#include "load.h"

#include "timing.h"

namespace codegraph::bench {
namespace {

constexpr uint32_t files_in_batch = 250;
constexpr const char* relationship = "CALLS";

constexpr const char* of_file = R"(
SELECT (page_count - freelist_count) * page_size
FROM pragma_page_count, pragma_freelist_count, pragma_page_size)";

Value id(const Workload& workload, Ids ids, uint32_t chunk) {
    if (ids == Ids::text) return workload.chunk_id(chunk);
    return int64_t{chunk};
}

void fill_chunks(Session& session, const Workload& workload, Ids ids, const std::string& table) {
    uint32_t chunk = 0;
    session.fill(table, 7, [&](std::vector<Value>& row) {
        if (chunk == workload.chunk_count()) return false;
        row = {id(workload, ids, chunk),
               workload.chunk_id(chunk),
               workload.fqn(chunk),
               "method",
               workload.path(chunk / chunks_in_file),
               int64_t{workload.start_line(chunk)},
               int64_t{workload.end_line(chunk)}};
        chunk++;
        return true;
    });
}

void fill_edges(Session& session, const Workload& workload, Ids ids, const std::string& table) {
    uint32_t from = 0;
    size_t edge = 0;
    session.fill(table, 4, [&](std::vector<Value>& row) {
        while (from < workload.chunk_count() && edge == workload.forward().targets(from).size()) from++, edge = 0;
        if (from == workload.chunk_count()) return false;
        row = {id(workload, ids, from), id(workload, ids, workload.forward().targets(from)[edge]), relationship,
               int64_t{1}};
        edge++;
        return true;
    });
}

}  // namespace

double load_codegraph(Session& session, const Workload& workload, const std::string& repo) {
    const std::vector<Value> names{repo, first_snapshot};
    session.run("SELECT cg_save_repository($1)", std::span(names).first(1));
    session.run("SELECT cg_create_snapshot($1, $2)", names);
    double milliseconds = 0;
    std::vector<uint32_t> batch;
    for (uint32_t file = 0; file < workload.file_count(); file++) {
        batch.push_back(file);
        if (batch.size() < files_in_batch && file + 1 < workload.file_count()) continue;
        milliseconds += edit_files(session, workload, batch, {}, first_snapshot, first_snapshot, repo);
        batch.clear();
    }
    return milliseconds;
}

void load_plain_tables(Session& session, bool postgres, Ids ids, const Workload& workload) {
    for (const std::string& sql : plain_table_statements(postgres, ids)) session.run(sql);
    const std::string prefix = ids == Ids::integer ? "int" : "text";
    fill_chunks(session, workload, ids, prefix + "_chunks");
    fill_edges(session, workload, ids, prefix + "_edges");
    for (const std::string& sql : plain_index_statements(postgres, ids)) session.run(sql);
}

double storage_bytes(Session& session, bool postgres, const std::string& tables) {
    const std::string of_tables = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r'";
    if (postgres) return std::stod(session.text(of_tables + " AND relname LIKE '" + tables + "'"));
    session.run("PRAGMA wal_checkpoint(TRUNCATE)");
    return std::stod(session.text(of_file));
}

void change_one_file(Session& session, const Workload& workload, uint32_t chunk, const std::string& base,
                     const std::string& snapshot) {
    const uint32_t file = chunk / chunks_in_file;
    session.run("SELECT cg_replace_file($1, $2, $3, $4, $5, $6)",
                std::vector<Value>{repository, base, snapshot, workload.path(file), workload.chunks_json(file),
                                   workload.dependencies_json(file, "external." + snapshot)});
}

double edit_file(Session& session, const Workload& workload, uint32_t file, Edit edit, const std::string& base,
                 const std::string& snapshot) {
    const std::vector<Value> parameters{repository,
                                        base,
                                        snapshot,
                                        workload.path(file),
                                        workload.chunks_json(file, edit),
                                        workload.dependencies_json(file)};
    return time_once([&] { session.run("SELECT cg_replace_file($1, $2, $3, $4, $5, $6)", parameters); });
}

double edit_files(Session& session, const Workload& workload, std::span<const uint32_t> files, Edit edit,
                  const std::string& base, const std::string& snapshot, const std::string& repo) {
    std::string json;
    for (uint32_t file : files) json += (json.empty() ? '[' : ',') + workload.file_json(file, edit);
    const std::vector<Value> parameters{repo, base, snapshot, json + "]"};
    return time_once([&] { session.run("SELECT cg_replace_files($1, $2, $3, $4)", parameters); });
}

}  // namespace codegraph::bench
