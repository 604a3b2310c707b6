// The interface of a database to the measures. The same SQL text runs in both databases, with $1, $2, … for parameters,
// and a session prepares every text once.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace codegraph::bench {

using Value = std::variant<std::monostate, int64_t, std::string>;

// What a client knows when it has fetched all rows and looked at every value.
struct Answer {
    int64_t rows = 0;
    int64_t sum = 0;    // of the first column, where it is a number
    int64_t bytes = 0;  // of all texts, so that fetching them is not optimized away
};

class Session {
public:
    virtual ~Session() = default;
    virtual Answer run(const std::string& sql, std::span<const Value> parameters) = 0;
    Answer run(const std::string& sql) { return run(sql, {}); }
    virtual std::string text(const std::string& sql) = 0;  // the only value of the only row

    // Fills a table as fast as the database allows from outside (prepared inserts, COPY). `next` overwrites the row, or
    // returns false when there is no further one.
    virtual void fill(const std::string& table, size_t columns,
                      const std::function<bool(std::vector<Value>&)>& next) = 0;
};

// A database that is made for this run and gone with the object.
class Database {
public:
    virtual ~Database() = default;
    virtual std::string_view name() const = 0;  // "SQLite", "PostgreSQL"
    virtual bool is_postgres() const = 0;
    virtual std::unique_ptr<Session> connect() = 0;  // with codegraph loaded
    virtual std::string description() = 0;           // version and settings, in one line
};

using MakeDatabase = std::function<std::unique_ptr<Database>()>;  // the new one replaces the one made before

}  // namespace codegraph::bench
