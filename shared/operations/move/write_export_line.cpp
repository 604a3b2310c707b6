// Writing the lines of an export. As in a digest, what is NULL or has its default is left out.
#include "operations/move/export_lines.h"

#include "base/bytes.h"
#include "base/time.h"
#include "model/json_writer.h"
#include "storage/repository_statements.h"

namespace codegraph {

namespace {

class Line : public JsonWriter {
public:
    Line(std::string_view repo_id, std::string_view kind) { open('{').field("repo_id", repo_id).key(kind); }
    std::string end() {
        close('}');
        return take();
    }
    Line& open(char bracket) {
        JsonWriter::open(bracket);
        return *this;
    }
    Line& field(std::string_view name, std::string_view value) {
        key(name).text(value);
        return *this;
    }
    Line& optional_field(std::string_view name, const std::optional<std::string>& value) {
        if (value) field(name, *value);
        return *this;
    }
    Line& field(std::string_view name, std::string_view value, std::string_view default_value) {
        return value == default_value ? *this : field(name, value);
    }
    Line& field(std::string_view name, const Digest& value) { return field(name, to_hex(value.view())); }
    Line& integer_field(std::string_view name, auto value) {
        key(name).integer(value);
        return *this;
    }
    Line& real_field(std::string_view name, double value, double default_value) {
        if (value != default_value) key(name).real(value);
        return *this;
    }
    Line& flag(std::string_view name, bool value) {
        if (value) key(name).truth();
        return *this;
    }
    Line& attrs(std::string_view json) {
        if (json != "{}") key("attrs").raw(json);
        return *this;
    }
    Line& time(std::string_view name, int64_t value) { return field(name, format_time(value)); }
};

void write(Line& line, const Chunk& chunk) {
    line.open('{');
    if (chunk.start_line != 1) line.integer_field("start_line", chunk.start_line);
    line.integer_field("end_line", chunk.end_line).field("name", chunk.name);
    if (!chunk.explicit_id && chunk.number != 1) line.integer_field("number", chunk.number);
    line.optional_field("chunk_id", chunk.explicit_id)
        .field("kind", chunk.kind, "unknown")
        .optional_field("fqn", chunk.fqn)
        .field("language", chunk.language, "unknown")
        .optional_field("symbol_visibility", chunk.symbol_visibility)
        .field("content_hash", chunk.content_hash)
        .optional_field("summary", chunk.summary)
        .real_field("importance", chunk.importance, 0.5)
        .attrs(chunk.attrs)
        .flag("is_deleted", chunk.is_deleted);
    line.close('}');
}

void write(Line& line, const OutgoingDependency& dependency) {
    line.open('{')
        .integer_field("from", dependency.from)
        .field("to", dependency.target)
        .field("relationship", dependency.relationship, "CALLS")
        .real_field("confidence", dependency.confidence, 1);
    line.close('}');
}

template <class Item>
void write_array(Line& line, std::string_view name, const std::vector<Item>& items) {
    line.key(name).open('[');
    for (const Item& item : items) write(line, item);
    line.close(']');
}

}  // namespace

MovedRepository read_moved_repository(const Rows& rows) {
    constexpr const Statement& columns = statements::find_repository_row;
    return {std::string(rows.text(0, columns["name"])),   rows.optional_text(0, columns["remote_url"]),
            rows.optional_text(0, columns["local_path"]), std::string(rows.text(0, columns["default_branch"])),
            rows.integer(0, columns["created_at"]),       rows.integer(0, columns["updated_at"])};
}

std::string export_line(std::string_view repo_id, const MovedRepository& repository) {
    Line line(repo_id, "repository");
    line.open('{')
        .field("name", repository.name)
        .optional_field("remote_url", repository.remote_url)
        .optional_field("local_path", repository.local_path)
        .field("default_branch", repository.default_branch)
        .time("created_at", repository.created_at)
        .time("updated_at", repository.updated_at);
    line.close('}');
    // In front of everything: a reader that does not know the format looks no further.
    return "{\"codegraph_export\":" + std::to_string(export_format) + "," + line.end().substr(1);
}

std::string export_line(std::string_view repo_id, const MovedContent& content) {
    Line line(repo_id, "content");
    line.open('{').field("hash", content.hash).field("text", content.text).close('}');
    return line.end();
}

std::string export_line(std::string_view repo_id, const MovedFile& moved) {
    const FileVersion& file = moved.file;
    Line line(repo_id, "file");
    line.open('{')
        .field("digest", moved.digest)
        .field("file_path", file.path)
        .optional_field("file_hash", file.file_hash)
        .attrs(file.attrs)
        .flag("is_deleted", file.is_deleted)
        .time("indexed_at", moved.indexed_at);
    write_array(line, "chunks", file.chunks);
    write_array(line, "dependencies", file.dependencies);
    line.close('}');
    return line.end();
}

std::string export_line(std::string_view repo_id, const MovedNode& moved) {
    Line line(repo_id, "tree_node");
    line.open('{').field("hash", moved.hash).integer_field("level", moved.node.level).key("entries").open('[');
    for (const TreeEntry& entry : moved.node.entries)
        line.open('[').text(entry.key).text(to_hex(entry.value.digest.view())).integer(entry.value.number).close(']');
    line.close(']').close('}');
    return line.end();
}

std::string export_line(std::string_view repo_id, const Snapshot& snapshot) {
    Line line(repo_id, "snapshot");
    line.open('{')
        .field("snapshot_id", snapshot.id)
        .optional_field("commit_hash", snapshot.commit_hash)
        .optional_field("branch_name", snapshot.branch_name)
        .optional_field("base_snapshot_id", snapshot.base_snapshot_id)
        .field("root", snapshot.root)
        .integer_field("revision", snapshot.revision)
        .flag("sealed", snapshot.sealed);
    if (snapshot.committed_at) line.time("committed_at", *snapshot.committed_at);
    line.attrs(snapshot.attrs)
        .time("created_at", snapshot.created_at)
        .time("updated_at", snapshot.updated_at)
        .close('}');
    return line.end();
}

std::string export_line(std::string_view repo_id, const MovedRevision& moved) {
    const LogEntry& entry = moved.entry;
    Line line(repo_id, "revision");
    line.open('{')
        .field("snapshot_id", moved.snapshot_id)
        .integer_field("revision", entry.revision)
        .field("operation", entry.operation)
        .integer_field("file_count", entry.file_count)
        .optional_field("actor", entry.actor)
        .time("logged_at", entry.logged_at);
    if (entry.root_before) line.field("root_before", *entry.root_before);
    line.field("root_after", entry.root_after).close('}');
    return line.end();
}

std::string export_line(std::string_view repo_id, const MovedCounts& counts) {
    Line line(repo_id, "end");
    line.open('{')
        .integer_field("contents", counts.contents)
        .integer_field("files", counts.files)
        .integer_field("tree_nodes", counts.tree_nodes)
        .integer_field("snapshots", counts.snapshots)
        .integer_field("revisions", counts.revisions)
        .close('}');
    return line.end();
}

}  // namespace codegraph
