#include "storage/own_hashes.h"

#include <algorithm>
#include <map>

#include "engine/request.h"
#include "model/own_content.h"
#include "storage/contents.h"
#include "storage/file_statements.h"

namespace codegraph {

namespace {

constexpr size_t contents_at_once = 32;

Task<std::optional<Digest>> hash_own(const NestedLines& nested, const Chunk& chunk, std::string_view content) {
    const std::vector<std::string_view> parts = nested.own_parts(chunk, content);
    if (parts.size() == 1 && parts[0].size() == content.size()) co_return std::nullopt;
    co_return co_await hash_parts(parts);
}

}  // namespace

Task<std::vector<OwnHash>> hash_own_contents(const Repository& repository, const FileVersion& file) {
    std::vector<OwnHash> hashes(file.chunks.size());
    const NestedLines nested(file);
    std::map<Digest, std::vector<size_t>> to_read;  // chunks by content
    for (size_t i = 0; i < file.chunks.size(); i++) {
        const Chunk& chunk = file.chunks[i];
        if (!nested.are_in(chunk.start_line, chunk.end_line)) continue;
        if (!chunk.content) {
            to_read[chunk.content_hash].push_back(i);
            hashes[i].is_known = false;
            continue;
        }
        hashes[i].hash = co_await hash_own(nested, chunk, *chunk.content);
    }
    for (auto next = to_read.begin(); next != to_read.end();) {
        Batch find(statements::find_contents);
        for (; next != to_read.end() && find.size() < contents_at_once; ++next)
            find.add(repository.key, blob_cell(next->first.view()));
        const Rows rows = co_await run(find);
        for (size_t row = 0; row < rows.size(); row++) {
            if (rows.cell(row, statements::find_contents["content"]).type != CG_TEXT) continue;
            const std::string_view content = rows.text(row, statements::find_contents["content"]);
            const Digest hash =
                Digest::from_bytes(rows.blob(row, statements::find_contents["hash"]), "a content's hash");
            const auto chunks = to_read.find(hash);
            const std::vector<std::string_view> whole(1, content);
            const Digest computed = co_await hash_parts(whole);
            if (chunks == to_read.end() || computed != hash) continue;
            for (size_t i : chunks->second) {
                hashes[i].hash = co_await hash_own(nested, file.chunks[i], content);
                hashes[i].is_known = true;
            }
        }
        co_await checkpoint();
    }
    co_return hashes;
}

}  // namespace codegraph
