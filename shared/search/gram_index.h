// An inverted index of texts for substring search: for each gram the files that have it. A gram is three neighbouring
// bytes of a text, ASCII letters in lower case. Behind its end a text is taken to go on with NUL bytes, which no text
// has, so that every byte begins a gram and texts of one or two bytes are found by the grams that begin with them.
//
// A segment is the index of up to a few thousand files, numbered from 0; its grams are packed into blocks of some
// kilobytes. The format stands at the head of gram_index.cpp.
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

struct GramRange {
    Gram first, last;
};
// The grams that a folded text of three or more bytes has, ascending.
std::vector<Gram> grams_of(std::string_view folded);
// Those of which a text has one when a folded text of one or two bytes is in it.
GramRange grams_beginning_with(std::string_view folded);

// A set of files of a segment, by number.
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
    Gram first;
    std::string body;
};

// Goes over the grams of a block. A body that does not decode is corrupt().
class GramBlockReader {
public:
    GramBlockReader(Gram first, std::string_view body, size_t files);
    bool next();  // to the next gram; false: there is none
    Gram gram() const { return gram_; }
    void add_files(FileSet& files) const;  // of the gram

private:
    ByteReader in_;
    const size_t files_;
    bool started_ = false, is_bitmap_ = false;
    Gram gram_;
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
    std::vector<GramBlock> finish();  // and is used up

private:
    struct Postings {
        Gram gram;
        uint32_t next = 0;  // the least number that is not in the list
        uint32_t last_file = UINT32_MAX;
        std::string list;
    };
    Postings& postings_of(Gram gram);

    // By the first two bytes, then the last: place in postings_ + 1. Few pairs occur.
    std::vector<std::unique_ptr<std::array<uint32_t, 256>>> places_;
    std::vector<Postings> postings_;
    uint32_t files_ = 0;
};

}  // namespace codegraph
