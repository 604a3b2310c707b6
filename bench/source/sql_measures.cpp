#include "sql_measures.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "baselines.h"
#include "load.h"
#include "numbers.h"
#include "progress.h"
#include "recorder.h"

namespace codegraph::bench {
namespace {

// A question about one start, and what every correct answer to it says.
struct Case {
    std::vector<Value> parameters;
    int64_t rows, sum;
};
using Cases = std::vector<Case>;

constexpr int rows_with_text_ids[] = {1, 2, 3};

// Of first calls: so many milliseconds together.
constexpr double enough = 8'000;

struct Measured {
    std::string name;
    Timing time;
};

// How codegraph is asked.
enum class Asked { count_function, count_of_rows, all_rows };

std::string function_name(const Question& question, Asked asked) {
    const std::string what = question.against_the_arrows ? "dependents" : "dependencies";
    return (asked == Asked::count_function ? "cg_count_" : "cg_transitive_") + what;
}

std::string codegraph_sql(const Question& question, Asked asked) {
    const std::string call = function_name(question, asked) + "($1, $2, $3, CAST($4 AS integer))";
    switch (asked) {
        case Asked::count_function:
            return "SELECT " + call;
        case Asked::count_of_rows:
            return "SELECT count(*) FROM " + call;
        case Asked::all_rows:
            break;
    }
    return "SELECT * FROM " + call;
}

std::string asked_text(const Question& question, Asked asked) {
    switch (asked) {
        case Asked::count_function:
            return function_name(question, asked);
        case Asked::count_of_rows:
            return "count(*) over " + function_name(question, asked);
        case Asked::all_rows:
            break;
    }
    return function_name(question, asked) + ", all rows fetched";
}

class SqlMeasures {
public:
    SqlMeasures(Database& database, const Workload& workload, int runs, Results& results)
        : database_(database),
          workload_(workload),
          runs_(runs),
          recorder_(database, workload, results),
          session_(database.connect()),
          forward_(workload.forward()),
          backward_(workload.backward()) {}

    void load(bool with_text_ids) {
        const double milliseconds = time_once([&] {
            load_plain_tables(*session_, database_.is_postgres(), Ids::integer, workload_);
            if (with_text_ids) load_plain_tables(*session_, database_.is_postgres(), Ids::text, workload_);
        });
        recorder_.say("loaded the plain tables in " + number(milliseconds / 1000) + " s");
        if (!database_.is_postgres()) return;
        session_->run("VACUUM ANALYZE");
        has_pgrouting_ = session_->text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pgrouting'") != "0";
        if (has_pgrouting_)
            session_->run("CREATE EXTENSION pgrouting CASCADE");
        else
            progress("pgRouting is not installed on this server: its rows are left out");
    }

    void measure(int row) {
        switch (row) {
            case 1:
                return typical_neighbourhood();
            case 2:
                return far_and_closure();
            case 3:
                return dependents_of_hub();
            case 5:
                return first_call();
            default:
                return new_snapshot();
        }
    }

private:
    // ---- what is measured ----

    void typical_neighbourhood() {
        const Question question{.max_depth = 3, .wanted = Wanted::rows};
        compare(1, "Typical BFS, depth 3", question, Asked::all_rows, workload_.typical_starts(),
                Goal{.least_speedup = 5});
    }

    void far_and_closure() {
        const bool postgres = database_.is_postgres();
        const uint32_t start[] = {workload_.typical_start()};
        for (std::optional<uint32_t> depth : {std::optional<uint32_t>(10), std::optional<uint32_t>()}) {
            const std::string title = depth ? "BFS, depth 10" : "Closure";
            Question question{.max_depth = depth};
            compare(2, title, question, Asked::count_function, start,
                    Goal{.least_speedup = !depth && !postgres ? 60.0 : 100.0});
            compare(2, title, question, Asked::count_of_rows, start, Goal{.least_speedup = postgres ? 8.0 : 60.0});
            if (depth) peers(2, title, question, start);
            question.wanted = Wanted::rows;
            compare(2, title + ", rows", question, Asked::all_rows, start, Goal{.least_speedup = 3});
        }
    }

    void dependents_of_hub() {
        const uint32_t start[] = {workload_.hub()};
        const std::string title = "Reverse BFS from a hub, depth 10";
        const Question question{.against_the_arrows = true, .max_depth = 10};
        compare(3, title, question, Asked::count_function, start, Goal{.least_speedup = 1000});
        compare(3, title, question, Asked::count_of_rows, start, Goal{.least_speedup = 80});
        peers(3, title, question, start);
    }

    // Everything that a connection keeps is gone with it, and the caches of the machine are warm.
    void first_call() {
        std::vector<double> times;
        double total = 0;
        for (int run = 0; run < runs_ && total < enough; run++) {
            auto session = database_.connect();
            times.push_back(time_once([&] { answer_depth_10(*session, first_snapshot, 0); }));
            total += times.back();
        }
        Goal goal{.least_speedup = 5, .most = database_.is_postgres() ? 90.0 : 60.0};
        compare_with_depth_10(5, "First call of a connection", std::move(times), goal);
    }

    // Each snapshot is made from the one before, whose graph the connection has just used.
    void new_snapshot() {
        std::vector<double> times;
        std::string base = first_snapshot;
        answer_depth_10(*session_, base, 0);
        for (int run = 1; run <= runs_; run++) {
            const std::string snapshot = "snapshot_" + std::to_string(run);
            change_one_file(*session_, workload_, changed_chunk(), base, snapshot);
            times.push_back(time_once([&] { answer_depth_10(*session_, snapshot, 1); }));
            base = snapshot;
        }
        compare_with_depth_10(6, "First call on a snapshot with one file changed", std::move(times), Goal{.most = 10});
    }

    // ---- how ----

    void compare(int row, const std::string& title, const Question& question, Asked asked,
                 std::span<const uint32_t> starts, Goal goal) {
        const std::string text = title + ": " + asked_text(question, asked);
        recorder_.say(text);
        const Measured& integer = best_recursive(question, Ids::integer, starts);
        const Measured& by_text = best_recursive(question, Ids::text, starts);
        const Timing time = timed(codegraph_sql(question, asked), codegraph_cases(question, asked, starts));
        add(row, text, "CTE, integer ids (" + integer.name + ")", integer.time, time, goal);
        add(row, text, "CTE, text ids (" + by_text.name + ")", by_text.time, time, {});
    }

    void peers(int row, const std::string& title, const Question& question, std::span<const uint32_t> starts) {
        const Timing ours = timed(codegraph_sql(question, Asked::count_function),
                                  codegraph_cases(question, Asked::count_function, starts));
        std::vector<Query> queries{unrolled_query(question.against_the_arrows, *question.max_depth)};
        if (has_pgrouting_ && !question.against_the_arrows) queries.push_back(pgrouting_query(*question.max_depth));
        for (const Query& query : queries) {
            recorder_.say(title + ": " + query.name);
            const Timing time = timed(query.sql, baseline_cases(question, Ids::integer, starts));
            add(row, title + ": " + asked_text(question, Asked::count_function), query.name, time, ours, {});
        }
    }

    // The file of the typical start, so that its traversals see the change.
    uint32_t changed_chunk() const { return workload_.typical_start() / chunks_in_file * chunks_in_file; }

    // `changes`: how many names the changed file's first chunk depends on besides the workload's.
    void answer_depth_10(Session& session, const std::string& snapshot, int changes) {
        const Question question{.max_depth = 10};
        const uint32_t start[] = {changed_chunk()};
        Case asked = codegraph_cases(question, Asked::count_function, start)[0];
        asked.parameters[1] = snapshot;
        asked.sum += changes;
        check(codegraph_sql(question, Asked::count_function), session, asked);
    }

    void compare_with_depth_10(int row, const std::string& title, std::vector<double> times, Goal goal) {
        recorder_.say(title);
        const uint32_t start[] = {workload_.typical_start()};
        const Measured& baseline = best_recursive({.max_depth = 10}, Ids::integer, start);
        const Timing time = median_of(std::move(times));
        add(row, title + ": cg_count_dependencies, depth 10", "CTE, integer ids, warm (" + baseline.name + ")",
            baseline.time, time, recorder_.is_medium() ? std::optional(goal) : std::nullopt);
        if (row == 5) recorder_.plot(Figure::first_call, "recursive query, warm", baseline.time);
        recorder_.plot(Figure::first_call, row == 5 ? "first call of a connection" : "one file changed", time);
    }

    // The fastest of the forms, by one warm run of each, then measured as everything else.
    const Measured& best_recursive(const Question& question, Ids ids, std::span<const uint32_t> starts) {
        const std::vector<Query> queries = recursive_queries(database_.is_postgres(), ids, question);
        const std::string key = queries[0].sql + " " + std::to_string(starts[0]);
        if (auto known = baselines_.find(key); known != baselines_.end()) return known->second;
        const Cases cases = baseline_cases(question, ids, starts);
        const Query* best = nullptr;
        double least = 0;
        for (const Query& query : queries) {
            auto run_all = [&] {
                for (const Case& one : cases) check(query.sql, *session_, one);
            };
            double time = time_once(run_all);
            if (time < 1000) time = time_once(run_all);
            if (!best || time < least) best = &query, least = time;
        }
        return baselines_[key] = {best->name, time_cases(best->sql, cases)};
    }

    Timing timed(const std::string& sql, const Cases& cases) {
        for (const Case& one : cases) check(sql, *session_, one);
        return time_cases(sql, cases);
    }

    // Returns the median over all runs of all cases. They were run before, so that everything is warm.
    Timing time_cases(const std::string& sql, const Cases& cases) {
        if (cases.size() == 1) return time_runs(runs_, [&] { session_->run(sql, cases[0].parameters); });
        std::vector<double> times;
        for (int run = 0; run < runs_; run++)
            for (const Case& one : cases) times.push_back(time_once([&] { session_->run(sql, one.parameters); }));
        return median_of(std::move(times));
    }

    BreadthFirstSearch& search(const Question& question) { return question.against_the_arrows ? backward_ : forward_; }

    static void check(const std::string& sql, Session& session, const Case& one) {
        const Answer answer = session.run(sql, one.parameters);
        if (answer.rows == one.rows && answer.sum == one.sum) return;
        throw std::runtime_error("answers differ: " + std::to_string(answer.rows) + " rows, sum " +
                                 std::to_string(answer.sum) + "; expected " + std::to_string(one.rows) + " rows, sum " +
                                 std::to_string(one.sum) + ": " + sql);
    }

    Case expected(const Question& question, bool wants_rows, bool has_depth, uint32_t start) {
        const Reach reach = search(question).run(start, question.max_depth.value_or(any_depth));
        if (!wants_rows) return {{}, 1, reach.count};
        return {{}, reach.count, has_depth ? reach.depth_sum : 0};
    }

    Cases baseline_cases(const Question& question, Ids ids, std::span<const uint32_t> starts) {
        Cases cases;
        for (uint32_t start : starts) {
            Case one = expected(question, question.wanted == Wanted::rows, question.max_depth.has_value(), start);
            one.parameters = {ids == Ids::integer ? Value(int64_t{start}) : Value(workload_.chunk_id(start))};
            cases.push_back(std::move(one));
        }
        return cases;
    }

    Cases codegraph_cases(const Question& question, Asked asked, std::span<const uint32_t> starts) {
        Cases cases;
        for (uint32_t start : starts) {
            Case one = expected(question, asked == Asked::all_rows, true, start);
            one.parameters = {repository, first_snapshot, workload_.fqn(start), Value()};
            if (question.max_depth) one.parameters[3] = int64_t{*question.max_depth};
            cases.push_back(std::move(one));
        }
        return cases;
    }

    void add(int row, const std::string& measure, const std::string& baseline, Timing baseline_time, Timing time,
             std::optional<Goal> goal) {
        recorder_.add(row, measure, baseline, baseline_time, time, recorder_.is_small() ? std::nullopt : goal);
    }

    Database& database_;
    const Workload& workload_;
    int runs_;
    Recorder recorder_;
    std::unique_ptr<Session> session_;
    BreadthFirstSearch forward_, backward_;
    bool has_pgrouting_ = false;
    std::map<std::string, Measured> baselines_;
};

}  // namespace

void measure_sql(Database& database, const Workload& workload, const std::set<int>& rows, int runs, Results& results) {
    SqlMeasures measures(database, workload, runs, results);
    measures.load(std::ranges::any_of(rows_with_text_ids, [&](int row) { return rows.contains(row); }));
    for (int row : sql_rows)
        if (rows.contains(row)) measures.measure(row);
}

}  // namespace codegraph::bench
