#include "storage/sequences.h"

#include "base/error.h"
#include "storage/sequence_statements.h"

namespace codegraph {

using namespace statements;

constexpr Sequence repository_keys{"repository_key",
                                   "repositories",
                                   find_state_of_repository_key,
                                   find_lag_of_repository_key,
                                   find_right_to_repository_key,
                                   lock_repositories_table,
                                   update_repository_key};
constexpr Sequence snapshot_keys{"snapshot_key",
                                 "snapshots",
                                 find_state_of_snapshot_key,
                                 find_lag_of_snapshot_key,
                                 find_right_to_snapshot_key,
                                 lock_snapshots_table,
                                 update_snapshot_key};
constexpr Sequence content_keys{"content_key",
                                "contents",
                                find_state_of_content_key,
                                find_lag_of_content_key,
                                find_right_to_content_key,
                                lock_contents_table,
                                update_content_key};
constexpr Sequence symbol_keys{
    "symbol_key",       "symbols",        find_state_of_symbol_key, find_lag_of_symbol_key, find_right_to_symbol_key,
    lock_symbols_table, update_symbol_key};
constexpr Sequence file_keys{
    "file_key",       "files",        find_state_of_file_key, find_lag_of_file_key, find_right_to_file_key,
    lock_files_table, update_file_key};
const std::array<const Sequence*, 5> all_sequences = {&repository_keys, &snapshot_keys, &content_keys, &symbol_keys,
                                                      &file_keys};

Task<> check_given_keys(const Sequence& sequence, std::optional<int64_t> repo_key, size_t drawn, size_t stored) {
    Rows rows = co_await query(sequence.lag, repo_key, drawn, stored);
    if (!rows.empty()) throw lagging_sequence(sequence.name, sequence.table);
}

Task<> refuse_used_key(const Sequence& sequence, std::optional<int64_t> repo_key) {
    co_await check_given_keys(sequence, repo_key, 1, 0);
    throw corrupt("a new row of codegraph_" + std::string(sequence.table) + " has the key of rows that belong to none");
}

static Task<std::optional<SequenceState>> read_state(const Sequence& sequence, std::optional<int64_t> repo_key) {
    Rows rows = co_await query(sequence.state, repo_key);
    if (rows.empty()) co_return std::nullopt;
    constexpr const Statement& columns = find_state_of_file_key;
    co_return SequenceState{rows.integer(0, columns["given"]), rows.integer(0, columns["in_use"])};
}

Task<std::optional<SequenceState>> find_state(const Sequence& sequence, std::optional<int64_t> repo_key) {
    Rows right = co_await query(sequence.right);
    if (right.empty()) co_return std::nullopt;
    co_return co_await read_state(sequence, repo_key);
}

Task<size_t> repair_all_sequences() {
    co_await query(update_nothing);
    size_t moved = 0;
    for (const Sequence* sequence : all_sequences) {
        std::optional<SequenceState> state = co_await read_state(*sequence, std::nullopt);
        if (!state || !state->lags()) continue;
        co_await query(sequence->lock);
        state = co_await read_state(*sequence, std::nullopt);  // another call may have moved it
        if (!state || !state->lags()) continue;
        co_await query(sequence->move, state->in_use);
        moved++;
    }
    co_return moved;
}

}  // namespace codegraph
