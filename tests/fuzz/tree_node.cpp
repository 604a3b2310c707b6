// The body of a tree node: what decodes is the one body of that node.
#include "fuzz.h"
#include "tree/node.h"

void codegraph::fuzz(std::string_view input) {
    const auto node = result_or_error({ErrorKind::data_corrupted}, [&] { return decode_node(input); });
    if (!node) return;
    FUZZ_EXPECT(encode_node(*node) == input);
    for (size_t i = 1; i < node->entries.size(); i++) FUZZ_EXPECT(node->entries[i - 1].key < node->entries[i].key);
    result_or_error({ErrorKind::data_corrupted}, [&] { return entries_below(*node); });
}
