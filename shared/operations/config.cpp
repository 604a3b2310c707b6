// cg_config: the settings of a connection. In PostgreSQL they are settings of the server (SET, SHOW, postgresql.conf),
// which the adapter hands to the session; in SQLite the session alone has them.
#include <array>
#include <charconv>
#include <limits>

#include "base/error.h"
#include "engine/request.h"
#include "operations/session.h"
#include "operations/writers.h"

namespace codegraph {

namespace {

constexpr CgStatement set_graph_cache_size = {"SELECT pg_catalog.set_config('codegraph.graph_cache_size', $1, false)",
                                              nullptr, "t"};
constexpr CgStatement show_graph_cache_size = {"SELECT pg_catalog.current_setting('codegraph.graph_cache_size')",
                                               nullptr, ""};
constexpr CgStatement show_session_user = {"SELECT session_user::text", nullptr, ""};

struct Unit {
    std::string_view name;
    int64_t kilobytes;
};
constexpr Unit units[] = {{"TB", 1 << 30}, {"GB", 1 << 20}, {"MB", 1 << 10}, {"kB", 1}};

Error bad_size(std::string_view value) {
    return invalid("invalid value for graph_cache_size: " + in_quotes(value),
                   "An amount of memory such as 64MB, up to 2147483647kB; units are kB, MB, GB and TB, and kB without "
                   "one.");
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

int32_t parse_size(std::string_view value) {
    const std::string_view text = trimmed(value);
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit = trimmed(text.substr(static_cast<size_t>(end - text.data())));
    int64_t kilobytes = unit.empty() ? 1 : 0;
    for (const Unit& known : units)
        if (unit == known.name) kilobytes = known.kilobytes;
    if (error != std::errc() || kilobytes == 0 || number < 0 || number > CODEGRAPH_GRAPH_CACHE_MAX_KB / kilobytes)
        throw bad_size(value);
    return static_cast<int32_t>(number * kilobytes);
}

// As PostgreSQL shows it: in the greatest unit that leaves a whole number.
std::string format_size(int32_t kilobytes) {
    for (const Unit& unit : units)
        if (kilobytes != 0 && kilobytes % unit.kilobytes == 0)
            return std::to_string(kilobytes / unit.kilobytes) + std::string(unit.name);
    return "0";
}

Task<std::string> graph_cache_size(CgSession& session, std::optional<std::string> value) {
    if (session.database == CG_SQLITE) {
        if (value) session.set_graph_cache(parse_size(*value));
        co_return format_size(session.graph_cache_kilobytes);
    }
    if (value) {
        const std::string size = std::to_string(parse_size(*value)) + "kB";
        co_await query(set_graph_cache_size, size);
    }
    Rows shown = co_await query(show_graph_cache_size);
    co_return std::string(shown.text(0, 0));
}

Task<std::optional<std::string>> actor(CgSession& session, std::optional<std::string> value) {
    if (session.database == CG_SQLITE) {
        if (value) session.actor = std::move(value);
        co_return session.actor;
    }
    if (value) throw invalid("actor cannot be set in PostgreSQL: it is the session user");
    Rows user = co_await query(show_session_user);
    co_return std::string(user.text(0, 0));
}

}  // namespace

Task<> config(const Arguments& arguments) {
    const std::string_view name = arguments.text(0);
    std::optional<std::string> value;
    if (!arguments.is_null(1)) value = arguments.text(1);
    std::optional<std::string> now;
    if (name == "graph_cache_size")
        now = co_await graph_cache_size(session_of(arguments), value);
    else if (name == "actor")
        now = co_await actor(session_of(arguments), value);
    else
        throw invalid("unknown setting " + in_quotes(name), "The settings are graph_cache_size and actor.");
    const std::array<Cell, 1> row = {cell(now)};
    co_yield row;
}

}  // namespace codegraph
