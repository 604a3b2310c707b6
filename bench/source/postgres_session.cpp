#include "postgres_session.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <stdexcept>
#include <unordered_map>

namespace codegraph::bench {
namespace {

constexpr const char* database_name = "codegraph_bench";
constexpr std::string_view settings[] = {"shared_buffers",
                                         "work_mem",
                                         "effective_cache_size",
                                         "random_page_cost",
                                         "jit",
                                         "fsync",
                                         "max_parallel_workers_per_gather"};
constexpr size_t copy_buffer = 1 << 16;

class Result {
public:
    explicit Result(PGresult* result) : result_(result) {}
    ~Result() { PQclear(result_); }
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;
    operator PGresult*() const { return result_; }

private:
    PGresult* result_;
};

class PostgresSession : public Session {
public:
    PostgresSession(const std::string& connection, const char* database) {
        // A connection string in dbname is expanded first, the later dbname replaces the one it names.
        const char* keywords[] = {"dbname", "dbname", "client_encoding", nullptr};
        const char* values[] = {connection.c_str(), database, "UTF8", nullptr};
        const bool has_string = !connection.empty();
        connection_ = PQconnectdbParams(keywords + !has_string, values + !has_string, has_string);
        if (PQstatus(connection_) != CONNECTION_OK) {
            std::string problem = PQerrorMessage(connection_);
            PQfinish(connection_);
            throw std::runtime_error("cannot connect to PostgreSQL: " + problem);
        }
        PQsetNoticeProcessor(
            connection_, [](void*, const char*) {}, nullptr);
    }
    ~PostgresSession() override { PQfinish(connection_); }

    Answer run(const std::string& sql, std::span<const Value> parameters) override {
        Result result(execute(sql, parameters));
        Answer answer{.rows = PQntuples(result)};
        const int columns = PQnfields(result);
        for (int row = 0; row < PQntuples(result); row++) {
            answer.sum += std::strtoll(PQgetvalue(result, row, 0), nullptr, 10);
            for (int column = 0; column < columns; column++) {
                const char* text = PQgetvalue(result, row, column);
                answer.bytes += (text[0] != 0) + PQgetlength(result, row, column);
            }
        }
        return answer;
    }
    using Session::run;

    std::string text(const std::string& sql) override {
        Result result(execute(sql, {}));
        return PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    }

    void fill(const std::string& table, size_t columns, const std::function<bool(std::vector<Value>&)>& next) override {
        check(Result(PQexec(connection_, ("COPY " + table + " FROM STDIN").c_str())));
        std::string buffer;
        for (std::vector<Value> row(columns); next(row);) {
            for (size_t i = 0; i < columns; i++) {
                if (i > 0) buffer += '\t';
                append(buffer, row[i]);
            }
            buffer += '\n';
            if (buffer.size() > copy_buffer) send(buffer);
        }
        send(buffer);
        if (PQputCopyEnd(connection_, nullptr) != 1) fail();
        while (PGresult* result = PQgetResult(connection_)) check(Result(result));
    }

private:
    PGresult* execute(const std::string& sql, std::span<const Value> parameters) {
        std::vector<std::string> numbers(parameters.size());
        std::vector<const char*> texts(parameters.size());
        for (size_t i = 0; i < parameters.size(); i++) {
            if (const auto* number = std::get_if<int64_t>(&parameters[i]))
                texts[i] = (numbers[i] = std::to_string(*number)).c_str();
            else if (const auto* text = std::get_if<std::string>(&parameters[i]))
                texts[i] = text->c_str();
        }
        PGresult* result = PQexecPrepared(connection_, prepare(sql).c_str(), static_cast<int>(texts.size()),
                                          texts.data(), nullptr, nullptr, 0);
        if (!is_good(result)) PQclear(result), fail();
        return result;
    }
    const std::string& prepare(const std::string& sql) {
        std::string& name = statements_[sql];
        if (!name.empty()) return name;
        name = "s" + std::to_string(statements_.size());
        check(Result(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr)));
        return name;
    }
    // Of what COPY wants escaped our texts have line feeds alone.
    static void append(std::string& buffer, const Value& value) {
        if (const auto* text = std::get_if<std::string>(&value))
            for (char c : *text) c == '\n' ? buffer += "\\n" : buffer += c;
        else if (const auto* number = std::get_if<int64_t>(&value))
            buffer += std::to_string(*number);
        else
            buffer += "\\N";
    }
    void send(std::string& buffer) {
        if (!buffer.empty() && PQputCopyData(connection_, buffer.data(), static_cast<int>(buffer.size())) != 1) fail();
        buffer.clear();
    }
    static bool is_good(const PGresult* result) {
        const ExecStatusType status = PQresultStatus(result);
        return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN;
    }
    void check(const Result& result) {
        if (!is_good(result)) fail();
    }
    [[noreturn]] void fail() { throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_)); }

    PGconn* connection_ = nullptr;
    std::unordered_map<std::string, std::string> statements_;
};

class PostgresDatabase : public Database {
public:
    explicit PostgresDatabase(const std::string& connection) : connection_(connection) {
        PostgresSession server(connection_, "postgres");
        server.run(std::string("DROP DATABASE IF EXISTS ") + database_name);
        server.run(std::string("CREATE DATABASE ") + database_name + " TEMPLATE template0 ENCODING 'UTF8'");
        connect_bare()->run("CREATE EXTENSION codegraph");
    }
    ~PostgresDatabase() override {
        try {
            PostgresSession(connection_, "postgres").run(std::string("DROP DATABASE IF EXISTS ") + database_name);
        } catch (const std::exception& error) {
            std::fprintf(stderr, "%s is left behind: %s\n", database_name, error.what());
        }
    }

    std::string_view name() const override { return "PostgreSQL"; }
    bool is_postgres() const override { return true; }
    // The first call of a function loads the library; loading is not what "the first call of a connection" measures.
    std::unique_ptr<Session> connect() override {
        auto session = connect_bare();
        session->text("SELECT cg_version()");
        return session;
    }
    std::string description() override {
        auto session = connect_bare();
        std::string text = "PostgreSQL " + session->text("SHOW server_version");
        for (std::string_view setting : settings)
            text.append(", ").append(setting).append(" = ").append(session->text("SHOW " + std::string(setting)));
        return text;
    }

private:
    std::unique_ptr<PostgresSession> connect_bare() {
        return std::make_unique<PostgresSession>(connection_, database_name);
    }
    std::string connection_;
};

}  // namespace

std::unique_ptr<Database> make_postgres_database(const std::string& connection) {
    return std::make_unique<PostgresDatabase>(connection);
}

}  // namespace codegraph::bench
