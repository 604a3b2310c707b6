// SHA-256 through OpenSSL: one fetched algorithm a process, one reused context an object (half the cost of the one-shot
// call).
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace codegraph {

struct Digest {  // 32 bytes; ordered and compared by bytes
    std::array<unsigned char, 32> bytes{};
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
    static Digest from_bytes(std::string_view stored, const char* what);  // corrupt(what) unless 32 bytes
    static std::optional<Digest> from_hex(std::string_view text);         // 64 lower-case hexadecimal digits
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
    Digest finish();  // and begins anew
    Digest hash(std::string_view bytes) { return add(bytes).finish(); }

private:
    evp_md_ctx_st* context_;
};

}  // namespace codegraph
