#include "binding/text_table.h"

#include "base/error.h"

namespace codegraph {

void TextTable::reserve(size_t texts, size_t bytes) {
    bytes_.reserve(bytes);
    starts_.reserve(texts + 1);
    fingerprints_.reserve(texts);
    places_.reserve(texts);
}

TextTable::Text TextTable::find(std::string_view text, Fingerprint fingerprint) const {
    return places_.find(fingerprint, [&](Text number) { return (*this)[number] == text; });
}

TextTable::Text TextTable::find(std::string_view text) const {
    return find(text, fingerprints::of_text(text));
}

TextTable::Text TextTable::intern(std::string_view text) {
    const Fingerprint fingerprint = fingerprints::of_text(text);
    const Text known = find(text, fingerprint);
    if (known != none) return known;
    if (bytes_.size() + text.size() >= none) throw Error(ErrorKind::not_supported, "more than 4 GB of names");
    bytes_ += text;
    starts_.push_back(static_cast<uint32_t>(bytes_.size()));
    fingerprints_.push_back(fingerprint);
    places_.push(fingerprint);
    return size() - 1;
}

void TextTable::truncate(uint32_t size) {
    while (fingerprints_.size() > size) {
        places_.pop(fingerprints_.back());
        fingerprints_.pop_back();
    }
    starts_.resize(size_t{size} + 1);
    bytes_.resize(starts_.back());
}

size_t TextTable::bytes() const {
    return bytes_.capacity() + (starts_.capacity() + fingerprints_.capacity()) * sizeof(uint32_t) + places_.bytes();
}

}  // namespace codegraph
