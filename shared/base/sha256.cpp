#include "base/sha256.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <atomic>
#include <cstring>
#include <new>

#include "base/error.h"

namespace codegraph {

// Fetches the algorithm, which a process needs to do once. A fetch that failed for want of memory is tried again.
static EVP_MD* algorithm() {
    static std::atomic<EVP_MD*> fetched = nullptr;
    if (EVP_MD* known = fetched.load(std::memory_order_acquire)) return known;
    // OpenSSL 3.0 writes to address 0 when its own beginning failed for want of memory, unless it is asked first.
    const bool has_begun = OPENSSL_init_crypto(0, nullptr) && OSSL_LIB_CTX_get0_global_default();
    EVP_MD* mine = has_begun ? EVP_MD_fetch(nullptr, "SHA256", nullptr) : nullptr;
    if (!mine) {
        ERR_clear_error();
        return nullptr;
    }
    EVP_MD* first = nullptr;
    if (fetched.compare_exchange_strong(first, mine)) return mine;
    EVP_MD_free(mine);  // another thread was first
    return first;
}

// Throws when OpenSSL refuses. Of SHA-256, which every OpenSSL has, it refuses only what there is no memory for.
static void check(bool ok) {
    if (ok) return;
    ERR_clear_error();  // the queue is the host's as well
    throw std::bad_alloc();
}

Digest Digest::from_bytes(std::string_view stored, const char* what) {
    Digest digest;
    if (stored.size() != digest.bytes.size()) throw corrupt(std::string(what) + " is not 32 bytes long");
    std::memcpy(digest.bytes.data(), stored.data(), stored.size());
    return digest;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<Digest> Digest::from_hex(std::string_view text) {
    Digest digest;
    if (text.size() != 2 * digest.bytes.size()) return std::nullopt;
    for (size_t i = 0; i < digest.bytes.size(); i++) {
        int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest.bytes[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return digest;
}

size_t DigestHash::operator()(const Digest& digest) const noexcept {
    size_t hash;
    std::memcpy(&hash, digest.bytes.data(), sizeof hash);
    return hash;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_) throw std::bad_alloc();
    EVP_MD* const sha256 = algorithm();
    if (sha256 && EVP_DigestInit_ex2(context_, sha256, nullptr)) return;
    EVP_MD_CTX_free(context_);
    check(false);
}

Sha256::~Sha256() {
    EVP_MD_CTX_free(context_);
}

Sha256& Sha256::add(std::string_view bytes) {
    check(EVP_DigestUpdate(context_, bytes.data(), bytes.size()));
    return *this;
}

Digest Sha256::finish() {
    Digest digest;
    check(EVP_DigestFinal_ex(context_, digest.bytes.data(), nullptr));
    check(EVP_DigestInit_ex2(context_, algorithm(), nullptr));
    return digest;
}

}  // namespace codegraph
