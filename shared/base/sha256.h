// Computes SHA-256 with OpenSSL. A process fetches the algorithm once, and an object uses its context again: this costs
// half as much as the one-shot call.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace codegraph {

// A SHA-256. Digests are compared byte by byte.
struct Digest {
    std::array<unsigned char, 32> bytes{};
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
    // Throws corrupt() with `what` unless there are 32 bytes.
    static Digest from_bytes(std::string_view stored, const char* what);
    // Returns nothing unless the text is 64 lower-case hexadecimal digits.
    static std::optional<Digest> from_hex(std::string_view text);
    auto operator<=>(const Digest&) const = default;
};

struct DigestHash {
    size_t operator()(const Digest& digest) const noexcept;
};

class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;
    Sha256& add(std::string_view bytes);
    // Returns the digest of what was added, and begins anew.
    Digest finish();
    // Returns the digest of what was added and of these bytes, and begins anew.
    Digest hash(std::string_view bytes) { return add(bytes).finish(); }

private:
    evp_md_ctx_st* context_;
};

}  // namespace codegraph
