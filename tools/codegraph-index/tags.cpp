#include "tags.h"

#include <nlohmann/json.hpp>

namespace codegraph::index {
namespace {

std::string text_field(const nlohmann::json& object, const char* name) {
    auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    return found->get<std::string>();
}

std::uint32_t line_field(const nlohmann::json& object, const char* name) {
    auto found = object.find(name);
    if (found == object.end() || !found->is_number_unsigned()) return 0;
    auto line = found->get<std::uint64_t>();
    return line > 0x7fffffff ? 0 : static_cast<std::uint32_t>(line);
}

}  // namespace

std::optional<Tag> parse_tag(std::string_view json_line) {
    nlohmann::json object = nlohmann::json::parse(json_line, nullptr, false);
    if (!object.is_object() || text_field(object, "_type") != "tag") return std::nullopt;
    Tag tag;
    tag.name = text_field(object, "name");
    tag.kind = text_field(object, "kind");
    tag.scope = text_field(object, "scope");
    tag.scope_kind = text_field(object, "scopeKind");
    tag.access = text_field(object, "access");
    tag.inherits = text_field(object, "inherits");
    tag.typeref = text_field(object, "typeref");
    tag.line = line_field(object, "line");
    tag.end = line_field(object, "end");
    tag.file_only = object.contains("file");
    if (tag.name.empty() || tag.kind.empty() || tag.line == 0) return std::nullopt;
    return tag;
}

}  // namespace codegraph::index
