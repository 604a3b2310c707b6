#include "base/sha256.h"

#include <openssl/evp.h>

#include <cstring>
#include <new>

#include "base/error.h"

namespace codegraph {

static const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (!fetched) throw Error(ErrorKind::internal, "OpenSSL has no SHA-256");
    return fetched;
}

static void check(int ok) {
    if (!ok) throw Error(ErrorKind::internal, "OpenSSL failed to compute a SHA-256");
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
    if (!EVP_DigestInit_ex2(context_, algorithm(), nullptr)) {
        EVP_MD_CTX_free(context_);
        throw Error(ErrorKind::internal, "OpenSSL failed to begin a SHA-256");
    }
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
    check(EVP_DigestInit_ex2(context_, nullptr, nullptr));
    return digest;
}

}  // namespace codegraph
