// The sequences that give keys in PostgreSQL. One that lags behind its tables gives keys that are in use: after the
// promotion of a logical replica, or a restore of the data alone. In SQLite AUTOINCREMENT gives no key twice.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/request.h"

namespace codegraph {

struct Sequence {
    std::string_view name, table;  // without the prefix of all our names
    const Statement& state;
    const Statement& lag;
    const Statement& right;  // to read the sequence
    const Statement& lock;   // of the table
    const Statement& move;
};
extern const Sequence repository_keys, snapshot_keys, content_keys, file_keys, symbol_keys;
extern const std::array<const Sequence*, 5> all_sequences;  // in the order in which writers use them

// These are asked when an insert has not stored what it should.
//
// Throws lagging_sequence() when the sequence gave a key that a row of the repository had. The insert drew `drawn` keys
// and stored `stored` rows with them. Without a repository the keys are those of repositories.
Task<> check_given_keys(const Sequence& sequence, std::optional<int64_t> repo_key, size_t drawn, size_t stored);
// Throws for a new row whose key other tables have: lagging_sequence(), or corrupt() where the sequence is right.
Task<> refuse_used_key(const Sequence& sequence, std::optional<int64_t> repo_key);

struct SequenceState {
    int64_t given, in_use;  // the last key given, and the greatest in use
    bool lags() const { return given < in_use; }
};
// Compares a sequence with the keys of one repository or of all. Returns nothing in SQLite, and where the caller may
// not read the sequence.
Task<std::optional<SequenceState>> find_state(const Sequence& sequence, std::optional<int64_t> repo_key);

// Moves the sequences that lag behind their tables. Returns how many.
Task<size_t> repair_all_sequences();

}  // namespace codegraph
