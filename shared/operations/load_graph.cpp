#include "operations/load_graph.h"

#include "engine/request.h"
#include "model/chunk_id.h"
#include "model/names.h"
#include "storage/file_store.h"
#include "storage/symbols.h"
#include "tree/lookup.h"

namespace codegraph {

namespace {

GraphChunk graph_chunk(const Repository& repository, const std::string& path, const OutlineChunk& outlined,
                       const SymbolNames& names) {
    GraphChunk made;
    made.symbol = names.of(outlined.symbol);
    made.has_fqn = outlined.has_fqn;
    made.kind = names.of(outlined.kind);
    made.start_line = outlined.start_line;
    made.end_line = outlined.end_line;
    Chunk chunk;
    chunk.start_line = outlined.start_line;
    chunk.end_line = outlined.end_line;
    chunk.number = outlined.number;
    chunk.explicit_id = outlined.explicit_id;
    if (outlined.name)
        chunk.name = *outlined.name;
    else if (outlined.has_fqn)
        chunk.name = last_part(made.symbol);
    made.chunk_id = chunk_id(repository.id, path, chunk);
    return made;
}

void add_file(const Repository& repository, const StoredFile& file, const SymbolNames& names,
              ResidentGraphBuilder& builder) {
    std::vector<GraphChunk> chunks;
    std::vector<uint32_t> place(file.outline.chunks.size());  // among the live chunks
    for (size_t i = 0; i < file.outline.chunks.size(); i++) {
        place[i] = static_cast<uint32_t>(chunks.size());
        if (!file.outline.chunks[i].is_deleted)
            chunks.push_back(graph_chunk(repository, file.path, file.outline.chunks[i], names));
    }
    std::vector<GraphDependency> dependencies;
    for (const OutlineDependency& d : file.outline.dependencies)
        if (!file.outline.chunks[d.from].is_deleted)
            dependencies.push_back({place[d.from], names.of(d.target), names.of(d.relationship), d.confidence});
    builder.add_file(file.path, chunks, dependencies);
}

void want_names(const StoredFile& file, SymbolNames& names) {
    for (const OutlineChunk& chunk : file.outline.chunks) {
        names.want(chunk.symbol);
        names.want(chunk.kind);
    }
    for (const OutlineDependency& d : file.outline.dependencies) {
        names.want(d.target);
        names.want(d.relationship);
    }
}

}  // namespace

Task<ResidentGraph> load_graph(const Repository& repository, Digest root) {
    ResidentGraphBuilder builder;
    SymbolNames names;
    NodeStore nodes(repository.key);
    TreeCursor cursor(nodes, root);
    bool more = co_await cursor.next();
    while (more) {
        std::vector<Digest> digests;
        for (const TreeEntry& entry : cursor.entries())
            if (entry.value.number > 0) digests.push_back(entry.value.digest);
        std::vector<StoredFile> files = co_await find_files(repository, std::move(digests), With::outline);
        for (const StoredFile& file : files) want_names(file, names);
        co_await names.resolve(repository);
        for (const StoredFile& file : files) add_file(repository, file, names, builder);
        more = co_await cursor.next();
    }
    co_await checkpoint();
    co_return std::move(builder).build();
}

}  // namespace codegraph
