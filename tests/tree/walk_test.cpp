// A walk over several trees meets what brute force finds in the table: each node that the roots reach, once.
#include "tree/walk.h"

#include "tree_fixture.h"

namespace codegraph {
namespace {

struct Walked {
    std::map<Digest, size_t> visits;  // by the hash of the node's body
    std::set<Digest> digests;         // of the maps' values
    DigestSet seen;
};

Task<Walked> walk_all(NodeStore& store, std::vector<Digest> roots) {
    TreeWalk walk(store, std::move(roots));
    Walked walked;
    Sha256 sha;
    bool more = co_await walk.next();
    while (more) {
        EXPECT_EQ(walk.nodes().size(), walk.hashes().size());
        for (size_t i = 0; i < walk.nodes().size(); i++) {
            const TreeNode& node = *walk.nodes()[i];
            if (node.entries.empty()) continue;  // that of the empty map, which is not stored
            EXPECT_EQ(sha.hash(encode_node(node)), walk.hashes()[i]);
            walked.visits[walk.hashes()[i]]++;
            for (const TreeEntry& entry : node.entries)
                if (node.level == 0) walked.digests.insert(entry.value.digest);
        }
        more = co_await walk.next();
    }
    walked.seen = walk.take_hashes();
    co_return walked;
}

void reach(const NodeTable& table, Digest hash, std::set<Digest>& reached) {
    if (hash == empty_root() || !reached.insert(hash).second) return;
    const TreeNode node = decode_node(table.nodes.at({NodeTable::repo_key, std::string(hash.view())}));
    for (const TreeEntry& entry : node.entries)
        if (node.level > 0) reach(table, entry.value.digest, reached);
}

// Versions of one map, each a few edits after another one.
std::vector<Model> versions(Random& random, size_t count, size_t size) {
    std::vector<Model> models = {golden_model(size)};
    while (models.size() < count) {
        Model model = models[random.below(models.size())];
        for (size_t edit = random.below(4); edit > 0; edit--) {
            const std::string key = golden_key(random.below(size + 10));
            if (random.one_in(3))
                model.erase(key);
            else
                model[key] = random_value(random);
        }
        models.push_back(std::move(model));
    }
    return models;
}

TEST(TreeWalk, VisitsWhatTheRootsReachAndEachNodeOnce) {
    for (uint64_t seed : fresh_seeds(40)) {
        SCOPED_TRACE(seed);
        Random random(seed);
        NodeTable table;
        std::vector<Digest> roots;
        std::set<Digest> reached, digests;
        for (const Model& model : versions(random, 1 + random.below(30), random.below(random.one_in(4) ? 3000 : 200))) {
            const Digest root = table.save(model);  // some are saved and not walked
            if (random.one_in(4)) continue;
            roots.insert(roots.end(), 1 + random.one_in(5), root);  // a root may be given twice
            reach(table, root, reached);
            for (const auto& [key, value] : model) digests.insert(value.digest);
        }
        if (random.one_in(3)) roots.push_back(empty_root());
        random.shuffle(roots);
        NodeStore store(NodeTable::repo_key);
        const Walked walked = table.run(walk_all(store, roots));
        EXPECT_EQ(walked.visits.size(), reached.size());
        for (const auto& [hash, visits] : walked.visits) {
            EXPECT_TRUE(reached.contains(hash));
            EXPECT_EQ(visits, 1u);
        }
        EXPECT_EQ(walked.digests, digests);
        for (const Digest& hash : reached) EXPECT_TRUE(walked.seen.contains(hash));
        EXPECT_EQ(store.counters().nodes_read, reached.size());
    }
}

TEST(TreeWalk, OfNothingVisitsNothing) {
    NodeTable table;
    NodeStore store(NodeTable::repo_key);
    EXPECT_TRUE(table.run(walk_all(store, {})).visits.empty());
    EXPECT_TRUE(table.run(walk_all(store, {empty_root()})).visits.empty());
    EXPECT_EQ(store.counters().nodes_read, 0u);
}

// A thousand trees of 500 files, each with one change: what it reads is the changed paths, not all their nodes.
TEST(TreeWalk, CostsTheDistinctNodes) {
    Random random(1);
    NodeTable table;
    Model model = golden_model(500);
    std::vector<Digest> roots;
    for (size_t i = 0; i < 1000; i++) {
        model[golden_key(random.below(500))] = random_value(random);
        roots.push_back(table.save(model));
    }
    NodeStore store(NodeTable::repo_key);
    table.requests = 0;
    const Walked walked = table.run(walk_all(store, roots));
    EXPECT_EQ(store.counters().nodes_read, table.nodes.size());
    EXPECT_LE(store.counters().nodes_read, 3u * 1000 + 50);  // a path of three nodes each
    EXPECT_LE(table.requests, static_cast<long>(table.nodes.size() / 256 * 2 + 10));
    EXPECT_EQ(walked.visits.size(), table.nodes.size());
}

}  // namespace
}  // namespace codegraph
