// Brings outlines into a resident graph: asks for them, reads them into a ResidentGraphBuilder, and asks for the texts
// of the names that they refer to once all outlines are read.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/request.h"
#include "graph/resident_graph_builder.h"
#include "model/outline.h"
#include "storage/dense_names.h"

namespace codegraph {

struct FileInTree {
    std::string path;
    Digest digest;
    uint64_t live_chunks;
};

// Says which index a builder uses for a name, kind or relationship of an OutlineLoad. Where nothing is set, both use
// the same. A derived graph needs a translation, because the names of the graph before it come first.
struct IndexTranslation {
    std::span<const uint32_t> names = {};  // by the index in OutlineLoad::names; empty: the same index
    uint32_t first_kind = 0;               // is added to each index in OutlineLoad::kinds
    uint32_t first_relationship = 0;       // is added to each index in OutlineLoad::relationships
};

class OutlineLoad {
public:
    explicit OutlineLoad(const Repository& repository) : repository_(repository) {}

    DenseNames names, kinds, relationships;

    // Asks for the outlines of all these files in one request.
    Task<Rows> find(const std::vector<FileInTree>& files) const;
    // Hands the live chunks of the outline of a live file, the dependencies that start in them, and the aliases to the
    // builder.
    void add_file(std::string_view outline, std::string_view path, ResidentGraphBuilder& builder,
                  const IndexTranslation& translation = {});
    // Gives all names of an outline that a graph can need their indexes, without building anything.
    void want_names(std::string_view outline);

    // Appends the texts of all kinds and relationships that have an index.
    Task<> append_dictionaries(GraphNames& texts);
    // Returns the texts of all names, kinds and relationships that have an index. Those of names live as long as this.
    Task<GraphNames> resolve_all_names();

private:
    struct LiveChunk {
        uint32_t index;   // among the live chunks of the file
        uint32_t family;  // of its language
    };
    struct KnownList {
        uint32_t family;  // for which it is the list
        ListNumber number;
    };
    uint32_t name_for_builder(int64_t key, const IndexTranslation& translation);
    std::vector<uint32_t> names_for_builder(const std::vector<int64_t>& keys, const IndexTranslation& translation);
    void add_chunks(OutlineReader& reader, ResidentGraphBuilder& builder, const IndexTranslation& translation);
    void add_aliases(OutlineReader& reader, ResidentGraphBuilder& builder, const IndexTranslation& translation);
    ListNumber list_for_builder(const OutlineList& list, uint32_t family, ResidentGraphBuilder& builder,
                                const IndexTranslation& translation);

    const Repository& repository_;
    OutlineChunk chunk_;                  // is reused from chunk to chunk
    std::vector<LiveChunk> live_chunks_;  // by ordinal of a file's chunk
    std::vector<KnownList> known_lists_;  // by list of the file
};

// Returns the outlines that OutlineLoad::find() got, in the order of the files; none for a file that is soft-deleted.
// Throws corrupt() when one is missing or its outline seal does not match.
std::vector<std::string_view> outlines_in_order(const Rows& rows, const std::vector<FileInTree>& files, Sha256& sha256);

}  // namespace codegraph
