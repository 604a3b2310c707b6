#include "base/time.h"

#include <charconv>
#include <chrono>

namespace codegraph {

namespace {
constexpr int64_t day = 24 * 60 * 60 * int64_t(1000);

// Reads digits and separators of a fixed form; `ok` turns false at the first that does not fit.
struct Scanner {
    std::string_view rest;
    bool ok = true;

    int read_number(size_t digits) {
        int value = 0;
        if (rest.size() < digits) ok = false;
        for (size_t i = 0; ok && i < digits; i++) {
            if (rest[i] < '0' || rest[i] > '9') ok = false;
            value = value * 10 + (rest[i] - '0');
        }
        if (ok) rest.remove_prefix(digits);
        return value;
    }
    bool skip(std::string_view any_of) {
        if (!ok || rest.empty() || any_of.find(rest[0]) == std::string_view::npos) return false;
        rest.remove_prefix(1);
        return true;
    }
    void expect(std::string_view any_of) {
        if (!skip(any_of)) ok = false;
    }
};
}  // namespace

int64_t now_milliseconds() {
    using namespace std::chrono;
    return floor<milliseconds>(system_clock::now()).time_since_epoch().count();
}

bool is_time(int64_t milliseconds) {
    constexpr int64_t first = -62135596800000, last = 253402300799999;
    return milliseconds >= first && milliseconds <= last;
}

// With leading zeros, and what follows.
static void append_padded(std::string& out, int64_t number, size_t digits, char next) {
    char text[24];
    const char* end = std::to_chars(text, text + sizeof text, number).ptr;
    const auto size = static_cast<size_t>(end - text);
    if (size < digits) out.append(digits - size, '0');
    out.append(text, size) += next;
}

std::string format_time(int64_t milliseconds) {
    using namespace std::chrono;
    sys_time<std::chrono::milliseconds> at{std::chrono::milliseconds(milliseconds)};
    auto midnight = floor<days>(at);
    year_month_day date{midnight};
    int64_t in_day = (at - midnight).count();
    std::string text;
    text.reserve(24);
    append_padded(text, int(date.year()), 4, '-');
    append_padded(text, unsigned(date.month()), 2, '-');
    append_padded(text, unsigned(date.day()), 2, 'T');
    append_padded(text, in_day / 3600000, 2, ':');
    append_padded(text, in_day / 60000 % 60, 2, ':');
    append_padded(text, in_day / 1000 % 60, 2, '.');
    append_padded(text, in_day % 1000, 3, 'Z');
    return text;
}

std::optional<int64_t> parse_time(std::string_view text) {
    using namespace std::chrono;
    Scanner in{text};
    int years = in.read_number(4);
    in.expect("-");
    int months = in.read_number(2);
    in.expect("-");
    int month_days = in.read_number(2);
    in.expect("Tt ");
    int hours = in.read_number(2);
    in.expect(":");
    int minutes = in.read_number(2);
    in.expect(":");
    int seconds = in.read_number(2);
    int64_t fraction = 0;
    if (in.skip(".")) {
        int64_t unit = 100;
        size_t digits = 0;
        while (in.ok && !in.rest.empty() && in.rest[0] >= '0' && in.rest[0] <= '9') {
            fraction += unit * in.read_number(1);
            unit /= 10;
            ++digits;
        }
        if (digits == 0) return std::nullopt;
    }
    int64_t offset = 0;
    if (!in.skip("Zz")) {
        bool west = in.ok && !in.rest.empty() && in.rest[0] == '-';
        in.expect("+-");
        int offset_hours = in.read_number(2);
        in.expect(":");
        int offset_minutes = in.read_number(2);
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = (offset_hours * 60 + offset_minutes) * (west ? -60000 : 60000);
    }
    year_month_day date{year(years), month(unsigned(months)), std::chrono::day(unsigned(month_days))};
    // A leap second (:60) is read as the second that follows.
    if (!in.ok || !in.rest.empty() || years < 1 || !date.ok() || hours > 23 || minutes > 59 || seconds > 60)
        return std::nullopt;
    int64_t time = sys_days(date).time_since_epoch().count() * day;
    int64_t utc = time + ((hours * 60 + minutes) * 60 + seconds) * int64_t(1000) + fraction - offset;
    if (!is_time(utc)) return std::nullopt;
    return utc;
}

}  // namespace codegraph
