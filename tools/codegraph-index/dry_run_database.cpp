#include <cstdio>
#include <nlohmann/json.hpp>

#include "database.h"

namespace codegraph::index {
namespace {

using nlohmann::json;

// Writers are called as `SELECT cg_name(…)`, readers as `SELECT … FROM …`.
std::string writer_name(const std::string& sql) {
    if (!sql.starts_with("SELECT cg_") || sql.find(" FROM ") != std::string::npos) return {};
    return sql.substr(7, sql.find('(') - 7);
}

json argument(const Parameter& parameter) {
    if (!parameter) return nullptr;
    bool is_json = parameter->starts_with('{') || parameter->starts_with('[');
    json parsed = is_json ? json::parse(*parameter, nullptr, false) : json();
    return is_json && !parsed.is_discarded() ? parsed : json(*parameter);
}

class DryRunDatabase : public Database {
public:
    void run(const std::string& sql, std::span<const Parameter> parameters, const RowHandler&) override {
        std::string name = writer_name(sql);
        if (name.empty()) return;
        json arguments = json::array();
        for (const Parameter& parameter : parameters) arguments.push_back(argument(parameter));
        std::string line = json{{"call", name}, {"arguments", std::move(arguments)}}.dump() + "\n";
        if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size())
            throw Error("cannot write to standard output");
    }

    std::string_view begin_sql() const override { return "BEGIN"; }
    std::optional<std::int64_t> size() override { return std::nullopt; }
};

}  // namespace

std::unique_ptr<Database> open_dry_run() {
    return std::make_unique<DryRunDatabase>();
}

bool is_postgres(std::string_view db) {
    bool url = db.starts_with("postgres://") || db.starts_with("postgresql://");
    return url || db.find('=') != std::string_view::npos;
}

}  // namespace codegraph::index
