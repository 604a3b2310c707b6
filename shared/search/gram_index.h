// An inverted index of texts for substring search: it has the files of each gram.
//
// 1. A gram is three neighbouring bytes of a text, with ASCII letters in lower case.
// 2. A text counts as going on with NUL bytes behind its end. No text contains NUL. So every byte begins a gram, and
//    texts of one or two bytes are found by the grams that begin with them.
// 3. A segment is the index of up to a few thousand files. A file is named by its index in the segment, from 0 on.
// 4. The grams of a segment are packed into blocks of some kilobytes. Each block covers a range of grams, whether or
// not
//    they occur, and says where it ends. The blocks of a segment together cover all grams, so that a missing block
//    shows. The format stands at the head of gram_index.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace codegraph {

using Gram = uint32_t;
inline constexpr Gram gram_end = 1 << 24;  // greater than every gram

struct GramRange {
    Gram first, last;
};
// Returns the grams that a folded text of three or more bytes has, ascending.
std::vector<Gram> grams_of(std::string_view folded);
// Returns the grams that begin with a folded text of one or two bytes. A text that contains it has one of them.
GramRange grams_beginning_with(std::string_view folded);

// A set of files of a segment.
class FileSet {
public:
    FileSet(size_t size, bool all) : size_(size), words_((size + 63) / 64, all ? ~uint64_t(0) : 0) {
        if (all && size % 64 != 0) words_.back() >>= 64 - size % 64;
    }
    size_t size() const { return size_; }
    void add(size_t index) { words_[index / 64] |= uint64_t(1) << index % 64; }
    bool contains(size_t index) const { return (words_[index / 64] >> index % 64 & 1) != 0; }
    bool empty() const;
    void retain(const FileSet& other);
    std::vector<uint32_t> indexes() const;  // ascending

private:
    friend class GramBlockReader;
    size_t size_;
    std::vector<uint64_t> words_;
};

struct GramBlock {
    Gram first;  // the least gram that the block covers
    std::string body;
};

// Goes over the grams of a block. Throws corrupt() when the body does not decode.
class GramBlockReader {
public:
    GramBlockReader(Gram first, std::string_view body, size_t files);
    Gram end() const { return end_; }  // greater than every gram that the block covers
    bool next();                       // goes to the next gram; false when there is none
    Gram gram() const { return gram_; }
    void add_files(FileSet& files) const;  // adds the files of the gram

private:
    ByteReader in_;
    const size_t files_;
    bool started_ = false, is_bitmap_ = false;
    Gram gram_, end_;
    std::string_view list_;
};

// The index of one segment on its way: add_text() for each text of a file, then end_file(), which gives the file its
// index.
class GramIndexBuilder {
public:
    GramIndexBuilder();
    void add_text(std::string_view text);
    void end_file();
    size_t files() const { return files_; }
    std::vector<GramBlock> finish();  // uses the builder up

private:
    struct Postings {
        Gram gram;
        uint32_t next = 0;  // the least index that the list may still get
        uint32_t last_file = UINT32_MAX;
        std::string list;
    };
    Postings& postings_of(Gram gram);

    // The place in postings_ plus 1, or 0, by the first two bytes of a gram and then by the last. Few pairs occur.
    std::vector<std::unique_ptr<std::array<uint32_t, 256>>> places_;
    std::vector<Postings> postings_;
    uint32_t files_ = 0;
};

}  // namespace codegraph
