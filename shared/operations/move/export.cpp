// cg_export returns what snapshots and kept revisions reach. Each object comes once, and before the objects that refer
// to it. The first pass notes the hashes of what is reached (32 bytes each). The second pass reads and yields the
// objects in order.
#include "operations/move/export.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/error.h"
#include "operations/common/argument_forms.h"
#include "operations/move/write_export_line.h"
#include "signatures/readers.h"
#include "storage/contents.h"
#include "storage/file_load.h"
#include "storage/file_statements.h"
#include "storage/garbage_statements.h"
#include "storage/repository_statements.h"
#include "tree/walk.h"

namespace codegraph {

namespace {

constexpr size_t nodes_at_once = 256, files_at_once = 32, contents_at_once = 64;

std::vector<Digest> sort_digests(DigestSet set) {
    std::vector<Digest> digests(set.begin(), set.end());
    std::ranges::sort(digests);
    return digests;
}

std::vector<Digest> slice(const std::vector<Digest>& digests, size_t begin, size_t size) {
    return {digests.begin() + begin, digests.begin() + std::min(begin + size, digests.size())};
}

// --- first pass

struct ReachedTrees {
    std::vector<std::vector<Digest>> nodes;  // by level
    std::vector<Digest> files;
};

Task<ReachedTrees> find_reached_trees(const Repository& repository) {
    Rows rows = co_await query(statements::list_live_roots, repository.key);
    std::vector<Digest> roots;
    for (size_t row = 0; row < rows.size(); row++)
        roots.push_back(Digest::from_bytes(rows.blob(row, statements::list_live_roots["root"]), "a snapshot's root"));
    NodeStore store(repository.key);
    TreeWalk walk(store, std::move(roots));
    ReachedTrees reached;
    DigestSet files;
    bool more = co_await walk.next();
    while (more) {
        for (size_t i = 0; i < walk.nodes().size(); i++) {
            const TreeNode& node = *walk.nodes()[i];
            if (node.entries.empty()) continue;  // the root of the empty map is not stored
            if (reached.nodes.size() <= node.level) reached.nodes.resize(node.level + size_t(1));
            reached.nodes[node.level].push_back(walk.hashes()[i]);
            if (node.level > 0) continue;
            for (const TreeEntry& entry : node.entries) files.insert(entry.value.digest);
        }
        co_await checkpoint();
        more = co_await walk.next();
    }
    for (std::vector<Digest>& level : reached.nodes) std::ranges::sort(level);
    reached.files = sort_digests(std::move(files));
    co_return reached;
}

Task<std::vector<Digest>> find_reached_contents(const Repository& repository, const std::vector<Digest>& files) {
    DigestSet contents;
    for (size_t begin = 0; begin < files.size(); begin += nodes_at_once) {
        std::vector<Digest> digests = slice(files, begin, nodes_at_once);
        std::vector<StoredFile> stored = co_await find_files(repository, std::move(digests), WithOutline::no);
        Batch find(statements::find_content_hashes);
        for (const StoredFile& file : stored) find.add(repository.key, file.key);
        Rows rows = co_await run(find);
        for (size_t row = 0; row < rows.size(); row++) {
            constexpr CellPlace hash = statements::find_content_hashes["hash"];
            if (rows.is_null(row, hash)) throw missing("the content of a chunk is missing");
            contents.insert(Digest::from_bytes(rows.blob(row, hash), "a content's hash"));
        }
        co_await checkpoint();
    }
    co_return sort_digests(std::move(contents));
}

// --- second pass

Task<> yield_line(std::string line) {
    const auto row = row_of<line_column>(line);
    co_yield row;
}

Task<> yield_repository(const Repository& repository) {
    Rows rows = co_await query(statements::find_repository_row, repository.id);
    if (rows.empty()) throw unknown_repository(repository.id);
    co_await yield_line(write_export_line(repository.id, read_repository_row(rows)));
}

Task<> yield_contents(const Repository& repository, const std::vector<Digest>& hashes) {
    for (size_t begin = 0; begin < hashes.size(); begin += contents_at_once) {
        const std::vector<Digest> wanted = slice(hashes, begin, contents_at_once);
        const Contents contents = co_await load_contents(repository, wanted);
        for (size_t i = 0; i < wanted.size(); i++) {
            const ContentLine line{wanted[i], std::string(contents.texts[i])};
            co_await yield_line(write_export_line(repository.id, line));
        }
        co_await checkpoint();
    }
}

Task<> yield_files(const Repository& repository, const std::vector<Digest>& digests) {
    for (size_t begin = 0; begin < digests.size(); begin += files_at_once) {
        std::vector<Digest> wanted = slice(digests, begin, files_at_once);
        std::vector<StoredFile> stored = co_await find_files(repository, std::move(wanted), WithOutline::and_sites);
        std::vector<FileLine> lines;
        for (const StoredFile& file : stored) lines.push_back({file.digest, {}, file.indexed_at});
        std::vector<FileVersion> files = co_await load_file_versions(repository, std::move(stored));
        for (size_t i = 0; i < lines.size(); i++) {
            lines[i].file = std::move(files[i]);
            const FileLine& line = lines[i];
            co_await yield_line(write_export_line(repository.id, line));
        }
        co_await checkpoint();
    }
}

Task<> yield_nodes(const Repository& repository, const std::vector<Digest>& hashes) {
    NodeStore store(repository.key);
    for (size_t begin = 0; begin < hashes.size(); begin += nodes_at_once) {
        std::vector<Digest> wanted = slice(hashes, begin, nodes_at_once);
        std::vector<NodePointer> nodes = co_await store.load(wanted);
        for (size_t i = 0; i < wanted.size(); i++) {
            const NodeLine line{wanted[i], *nodes[i]};
            co_await yield_line(write_export_line(repository.id, line));
        }
        co_await checkpoint();
    }
}

Task<> yield_revisions(const Repository& repository, const Snapshot& snapshot, CountsLine& counts) {
    std::vector<LogEntry> entries = co_await read_log(repository, std::vector<int64_t>(1, snapshot.key));
    counts.revisions += entries.size();
    for (LogEntry& entry : entries) {
        const RevisionLine line{snapshot.id, std::move(entry)};
        co_await yield_line(write_export_line(repository.id, line));
    }
}

Task<> yield_snapshots(const Repository& repository, CountsLine& counts) {
    int64_t next = INT64_MIN;
    for (;;) {
        std::vector<Snapshot> snapshots = co_await list_snapshots_from(repository, next);
        if (snapshots.empty()) break;
        counts.snapshots += snapshots.size();
        for (const Snapshot& snapshot : snapshots) {
            co_await yield_line(write_export_line(repository.id, snapshot));
            co_await yield_revisions(repository, snapshot, counts);
        }
        if (snapshots.back().key == INT64_MAX) break;
        next = snapshots.back().key + 1;
        co_await checkpoint();
    }
}

Task<> yield_refs(const Repository& repository, CountsLine& counts) {
    RefPages pages(repository);
    std::vector<Ref> page = co_await pages.next();
    while (!page.empty()) {
        counts.refs += page.size();
        for (const Ref& ref : page) co_await yield_line(write_export_line(repository.id, ref));
        co_await checkpoint();
        page = co_await pages.next();
    }
}

}  // namespace

Task<> export_repository(const Arguments& arguments) {
    Repository repository = co_await repository_argument(arguments, repository_arguments["repo"], RepositoryLock::none);
    const ReachedTrees trees = co_await find_reached_trees(repository);
    const std::vector<Digest> contents = co_await find_reached_contents(repository, trees.files);

    CountsLine counts;
    co_await yield_repository(repository);
    counts.contents = contents.size();
    co_await yield_contents(repository, contents);
    counts.files = trees.files.size();
    co_await yield_files(repository, trees.files);
    for (const std::vector<Digest>& level : trees.nodes) {
        counts.tree_nodes += level.size();
        co_await yield_nodes(repository, level);
    }
    co_await yield_snapshots(repository, counts);
    co_await yield_refs(repository, counts);
    co_await yield_line(write_export_line(repository.id, counts));
}

}  // namespace codegraph
