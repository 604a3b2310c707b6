#include "operations/move/read_export_line.h"

#include <functional>
#include <unordered_set>

#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "engine/pace.h"
#include "model/chunk_id.h"
#include "model/json_facts.h"
#include "model/json_reader.h"
#include "model/names.h"
#include "model/relationship.h"
#include "storage/stored_values.h"

namespace codegraph {

namespace {

// `attrs` may be as deep as callers may give them, and stand a few levels below the top of a line.
constexpr size_t line_depth = json_depth + 5;

enum class Presence { required, optional };
struct Field {
    std::string_view name;
    Presence presence;
    std::function<void(JsonValue&)> take;
    std::function<Task<>(JsonValue&)> take_in_steps = {};  // for what may be long
};
constexpr auto required = Presence::required, optional = Presence::optional;

// The fields must outlive the task.
Task<> read_object(JsonValue value, std::span<const Field> fields) {
    std::vector<std::string_view> names;
    for (const Field& field : fields) names.push_back(field.name);
    std::vector<bool> seen(names.size());
    JsonFields members(value, names);
    while (std::optional<JsonValue> member = members.next()) {
        const Field& field = fields[members.index()];
        seen[members.index()] = true;
        if (field.take_in_steps) {
            co_await field.take_in_steps(*member);
            continue;
        }
        if (value.json.is_next_long()) co_await value.json.read_ahead();
        field.take(*member);
    }
    for (size_t i = 0; i < fields.size(); i++)
        if (!seen[i] && fields[i].presence == required) throw missing_field(value.place, fields[i].name);
}

Digest read_digest(JsonValue& value) {
    std::string text = value.text();
    std::optional<Digest> digest = Digest::from_hex(text);
    if (!digest) throw invalid(value.place.words() + " " + quote(text) + " is not 64 lower-case hexadecimal digits");
    return *digest;
}

int64_t read_time(JsonValue& value) {
    std::string text = value.text();
    std::optional<int64_t> time = parse_time(text);
    if (!time) throw invalid(value.place.words() + " " + quote(text) + " is not a time");
    return *time;
}

std::string read_name(JsonValue& value, size_t limit) {
    std::string name = value.text();
    check_name(value.place, name, limit);
    return name;
}

std::string read_short_text(JsonValue& value) {  // may be empty
    std::string text = value.text();
    check_length(value.place, text, name_limit);
    return text;
}

std::string read_attrs(JsonValue& value) {
    std::string attrs = value.object_text();
    check_json(value.place.words(), attrs);
    return attrs;
}

uint64_t read_count(JsonValue& value) {
    return static_cast<uint64_t>(value.integer(0, INT64_MAX));
}

// Throws where the digest that the line claims is not the computed one.
void check_digest(const Place& place, const Digest& claimed, const Digest& computed) {
    if (claimed != computed)
        throw invalid(place.words() + " " + quote(to_hex(claimed.view())) + " is not that of what the line holds, " +
                      quote(to_hex(computed.view())));
}

// --- repository and content

Task<RepositoryLine> read_repository(JsonValue value) {
    RepositoryLine r;
    const Field fields[] = {
        {"name", required, [&](JsonValue& v) { r.name = read_name(v, name_limit); }},
        {"remote_url", optional, [&](JsonValue& v) { r.remote_url = v.text(); }},
        {"local_path", optional, [&](JsonValue& v) { r.local_path = v.text(); }},
        {"default_branch", required, [&](JsonValue& v) { r.default_branch = read_name(v, name_limit); }},
        {"created_at", required, [&](JsonValue& v) { r.created_at = read_time(v); }},
        {"updated_at", required, [&](JsonValue& v) { r.updated_at = read_time(v); }},
    };
    co_await read_object(value, fields);
    co_return r;
}

Task<ContentLine> read_content(JsonValue value) {
    ContentLine content;
    const Place place = value.place;
    const Field fields[] = {
        {"hash", required, [&](JsonValue& v) { content.hash = read_digest(v); }},
        {"text", required, [&](JsonValue& v) { content.text = v.text(); }},
    };
    co_await read_object(value, fields);
    check_digest(Place::field(place, "hash"), content.hash, Sha256().hash(content.text));
    co_return content;
}

// --- file versions

Task<Chunk> read_chunk(JsonValue value) {
    Chunk c;
    bool has_number = false;
    const Place place = value.place;
    const Field fields[] = {
        {"start_line", optional, [&](JsonValue& v) { c.start_line = v.line(); }},
        {"end_line", required, [&](JsonValue& v) { c.end_line = v.line(); }},
        {"name", required, [&](JsonValue& v) { c.name = read_name(v, name_limit); }},
        {"number", optional,
         [&](JsonValue& v) { c.occurrence = uint64_t(v.integer(1, INT64_MAX)), has_number = true; }},
        {"chunk_id", optional, [&](JsonValue& v) { c.explicit_id = read_name(v, name_limit); }},
        {"kind", optional, [&](JsonValue& v) { c.kind = read_name(v, name_limit); }},
        {"fqn", optional, [&](JsonValue& v) { c.fqn = read_name(v, name_limit); }},
        {"language", optional, [&](JsonValue& v) { c.language = read_name(v, name_limit); }},
        {"symbol_visibility", optional, [&](JsonValue& v) { c.symbol_visibility = read_short_text(v); }},
        {"signature", optional, [&](JsonValue& v) { c.signature = read_name(v, signature_limit); }},
        {"content_hash", required, [&](JsonValue& v) { c.content_hash = read_digest(v); }},
        {"summary", optional, [&](JsonValue& v) { c.summary = v.text(); }},
        {"importance", optional, [&](JsonValue& v) { c.importance = v.fraction(); }},
        {"attrs", optional, [&](JsonValue& v) { c.attrs = read_attrs(v); }},
        {"is_deleted", optional, [&](JsonValue& v) { c.is_deleted = v.boolean(); }},
    };
    co_await read_object(value, fields);
    if (c.end_line < c.start_line)
        throw invalid(place.words() + ": end_line " + std::to_string(c.end_line) + " is before start_line " +
                      std::to_string(c.start_line));
    if (c.explicit_id && has_number) throw invalid(place.words() + " has both \"chunk_id\" and \"number\"");
    co_return c;
}

// Reads a name, or an array of names.
void read_candidates(JsonValue& value, OutgoingDependency& d) {
    if (value.is_text()) {
        d.target = read_name(value, SIZE_MAX);
        return;
    }
    std::vector<std::string> names = read_names(value);
    d.target = std::move(names.front());
    d.alternatives.assign(std::move_iterator(names.begin() + 1), std::move_iterator(names.end()));
}

Task<OutgoingDependency> read_dependency(JsonValue value) {
    OutgoingDependency d;
    const Field fields[] = {
        {"from", required, [&](JsonValue& v) { d.from = read_count(v); }},
        {"to", optional, [&](JsonValue& v) { read_candidates(v, d); }},
        {"to_name", optional, [&](JsonValue& v) { d.to_name = read_name(v, name_limit); }},
        {"relationship", optional,
         [&](JsonValue& v) {
             d.relationship = v.text();
             check_relationship(d.relationship);
         }},
        {"confidence", optional, [&](JsonValue& v) { d.confidence = v.fraction(); }},
        {"sites", optional, [&](JsonValue& v) { d.sites = read_sites(v); }},
    };
    const Place place = value.place;
    co_await read_object(value, fields);
    if (!d.has_candidates() && d.to_name.empty()) throw missing_field(place, "to");
    co_return d;
}

Task<Alias> read_alias(JsonValue value) {
    Alias alias;
    const Field fields[] = {
        {"fqn", required, [&](JsonValue& v) { alias.fqn = read_name(v, name_limit); }},
        {"to", required,
         [&](JsonValue& v) {
             const Place place = v.place;
             alias.targets = read_names(v);
             for (const std::string& target : alias.targets) check_length(place, target, name_limit);
         }},
        {"members", optional, [&](JsonValue& v) { alias.members = v.boolean(); }},
    };
    co_await read_object(value, fields);
    co_return alias;
}

Task<FileLine> read_file(JsonValue value) {
    FileLine line;
    FileVersion& f = line.file;
    const Field fields[] = {
        {"digest", required, [&](JsonValue& v) { line.digest = read_digest(v); }},
        {"file_path", required,
         [&](JsonValue& v) {
             f.path = v.text();
             check_path(v.place, f.path);
         }},
        {"file_hash", optional, [&](JsonValue& v) { f.file_hash = read_name(v, hash_limit); }},
        {"attrs", optional, [&](JsonValue& v) { f.attrs = read_attrs(v); }},
        {"is_deleted", optional, [&](JsonValue& v) { f.is_deleted = v.boolean(); }},
        {"indexed_at", required, [&](JsonValue& v) { line.indexed_at = read_time(v); }},
        {"chunks", required, {}, [&](JsonValue& v) { return read_elements(v, f.chunks, read_chunk); }},
        {"dependencies", required, {}, [&](JsonValue& v) { return read_elements(v, f.dependencies, read_dependency); }},
        {"aliases", optional, {}, [&](JsonValue& v) { return read_elements(v, f.aliases, read_alias); }},
    };
    co_await read_object(value, fields);
    co_return line;
}

// Checks that no explicit id is the computed id of its chunk, and that no two chunks have one id.
Task<> check_ids(Place place, std::string_view repo_id, const FileVersion& file) {
    std::unordered_set<std::string> ids;
    Pace pace;
    for (const Chunk& chunk : file.chunks) {
        if (pace.is_due()) co_await checkpoint();
        std::string id = chunk_id(repo_id, file.path, chunk);
        if (chunk.explicit_id) {
            Chunk same = chunk;
            set_id(same, id, default_id(repo_id, file.path, chunk));
            if (!same.explicit_id) throw invalid(place.words() + ": chunk_id " + quote(id) + " is the computed one");
        }
        if (!ids.insert(std::move(id)).second)
            throw duplicate_chunk_id(chunk_id(repo_id, file.path, chunk), "in one file");
    }
}

Task<> check_file(Place place, std::string_view repo_id, FileLine& line) {
    FileVersion& file = line.file;
    Pace pace;
    for (const OutgoingDependency& d : file.dependencies) {
        if (pace.is_due()) co_await checkpoint();
        if (d.from >= file.chunks.size())
            throw invalid(place.words() + ": a dependency starts in chunk " + std::to_string(d.from) + " of " +
                          std::to_string(file.chunks.size()));
        if (!has_computed_form(repo_id, d.target)) check_length(place.words() + ": to", d.target, name_limit);
        for (const std::string& name : d.alternatives)
            if (!has_computed_form(repo_id, name)) check_length(place.words() + ": to", name, name_limit);
    }
    for (const Chunk& chunk : file.chunks)
        if (file.is_deleted && !chunk.is_deleted)
            throw invalid(place.words() + " is soft-deleted and has a chunk that is not");
    co_await check_ids(place, repo_id, file);
    make_canonical(file);
    Sha256 sha256;
    check_digest(Place::field(place, "digest"), line.digest, digest_of(file, repo_id, sha256));
}

// --- tree nodes

Task<TreeEntry> read_entry(JsonValue value) {
    TreeEntry entry;
    size_t count = 0;
    const Place place = value.place;
    JsonElements parts(value);
    while (std::optional<JsonValue> part = parts.next()) {
        if (count == 0) entry.key = read_name(*part, name_limit);
        if (count == 1) entry.value.digest = read_digest(*part);
        if (count == 2) entry.value.count = read_count(*part);
        ++count;
    }
    if (count != 3) throw invalid(place.words() + " must be a path, a digest and a number");
    co_return entry;
}

Task<NodeLine> read_node(JsonValue value) {
    NodeLine line;
    std::vector<TreeEntry>& entries = line.node.entries;
    const Place place = value.place;
    const Field fields[] = {
        {"hash", required, [&](JsonValue& v) { line.hash = read_digest(v); }},
        {"level", required, [&](JsonValue& v) { line.node.level = unsigned(v.integer(0, 255)); }},
        {"entries", required, {}, [&](JsonValue& v) { return read_elements(v, entries, read_entry); }},
    };
    co_await read_object(value, fields);
    if (entries.size() < (line.node.level == 0 ? 1 : 2)) throw invalid(place.words() + ".entries are too few");
    for (size_t i = 1; i < entries.size(); i++)
        if (entries[i].key <= entries[i - 1].key)
            throw invalid(place.words() + ".entries must ascend: " + quote(entries[i].key) + " comes after " +
                          quote(entries[i - 1].key));
    check_digest(Place::field(place, "hash"), line.hash, Sha256().hash(encode_node(line.node)));
    co_return line;
}

// --- snapshots, revisions, refs, the end

Task<Snapshot> read_snapshot(JsonValue value) {
    Snapshot s;
    const Field fields[] = {
        {"snapshot_id", required, [&](JsonValue& v) { s.id = read_name(v, id_limit); }},
        {"commit_hash", optional, [&](JsonValue& v) { s.commit_hash = read_short_text(v); }},
        {"branch_name", optional, [&](JsonValue& v) { s.branch_name = read_short_text(v); }},
        {"base_snapshot_id", optional, [&](JsonValue& v) { s.base_snapshot_id = read_name(v, id_limit); }},
        {"root", required, [&](JsonValue& v) { s.root = read_digest(v); }},
        {"revision", required, [&](JsonValue& v) { s.revision = v.integer(0, greatest_revision); }},
        {"sealed", optional, [&](JsonValue& v) { s.sealed = v.boolean(); }},
        {"committed_at", optional, [&](JsonValue& v) { s.committed_at = read_time(v); }},
        {"attrs", optional, [&](JsonValue& v) { s.attrs = read_attrs(v); }},
        {"created_at", required, [&](JsonValue& v) { s.created_at = read_time(v); }},
        {"updated_at", required, [&](JsonValue& v) { s.updated_at = read_time(v); }},
    };
    co_await read_object(value, fields);
    if (s.base_snapshot_id == s.id) throw invalid("snapshot " + quote(s.id) + " cannot be its own base");
    co_return s;
}

Task<RevisionLine> read_revision_line(JsonValue value) {
    RevisionLine line;
    LogEntry& r = line.entry;
    const Place place = value.place;
    const Field fields[] = {
        {"snapshot_id", required, [&](JsonValue& v) { line.snapshot_id = read_name(v, id_limit); }},
        {"revision", required, [&](JsonValue& v) { r.revision = v.integer(0, greatest_revision); }},
        {"operation", required, [&](JsonValue& v) { r.operation = read_name(v, name_limit); }},
        {"file_count", required, [&](JsonValue& v) { r.file_count = v.integer(0, INT64_MAX); }},
        {"actor", optional, [&](JsonValue& v) { r.actor = v.text(); }},
        {"logged_at", required, [&](JsonValue& v) { r.logged_at = read_time(v); }},
        {"root_before", optional, [&](JsonValue& v) { r.root_before = read_digest(v); }},
        {"root_after", required, [&](JsonValue& v) { r.root_after = read_digest(v); }},
    };
    co_await read_object(value, fields);
    if ((r.revision == 0) == r.root_before.has_value())
        throw invalid(place.words() +
                      (r.revision == 0 ? " 0 has a root_before" : " has no root_before and is not the first"));
    co_return line;
}

Task<Ref> read_ref_line(JsonValue value) {
    Ref r;
    const Field fields[] = {
        {"ref", required,
         [&](JsonValue& v) {
             r.name = v.text();
             check_ref(v.place, r.name);
         }},
        {"snapshot_id", required, [&](JsonValue& v) { r.snapshot_id = read_name(v, id_limit); }},
        {"updated_at", required, [&](JsonValue& v) { r.updated_at = read_time(v); }},
    };
    co_await read_object(value, fields);
    co_return r;
}

Task<CountsLine> read_counts(JsonValue value) {
    CountsLine c;
    const Field fields[] = {
        {"contents", required, [&](JsonValue& v) { c.contents = read_count(v); }},
        {"files", required, [&](JsonValue& v) { c.files = read_count(v); }},
        {"tree_nodes", required, [&](JsonValue& v) { c.tree_nodes = read_count(v); }},
        {"snapshots", required, [&](JsonValue& v) { c.snapshots = read_count(v); }},
        {"revisions", required, [&](JsonValue& v) { c.revisions = read_count(v); }},
        {"refs", required, [&](JsonValue& v) { c.refs = read_count(v); }},
    };
    co_await read_object(value, fields);
    co_return c;
}

// Throws where the line has a format that is not ours.
void read_format(JsonValue& value) {
    int64_t format = value.integer(1, INT64_MAX);
    if (format != export_format)
        throw Error(ErrorKind::not_supported,
                    "an export of format " + std::to_string(format) + "; this version of codegraph reads format " +
                        std::to_string(export_format),
                    "Import it with the version that wrote it, or a later one.");
}

}  // namespace

// Reads what a line is about.
template <class Item>
Task<> read_item(JsonValue value, ExportLine& line, size_t& items, Task<Item> (*read)(JsonValue)) {
    line.item = co_await read(value);
    ++items;
}

Task<ExportLine> read_export_line(std::string_view argument, std::string_view json) {
    JsonText text = co_await JsonText::check(argument, json, line_depth);
    ExportLine line;
    size_t items = 0;
    bool has_format = false;
    auto item = [&](std::string_view name, auto read) {
        return Field{name, optional, {}, [&, read](JsonValue& value) { return read_item(value, line, items, read); }};
    };
    const Field fields[] = {
        {"codegraph_export", optional, [&](JsonValue& v) { read_format(v), has_format = true; }},
        {"repo_id", required, [&](JsonValue& v) { line.repo_id = read_name(v, id_limit); }},
        item("repository", read_repository),
        item("content", read_content),
        item("file", read_file),
        item("tree_node", read_node),
        item("snapshot", read_snapshot),
        item("revision", read_revision_line),
        item("ref", read_ref_line),
        item("end", read_counts),
    };
    const Place place(argument);
    const JsonValue root{text, place};
    co_await read_object(root, fields);
    if (items != 1)
        throw invalid(place.words() +
                      " must have one of repository, content, file, tree_node, snapshot, revision, ref and end");
    if (std::holds_alternative<RepositoryLine>(line.item) != has_format)
        throw invalid(place.words() + (has_format ? " has the field \"codegraph_export\", which is for the first line"
                                                  : " has no \"codegraph_export\""));
    if (auto* file = std::get_if<FileLine>(&line.item))
        co_await check_file(Place::field(place, "file"), line.repo_id, *file);
    co_return line;
}

}  // namespace codegraph
