// Is this valid UTF-8 (no surrogates, no overlong forms)?
#pragma once
#include <string_view>

namespace codegraph {
bool is_utf8(std::string_view text) noexcept;
}
