#include "load_measures.h"

#include <functional>
#include <stdexcept>
#include <vector>

#include "load.h"
#include "load_baselines.h"
#include "numbers.h"
#include "recorder.h"
#include "search_measures.h"

namespace codegraph::bench {
namespace {

constexpr double enough_loading = 20'000;                // milliseconds of all loads together
constexpr double most_slowdown_of_reading = 1.5;         // beside one table
constexpr double most_slowdown_beside_a_function = 1.2;  // beside a PL/pgSQL function

struct Baseline {
    Ids ids;
    Indexes indexes;
    std::vector<double> times{};
};

class LoadMeasures {
public:
    LoadMeasures(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results)
        : make_database_(make_database),
          workload_(workload),
          runs_(runs),
          database_(make_database()),
          recorder_(*database_, workload, results) {}

    // The sides take turns. The last load leaves what `read` and `search` need.
    void load(bool is_measured) {
        std::vector<double> times;
        double total = 0;
        const int runs = is_measured ? runs_ : 1;
        for (int run = 0; run < runs && total < enough_loading; run++) {
            recorder_.say("loading, run " + std::to_string(run + 1));
            renew();
            times.push_back(load_codegraph(*session_, workload_));
            check_codegraph();
            total += times.back();
            for (Baseline& baseline : baselines_) {
                if (!is_measured && !is_read(baseline)) continue;
                baseline.times.push_back(
                    load_stored_tables(*session_, is_postgres(), baseline.ids, baseline.indexes, workload_));
                check_stored_tables();
                total += baseline.times.back();
            }
        }
        if (is_measured) report(median_of(times));
    }

    // All columns of all chunks, in reader order.
    void read() {
        const std::string measure = "A whole snapshot: cg_chunks, all rows and columns fetched";
        recorder_.say(measure);
        if (is_postgres()) session_->run("VACUUM ANALYZE");
        const std::string columns = stored_columns;
        const std::string function = " FROM cg_chunks($1, $2)", table = " FROM stored_chunks ORDER BY ",
                          order = stored_order;
        const std::vector<Value> names{repository, first_snapshot};
        const Answer ours = session_->run("SELECT " + columns + function, names);
        const Answer theirs = session_->run("SELECT " + columns + table + order);
        if (ours.rows != theirs.rows || ours.bytes != theirs.bytes)
            throw std::runtime_error("cg_chunks and the table differ: " + std::to_string(ours.rows) + " rows of " +
                                     std::to_string(ours.bytes) + " bytes, " + std::to_string(theirs.rows) + " of " +
                                     std::to_string(theirs.bytes));
        const std::string select = "SELECT " + columns + ", indexed_at";
        std::vector<std::function<void()>> works{[&] { session_->run(select + function, names); },
                                                 [&] { session_->run(select + table + order); }};
        if (is_postgres()) {
            make_reading_function(*session_);
            works.emplace_back([&] { session_->run(select + " FROM stored_snapshot()"); });
        }
        const std::vector<Timing> times = time_in_turns(runs_, works);
        // In PostgreSQL the goal is beside a function: what it returns is written down once before it is read.
        recorder_.add(11, measure, "one table, same columns and order", times[1], times[0],
                      is_postgres() ? std::nullopt : judged(Goal{.most_slowdown = most_slowdown_of_reading}));
        if (is_postgres())
            recorder_.add(11, measure, "PL/pgSQL function, same columns and order", times[2], times[0],
                          judged(Goal{.most_slowdown = most_slowdown_beside_a_function}));
    }

    void search() { measure_search(*session_, is_postgres(), workload_, runs_, recorder_); }

private:
    bool is_postgres() const { return database_->is_postgres(); }
    std::optional<Goal> judged(Goal goal) const { return recorder_.is_small() ? std::nullopt : std::optional(goal); }
    // The last of the baselines stays when all are done, so it has to be the one that is read.
    static bool is_read(const Baseline& baseline) {
        return baseline.ids == Ids::integer && baseline.indexes == Indexes::in_place;
    }

    void renew() {
        session_.reset();
        database_.reset();
        database_ = make_database_();
        session_ = database_->connect();
    }

    void check_codegraph() {
        expect("chunks in the snapshot", "SELECT cg_count_chunks('bench', 'snapshot_0')", workload_.chunk_count());
        expect("chunks in codegraph", "SELECT chunks FROM cg_stats('bench')", workload_.chunk_count());
        expect("contents in codegraph", "SELECT contents FROM cg_stats('bench')", workload_.chunk_count());
        expect("dependencies in codegraph", "SELECT dependencies FROM cg_stats('bench')", workload_.edge_count());
    }
    void check_stored_tables() {
        expect("chunks in the table", "SELECT count(*) FROM stored_chunks", workload_.chunk_count());
        expect("dependencies in the table", "SELECT count(*) FROM stored_edges", workload_.edge_count());
    }
    void expect(const char* what, const std::string& sql, int64_t expected) {
        const std::string found = session_->text(sql);
        if (found == std::to_string(expected)) return;
        throw std::runtime_error(std::string("loaded counts differ: ") + what + ": " + found + ", expected " +
                                 std::to_string(expected));
    }

    std::string chunks_a_second(const Timing& time) const {
        return ", " + number(workload_.chunk_count() / time.milliseconds * 1000) + " chunks/s";
    }
    std::string name_of(const Baseline& baseline) const {
        return std::string(is_postgres() ? "COPY" : "prepared inserts") +
               (baseline.ids == Ids::integer ? ", integer ids" : ", text ids") +
               (baseline.indexes == Indexes::afterwards ? ", indexes made afterwards" : "");
    }
    void report(const Timing& time) {
        for (auto baseline = baselines_.rbegin(); baseline != baselines_.rend(); ++baseline) {
            const Timing theirs = median_of(baseline->times);
            recorder_.add(9, "Bulk load: cg_replace_files" + chunks_a_second(time),
                          name_of(*baseline) + chunks_a_second(theirs), theirs, time,
                          is_read(*baseline) ? judged(Goal{.least_speedup = 1}) : std::nullopt);
        }
    }

    const MakeDatabase& make_database_;
    const Workload& workload_;
    int runs_;
    std::unique_ptr<Database> database_;
    Recorder recorder_;
    std::unique_ptr<Session> session_;
    std::vector<Baseline> baselines_{
        {Ids::integer, Indexes::afterwards}, {Ids::text, Indexes::in_place}, {Ids::integer, Indexes::in_place}};
};

}  // namespace

void measure_loads(const MakeDatabase& make_database, const Workload& workload, const std::set<int>& rows, int runs,
                   Results& results) {
    LoadMeasures measures(make_database, workload, runs, results);
    measures.load(rows.contains(9));
    if (rows.contains(11)) measures.read();
    if (rows.contains(12)) measures.search();
}

}  // namespace codegraph::bench
