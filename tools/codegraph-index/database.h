// One connection to SQLite or PostgreSQL: statements with text parameters in, rows of text out.
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

using Parameter = std::optional<std::string_view>;             // nothing is NULL
using Row = std::span<const std::optional<std::string_view>>;  // valid until the handler returns
using RowHandler = std::function<void(Row)>;

struct DatabaseError : Error {
    DatabaseError(const std::string& text, bool retry) : Error(text), may_retry(retry) {}
    bool may_retry;  // a conflict with another writer: the same transaction may succeed when it is run again
};

class Database {
public:
    virtual ~Database() = default;
    // Parameters are $1, $2, … in this order. Statements are prepared once and kept.
    virtual void run(const std::string& sql, std::span<const Parameter> parameters, const RowHandler& on_row) = 0;
    virtual std::string_view begin_sql() const = 0;
    // Bytes, as the database itself counts them; nothing when it cannot say.
    virtual std::optional<std::int64_t> size() = 0;

    void run(const std::string& sql) {
        run(sql, {}, [](Row) {});
    }
};

// `module`: the SQLite extension to load.
std::unique_ptr<Database> open_sqlite(const std::string& file, const std::string& module);
std::unique_ptr<Database> open_postgres(const std::string& connection);
// Takes the calls of writers and prints each as a line of JSON; readers find an empty store.
std::unique_ptr<Database> open_dry_run();

bool is_postgres(std::string_view db);

}  // namespace codegraph::index
