#include "operations/graph/rows.h"

#include <stdexcept>

namespace codegraph {

static Cell id_cell(const ResidentGraph& graph, ChunkNumber chunk, std::string& buffer) {
    buffer.clear();
    graph.append_chunk_id(chunk, buffer);
    return cell(buffer);
}

Cell ReachedRow::column(size_t column) const {
    switch (column) {
        case 0:
            return cell(reached_.depth);
        case 1:
            return is_external_ ? null_cell() : id_cell(graph_, chunk_, chunk_id_);
        case 2:
            return is_external_ ? cell(graph_.symbol_name(reached_.symbol)) : cell(graph_.fqn(chunk_));
        case 3:
            return is_external_ ? null_cell() : cell(graph_.kind(chunk_));
        case 4:
            return is_external_ ? null_cell() : cell(graph_.file_path(chunk_));
        case 5:
            return is_external_ ? null_cell() : cell(graph_.start_line(chunk_));
        case 6:
            return is_external_ ? null_cell() : cell(graph_.end_line(chunk_));
        case 7:
            return cell(graph_.symbol_name(reached_.via));
        case 8:
            return cell(graph_.relationship_name(reached_.label));
        case 9:
            return cell(is_external_ ? 1 : 0);
        default:
            throw std::out_of_range("no such column");
    }
}

Cell DependencyRow::column(size_t column) const {
    const Symbol target = dependency_.target;
    const bool is_external = graph_.is_external(target);
    switch (column) {
        case 0:
            return id_cell(graph_, dependency_.from, from_id_);
        case 1:
            return cell(graph_.fqn(dependency_.from));
        case 2:
            return is_external ? null_cell() : id_cell(graph_, graph_.chunks_of(target)[0], to_id_);
        case 3:
            return is_external ? cell(graph_.symbol_name(target)) : cell(graph_.fqn(graph_.chunks_of(target)[0]));
        case 4:
            return cell(graph_.relationship_name(dependency_.label));
        case 5:
            return cell(graph_.confidence(dependency_.label));
        case 6:
            return cell(is_external ? 1 : 0);
        default:
            throw std::out_of_range("no such column");
    }
}

}  // namespace codegraph
