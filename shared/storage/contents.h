// Loads contents by their hashes, finds their keys, and stores the contents that are not there yet. A key is good only
// within the operation that asked for it.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"
#include "base/sha256.h"
#include "engine/request.h"
#include "storage/repository.h"

namespace codegraph {

class ContentKeys {
public:
    // The text may be left out where the content is stored. It must outlive resolve().
    void want(const Digest& hash, std::optional<std::string_view> text);
    // Gets the keys of all that were wanted, in two or three requests. Contents that are new get keys in the order in
    // which they were wanted, so that what is read together lies together. Where others write at the same time they get
    // keys in the order of their hashes, in which all writers insert. Returns how many are new. Throws corrupt() when a
    // content without a text is not stored.
    Task<size_t> resolve(const Repository& repository);
    int64_t key_of(const Digest& hash) const { return contents_[places_.find(hash)->second].key; }

private:
    struct Content {
        Digest hash;
        std::optional<std::string_view> text;
        int64_t key = 0;  // none yet
    };
    Task<> find(const Repository& repository, const std::vector<size_t>& places);
    void leave_out_found(std::vector<size_t>& places) const;
    Task<> draw_keys(std::vector<size_t>& places);
    Task<size_t> insert(const Repository& repository, const std::vector<size_t>& places);

    std::vector<Content> contents_;  // in the order in which they were wanted
    std::unordered_map<Digest, size_t, DigestHash> places_;
};

Error missing_content(const Digest& hash);
Error wrong_content(const Digest& hash);  // it does not match its hash

// Returns the SHA-256 of a text in parts. Looks for interrupts meanwhile.
Task<Digest> hash_parts(std::span<const std::string_view> parts);

struct Contents {
    Rows answer;
    std::vector<std::string_view> texts;  // views into it
};
// Returns contents in the order of the hashes, of which one may come twice. Throws corrupt() when one is missing or
// does not match its hash.
Task<Contents> load_contents(const Repository& repository, std::span<const Digest> hashes);

}  // namespace codegraph
