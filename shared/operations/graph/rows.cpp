#include "operations/graph/rows.h"

#include <stdexcept>

#include "signatures/readers.h"

namespace codegraph {

static Cell id_cell(const ResidentGraph& graph, ChunkIndex chunk, std::string& buffer) {
    buffer.clear();
    graph.append_chunk_id(chunk, buffer);
    return cell(buffer);
}

Cell ReachedRow::column(size_t column) const {
    switch (column) {
        case reached_columns["depth"]:
            return cell(reached_.depth);
        case reached_columns["chunk_id"]:
            return is_external_ ? null_cell() : id_cell(graph_, chunk_, chunk_id_);
        case reached_columns["fqn"]:
            return is_external_ ? cell(graph_.symbol_name(reached_.symbol)) : cell(graph_.fqn(chunk_));
        case reached_columns["kind"]:
            return is_external_ ? null_cell() : cell(graph_.kind(chunk_));
        case reached_columns["file_path"]:
            return is_external_ ? null_cell() : cell(graph_.file_path(chunk_));
        case reached_columns["start_line"]:
            return is_external_ ? null_cell() : cell(graph_.start_line(chunk_));
        case reached_columns["end_line"]:
            return is_external_ ? null_cell() : cell(graph_.end_line(chunk_));
        case reached_columns["via"]:
            return arrival_ ? cell(arrival_->via) : cell(graph_.symbol_name(reached_.via));
        case reached_columns["relationship"]:
            return arrival_ ? cell(arrival_->relationship) : cell(graph_.relationship_name(reached_.label));
        case reached_columns["score"]:
            return cell(score_);
        case reached_columns["is_external"]:
            return cell(is_external_ ? 1 : 0);
        default:
            throw std::out_of_range("no such column");
    }
}

Cell DependencyRow::column(size_t column) const {
    const Symbol target = dependency_.target;
    const bool is_unbound = target == no_name, is_external = is_unbound || graph_.is_external(target);
    switch (column) {
        case dependency_columns["from_chunk_id"]:
            return id_cell(graph_, dependency_.from, from_id_);
        case dependency_columns["from_fqn"]:
            return cell(graph_.fqn(dependency_.from));
        case dependency_columns["to_chunk_id"]:
            return is_external ? null_cell() : id_cell(graph_, graph_.chunks_of(target)[0], to_id_);
        case dependency_columns["to_fqn"]:
            if (is_unbound) return null_cell();
            return is_external ? cell(graph_.symbol_name(target)) : cell(graph_.fqn(graph_.chunks_of(target)[0]));
        case dependency_columns["relationship"]:
            return cell(graph_.relationship_name(dependency_.label));
        case dependency_columns["confidence"]:
            return cell(graph_.confidence(dependency_.label));
        case dependency_columns["is_external"]:
            return cell(is_external ? 1 : 0);
        case dependency_columns["candidates"]:
            candidates_.clear();
            append_json(graph_.saved_names(dependency_), candidates_);
            return cell(candidates_);
        default:
            throw std::out_of_range("no such column");
    }
}

Cell SymbolRow::column(size_t column) const {
    switch (column) {
        case symbol_columns["chunk_id"]:
            return id_cell(graph_, chunk_, id_);
        case symbol_columns["file_path"]:
            return cell(graph_.file_path(chunk_));
        case symbol_columns["start_line"]:
            return cell(graph_.start_line(chunk_));
        case symbol_columns["end_line"]:
            return cell(graph_.end_line(chunk_));
        case symbol_columns["kind"]:
            return cell(graph_.kind(chunk_));
        case symbol_columns["fqn"]:
            return cell(graph_.fqn(chunk_));
        case symbol_columns["name"]:
            return cell(name_);
        default:
            throw std::out_of_range("no such column");
    }
}

}  // namespace codegraph
