// One connection to a database, as the measures use it. The same SQL text runs in both, with $1, $2, … for parameters;
// every text is prepared once.
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

// What a client has when it has fetched all rows and looked at every value of theirs.
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

    // Fills a table as fast as the database allows from outside (prepared inserts, COPY). `next` overwrites the row,
    // and says false when there is none.
    virtual void fill(const std::string& table, size_t columns,
                      const std::function<bool(std::vector<Value>&)>& next) = 0;
};

// A database of its own for each size, made for this run and gone afterwards.
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
