#include "storage/contents.h"

#include <algorithm>
#include <numeric>

#include "base/bytes.h"
#include "base/error.h"
#include "engine/changes.h"
#include "engine/long_sort.h"
#include "storage/file_statements.h"
#include "storage/sequences.h"
#include "storage/stored_values.h"

namespace codegraph {

void ContentKeys::want(const Digest& hash, std::optional<std::string_view> text) {
    const auto [place, is_new] = places_.try_emplace(hash, contents_.size());
    if (is_new)
        contents_.push_back({hash, text});
    else if (Content& content = contents_[place->second]; !content.text)
        content.text = text;
}

// Finds the keys of those that are stored.
Task<> ContentKeys::find(const Repository& repository, const std::vector<size_t>& places) {
    constexpr const Statement& columns = statements::find_content_keys;
    Batch find(columns);
    for (size_t place : places) find.add(repository.key, blob_cell(contents_[place].hash.view()));
    Rows rows = co_await run(find);
    for (size_t row = 0; row < rows.size(); row++) {
        const Digest hash = Digest::from_bytes(rows.blob(row, columns["hash"]), "a content's hash");
        const size_t place = find_stored(places_, hash, "a content is another one than was asked for");
        contents_[place].key = read_key(rows, row, columns["content_key"]);
    }
}

void ContentKeys::leave_out_found(std::vector<size_t>& places) const {
    std::erase_if(places, [this](size_t place) { return contents_[place].key != 0; });
}

// Gives keys to contents, which come in the order of their hashes. Brings them into the order of their keys.
Task<> ContentKeys::draw_keys(std::vector<size_t>& places) {
    constexpr const Statement& columns = statements::draw_content_keys;
    Rows drawn = co_await query(columns, places.size());
    if (drawn.size() < places.size()) throw corrupt("the database gives no keys of contents");
    if (read_flag(drawn, 0, columns["is_alone"])) co_await sort_in_pieces(places, std::less<size_t>());
    for (size_t i = 0; i < places.size(); i++) contents_[places[i]].key = read_key(drawn, i, columns["content_key"]);
}

// Inserts contents with their keys. Where another writer made one meanwhile, finds its key. Returns how many it
// inserted.
Task<size_t> ContentKeys::insert(const Repository& repository, const std::vector<size_t>& places) {
    Batch insert(statements::insert_contents);
    for (size_t place : places) {
        const Content& content = contents_[place];
        insert.add(repository.key, content.key, blob_cell(content.hash.view()), content.text);
    }
    Rows inserted = co_await run(insert);
    const auto count = static_cast<size_t>(inserted.changed);
    if (count == places.size()) co_return count;
    for (size_t place : places) contents_[place].key = 0;
    co_await find(repository, places);
    if (std::ranges::any_of(places, [this](size_t place) { return contents_[place].key == 0; })) {
        co_await check_given_keys(content_keys, repository.key, places.size(), count);
        throw rows_skipped_by(statements::insert_contents);
    }
    co_return count;
}

Task<size_t> ContentKeys::resolve(const Repository& repository) {
    std::vector<size_t> missing(contents_.size());
    std::iota(missing.begin(), missing.end(), size_t(0));
    leave_out_found(missing);
    const auto by_hash = [this](size_t a, size_t b) { return contents_[a].hash < contents_[b].hash; };
    co_await sort_in_pieces(missing, by_hash);
    co_await find(repository, missing);
    leave_out_found(missing);
    if (missing.empty()) co_return 0;
    for (size_t place : missing)
        if (!contents_[place].text) throw missing_content(contents_[place].hash);
    co_await draw_keys(missing);
    co_return co_await insert(repository, missing);
}

Error missing_content(const Digest& hash) {
    return missing("the content " + to_hex(hash.view()) + " is missing");
}

Error wrong_content(const Digest& hash) {
    return corrupt("the content " + to_hex(hash.view()) + " does not match its hash");
}

Task<Digest> hash_parts(std::span<const std::string_view> parts) {
    constexpr size_t part_size = 1 << 20;
    Sha256 sha256;
    size_t hashed = 0;
    for (std::string_view part : parts)
        while (!part.empty()) {
            const std::string_view piece = part.substr(0, part_size);
            sha256.add(piece);
            part.remove_prefix(piece.size());
            hashed += piece.size();
            if (hashed < part_size) continue;
            hashed = 0;
            co_await checkpoint();
        }
    co_return sha256.finish();
}

Task<Contents> load_contents(const Repository& repository, std::span<const Digest> hashes) {
    constexpr const Statement& columns = statements::find_contents;
    std::unordered_map<Digest, std::optional<std::string_view>, DigestHash> texts;
    Batch find(columns);
    for (const Digest& hash : hashes)
        if (texts.try_emplace(hash).second) find.add(repository.key, blob_cell(hash.view()));
    Contents contents;
    contents.answer = co_await run(find);
    const Rows& rows = contents.answer;
    for (size_t row = 0; row < rows.size(); row++) {
        const Digest hash = Digest::from_bytes(rows.blob(row, columns["hash"]), "a content's hash");
        const std::vector<std::string_view> text(1, rows.text(row, columns["content"]));
        const Digest computed = co_await hash_parts(text);
        if (computed != hash) throw wrong_content(hash);
        find_stored(texts, hash, "a content is another one than was asked for") = text[0];
    }
    for (const Digest& hash : hashes) {
        const std::optional<std::string_view> text = texts.at(hash);
        if (!text) throw missing_content(hash);
        contents.texts.push_back(*text);
    }
    co_return contents;
}

}  // namespace codegraph
