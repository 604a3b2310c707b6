// Holds what the tests of the snapshot tree share: a table of nodes in memory, maps of known content, and random edits.
#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "random.h"
#include "support/task_runner.h"
#include "tree/apply.h"
#include "tree/build.h"
#include "tree/diff.h"
#include "tree/lookup.h"
#include "tree/node_statements.h"

namespace codegraph {

using Model = std::map<std::string, TreeValue>;

inline std::string bytes_of(const CgCell& cell) {
    return {cell.data, cell.size};
}

// The table {tree_nodes}, behind the node store's two statements.
class NodeTable : public ScriptedDatabase {
public:
    NodeTable() {
        on(statements::find_tree_nodes, [this](const CgRequest& request) {
            codegraph_rows_begin(request.rows, 2);
            for (size_t row = 0; row < request.height; row++) {
                const CgCell* cells = request.cells + row * request.width;
                auto found = nodes.find({cells[0].integer, bytes_of(cells[1])});
                if (found == nodes.end()) continue;
                codegraph_rows_blob(request.rows, found->first.second.data(), found->first.second.size());
                codegraph_rows_blob(request.rows, found->second.data(), found->second.size());
            }
        });
        on(statements::insert_tree_nodes, [this](const CgRequest& request) {
            std::string before;
            int64_t changed = 0;
            for (size_t row = 0; row < request.height; row++) {
                const CgCell* cells = request.cells + row * request.width;
                std::string hash = bytes_of(cells[1]);
                EXPECT_LT(before, hash) << "inserts are not sorted";
                before = hash;
                const bool is_new = nodes.emplace(std::pair(cells[0].integer, hash), bytes_of(cells[2])).second;
                inserted += is_new;
                changed += is_new;
            }
            codegraph_rows_changed(request.rows, changed);
        });
        on(statements::find_stored_tree_nodes, [this](const CgRequest& request) {
            codegraph_rows_begin(request.rows, 1);
            for (size_t row = 0; row < request.height; row++) {
                const CgCell* cells = request.cells + row * request.width;
                const std::string hash = bytes_of(cells[1]);
                if (nodes.contains(std::pair(cells[0].integer, hash)))
                    codegraph_rows_blob(request.rows, hash.data(), hash.size());
            }
        });
    }

    // Builds the map's tree and saves it.
    Digest save(const Model& model, KeyHash key_hash = sha256_key_hash) {
        NodeStore store(repo_key, key_hash);
        std::vector<TreeEntry> entries;
        for (const auto& [key, value] : model) entries.push_back({key, value});
        Digest root = build(store, entries);
        run(store.save());
        return root;
    }

    static constexpr int64_t repo_key = 7;
    std::map<std::pair<int64_t, std::string>, std::string> nodes;
    size_t inserted = 0;
};

// The keys and values of the golden roots.
inline std::string golden_key(size_t i) {
    char key[64];
    std::snprintf(key, sizeof key, "src/p%02zu/m%03zu/file_%06zu.py", i % 17, i % 251, i);
    return key;
}

inline Model golden_model(size_t count) {
    Model model;
    Sha256 sha;
    for (size_t i = 0; i < count; i++) {
        std::string key = golden_key(i);
        model[key] = {sha.hash(key), i % 5 == 0 ? 0 : i};
    }
    return model;
}

// What the node store's own oracle says: the root of a rebuild.
inline Digest rebuilt(const Model& model, KeyHash key_hash = sha256_key_hash) {
    NodeStore store(0, key_hash);
    std::vector<TreeEntry> entries;
    for (const auto& [key, value] : model) entries.push_back({key, value});
    return build(store, entries);
}

inline void edit_model(Model& model, const std::vector<TreeEdit>& edits) {
    for (const TreeEdit& edit : edits) {
        if (edit.value)
            model[edit.key] = *edit.value;
        else
            model.erase(edit.key);
    }
}

inline std::vector<TreeChange> brute_force_diff(const Model& from, const Model& to) {
    std::map<std::string, TreeChange> changes;
    for (const auto& [key, value] : from) changes[key] = {key, value, std::nullopt};
    for (const auto& [key, value] : to) {
        changes[key].key = key;
        changes[key].after = value;
    }
    std::vector<TreeChange> differing;
    for (auto& [key, change] : changes)
        if (change.before != change.after) differing.push_back(change);
    return differing;
}

inline TreeValue random_value(Random& random) {
    TreeValue value;
    for (unsigned char& byte : value.digest.bytes) byte = static_cast<unsigned char>(random.bits());
    value.count = random.one_in(3) ? 0 : random.bits() >> (1 + random.below(63));  // no count exceeds INT64_MAX
    return value;
}

// The kind of the Error that the call throws; nothing when it throws none.
template <class Call>
std::optional<ErrorKind> kind_of_error(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return error.kind;
    }
    return std::nullopt;
}

}  // namespace codegraph
