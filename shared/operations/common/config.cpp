// cg_config reads and changes the settings of a connection. In PostgreSQL they are settings of the server (SET, SHOW,
// postgresql.conf), and the adapter passes their values to the session. In SQLite only the session has them.
#include "operations/common/config.h"

#include <algorithm>
#include <charconv>

#include "base/error.h"
#include "engine/request.h"
#include "operations/common/session.h"
#include "signatures/writers.h"
#include "storage/snapshot_statements.h"

namespace codegraph {

namespace {

constexpr Statement update_setting("tt", "SELECT pg_catalog.set_config('codegraph.' || $1, $2, false) AS value");
constexpr Statement find_setting("t", "SELECT pg_catalog.current_setting('codegraph.' || $1) AS value");

struct Unit {
    std::string_view name;
    int64_t kilobytes;
};
constexpr Unit units[] = {{"TB", 1 << 30}, {"GB", 1 << 20}, {"MB", 1 << 10}, {"kB", 1}};

std::string_view trim(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// The number that a text begins with, and the text after it.
struct LeadingNumber {
    int64_t value;  // negative where the text begins with none
    std::string_view rest;
};
LeadingNumber parse_number(std::string_view text) {
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) number = -1;
    return {number, trim(text.substr(static_cast<size_t>(end - text.data())))};
}

std::optional<int32_t> parse_size(std::string_view text) {
    const LeadingNumber number = parse_number(text);
    int64_t kilobytes = number.rest.empty() ? 1 : 0;
    for (const Unit& known : units)
        if (number.rest == known.name) kilobytes = known.kilobytes;
    if (kilobytes == 0 || number.value < 0 || number.value > CODEGRAPH_GRAPH_CACHE_MAX_KB / kilobytes)
        return std::nullopt;
    return static_cast<int32_t>(number.value * kilobytes);
}

// Formats a size as PostgreSQL does: in the greatest unit that leaves a whole number.
std::string format_size(int32_t kilobytes) {
    for (const Unit& unit : units)
        if (kilobytes != 0 && kilobytes % unit.kilobytes == 0)
            return std::to_string(kilobytes / unit.kilobytes) + std::string(unit.name);
    return "0";
}

std::optional<int32_t> parse_contents(std::string_view text) {
    const LeadingNumber number = parse_number(text);
    if (!number.rest.empty() || number.value < 0 || number.value > CODEGRAPH_AUTO_INDEX_CONTENT_MAX)
        return std::nullopt;
    return static_cast<int32_t>(number.value);
}

std::string format_contents(int32_t contents) {
    return std::to_string(contents);
}

// A setting whose value is a number. In PostgreSQL its name begins with `codegraph.`
struct NumberSetting {
    std::string_view name;
    const char* form;  // describes its values, as the hint of an error
    std::optional<int32_t> (*parse)(std::string_view text);
    std::string (*format)(int32_t number);
    int32_t (*get)(const Session& session);
    void (*set)(Session& session, int32_t number);
};
constexpr NumberSetting number_settings[] = {
    {"graph_cache_size",
     "An amount of memory such as 64MB, up to 2147483647kB; units are kB, MB, GB and TB, and kB without one.",
     parse_size, format_size, [](const Session& session) { return session.graph_cache_kilobytes; },
     [](Session& session, int32_t number) { session.set_graph_cache(number); }},
    {"auto_index_content", "A number of contents from 0 to 1000000.", parse_contents, format_contents,
     [](const Session& session) { return session.auto_index_content; },
     [](Session& session, int32_t number) { session.auto_index_content = number; }},
};

const NumberSetting* find_number_setting(std::string_view name) {
    const auto* found = std::ranges::find(number_settings, name, &NumberSetting::name);
    return found == std::end(number_settings) ? nullptr : found;
}

int32_t parse_value(const NumberSetting& setting, std::string_view value) {
    const std::optional<int32_t> number = setting.parse(trim(value));
    if (!number) throw invalid("invalid value for " + std::string(setting.name) + ": " + quote(value), setting.form);
    return *number;
}

// Sets the setting where a value is given. Returns its value.
Task<std::string> set_or_show_number(const NumberSetting& setting, Session& session, std::optional<std::string> value) {
    if (session.database == CG_SQLITE) {
        if (value) setting.set(session, parse_value(setting, *value));
        co_return setting.format(setting.get(session));
    }
    if (value) {
        const std::string number = setting.format(parse_value(setting, *value));
        co_await query(update_setting, setting.name, number);
    }
    Rows answer = co_await query(find_setting, setting.name);
    co_return std::string(answer.text(0, find_setting["value"]));
}

// Sets the actor where a value is given; an empty one takes it away. Returns whom the log will name.
Task<std::optional<std::string>> set_or_show_actor(Session& session, std::optional<std::string> value) {
    if (session.database == CG_SQLITE) {
        if (value) session.actor = value->empty() ? std::nullopt : std::move(value);
        co_return session.actor;
    }
    if (value) co_await query(update_setting, "actor", *value);
    Rows now = co_await query(statements::find_actor);
    co_return std::string(now.text(0, statements::find_actor["actor"]));
}

}  // namespace

Task<> config(const Arguments& arguments) {
    const std::string_view name = arguments.text(setting_arguments["name"]);
    std::optional<std::string> value;
    if (!arguments.is_null(setting_arguments["value"])) value = arguments.text(setting_arguments["value"]);
    std::optional<std::string> now;
    const NumberSetting* setting = find_number_setting(name);
    if (setting)
        now = co_await set_or_show_number(*setting, session_of(arguments), value);
    else if (name == "actor")
        now = co_await set_or_show_actor(session_of(arguments), value);
    else
        throw invalid("unknown setting " + quote(name),
                      "The settings are graph_cache_size, auto_index_content and actor.");
    const auto row = row_of<value_column>(now);
    co_yield row;
}

}  // namespace codegraph
