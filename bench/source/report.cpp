#include "report.h"

#include <sys/utsname.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "numbers.h"
#include "plot.h"

namespace codegraph::bench {
namespace {

constexpr const char* notes = R"(
- Each query is prepared once, on a warm connection and database, and runs at least as often as asked for. The median
  counts. Work that takes seconds runs less often: `runs` says how often each side ran.
- Traversals: before a query is timed, its answer is compared with that of a bare C++ program on the same graph. This
  holds for codegraph and for each baseline. Elsewhere numbers of rows and loaded counts are compared, and for a whole
  snapshot the bytes of all texts. A difference ends the run with an error.
- The baseline of a traversal is the fastest of several forms of the query, named in parentheses. Its tables hold no
  content and one kind of chunk, and have covering indexes both ways.
- On both sides the client fetches the rows and looks at every value. The baselines' rows have depth, chunk id, FQN,
  kind, path and lines, ordered by depth and FQN. Closures are without depth: a recursive query that carries depth does
  not end in a cycle. codegraph's rows also have the predecessor and its relationship.
- The 20 typical starts are chunks around the median reach at depth 3. "The typical start" is the one of them with the
  median reach at depth 10. The hub is the chunk with the greatest in-degree.
- First call of a connection: connecting and loading the library are outside of the time, reading the graph from its
  tables is inside. First call on a snapshot with one file changed: making the snapshot is outside, and the connection
  keeps the graph of the snapshot before it.
- New snapshot: each run replaces one file of the first snapshot, and all its 20 chunks have content that was never
  stored. Copying inserts a row for each chunk (integers, contents apart) and each dependency, with two indexes each. It
  leaves out the replacement itself.
- Comparison: the baseline compares the integer ids of the contents of two snapshots' chunks, and no dependencies.
- Bulk load: each run begins with an empty database, and codegraph and the tables take turns. Making JSON and rows is
  outside on both sides, as are the hashes of the baselines' contents. The tables' rows come sorted, in one transaction
  a table; codegraph's come in one call for each 250 files. The tables have indexes on path and line, FQN and chunk id,
  the dependencies both ways.
- Space is that of the database file after a checkpoint (SQLite), or of our tables with indexes (PostgreSQL), without
  VACUUM.
- Goals were set for M and hold for L. At S most ratios are shown without judgement.
)";

std::string amount(const Timing& time, const std::string& unit) {
    return number(time.milliseconds) + (unit == "ms" ? "" : " " + unit);  // the headings say ms
}

std::vector<std::string> cells(const Measurement& m) {
    const std::optional<double> ratio = speedup(m);
    std::string runs = std::to_string(m.time.runs);
    if (m.baseline_time) runs = std::to_string(m.baseline_time->runs) + " / " + runs;
    return {std::to_string(m.row),
            m.measure,
            m.database,
            m.size,
            m.baseline,
            m.baseline_time ? amount(*m.baseline_time, m.unit) : "–",
            amount(m.time, m.unit),
            ratio ? number(*ratio) + " ×" : "–",
            runs,
            goal_text(m),
            reached_text(m)};
}

const std::vector<std::string> headings{"#",        "measure",     "database",     "size",
                                        "baseline", "baseline ms", "codegraph ms", "baseline / codegraph",
                                        "runs",     "goal",        "reached"};

// Of UTF-8, as a terminal shows it.
size_t width(const std::string& text) {
    return static_cast<size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::vector<const Measurement*> in_order(const Results& results) {
    std::vector<const Measurement*> order;
    for (const Measurement& m : results.measurements) order.push_back(&m);
    std::ranges::stable_sort(order, {}, [](const Measurement* m) { return m->row; });
    return order;
}

std::string first_line_with(const char* file, const std::string& key) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(key)) return line.substr(line.find_first_not_of(" \t", line.find(':') + 1));
    return "unknown";
}

std::string machine() {
    utsname system{};
    uname(&system);
    return first_line_with("/proc/cpuinfo", "model name") + ", " + std::to_string(std::thread::hardware_concurrency()) +
           " threads, " + first_line_with("/proc/meminfo", "MemTotal") + " memory, " + system.sysname + " " +
           system.release + " " + system.machine;
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    char text[64];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", std::gmtime(&now));
    return text;
}

std::string markdown_row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const std::string& cell : cells) line += " " + cell + " |";
    return line + "\n";
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    if (!(file << text).flush()) throw std::runtime_error("cannot write " + path);
}

// Returns the lines that show the plots. A plot that an earlier report left behind and this one has not is removed.
std::string write_plots(const std::string& folder, const Results& results) {
    std::string lines;
    for (Figure figure : figures) {
        const std::string name = file_name_of(figure), path = folder + "/" + name;
        std::filesystem::remove(path);
        if (std::ranges::find(results.points, figure, &Point::figure) == results.points.end()) continue;
        write_file(path, draw(figure, results.points));
        lines += "![" + title_of(figure) + "](" + name + ")\n";
    }
    return lines;
}

}  // namespace

void print_table(const Results& results) {
    std::vector<std::vector<std::string>> rows{headings};
    for (const Measurement* m : in_order(results)) rows.push_back(cells(*m));
    std::vector<size_t> widths(headings.size());
    for (const auto& row : rows)
        for (size_t i = 0; i < row.size(); i++) widths[i] = std::max(widths[i], width(row[i]));
    for (const auto& row : rows) {
        std::string line;
        for (size_t i = 0; i < row.size(); i++) line += row[i] + std::string(widths[i] - width(row[i]) + 2, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        std::puts(line.c_str());
    }
}

void write_report(const std::string& folder, const Circumstances& circumstances, const Results& results) {
    std::string text =
        "# Benchmark report\n\nWritten by the benchmark; [bench/README.md](../README.md) says how to read it.\n\n";
    text += "- Machine: " + machine() + "\n- Date: " + today() +
            "\n- codegraph " CODEGRAPH_VERSION ", compiled with g++ " + __VERSION__ + "\n";
    for (const std::string& database : circumstances.databases) text += "- " + database + "\n";
    text += "- Command: `" + circumstances.command + "`\n";
    for (const std::string& workload : circumstances.workloads) text += "- Workload " + workload + "\n";
    text += "\n## Results\n\n" + markdown_row(headings) + "|";
    for (size_t i = 0; i < headings.size(); i++) text += " --- |";
    text += "\n";
    for (const Measurement* m : in_order(results)) text += markdown_row(cells(*m));
    text += "\n## Method\n";
    text += notes;
    text += "\n## Plots\n\nBoth axes are logarithmic. Lines of PostgreSQL are dashed.\n\n";
    text += write_plots(folder, results);
    write_file(folder + "/report.md", text);
}

}  // namespace codegraph::bench
