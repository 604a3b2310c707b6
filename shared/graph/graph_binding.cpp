#include "graph/graph_binding.h"

namespace codegraph {

size_t GraphBinding::bytes() const {
    const auto held = [](const auto& vector) { return vector.capacity() * sizeof(vector[0]); };
    size_t bytes = other_names.capacity() + held(other_ends) + held(other_places) + held(families) + held(aliases) +
                   held(alias_targets) + lists.bytes() + held(list_symbols) + held(is_by_name) + held(questions) +
                   asked.bytes() + held(unbound);
    for (const std::string& family : families) bytes += family.capacity();
    return bytes;
}

}  // namespace codegraph
