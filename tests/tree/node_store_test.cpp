// The node store: what is put can be loaded, memory stays bounded, and whatever is wrong with stored nodes is an error
// of the class data corrupted, in every operation.
#include "tree_fixture.h"

namespace codegraph {
namespace {

Task<size_t> walk(NodeStore& store, Digest root) {
    TreeCursor cursor(store, root);
    size_t count = 0;
    for (;;) {
        bool more = co_await cursor.next();
        if (!more) co_return count;
        count += cursor.entries().size();
    }
}

// Each operation on a tree of golden keys, in a way that touches the node with the key.
void run_operation(NodeTable& table, int operation, Digest root, const std::string& key) {
    NodeStore store(NodeTable::repo_key);
    if (operation == 0) table.run(find(store, root, key));
    if (operation == 1) table.run(find_many(store, root, {golden_key(1), key}));
    if (operation == 2) table.run(walk(store, root));
    if (operation == 3) table.run(apply(store, root, {{key, TreeValue{}}}));
    if (operation == 4) table.run(apply(store, root, {{key, std::nullopt}}));
    if (operation == 5) table.run(diff(store, root, empty_root()));
    if (operation == 6) table.run(diff(store, empty_root(), root));
}
constexpr int operations = 7;

std::optional<ErrorKind> error_of(NodeTable& table, int operation, Digest root, const std::string& key) {
    return kind_of_error([&] { run_operation(table, operation, root, key); });
}

// The names of the nodes on the path to a key, from the root.
std::vector<std::pair<int64_t, std::string>> path_to(NodeTable& table, Digest root, const std::string& key) {
    std::vector<std::pair<int64_t, std::string>> path;
    for (Digest hash = root;;) {
        path.emplace_back(NodeTable::repo_key, std::string(hash.view()));
        TreeNode node = decode_node(table.nodes.at(path.back()));
        if (node.level == 0) return path;
        hash = std::ranges::lower_bound(node.entries, key, {}, &TreeEntry::key)->value.digest;
    }
}

TEST(NodeStore, AMissingOrDamagedNodeIsDataCorruptedInEveryOperation) {
    NodeTable table;
    Digest root = table.save(golden_model(2000));
    std::string key = golden_key(777);
    for (const auto& name : path_to(table, root, key)) {
        std::string body = table.nodes.at(name);
        for (int operation = 0; operation < operations; operation++) {
            EXPECT_EQ(error_of(table, operation, root, key), std::nullopt);
            table.nodes.erase(name);
            EXPECT_EQ(error_of(table, operation, root, key), ErrorKind::data_corrupted) << "missing";
            table.nodes[name] = body;
            table.nodes[name][body.size() / 2] ^= 1;
            EXPECT_EQ(error_of(table, operation, root, key), ErrorKind::data_corrupted) << "a bit";
            table.nodes[name] = body.substr(0, body.size() - 1);
            EXPECT_EQ(error_of(table, operation, root, key), ErrorKind::data_corrupted) << "cut off";
            table.nodes[name] = "";
            EXPECT_EQ(error_of(table, operation, root, key), ErrorKind::data_corrupted) << "empty";
            table.nodes[name] = body;
        }
    }
}

// Stores a root with two leaves below, as the test twists it; the hashes are right all the same.
template <class Twist>
Digest save_twisted(NodeTable& table, Twist twist) {
    NodeStore store(NodeTable::repo_key);
    TreeNode leaves[2], root{1, {}};
    Model model = golden_model(24);
    size_t i = 0;
    for (const auto& [key, value] : model) leaves[i++ / 12].entries.push_back({key, value});
    for (const TreeNode& leaf : leaves) root.entries.push_back({leaf.entries.back().key, {store.put(leaf), 12}});
    twist(root);
    Digest hash = store.put(root);
    table.run(store.save());
    return hash;
}

TEST(NodeStore, ANodeThatDoesNotFitTheNodeAboveIsDataCorruptedInEveryOperation) {
    for (int operation = 0; operation < operations; operation++) {
        NodeTable table;
        std::string key = golden_key(3);
        auto error = [&](auto twist) { return error_of(table, operation, save_twisted(table, twist), key); };
        EXPECT_EQ(error([](TreeNode&) {}), std::nullopt);
        EXPECT_EQ(error([](TreeNode& root) { root.level = 2; }), ErrorKind::data_corrupted) << "level";
        EXPECT_EQ(error([](TreeNode& root) { root.level = 255; }), ErrorKind::data_corrupted) << "level";
        EXPECT_EQ(error([](TreeNode& root) {
                      for (TreeEntry& entry : root.entries) entry.key += "x";
                  }),
                  ErrorKind::data_corrupted)
            << "last key";
        EXPECT_EQ(error([](TreeNode& root) {
                      for (TreeEntry& entry : root.entries) entry.value.count++;
                  }),
                  ErrorKind::data_corrupted)
            << "number";
        EXPECT_EQ(error([](TreeNode& root) { std::swap(root.entries[0].value, root.entries[1].value); }),
                  ErrorKind::data_corrupted)
            << "swapped";
    }
}

TEST(NodeStore, NodesThatOverlapAreDataCorruptedForApplyAndTheCursorAndCrashNothing) {
    NodeTable table;
    NodeStore store(NodeTable::repo_key);
    TreeNode root{1, {}};
    for (size_t leaf = 0; leaf < 3; leaf++) {  // each begins with the map's first key
        TreeNode node{0, {{golden_key(0), {}}}};
        for (size_t i = 1; i < 12; i++) node.entries.push_back({golden_key(0) + char('a' + leaf) + char('a' + i), {}});
        root.entries.push_back({node.entries.back().key, {store.put(node), 12}});
    }
    Digest hash = store.put(root);
    table.run(store.save());
    for (int operation = 0; operation < operations; operation++) {
        std::optional<ErrorKind> error = error_of(table, operation, hash, golden_key(0) + "bb");
        bool must_notice = operation == 2 || operation == 4;
        EXPECT_TRUE(error == ErrorKind::data_corrupted || (!error && !must_notice)) << operation;
    }
}

TEST(NodeStore, AnAnswerOfTheWrongTypeIsDataCorrupted) {
    NodeTable table;
    Digest root = table.save(golden_model(10));
    table.on(statements::find_tree_nodes, [](const CgRequest& request) {
        codegraph_rows_begin(request.rows, 2);
        codegraph_rows_blob(request.rows, "short", 5);
        codegraph_rows_null(request.rows);
    });
    EXPECT_EQ(error_of(table, 0, root, "a"), ErrorKind::data_corrupted);
}

TEST(NodeStore, NodesOfAnotherRepositoryAreNotSeen) {
    NodeTable table;
    Digest root = table.save(golden_model(10));
    NodeStore other(NodeTable::repo_key + 1);
    EXPECT_EQ(kind_of_error([&] { table.run(find(other, root, "a")); }), ErrorKind::data_corrupted);
}

TEST(NodeStore, WhatIsPutIsLoadedWithoutTheDatabaseBeforeAndAfterSaving) {
    NodeTable table;
    NodeStore store(NodeTable::repo_key);
    std::vector<TreeEntry> entries;
    for (const auto& [key, value] : golden_model(500)) entries.push_back({key, value});
    Digest root = build(store, entries);
    EXPECT_EQ(table.run(walk(store, root)), 500u);
    EXPECT_TRUE(table.nodes.empty());
    table.run(store.save());
    EXPECT_EQ(table.run(walk(store, root)), 500u);
    EXPECT_EQ(store.counters().nodes_read, 0u);
    EXPECT_EQ(store.counters().nodes_written, table.nodes.size());
    long requests = table.requests;
    table.run(store.save());
    EXPECT_EQ(table.requests, requests) << "nothing is saved twice";
}

TEST(NodeStore, NodesThatWereForgottenToBoundMemoryAreLoadedAgainWhetherSavedOrNot) {
    NodeTable table;
    NodeStore store(NodeTable::repo_key);
    std::vector<TreeEntry> entries;
    for (const auto& [key, value] : golden_model(60000)) entries.push_back({key + std::string(300, 'x'), value});
    Digest root = build(store, entries);  // far more than the store remembers
    EXPECT_EQ(table.run(walk(store, root)), 60000u);
    EXPECT_EQ(store.counters().nodes_read, 0u) << "unsaved nodes are nowhere else";
    table.run(store.save());
    EXPECT_EQ(table.run(walk(store, root)), 60000u);
    EXPECT_GT(store.counters().nodes_read, 1000u);
}

TEST(NodeStore, ANodeThatIsStoredAlreadyIsNoError) {
    NodeTable table;
    Digest root = table.save(golden_model(300));
    size_t inserted = table.inserted;
    EXPECT_EQ(table.save(golden_model(300)), root);
    EXPECT_EQ(table.inserted, inserted);
}

TEST(NodeStore, AFailedRequestLeavesNoFrameBehind) {
    long frames = codegraph_live_frames();
    {
        NodeTable table;
        Digest root = table.save(golden_model(2000));
        table.on(statements::find_tree_nodes,
                 [](const CgRequest&) { throw std::runtime_error("the database failed"); });
        for (int operation = 0; operation < operations; operation++)
            EXPECT_THROW(run_operation(table, operation, root, golden_key(5)), std::runtime_error);
    }
    EXPECT_EQ(codegraph_live_frames(), frames);
}

}  // namespace
}  // namespace codegraph
