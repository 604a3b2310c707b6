// Every stored node is checked once, however many trees have it, in three steps:
//
// 1. The node by itself: its hash, its form, that no cut belongs between two of its keys, and of a leaf that its
// entries
//    agree with the file versions.
// 2. The node against each different entry that stands for it in a node above.
// 3. The node against each different right neighbour. Two nodes below one node are neighbours when their entries are.
//    Of two neighbours, the last node below the left one and the first node below the right one are neighbours too.
//
// That every tree is cut in the right places follows from this and from what tree/cuts.h says of is_cut_between().
#include "operations/verify/tree.h"

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/error.h"
#include "operations/verify/pages.h"
#include "storage/verify_statements.h"
#include "tree/cuts.h"
#include "tree/node_statements.h"

namespace codegraph {

namespace {

std::string describe_node(const Digest& hash) {
    return "tree node " + to_hex(hash.view());
}

struct Child {  // a node as an entry above says it is
    TreeEntry entry;
    unsigned level;
};
struct Neighbours {
    Digest left, right;
};

class TreeCheck {
public:
    TreeCheck(const Repository& repository, Findings& findings, const FilesByDigest& files, DigestSet& stored)
        : repository_(repository), findings_(findings), files_(files), stored_(stored) {}

    Task<> run() {
        TablePages pages(repository_, "tree nodes", statements::list_first_tree_nodes, statements::list_next_tree_nodes,
                         findings_);
        bool more = co_await pages.next();
        while (more) {
            for (size_t row = 0; row < pages.rows().size(); row++) check_row(pages.rows(), row);
            co_await check_children();
            co_await check_neighbours();
            more = co_await pages.next();
        }
    }

private:
    static constexpr size_t nodes_at_once = 256;

    void check_row(const Rows& rows, size_t row) {
        constexpr const Statement& columns = statements::list_first_tree_nodes;
        StoredRow stored(rows, row);
        const Digest hash = stored.digest(columns["hash"]);
        const std::string_view body = stored.blob(columns["body"]);
        const std::string object = "tree node " + format_value(rows.cell(row, columns["hash"]));
        if (stored.report_problems(object, findings_)) return;
        stored_.insert(hash);
        if (sha256_.hash(body) != hash) {
            findings_.add(object, "its body does not match its hash");
            return;
        }
        try {
            check_node(object, decode_node(body));
        } catch (const Error& error) {
            findings_.add(object, error);
        }
    }

    // --- a node by itself

    void check_node(const std::string& object, const TreeNode& node) {
        if (node_ends(cut_items(node)).size() != 1) findings_.add(object, "its keys belong into more than one node");
        if (node.level == 0) {
            for (const TreeEntry& entry : node.entries) check_file(object, entry);
            return;
        }
        entries_below(node);  // throws where they count too many
        for (size_t i = 0; i < node.entries.size(); i++) {
            want_child(node.entries[i], node.level - 1);
            if (i > 0) want_neighbours(node.entries[i - 1].value.digest, node.entries[i].value.digest);
        }
    }
    void check_file(const std::string& object, const TreeEntry& entry) {
        const std::string version = "file version " + to_hex(entry.value.digest.view());
        auto file = files_.find(entry.value.digest);
        if (file == files_.end()) {
            findings_.add(version + " of " + entry.key, "it is missing");
            return;
        }
        const FileFacts& facts = file->second;
        if (facts.path_hash && *facts.path_hash != sha256_key_hash(sha256_, entry.key))
            findings_.add(object, version + " is not one of " + entry.key);
        else if (facts.live_chunks && *facts.live_chunks != entry.value.count)
            findings_.add(object, version + " has " + std::to_string(*facts.live_chunks) + " live chunks, not " +
                                      std::to_string(entry.value.count));
    }

    // --- nodes against each other; what many trees share is checked once

    void want_child(const TreeEntry& entry, unsigned level) {
        std::string numbers;
        append_varint(numbers, level);
        append_varint(numbers, entry.value.count);
        const Digest memo = sha256_.add("child").add(entry.value.digest.view()).add(numbers).add(entry.key).finish();
        if (checked_.insert(memo).second) children_.push_back({entry, level});
    }
    void want_neighbours(const Digest& left, const Digest& right) {
        const Digest memo = sha256_.add("neighbours").add(left.view()).add(right.view()).finish();
        if (checked_.insert(memo).second) neighbours_.push_back({left, right});
    }

    using Nodes = std::map<Digest, TreeNode>;

    void decode_row(const Rows& rows, size_t row, Nodes& nodes, DigestSet& missing) {
        constexpr const Statement& columns = statements::find_tree_nodes;
        if (rows.cell(row, columns["hash"]).type != CG_BLOB) return;
        const Digest hash = Digest::from_bytes(rows.blob(row, columns["hash"]), "the hash of a tree node");
        missing.erase(hash);
        if (rows.cell(row, columns["body"]).type != CG_BLOB || sha256_.hash(rows.blob(row, columns["body"])) != hash)
            return;
        try {
            nodes.emplace(hash, decode_node(rows.blob(row, columns["body"])));
        } catch (const Error& error) {  // check_row() reports damage to a node itself
            if (error.kind != ErrorKind::data_corrupted) throw;
        }
    }
    // Returns the nodes that are there and sound.
    Task<Nodes> load(std::vector<Digest> hashes) {
        std::ranges::sort(hashes);
        hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
        Batch find(statements::find_tree_nodes);
        for (const Digest& hash : hashes) find.add(repository_.key, blob_cell(hash.view()));
        Rows rows = co_await codegraph::run(find);
        Nodes nodes;
        DigestSet missing(hashes.begin(), hashes.end());
        for (size_t row = 0; row < rows.size(); row++) decode_row(rows, row, nodes, missing);
        for (const Digest& hash : missing) findings_.add(describe_node(hash), "it is missing");
        co_return nodes;
    }

    Task<> check_children() {
        for (size_t begin = 0; begin < children_.size(); begin += nodes_at_once) {
            const size_t end = std::min(begin + nodes_at_once, children_.size());
            std::vector<Digest> hashes;
            for (size_t i = begin; i < end; i++) hashes.push_back(children_[i].entry.value.digest);
            const Nodes nodes = co_await load(std::move(hashes));
            for (size_t i = begin; i < end; i++) check_child(nodes, children_[i]);
        }
        children_.clear();
    }
    void check_child(const Nodes& nodes, const Child& child) {
        auto found = nodes.find(child.entry.value.digest);
        if (found == nodes.end()) return;
        try {
            check_against_entry(found->second, child.entry, child.level);
        } catch (const Error& error) {
            findings_.add(describe_node(child.entry.value.digest), error);
        }
    }

    Task<> check_neighbours() {
        while (!neighbours_.empty()) {
            const size_t count = std::min(nodes_at_once, neighbours_.size());
            const std::vector<Neighbours> some(neighbours_.end() - static_cast<ptrdiff_t>(count), neighbours_.end());
            neighbours_.resize(neighbours_.size() - count);
            std::vector<Digest> hashes;
            for (const Neighbours& pair : some) hashes.insert(hashes.end(), {pair.left, pair.right});
            const Nodes nodes = co_await load(std::move(hashes));
            for (const Neighbours& pair : some) {
                auto left = nodes.find(pair.left), right = nodes.find(pair.right);
                if (left != nodes.end() && right != nodes.end()) check_pair(pair, left->second, right->second);
            }
        }
    }
    void check_pair(const Neighbours& pair, const TreeNode& left, const TreeNode& right) {
        if (left.level != right.level) return;  // one of them has another level than its parent says
        const std::string object = describe_node(pair.left), other = describe_node(pair.right);
        if (left.entries.back().key >= right.entries.front().key)
            findings_.add(object, "its keys overlap with those of " + other);
        else if (!is_cut_between(cut_items(left), cut_items(right)))
            findings_.add(object, "its keys and those of " + other + " are not cut there");
        if (left.level > 0) want_neighbours(left.entries.back().value.digest, right.entries.front().value.digest);
    }
    std::vector<CutItem> cut_items(const TreeNode& node) {
        std::vector<CutItem> items;
        for (const TreeEntry& entry : node.entries)
            items.push_back({item_hash(sha256_key_hash(sha256_, entry.key), node.level), entry.key});
        return items;
    }

    const Repository& repository_;
    Findings& findings_;
    const FilesByDigest& files_;
    DigestSet& stored_;
    Sha256 sha256_;
    DigestSet checked_;  // hashes of the pairs that were compared: a node and an entry, a node and a neighbour
    std::vector<Child> children_;
    std::vector<Neighbours> neighbours_;
};

}  // namespace

Task<> verify_tree_nodes(const Repository& repository, Findings& findings, const FilesByDigest& files,
                         DigestSet& stored) {
    TreeCheck check(repository, findings, files, stored);
    co_await check.run();
}

}  // namespace codegraph
