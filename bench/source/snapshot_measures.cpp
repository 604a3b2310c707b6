#include "snapshot_measures.h"

#include <algorithm>
#include <stdexcept>

#include "load.h"
#include "recorder.h"
#include "snapshot_baselines.h"

namespace codegraph::bench {
namespace {

constexpr double most_growth = 1.5;  // from S to L
constexpr double least_speedup = 100;
constexpr double most_tree_bytes = 64 * 1024;
constexpr double enough_copying = 10'000;  // milliseconds: the copies stay

// The same files at all sizes.
constexpr uint32_t files_apart = 25;
constexpr int most_files = 20;  // as many as S has, so far apart
std::vector<uint32_t> files_to_edit(uint32_t count) {
    std::vector<uint32_t> files;
    for (uint32_t i = 0; i < count; i++) files.push_back(i * files_apart);
    return files;
}

void expect(const char* what, int64_t found, int64_t expected) {
    if (found == expected) return;
    throw std::runtime_error(std::string("answers differ: ") + what + ": " + std::to_string(found) + ", expected " +
                             std::to_string(expected));
}

class SnapshotMeasures {
public:
    SnapshotMeasures(Database& database, const Workload& workload, int runs, Results& results)
        : workload_(workload),
          runs_(runs),
          recorder_(database, workload, results),
          session_(database.connect()),
          plain_(*session_, database.is_postgres(), workload),
          one_chunk_goal_(database.is_postgres() ? 2 : 1) {}

    void measure(int row) { row == 7 ? new_snapshots() : differences(); }

private:
    // Every run makes a snapshot from the first one, of one file whose 20 chunks all have new content. Each file was
    // edited once before: at L nobody ever read the pages around most files, and a page's first read costs the same
    // whoever asks.
    void new_snapshots() {
        const std::string measure = "New snapshot, one file of 20 chunks: cg_replace_file";
        recorder_.say(measure);
        const std::vector<uint32_t> files = files_to_edit(static_cast<uint32_t>(std::min(runs_, most_files)));
        std::vector<double> times;
        int64_t most_bytes = 0;
        const auto edit = [&](uint32_t file) {
            const std::string snapshot = "replaced_" + std::to_string(++variant_);
            const double time =
                edit_file(*session_, workload_, file, {chunks_in_file, variant_}, first_snapshot, snapshot);
            expect("chunks in a new snapshot", chunks_in(snapshot), workload_.chunk_count());
            return time;
        };
        for (uint32_t file : files) edit(file);
        for (int run = 0; run < runs_; run++) {
            const int64_t before = tree_bytes();
            times.push_back(edit(files[static_cast<size_t>(run) % files.size()]));
            most_bytes = std::max(most_bytes, tree_bytes() - before);
        }
        const Timing time = median_of(times);
        const Timing copying = copy_snapshots();
        recorder_.add(7, measure, "copying the rows of all chunks and dependencies", copying, time,
                      recorder_.is_large() ? std::optional(Goal{.least_speedup = least_speedup}) : std::nullopt);
        recorder_.add_growth(7, measure, time, most_growth);
        recorder_.add(7, "New snapshot, one file of 20 chunks: bytes of tree nodes written, at most", "–", {},
                      Timing{static_cast<double>(most_bytes), runs_}, Goal{.most = most_tree_bytes}, "bytes");
        recorder_.plot(Figure::replacement, "copying the snapshot's rows", copying);
        recorder_.plot(Figure::replacement, "cg_replace_file", time);
    }

    Timing copy_snapshots() {
        recorder_.say("copying the rows of a snapshot");
        return time_runs(
            runs_, [&] { plain_.copy(++plain_count_); }, enough_copying);
    }

    // Row 7 may have made the copies already.
    void differences() {
        while (plain_count_ < 3) plain_.copy(++plain_count_);
        const std::vector<uint32_t> files = files_to_edit(most_files);
        for (uint32_t file : files) plain_.change_first_chunk(2, file);
        plain_.change_first_chunk(3, files[0]);
        plain_.analyze();
        edit_files(*session_, workload_, files, {1, ++variant_}, first_snapshot, "edited_20");
        edit_file(*session_, workload_, files[0], {1, ++variant_}, first_snapshot, "edited_1");

        std::optional<Goal> speedup_goal, time_goal;
        if (recorder_.is_large()) speedup_goal = Goal{.least_speedup = least_speedup};
        if (!recorder_.is_small()) time_goal = Goal{.most = one_chunk_goal_};
        compare("20 files differ in a chunk each", "edited_20", 2, 20, speedup_goal);
        compare("one chunk differs", "edited_1", 3, 1, time_goal);
    }

    void compare(const std::string& title, const std::string& snapshot, int64_t plain_snapshot, int64_t differing,
                 std::optional<Goal> goal) {
        const std::string measure = "Comparison, " + title + ": cg_compare_commits";
        recorder_.say(measure);
        const std::string ours = "SELECT * FROM cg_compare_commits($1, $2, $3)";
        const std::vector<Value> ours_of{repository, first_snapshot, snapshot}, plain_of{int64_t{1}, plain_snapshot};
        expect("modified chunks", session_->run(ours + " WHERE change = 'modified'", ours_of).rows, differing);
        expect("chunks of cg_compare_commits", session_->run(ours, ours_of).rows, differing);
        const Query baseline = fastest(plain_.difference_queries(), plain_of, differing);
        const Timing baseline_time = time_runs(runs_, [&] { session_->run(baseline.sql, plain_of); });
        const Timing time = time_runs(runs_, [&] { session_->run(ours, ours_of); });
        recorder_.add(8, measure, baseline.name, baseline_time, time, goal);
        if (differing == 1) return;
        recorder_.add_growth(8, measure, time, most_growth);
        recorder_.plot(Figure::comparison, "fastest plain SQL", baseline_time);
        recorder_.plot(Figure::comparison, "cg_compare_commits", time);
    }

    Query fastest(const std::vector<Query>& queries, std::span<const Value> parameters, int64_t differing) {
        const Query* best = nullptr;
        double least = 0;
        for (const Query& query : queries) {
            expect(query.name.c_str(), session_->run(query.sql, parameters).rows, differing);
            const double time = time_once([&] { session_->run(query.sql, parameters); });
            if (!best || time < least) best = &query, least = time;
        }
        return *best;
    }

    int64_t tree_bytes() { return std::stoll(session_->text("SELECT sum(length(body)) FROM codegraph_tree_nodes")); }
    int64_t chunks_in(const std::string& snapshot) {
        return session_->run("SELECT cg_count_chunks($1, $2)", std::vector<Value>{repository, snapshot}).sum;
    }

    const Workload& workload_;
    int runs_;
    Recorder recorder_;
    std::unique_ptr<Session> session_;
    PlainSnapshots plain_;
    double one_chunk_goal_;    // milliseconds
    int64_t plain_count_ = 1;  // of plain snapshots
    uint64_t variant_ = 0;     // contents that were never stored before
};

}  // namespace

void measure_snapshots(Database& database, const Workload& workload, const std::set<int>& rows, int runs,
                       Results& results) {
    SnapshotMeasures measures(database, workload, runs, results);
    for (int row : snapshot_rows)
        if (rows.contains(row)) measures.measure(row);
}

}  // namespace codegraph::bench
