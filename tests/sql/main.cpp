// codegraph_sql_runner: plays sql/*.sql against SQLite and compares with expected/*.out, the files that pg_regress
// uses for PostgreSQL. As there, all scripts run one after another in one database, each on a connection of its own.
// sql/pg_*.sql are PostgreSQL's alone. Prints `ok NAME` or `FAIL NAME` with a diff, and counts; 1 when any failed.
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "analyzer.h"
#include "player.h"

namespace {

namespace fs = std::filesystem;

constexpr const char* usage =
    "usage: codegraph_sql_runner --module FILE [--root DIR] [--results DIR] [NAME...]\n"
    "  --module   the SQLite module to load\n"
    "  --root     where sql/ and expected/ are (default: .)\n"
    "  --results  where NAME.out and the database are written (default: results-sqlite)\n"
    "  NAME       play only these scripts (default: all but pg_*)\n";

struct Options {
    std::string module;
    fs::path root = ".";
    fs::path results = "results-sqlite";
    std::vector<std::string> names;
};

Options parse(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        std::string word = words[i];
        bool takes_value = word == "--module" || word == "--root" || word == "--results";
        if (takes_value && i + 1 == count) throw std::invalid_argument(word + " needs a value\n" + usage);
        if (word == "--module")
            options.module = words[++i];
        else if (word == "--root")
            options.root = words[++i];
        else if (word == "--results")
            options.results = words[++i];
        else if (word.starts_with("-"))
            throw std::invalid_argument("unknown option " + word + "\n" + usage);
        else
            options.names.push_back(word);
    }
    if (options.module.empty()) throw std::invalid_argument(usage);
    return options;
}

std::vector<std::string> all_scripts(const fs::path& root) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root / "sql")) {
        std::string name = entry.path().stem();
        if (entry.path().extension() == ".sql" && !name.starts_with("pg_")) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path.string() + ": " + std::strerror(errno));
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
}

void write(const fs::path& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

using Connection = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

Connection open(const fs::path& path, const std::string& module) {
    sqlite3* opened = nullptr;
    int code = sqlite3_open(path.c_str(), &opened);
    Connection connection(opened, sqlite3_close);
    if (code != SQLITE_OK) throw std::runtime_error(path.string() + ": " + sqlite3_errmsg(opened));
    sqlite3_enable_load_extension(opened, 1);
    char* text = nullptr;
    if (sqlite3_load_extension(opened, module.c_str(), nullptr, &text) != SQLITE_OK) {
        std::string reason = text ? text : "unknown error";
        sqlite3_free(text);
        throw std::runtime_error("cannot load " + module + ": " + reason);
    }
    if (codegraph::suite::register_sample_analyzer(opened) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(opened));
    return connection;
}

void show_difference(const fs::path& expected, const fs::path& result) {
    std::cout.flush();
    pid_t child = fork();
    if (child == 0) {
        execlp("diff", "diff", "-u", expected.c_str(), result.c_str(), nullptr);
        std::perror("diff");
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
}

bool play(const std::string& name, const Options& options) {
    fs::path expected = options.root / "expected" / (name + ".out");
    fs::path result = options.results / (name + ".out");
    std::string script = read(options.root / "sql" / (name + ".sql"));
    Connection connection = open(options.results / "suite.db", options.module);
    std::string output = codegraph::suite::Player(connection.get()).play(script);
    write(result, output);
    // A module that keeps a statement makes this busy: a fault like any other.
    bool closed = sqlite3_close(connection.get()) == SQLITE_OK;
    if (closed) connection.release();
    if (!closed) std::cout << "FAIL " << name << ": the connection cannot be closed, a statement is still held\n";
    bool same = fs::exists(expected) && read(expected) == output;
    if (closed && same) {
        std::cout << "ok " << name << std::endl;
        return true;
    }
    if (!same) {
        std::cout << "FAIL " << name << (fs::exists(expected) ? "" : ": no expected file") << "\n";
        show_difference(fs::exists(expected) ? expected : fs::path("/dev/null"), result);
    }
    return false;
}

int play_all(const Options& options) {
    fs::create_directories(options.results);
    for (const char* suffix : {"", "-journal", "-wal", "-shm"})
        fs::remove(options.results / (std::string("suite.db") + suffix));
    std::vector<std::string> names = options.names.empty() ? all_scripts(options.root) : options.names;
    int failed = 0;
    for (const std::string& name : names) failed += !play(name, options);
    std::cout << names.size() - failed << " passed, " << failed << " failed" << std::endl;
    return failed || names.empty() ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
    try {
        return play_all(parse(count, words));
    } catch (const std::invalid_argument& error) {
        std::cerr << error.what();
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "codegraph_sql_runner: " << error.what() << "\n";
        return 2;
    }
}
