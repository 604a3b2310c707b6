#include "operations/verify/orphans.h"

#include "engine/request.h"
#include "storage/orphan_statements.h"
#include "storage/sequences.h"

namespace codegraph {

namespace {

struct OwnedTable {
    std::string_view name;
    const Statement& count_orphans;
};
constexpr OwnedTable owned_tables[] = {
    {"snapshots", statements::count_orphans_in_snapshots},
    {"refs", statements::count_orphans_in_refs},
    {"log", statements::count_orphans_in_log},
    {"tree_nodes", statements::count_orphans_in_tree_nodes},
    {"files", statements::count_orphans_in_files},
    {"chunks", statements::count_orphans_in_chunks},
    {"symbols", statements::count_orphans_in_symbols},
    {"definitions", statements::count_orphans_in_definitions},
    {"contents", statements::count_orphans_in_contents},
    {"content_roots", statements::count_orphans_in_content_roots},
    {"content_segments", statements::count_orphans_in_content_segments},
    {"content_grams", statements::count_orphans_in_content_grams},
};

}  // namespace

Task<> verify_orphans(Findings& findings) {
    constexpr const Statement& columns = statements::count_orphans_in_snapshots;
    for (const OwnedTable& table : owned_tables) {
        Rows rows = co_await query(table.count_orphans);
        for (size_t row = 0; row < rows.size(); row++)
            findings.add(std::string(table.name), "rows that belong to no repository, with the repo_key " +
                                                      format_value(rows.cell(row, columns["repo_key"])) + ": " +
                                                      std::to_string(rows.integer(row, columns["count"])));
        co_await checkpoint();
    }
}

Task<> verify_sequences(std::optional<int64_t> repo_key, Findings& findings) {
    for (const Sequence* sequence : all_sequences) {
        const std::optional<SequenceState> state = co_await find_state(*sequence, repo_key);
        if (state && state->lags())
            findings.add("sequence codegraph_" + std::string(sequence->name),
                         "it has given " + std::to_string(state->given) + ", the greatest key in use is " +
                             std::to_string(state->in_use) + "; cg_repair_sequences() moves it");
    }
}

}  // namespace codegraph
