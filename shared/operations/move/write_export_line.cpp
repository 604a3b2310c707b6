// Writes the lines of an export. A line leaves out what is NULL or has its default, as a digest does.
#include "operations/move/write_export_line.h"

#include "base/bytes.h"
#include "base/time.h"
#include "model/json_writer.h"

namespace codegraph {

namespace {

class LineWriter : public JsonWriter {
public:
    LineWriter(std::string_view repo_id, std::string_view kind) { open('{').field("repo_id", repo_id).key(kind); }
    std::string end() {
        close('}');
        return take();
    }
    LineWriter& open(char bracket) {
        JsonWriter::open(bracket);
        return *this;
    }
    LineWriter& field(std::string_view name, std::string_view value) {
        key(name).text(value);
        return *this;
    }
    LineWriter& optional_field(std::string_view name, const std::optional<std::string>& value) {
        if (value) field(name, *value);
        return *this;
    }
    LineWriter& field(std::string_view name, std::string_view value, std::string_view default_value) {
        return value == default_value ? *this : field(name, value);
    }
    LineWriter& field(std::string_view name, const Digest& value) { return field(name, to_hex(value.view())); }
    LineWriter& integer_field(std::string_view name, auto value) {
        key(name).integer(value);
        return *this;
    }
    LineWriter& real_field(std::string_view name, double value, double default_value) {
        if (value != default_value) key(name).real(value);
        return *this;
    }
    LineWriter& flag(std::string_view name, bool value) {
        if (value) key(name).truth();
        return *this;
    }
    LineWriter& attrs(std::string_view json) {
        if (json != "{}") key("attrs").raw(json);
        return *this;
    }
    LineWriter& time(std::string_view name, int64_t value) { return field(name, format_time(value)); }
};

void write(LineWriter& writer, const Chunk& chunk) {
    writer.open('{');
    if (chunk.start_line != 1) writer.integer_field("start_line", chunk.start_line);
    writer.integer_field("end_line", chunk.end_line).field("name", chunk.name);
    if (!chunk.explicit_id && chunk.occurrence != 1) writer.integer_field("number", chunk.occurrence);
    writer.optional_field("chunk_id", chunk.explicit_id)
        .field("kind", chunk.kind, "unknown")
        .optional_field("fqn", chunk.fqn)
        .field("language", chunk.language, "unknown")
        .optional_field("symbol_visibility", chunk.symbol_visibility)
        .optional_field("signature", chunk.signature)
        .field("content_hash", chunk.content_hash)
        .optional_field("summary", chunk.summary)
        .real_field("importance", chunk.importance, 0.5)
        .attrs(chunk.attrs)
        .flag("is_deleted", chunk.is_deleted);
    writer.close('}');
}

void write_texts(LineWriter& writer, std::string_view name, std::string_view first,
                 const std::vector<std::string>& others) {
    writer.key(name).open('[').text(first);
    for (const std::string& other : others) writer.text(other);
    writer.close(']');
}

void write_sites(LineWriter& writer, const std::vector<Site>& sites) {
    writer.key("sites").open('[');
    for (const Site& site : sites) {
        writer.open('[').integer(site.line);
        if (site.column > 0) writer.integer(site.column);
        if (site.end_column > 0) writer.integer(site.end_column);
        writer.close(']');
    }
    writer.close(']');
}

void write(LineWriter& writer, const OutgoingDependency& dependency) {
    writer.open('{').integer_field("from", dependency.from);
    if (dependency.alternatives.empty())
        writer.field("to", dependency.target, "");
    else
        write_texts(writer, "to", dependency.target, dependency.alternatives);
    writer.field("to_name", dependency.to_name, "")
        .field("relationship", dependency.relationship, "CALLS")
        .real_field("confidence", dependency.confidence, 1);
    if (!dependency.sites.empty()) write_sites(writer, dependency.sites);
    writer.close('}');
}

void write(LineWriter& writer, const Alias& alias) {
    writer.open('{').field("fqn", alias.fqn).key("to").open('[');
    for (const std::string& target : alias.targets) writer.text(target);
    writer.close(']');
    writer.flag("members", alias.members).close('}');
}

template <class Item>
void write_array(LineWriter& writer, std::string_view name, const std::vector<Item>& items) {
    writer.key(name).open('[');
    for (const Item& item : items) write(writer, item);
    writer.close(']');
}

}  // namespace

std::string write_export_line(std::string_view repo_id, const RepositoryLine& repository) {
    LineWriter writer(repo_id, "repository");
    writer.open('{')
        .field("name", repository.name)
        .optional_field("remote_url", repository.remote_url)
        .optional_field("local_path", repository.local_path)
        .field("default_branch", repository.default_branch)
        .time("created_at", repository.created_at)
        .time("updated_at", repository.updated_at);
    writer.close('}');
    // The format stands in front of everything: a reader that does not know the format looks no further.
    return "{\"codegraph_export\":" + std::to_string(export_format) + "," + writer.end().substr(1);
}

std::string write_export_line(std::string_view repo_id, const ContentLine& content) {
    LineWriter writer(repo_id, "content");
    writer.open('{').field("hash", content.hash).field("text", content.text).close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const FileLine& line) {
    const FileVersion& file = line.file;
    LineWriter writer(repo_id, "file");
    writer.open('{')
        .field("digest", line.digest)
        .field("file_path", file.path)
        .optional_field("file_hash", file.file_hash)
        .attrs(file.attrs)
        .flag("is_deleted", file.is_deleted)
        .time("indexed_at", line.indexed_at);
    write_array(writer, "chunks", file.chunks);
    write_array(writer, "dependencies", file.dependencies);
    if (!file.aliases.empty()) write_array(writer, "aliases", file.aliases);
    writer.close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const NodeLine& line) {
    LineWriter writer(repo_id, "tree_node");
    writer.open('{').field("hash", line.hash).integer_field("level", line.node.level).key("entries").open('[');
    for (const TreeEntry& entry : line.node.entries)
        writer.open('[').text(entry.key).text(to_hex(entry.value.digest.view())).integer(entry.value.count).close(']');
    writer.close(']').close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const Snapshot& snapshot) {
    LineWriter writer(repo_id, "snapshot");
    writer.open('{')
        .field("snapshot_id", snapshot.id)
        .optional_field("commit_hash", snapshot.commit_hash)
        .optional_field("branch_name", snapshot.branch_name)
        .optional_field("base_snapshot_id", snapshot.base_snapshot_id)
        .field("root", snapshot.root)
        .integer_field("revision", snapshot.revision)
        .flag("sealed", snapshot.sealed);
    if (snapshot.committed_at) writer.time("committed_at", *snapshot.committed_at);
    writer.attrs(snapshot.attrs)
        .time("created_at", snapshot.created_at)
        .time("updated_at", snapshot.updated_at)
        .close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const RevisionLine& line) {
    const LogEntry& entry = line.entry;
    LineWriter writer(repo_id, "revision");
    writer.open('{')
        .field("snapshot_id", line.snapshot_id)
        .integer_field("revision", entry.revision)
        .field("operation", entry.operation)
        .integer_field("file_count", entry.file_count)
        .optional_field("actor", entry.actor)
        .time("logged_at", entry.logged_at);
    if (entry.root_before) writer.field("root_before", *entry.root_before);
    writer.field("root_after", entry.root_after).close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const Ref& ref) {
    LineWriter writer(repo_id, "ref");
    writer.open('{')
        .field("ref", ref.name)
        .field("snapshot_id", ref.snapshot_id)
        .time("updated_at", ref.updated_at)
        .close('}');
    return writer.end();
}

std::string write_export_line(std::string_view repo_id, const CountsLine& counts) {
    LineWriter writer(repo_id, "end");
    writer.open('{')
        .integer_field("contents", counts.contents)
        .integer_field("files", counts.files)
        .integer_field("tree_nodes", counts.tree_nodes)
        .integer_field("snapshots", counts.snapshots)
        .integer_field("revisions", counts.revisions)
        .integer_field("refs", counts.refs)
        .close('}');
    return writer.end();
}

}  // namespace codegraph
