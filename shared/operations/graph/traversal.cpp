#include "operations/graph/traversal.h"

#include "model/relationship.h"

namespace codegraph {

std::vector<std::string> relationships_argument(const Arguments& arguments, size_t place) {
    if (std::optional<std::string_view> list = arguments.optional_text(place)) return parse_relationships(*list);
    return {};
}

TraversalOptions traversal_options(const Arguments& arguments, size_t place, Direction direction) {
    TraversalOptions options;
    options.direction = direction;
    options.max_depth = arguments.optional_integer(place);
    if (options.max_depth) check_max_depth(*options.max_depth);
    options.relationships = relationships_argument(arguments, place + 1);
    options.min_confidence = arguments.real(place + 2);
    check_min_confidence(options.min_confidence);
    return options;
}

}  // namespace codegraph
