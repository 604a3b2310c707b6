#include "operations/verify/file_pages.h"

#include <unordered_map>

#include "base/error.h"
#include "storage/file_statements.h"
#include "storage/stored_values.h"
#include "storage/verify_statements.h"

namespace codegraph {

FilePages::FilePages(const Repository& repository, Findings& findings)
    : repository_(repository),
      findings_(findings),
      pages_(repository, "files", statements::list_first_files, statements::list_next_files, findings) {}

void FilePages::read_file(const Rows& rows, size_t row) {
    constexpr const Statement& columns = statements::list_first_files;
    FileInPage& in_page = files_.emplace_back();
    StoredRow stored(rows, row);
    in_page.digest = stored.digest(columns["digest"]);
    in_page.key = stored.integer(columns["file_key"], is_key);
    in_page.file.path = stored.text(columns["path"]);
    in_page.file.file_hash = stored.optional_text(columns["file_hash"]);
    in_page.file.attrs = stored.attrs(columns["attrs"]);
    in_page.file.is_deleted = stored.integer(columns["is_deleted"], is_flag) != 0;
    in_page.chunk_count = stored.integer(columns["chunk_count"]);
    in_page.dependency_count = stored.integer(columns["dependency_count"]);
    stored.integer(columns["indexed_at"], is_time);
    const std::string_view outline = stored.blob(columns["outline"]);
    const bool has_sites = !stored.is_null(columns["sites"]);
    const std::string_view sites = has_sites ? stored.blob(columns["sites"]) : std::string_view();
    in_page.object = "file version " + format_value(rows.cell(row, columns["digest"])) + " of " + in_page.file.path;
    in_page.is_sound = !stored.report_problems(in_page.object, findings_);
    if (!in_page.is_sound) return;
    try {
        in_page.outline = decode_outline(unseal_outline(outline, in_page.digest, sha256_));
    } catch (const Error& error) {
        findings_.add(in_page.object, error);
    }
    if (!has_sites || !in_page.outline) return;
    try {
        in_page.sites =
            decode_sites(unseal_sites(sites, in_page.digest, sha256_), in_page.outline->dependencies.size());
    } catch (const Error& error) {
        findings_.add(in_page.object, error);
        in_page.has_sites = false;
    }
}

static Chunk read_chunk(StoredRow& stored) {
    constexpr const Statement& columns = statements::find_chunks_with_hash;
    Chunk chunk;
    chunk.explicit_id = stored.optional_text(columns["explicit_id"]);
    if (!stored.is_null(columns["number"]))
        chunk.occurrence = static_cast<uint64_t>(stored.integer(columns["number"], is_number));
    chunk.start_line = stored.integer(columns["start_line"]);
    chunk.end_line = stored.integer(columns["end_line"]);
    chunk.kind = stored.text(columns["kind"]);
    chunk.fqn = stored.optional_text(columns["fqn"]);
    chunk.name = stored.text(columns["name"]);
    chunk.language = stored.text(columns["language"]);
    chunk.symbol_visibility = stored.optional_text(columns["symbol_visibility"]);
    chunk.signature = stored.optional_text(columns["signature"]);
    stored.integer(columns["content_key"], is_key);
    if (!stored.is_null(columns["hash"])) chunk.content_hash = stored.digest(columns["hash"]);
    if (!stored.is_null(columns["own_hash"])) chunk.own_hash = stored.digest(columns["own_hash"]);
    chunk.summary = stored.optional_text(columns["summary"]);
    chunk.importance = stored.importance(columns["importance"]);
    chunk.is_deleted = stored.integer(columns["is_deleted"], is_flag) != 0;
    chunk.attrs = stored.attrs(columns["attrs"]);
    return chunk;
}

std::string problem_in_chunk(size_t ordinal, const std::string& problem) {
    return "chunk " + std::to_string(ordinal) + ": " + problem;
}

void FilePages::read_chunks(FileInPage& in_page, const Rows& rows, const std::vector<size_t>& of_file) {
    constexpr const Statement& columns = statements::find_chunks_with_hash;
    const size_t expected = in_page.outline ? in_page.outline->chunks.size() : of_file.size();
    std::vector<std::optional<Chunk>> found(expected);
    std::vector<bool> has_row(expected);
    for (size_t row : of_file) {
        StoredRow stored(rows, row);
        if (!stored.has_type(columns["ordinal"], CG_INTEGER)) {
            findings_.add(in_page.object, "a chunk row's ordinal is of the wrong type");
            continue;
        }
        const int64_t ordinal = rows.integer(row, columns["ordinal"]);
        if (ordinal < 0 || static_cast<uint64_t>(ordinal) >= expected) {
            findings_.add(in_page.object, "there is a row of chunk " + std::to_string(ordinal) + ", which it has not");
            continue;
        }
        const auto place = static_cast<size_t>(ordinal);
        has_row[place] = true;
        Chunk chunk = read_chunk(stored);
        for (const std::string& problem : stored.problems())
            findings_.add(in_page.object, problem_in_chunk(place, problem));
        if (!stored.problems().empty()) continue;
        if (stored.is_null(columns["explicit_id"]) == stored.is_null(columns["number"]))
            findings_.add(in_page.object, problem_in_chunk(place, "it needs either an explicit id or a number"));
        if (stored.is_null(columns["hash"]))
            findings_.add(in_page.object, problem_in_chunk(place, "its content is missing"));
        else
            found[place] = std::move(chunk);
    }
    in_page.has_all_chunks = true;
    for (size_t i = 0; i < expected; i++) {
        if (!has_row[i]) findings_.add(in_page.object, problem_in_chunk(i, "its row is missing"));
        if (found[i])
            in_page.file.chunks.push_back(*std::move(found[i]));
        else
            in_page.has_all_chunks = false;
    }
}

Task<> FilePages::load_chunks() {
    Batch find(statements::find_chunks_with_hash);
    std::unordered_map<int64_t, size_t> places;
    for (size_t i = 0; i < files_.size(); i++) {
        if (!places.emplace(files_[i].key, i).second) continue;
        find.add(repository_.key, files_[i].key);
    }
    Rows rows = co_await run(find);
    chunk_rows_ += static_cast<int64_t>(rows.size());
    std::vector<std::vector<size_t>> of_files(files_.size());
    for (size_t row = 0; row < rows.size(); row++) {
        const auto place = places.find(rows.integer(row, statements::find_chunks_with_hash["file_key"]));
        if (place != places.end())
            of_files[place->second].push_back(row);
        else
            findings_.add("chunks", "rows are out of order");
    }
    for (size_t i = 0; i < files_.size(); i++)
        if (files_[i].is_sound) read_chunks(files_[i], rows, of_files[i]);
}

Task<bool> FilePages::next() {
    files_.clear();
    const bool more = co_await pages_.next();
    if (!more) co_return false;
    for (size_t row = 0; row < pages_.rows().size(); row++) read_file(pages_.rows(), row);
    co_await load_chunks();
    co_return true;
}

}  // namespace codegraph
