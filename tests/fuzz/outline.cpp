// The outline and the sites of a file version: what decodes is what it encodes to; the seal fits no other bytes.
#include "model/outline.h"
#include "fuzz.h"

void codegraph::fuzz(std::string_view input) {
    static Sha256 sha256;
    const Digest digest = sha256.hash("a file version");
    const auto unsealed = result_or_error({ErrorKind::data_corrupted},
                                          [&] { return std::string(unseal_outline(input, digest, sha256)); });
    FUZZ_EXPECT(!unsealed || input.starts_with(*unsealed));

    const auto sites = result_or_error({ErrorKind::data_corrupted}, [&] { return decode_sites(input, 1000); });
    FUZZ_EXPECT(!sites || encode_sites(*sites) == input);

    const auto outline = result_or_error({ErrorKind::data_corrupted}, [&] { return decode_outline(input); });
    if (!outline) return;
    std::string encoded = encode_outline(*outline);
    FUZZ_EXPECT(encoded == input);
    seal_outline(encoded, digest, sha256);
    FUZZ_EXPECT(unseal_outline(encoded, digest, sha256) == input);
}
