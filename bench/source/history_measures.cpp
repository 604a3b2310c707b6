#include "history_measures.h"

#include <algorithm>
#include <stdexcept>

#include "load.h"
#include "recorder.h"

namespace codegraph::bench {
namespace {

constexpr int looks[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};  // after so many snapshots more
constexpr int snapshots_for_space = 100;
constexpr double most_space = 1.15;            // of that after the first snapshot
constexpr uint32_t files_for_a_change = 1000;  // one file of as many differs from snapshot to snapshot
constexpr double mega = 1e6;

// A repository with a first snapshot; each further one differs from the one before in some files, by one chunk a file.
class History {
public:
    History(const MakeDatabase& make_database, const Workload& workload, uint32_t files_a_snapshot, Results& results)
        : workload_(workload),
          files_a_snapshot_(files_a_snapshot),
          database_(make_database()),
          recorder_(*database_, workload, results),
          session_(database_->connect()) {
        load_codegraph(*session_, workload_);
    }

    Session& session() { return *session_; }
    const Recorder& recorder() const { return recorder_; }
    Recorder& recorder() { return recorder_; }
    bool is_postgres() const { return database_->is_postgres(); }
    int size() const { return size_; }
    std::string newest() const { return name(size_ - 1); }
    static std::string name(int snapshot) { return "snapshot_" + std::to_string(snapshot); }

    void grow(int size) {
        while (size_ < size) {
            const std::string base = newest();
            edit_files(*session_, workload_, next_files(), next_edit(), base, name(size_++));
        }
    }
    // Makes a snapshot that is no part of the history, and returns the milliseconds.
    double try_edit(const std::string& snapshot) {
        return edit_file(*session_, workload_, next_file(), next_edit(), newest(), snapshot);
    }
    void expect(const std::string& what, int64_t found, int64_t expected) const {
        if (found != expected)
            throw std::runtime_error("answers differ: " + what + ": " + std::to_string(found) + ", expected " +
                                     std::to_string(expected));
    }

private:
    Edit next_edit() { return {1, ++variant_}; }
    // A step that has no factor in common with the number of files meets all of them.
    uint32_t next_file() { return file_ = (file_ + 37) % workload_.file_count(); }
    std::vector<uint32_t> next_files() {
        std::vector<uint32_t> files(files_a_snapshot_);
        for (uint32_t& file : files) file = next_file();
        return files;
    }

    const Workload& workload_;
    uint32_t files_a_snapshot_;
    std::unique_ptr<Database> database_;
    Recorder recorder_;
    std::unique_ptr<Session> session_;
    int size_ = 1;
    uint64_t variant_ = 0;
    uint32_t file_ = 0;
};

double megabytes(History& history) {
    return storage_bytes(history.session(), history.is_postgres(), "codegraph\\_%") / mega;
}

void measure_space(const MakeDatabase& make_database, const Workload& workload, Results& results) {
    const uint32_t files = std::max(1u, workload.file_count() / files_for_a_change);
    History history(make_database, workload, files, results);
    Recorder& recorder = history.recorder();
    recorder.say("space of snapshots");
    const std::string change = files == 1 ? "one file" : std::to_string(files) + " files";
    const double first = megabytes(history);
    history.grow(snapshots_for_space + 1);
    recorder.add(10, "Space after 100 snapshots more, a chunk in each of " + change, "after the first",
                 Timing{first, 1}, Timing{megabytes(history), 1},
                 recorder.is_medium() ? std::optional(Goal{.most_slowdown = most_space}) : std::nullopt, "MB");
    history.expect("snapshots", history.session().run("SELECT * FROM cg_snapshots('bench')").rows, history.size());
}

struct Costs {
    Timing replace, compare, create;
};

// The snapshots made for this go again.
Costs costs_now(History& history, int runs) {
    Session& session = history.session();
    std::vector<double> replace, create;
    for (int run = 0; run < runs; run++) {
        replace.push_back(history.try_edit("tried"));
        const std::vector<Value> names{repository, "created", history.newest()};
        create.push_back(time_once([&] { session.run("SELECT cg_create_snapshot($1, $2, NULL, NULL, $3)", names); }));
        for (const char* made : {"tried", "created"})
            session.run("SELECT cg_delete_snapshot($1, $2)", std::vector<Value>{repository, made});
    }
    const std::vector<Value> neighbours{repository, History::name(history.size() - 2), history.newest()};
    const std::string compare = "SELECT * FROM cg_compare_commits($1, $2, $3)";
    history.expect("chunks that differ", session.run(compare, neighbours).rows, 1);
    return {median_of(replace), time_runs(runs, [&] { session.run(compare, neighbours); }), median_of(create)};
}

void measure_time(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results) {
    History history(make_database, workload, 1, results);
    Recorder& recorder = history.recorder();
    recorder.say("time of work on many snapshots");
    std::optional<Costs> first;
    Costs now;
    for (int look : looks) {
        history.grow(look + 1);
        now = costs_now(history, runs);
        if (!first) first = now;
        if (!recorder.is_medium()) continue;
        recorder.plot(Figure::history, "cg_replace_file", now.replace, look);
        recorder.plot(Figure::history, "cg_compare_commits", now.compare, look);
        recorder.plot(Figure::history, "cg_create_snapshot", now.create, look);
    }
    const std::string when = "After 1,000 snapshots more: ";
    recorder.add(10, when + "cg_replace_file", "after one", first->replace, now.replace, {});
    recorder.add(10, when + "cg_compare_commits of neighbours", "after one", first->compare, now.compare, {});
    recorder.add(10, when + "cg_create_snapshot", "after one", first->create, now.create, {});
}

}  // namespace

void measure_history(const MakeDatabase& make_database, const Workload& workload, int runs, Results& results) {
    measure_space(make_database, workload, results);
    measure_time(make_database, workload, runs, results);
}

}  // namespace codegraph::bench
