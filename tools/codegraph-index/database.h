// Runs statements with text parameters on one connection to SQLite or PostgreSQL, and gives their rows as text.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "error.h"

namespace codegraph::index {

using Parameter = std::optional<std::string_view>;             // std::nullopt is NULL
using Row = std::span<const std::optional<std::string_view>>;  // is valid until the handler returns
using RowHandler = std::function<void(Row)>;

struct DatabaseError : Error {
    DatabaseError(const std::string& text, bool retry) : Error(text), may_retry(retry) {}
    bool may_retry;  // tells of a conflict with another writer: the same transaction may succeed when it is run again
};

class Database {
public:
    virtual ~Database() = default;
    // Runs a statement, which is prepared once and kept. Its parameters are $1, $2, … in this order.
    virtual void run(const std::string& sql, std::span<const Parameter> parameters, const RowHandler& on_row) = 0;
    virtual std::string_view begin_sql() const = 0;
    // Returns the bytes that the database counts for itself, or std::nullopt when it cannot say.
    virtual std::optional<std::int64_t> size() = 0;

    void run(const std::string& sql) {
        run(sql, {}, [](Row) {});
    }
};

// Opens a SQLite file and loads the extension `module`.
std::unique_ptr<Database> open_sqlite(const std::string& file, const std::string& module);
std::unique_ptr<Database> open_postgres(const std::string& connection);
// Opens a database that prints each call of a writer as a line of JSON. Its readers find an empty store.
std::unique_ptr<Database> open_dry_run();

// Tells whether `db` is a connection string of PostgreSQL and no file.
bool is_postgres(std::string_view db);

}  // namespace codegraph::index
