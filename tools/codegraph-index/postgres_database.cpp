#include <libpq-fe.h>

#include <unordered_map>

#include "database.h"

namespace codegraph::index {
namespace {

// Gives a row when the extension is there.
constexpr char put_extension_in_search_path[] = R"(
    SELECT pg_catalog.set_config(
        'search_path',
        pg_catalog.quote_ident(n.nspname) || ', ' || pg_catalog.current_setting('search_path'),
        false)
    FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname = 'codegraph')";

struct Result {
    PGresult* value;
    explicit Result(PGresult* result) : value(result) {}
    ~Result() { PQclear(value); }
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;
    std::string field(int which) const {
        const char* text = PQresultErrorField(value, which);
        return text ? text : "";
    }
};

class PostgresDatabase : public Database {
public:
    explicit PostgresDatabase(const std::string& connection) {
        const char* keywords[] = {"dbname", "application_name", "client_encoding", nullptr};
        const char* values[] = {connection.c_str(), "codegraph-index", "UTF8", nullptr};
        connection_ = PQconnectdbParams(keywords, values, 1);
        try {
            if (PQstatus(connection_) != CONNECTION_OK)
                throw Error("cannot connect to PostgreSQL: " + one_line(PQerrorMessage(connection_)) + "; check --db");
            PQsetNoticeProcessor(
                connection_, [](void*, const char*) {}, nullptr);
            make_extension();
        } catch (...) {
            PQfinish(connection_);
            throw;
        }
    }

    ~PostgresDatabase() override { PQfinish(connection_); }

    using Database::run;

    void run(const std::string& sql, std::span<const Parameter> parameters, const RowHandler& on_row) override {
        const std::string& name = prepare(sql);
        std::vector<std::string> texts;  // libpq wants each with its terminating zero
        std::vector<const char*> values;
        texts.reserve(parameters.size());
        for (const Parameter& parameter : parameters) {
            texts.emplace_back(parameter.value_or(""));
            values.push_back(parameter ? texts.back().c_str() : nullptr);
        }
        Result result(PQexecPrepared(connection_, name.c_str(), static_cast<int>(values.size()), values.data(), nullptr,
                                     nullptr, 0));
        check(result);
        std::vector<std::optional<std::string_view>> row(static_cast<std::size_t>(PQnfields(result.value)));
        for (int r = 0; r < PQntuples(result.value); r++) {
            for (int c = 0; c < PQnfields(result.value); c++)
                row[static_cast<std::size_t>(c)] = cell(result.value, r, c);
            on_row(row);
        }
    }

    std::string_view begin_sql() const override { return "BEGIN"; }

    std::optional<std::int64_t> size() override {
        std::optional<std::int64_t> bytes;
        run("SELECT pg_database_size(current_database())", {},
            [&](Row row) { bytes = std::stoll(std::string(*row[0])); });
        return bytes;
    }

private:
    static std::string one_line(std::string text) {
        while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
        for (char& c : text)
            if (c == '\n' || c == '\t') c = ' ';
        return text;
    }

    static std::optional<std::string_view> cell(const PGresult* result, int row, int column) {
        if (PQgetisnull(result, row, column)) return std::nullopt;
        return std::string_view(PQgetvalue(result, row, column),
                                static_cast<std::size_t>(PQgetlength(result, row, column)));
    }

    void check(const Result& result) const {
        ExecStatusType status = PQresultStatus(result.value);
        if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return;
        std::string state = result.field(PG_DIAG_SQLSTATE);
        std::string text = result.field(PG_DIAG_MESSAGE_PRIMARY);
        if (text.empty()) text = PQerrorMessage(connection_);
        std::string hint = result.field(PG_DIAG_MESSAGE_HINT);
        if (!hint.empty()) text += " (" + hint + ")";
        throw DatabaseError(one_line(text), state == "40001" || state == "40P01" || state == "55P03");
    }

    const std::string& prepare(const std::string& sql) {
        auto found = statements_.find(sql);
        if (found != statements_.end()) return found->second;
        std::string name = "codegraph_index_" + std::to_string(statements_.size() + 1);
        Result result(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr));
        check(result);
        return statements_.emplace(sql, name).first->second;
    }

    // Makes the extension when it is absent: a user who may use it need not be allowed to make it. Its schema is then
    // put in front of the search path.
    void make_extension() {
        bool exists = false;
        auto find = [&] { run(put_extension_in_search_path, {}, [&](Row) { exists = true; }); };
        find();
        if (exists) return;
        try {
            run("CREATE EXTENSION IF NOT EXISTS codegraph");
        } catch (const DatabaseError& error) {
            throw Error(std::string("cannot create the extension codegraph: ") + error.what() +
                        "; install it on the server (make install) and let its owner run CREATE EXTENSION codegraph");
        }
        find();
    }

    PGconn* connection_ = nullptr;
    std::unordered_map<std::string, std::string> statements_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& connection) {
    return std::make_unique<PostgresDatabase>(connection);
}

}  // namespace codegraph::index
