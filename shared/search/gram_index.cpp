// The body of a block:
//
//     format 01
//     varint how many grams the block covers, from its first on
//     for each gram that occurs, ascending: varint gram minus the one before (the first: minus the block's first gram);
//         varint 2 * size of the list in bytes, + 1 when it is a bitmap; the list
//     list: for each file, ascending: varint index minus the least that it could be
//     bitmap: a bit for each file of the segment, from the least of the first byte on
//
// A list is kept in the form that is shorter.
#include "search/gram_index.h"

#include <algorithm>
#include <bit>

#include "search/substring.h"

namespace codegraph {

namespace {

constexpr char format = 1;
constexpr size_t block_bytes = 4096;  // a block is closed when it has as many

unsigned char byte_at(std::string_view text, size_t i) {
    return i < text.size() ? fold_case(static_cast<unsigned char>(text[i])) : 0;
}

}  // namespace

std::vector<Gram> grams_of(std::string_view folded) {
    std::vector<Gram> grams;
    for (size_t i = 0; i + 3 <= folded.size(); i++)
        grams.push_back(Gram(byte_at(folded, i)) << 16 | Gram(byte_at(folded, i + 1)) << 8 | byte_at(folded, i + 2));
    std::ranges::sort(grams);
    grams.erase(std::unique(grams.begin(), grams.end()), grams.end());
    return grams;
}

GramRange grams_beginning_with(std::string_view folded) {
    const Gram first = Gram(byte_at(folded, 0)) << 16 | Gram(byte_at(folded, 1)) << 8;
    return {first, first | (folded.size() == 1 ? 0xFFFFU : 0xFFU)};
}

bool FileSet::empty() const {
    return std::ranges::all_of(words_, [](uint64_t word) { return word == 0; });
}

void FileSet::retain(const FileSet& other) {
    for (size_t i = 0; i < words_.size(); i++) words_[i] &= other.words_[i];
}

std::vector<uint32_t> FileSet::indexes() const {
    std::vector<uint32_t> indexes;
    for (size_t i = 0; i < words_.size(); i++)
        for (uint64_t word = words_[i]; word != 0; word &= word - 1)
            indexes.push_back(static_cast<uint32_t>(i * 64 + static_cast<size_t>(std::countr_zero(word))));
    return indexes;
}

// --- reading

GramBlockReader::GramBlockReader(Gram first, std::string_view body, size_t files)
    : in_(body, "a block of the content index"), files_(files), gram_(first) {
    if (in_.byte() != format) in_.fail("its format is unknown");
    const uint64_t covered = in_.varint();
    if (first >= gram_end || covered == 0 || covered > gram_end - first) in_.fail("it covers what are no grams");
    end_ = first + static_cast<Gram>(covered);
}

bool GramBlockReader::next() {
    if (in_.at_end()) return false;
    const uint64_t step = in_.varint();
    if (started_ && step == 0) in_.fail("its grams do not ascend");
    if (step >= end_ - gram_) in_.fail("it has a gram that it does not cover");
    started_ = true;
    gram_ += static_cast<Gram>(step);
    const uint64_t size = in_.varint();
    is_bitmap_ = (size & 1) != 0;
    list_ = in_.take(size / 2);
    return true;
}

void GramBlockReader::add_files(FileSet& files) const {
    if (is_bitmap_) {
        if (list_.size() != (files_ + 7) / 8) in_.fail("a bitmap has another size");
        for (size_t i = 0; i < list_.size(); i++)
            files.words_[i / 8] |= uint64_t(static_cast<unsigned char>(list_[i])) << i % 8 * 8;
        if (files_ % 64 != 0 && files.words_.back() >> files_ % 64 != 0) in_.fail("a bitmap has too many bits");
        return;
    }
    ByteReader list(list_, "a list of the content index");
    uint64_t next = 0;
    while (!list.at_end()) {
        const uint64_t step = list.varint();
        if (step >= files_ || next + step >= files_) list.fail("it names a file that is not there");
        files.add(next + step);
        next += step + 1;
    }
}

// --- building

GramIndexBuilder::GramIndexBuilder() : places_(size_t(1) << 16) {}

GramIndexBuilder::Postings& GramIndexBuilder::postings_of(Gram gram) {
    auto& page = places_[gram >> 8];
    if (!page) page = std::make_unique<std::array<uint32_t, 256>>();
    uint32_t& place = (*page)[gram & 0xFF];
    if (place == 0) {
        postings_.push_back({gram, 0, UINT32_MAX, {}});
        place = static_cast<uint32_t>(postings_.size());
    }
    return postings_[place - 1];
}

void GramIndexBuilder::add_text(std::string_view text) {
    Gram gram = Gram(byte_at(text, 0)) << 8 | byte_at(text, 1);
    for (size_t i = 0; i < text.size(); i++) {
        gram = (gram << 8 | byte_at(text, i + 2)) & 0xFFFFFF;
        Postings& postings = postings_of(gram);
        if (postings.last_file == files_) continue;
        append_varint(postings.list, files_ - postings.next);
        postings.next = files_ + 1;
        postings.last_file = files_;
    }
}

void GramIndexBuilder::end_file() {
    files_++;
}

static std::string bitmap_of(std::string_view list, size_t files) {
    std::string bitmap((files + 7) / 8, '\0');
    ByteReader in(list, "a list");
    for (uint64_t next = 0; !in.at_end(); next++) {
        next += in.varint();
        bitmap[next / 8] = static_cast<char>(bitmap[next / 8] | 1 << next % 8);
    }
    return bitmap;
}

// Puts format and end in front of the lists of each block.
static void complete(std::vector<GramBlock>& blocks) {
    for (size_t i = 0; i < blocks.size(); i++) {
        std::string body(1, format);
        append_varint(body, (i + 1 < blocks.size() ? blocks[i + 1].first : gram_end) - blocks[i].first);
        blocks[i].body.insert(0, body);
    }
}

std::vector<GramBlock> GramIndexBuilder::finish() {
    std::ranges::sort(postings_, {}, &Postings::gram);
    std::vector<GramBlock> blocks(1);
    Gram before = 0;
    for (Postings& postings : postings_) {
        if (blocks.back().body.size() >= block_bytes) {
            blocks.push_back({postings.gram, {}});
            before = postings.gram;
        }
        const bool as_bitmap = postings.list.size() > (files_ + 7) / 8;
        const std::string list = as_bitmap ? bitmap_of(postings.list, files_) : std::move(postings.list);
        std::string& body = blocks.back().body;
        append_varint(body, postings.gram - before);
        append_varint(body, list.size() * 2 + (as_bitmap ? 1 : 0));
        body += list;
        before = postings.gram;
    }
    complete(blocks);
    return blocks;
}

}  // namespace codegraph
