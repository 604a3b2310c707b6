// Says what a stored value must be beyond its type, and reads such values. PostgreSQL keeps the types of our columns,
// SQLite not even these, and whoever may write the tables can store any number. So no stored number becomes a size, an
// index or a loop's bound unchecked.
#pragma once
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/time.h"
#include "engine/rows.h"

namespace codegraph {

// --- the rules

inline constexpr int64_t greatest_revision = INT64_MAX - 1;  // so that counting on never overflows

inline bool is_key(int64_t value) {  // of a row
    return value >= 1;
}
inline bool is_count(int64_t value) {
    return value >= 0;
}
inline bool is_number(int64_t value) {  // of a computed chunk id
    return value >= 1;
}
inline bool is_revision(int64_t value) {
    return value >= 0 && value <= greatest_revision;
}
inline bool is_flag(int64_t value) {
    return value == 0 || value == 1;
}
inline bool is_importance(double value) {
    return value >= 0 && value <= 1;
}
bool is_attrs(std::string_view text);  // the text of a JSON object

// --- reading: each function throws corrupt() where the value has not its type or breaks its rule

int64_t read_key(const Rows& rows, size_t row, CellPlace column);
uint64_t read_count(const Rows& rows, size_t row, CellPlace column);
uint64_t read_number(const Rows& rows, size_t row, CellPlace column);
int64_t read_revision(const Rows& rows, size_t row, CellPlace column);
bool read_flag(const Rows& rows, size_t row, CellPlace column);
int64_t read_time(const Rows& rows, size_t row, CellPlace column);
double read_importance(const Rows& rows, size_t row, CellPlace column);
std::string_view read_attrs(const Rows& rows, size_t row, CellPlace column);

// Returns the value of a key that a row gave. Throws corrupt() with `what` where there is none: where an index of the
// database is damaged, an answer can have other rows than were asked for.
template <class Map>
auto& find_stored(Map& map, const typename Map::key_type& key, const char* what) {
    const auto found = map.find(key);
    if (found == map.end()) throw corrupt(what);
    return found->second;
}

}  // namespace codegraph
