// SHA-256 against the published examples, and the reuse of one context.
#include "base/sha256.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "outcome.h"

namespace codegraph {
namespace {

TEST(Sha256, GivesThePublishedDigests) {
    Sha256 sha256;
    auto hex = [&](std::string_view text) { return to_hex(sha256.hash(text).view()); };
    EXPECT_EQ(hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, BeginsAnewAfterEachDigestAndTakesPieces) {
    Sha256 sha256;
    Digest whole = sha256.hash("abcdef");
    EXPECT_EQ(sha256.add("ab").add("").add("cdef").finish(), whole);
    EXPECT_EQ(sha256.hash("abcdef"), whole);
    EXPECT_NE(sha256.hash("abcde"), whole);
}

TEST(Digests, AreThirtyTwoBytesAndOrderAsBytes) {
    EXPECT_EQ(outcome_of([] { Digest::from_bytes(std::string(31, 'x'), "a root"); }),
              "XX001 data corrupted: a root is not 32 bytes long");
    EXPECT_EQ(outcome_of([] { Digest::from_bytes(std::string(33, 'x'), "a root"); }),
              "XX001 data corrupted: a root is not 32 bytes long");
    Digest low = Digest::from_bytes(std::string(32, '\x01'), "x"),
           high = Digest::from_bytes(std::string(32, '\xFE'), "x");
    EXPECT_LT(low, high);
    EXPECT_EQ(high.view(), std::string(32, '\xFE'));
    EXPECT_NE(DigestHash()(low), DigestHash()(high));
}

}  // namespace
}  // namespace codegraph
