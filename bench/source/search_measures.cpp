#include "search_measures.h"

#include <stdexcept>

#include "load.h"
#include "load_baselines.h"

namespace codegraph::bench {
namespace {

constexpr size_t shortest_in_index = 3;  // a trigram
constexpr double mega = 1e6;
constexpr uint64_t first_variant = 1'000'000;  // of contents that nothing else has
constexpr const char* results_wanted = "50";

// What the workload's contents hold, see Workload::content().
struct Search {
    const char* title;
    std::string text;
    enum class Judged { by_time, by_speedup, not_at_all } judged;
};
const Search searches[] = {
    {"a rare text, one chunk in 10,000", "def method_0042(", Search::Judged::by_time},
    {"a text in 1 or 2 % of the chunks", "value_42 =", Search::Judged::not_at_all},
    {"a text in nearly all chunks", "session", Search::Judged::by_speedup},
    {"two characters", "x_", Search::Judged::by_speedup},
};

// LIKE in SQLite and ILIKE in PostgreSQL take no regard to the case of ASCII letters, as cg_search_content does.
std::string pattern_of(const std::string& text) {
    std::string pattern = "%";
    for (char c : text) {
        if (c == '_' || c == '%' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}
std::string phrase_of(const std::string& text) {  // of FTS5
    return '"' + text + '"';
}

class SearchMeasures {
public:
    SearchMeasures(Session& session, bool postgres, int runs, Recorder& recorder)
        : session_(session), postgres_(postgres), runs_(runs), recorder_(recorder) {
        scan_.name = postgres ? "ILIKE" : "LIKE";
        scan_.sql = plain(has_text());
        indexed_.name = postgres ? "ILIKE, pg_trgm" : "FTS5 trigram";
        indexed_.sql =
            postgres ? scan_.sql : plain("id IN (SELECT rowid FROM stored_grams WHERE stored_grams MATCH $1)");
    }

    void without_index() {
        for (const Search& search : searches) {
            check(search);
            const Timing scan = scan_times_.emplace_back(time(scan_.sql, pattern_of(search.text)));
            recorder_.add(12, measure(search, "no index"), scan_.name, scan, our_time(search),
                          goal(search, postgres_ ? 150 : 60));
        }
    }

    // The time and the space of both.
    void make_indexes() {
        recorder_.say("indexing contents");
        const double before = megabytes();
        const Timing ours{
            time_once([&] { session_.run("SELECT cg_index_content($1)", std::vector<Value>{repository}); }), 1};
        const double between = megabytes();
        const Timing theirs{time_once([&] { make_plain_index(); }), 1};
        const double after = megabytes();
        recorder_.add(12, "Indexing contents: cg_index_content", indexed_.name, theirs, ours, {});
        recorder_.add(12, "Space of the content index", indexed_.name, Timing{after - between, 1},
                      Timing{between - before, 1}, {}, "MB");
    }

    // What writers pay for an index that stays up to date.
    void small_commits(const Workload& workload) {
        const std::string standard = session_.text("SELECT cg_config('auto_index_content')");
        const Timing without = commits(workload, "0"), with = commits(workload, standard);
        recorder_.add(12, "New snapshot, one file of 20 chunks, mean of 100, indexed: cg_replace_file",
                      "auto_index_content = 0", without, with, {});
    }

    void with_index() {
        for (size_t i = 0; i < std::size(searches); i++) {
            const Search& search = searches[i];
            check(search);
            const std::string title = measure(search, "indexed");
            const Timing ours = our_time(search);
            recorder_.add(12, title, scan_.name, scan_times_[i], ours, goal(search, 3));
            if (search.text.size() < shortest_in_index) continue;
            const std::string parameter = postgres_ ? pattern_of(search.text) : phrase_of(search.text);
            expect_same(search, session_.run(indexed_.sql, std::vector<Value>{parameter}), found(search));
            recorder_.add(12, title, indexed_.name, time(indexed_.sql, parameter), ours, {});
        }
    }

private:
    struct Plain {
        std::string name, sql;
    };
    std::string has_text() const { return postgres_ ? "content ILIKE $1" : "content LIKE $1 ESCAPE '\\'"; }
    static std::string plain(const std::string& condition) {
        return std::string("SELECT ") + stored_columns + " FROM stored_chunks WHERE " + condition +
               " ORDER BY importance DESC, " + stored_order + " LIMIT " + results_wanted;
    }
    static std::string ours(const std::string& columns, const std::string& most) {
        return "SELECT " + columns + " FROM cg_search_content($1, " + most + ", $2, $3)";
    }
    static std::vector<Value> parameters(const Search& search) { return {search.text, repository, first_snapshot}; }
    static std::string measure(const Search& search, const std::string& how) {
        return std::string("Search for ") + search.title + ", " + how + ": cg_search_content";
    }

    Answer found(const Search& search) {
        return session_.run(ours(stored_columns, results_wanted), parameters(search));
    }
    Timing our_time(const Search& search) {
        return time_runs(runs_, [&] { found(search); });
    }
    Timing time(const std::string& sql, const std::string& parameter) {
        const std::vector<Value> of{parameter};
        return time_runs(runs_, [&] { session_.run(sql, of); });
    }

    // The number of all chunks found, and the first ones byte for byte.
    void check(const Search& search) {
        recorder_.say(std::string("search for ") + search.title);
        const std::string pattern = pattern_of(search.text);
        const std::string count = "SELECT count(*) FROM stored_chunks WHERE ";
        const int64_t all = session_.run(count + has_text(), std::vector<Value>{pattern}).sum;
        const int64_t all_ours = session_.run(ours("count(*)", "NULL"), parameters(search)).sum;
        if (all != all_ours)
            throw std::runtime_error(std::string("answers differ: search for ") + search.title + ": " +
                                     std::to_string(all_ours) + " chunks, expected " + std::to_string(all));
        expect_same(search, session_.run(scan_.sql, std::vector<Value>{pattern}), found(search));
    }
    static void expect_same(const Search& search, const Answer& expected, const Answer& answer) {
        if (answer.rows == expected.rows && answer.bytes == expected.bytes) return;
        throw std::runtime_error(std::string("answers differ: search for ") + search.title + ": " +
                                 std::to_string(answer.rows) + " rows of " + std::to_string(answer.bytes) +
                                 " bytes, expected " + std::to_string(expected.rows) + " of " +
                                 std::to_string(expected.bytes));
    }

    std::optional<Goal> goal(const Search& search, double most) const {
        if (recorder_.is_small()) return std::nullopt;
        if (search.judged == Search::Judged::by_speedup) return Goal{.least_speedup = postgres_ ? 5.0 : 2.0};
        if (search.judged == Search::Judged::by_time && recorder_.is_medium()) return Goal{.most = most};
        return std::nullopt;
    }

    // The mean, because few of them index much.
    Timing commits(const Workload& workload, const std::string& auto_index_content) {
        recorder_.say("small commits with auto_index_content = " + auto_index_content);
        session_.run("SELECT cg_config('auto_index_content', $1)", std::vector<Value>{auto_index_content});
        session_.run("SELECT cg_index_content($1)", std::vector<Value>{repository});
        constexpr int count = 100;
        double milliseconds = 0;
        for (int i = 0; i < count; i++) {
            const std::string snapshot = "small_" + std::to_string(++variant_);
            const auto file = static_cast<uint32_t>(variant_ % workload.file_count());
            milliseconds += edit_file(session_, workload, file, {chunks_in_file, variant_}, first_snapshot, snapshot);
        }
        return {milliseconds / count, count};
    }

    void make_plain_index() {
        if (postgres_) {
            session_.run("CREATE EXTENSION IF NOT EXISTS pg_trgm");
            session_.run("CREATE INDEX stored_chunks_grams ON stored_chunks USING gin (content gin_trgm_ops)");
            return;
        }
        session_.run(
            "CREATE VIRTUAL TABLE stored_grams USING fts5(content, content = 'stored_chunks', "
            "content_rowid = 'id', tokenize = 'trigram')");
        session_.run("INSERT INTO stored_grams(stored_grams) VALUES ('rebuild')");
    }
    double megabytes() { return storage_bytes(session_, postgres_, "%") / mega; }

    Session& session_;
    bool postgres_;
    int runs_;
    Recorder& recorder_;
    Plain scan_, indexed_;
    std::vector<Timing> scan_times_;  // of each search
    uint64_t variant_ = first_variant;
};

}  // namespace

void measure_search(Session& session, bool postgres, const Workload& workload, int runs, Recorder& recorder) {
    SearchMeasures measures(session, postgres, runs, recorder);
    if (postgres) session.run("VACUUM ANALYZE");
    measures.without_index();
    measures.make_indexes();
    if (postgres) session.run("VACUUM ANALYZE");
    measures.with_index();
    measures.small_commits(workload);
}

}  // namespace codegraph::bench
