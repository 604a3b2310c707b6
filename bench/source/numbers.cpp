#include "numbers.h"

#include <cmath>
#include <cstdio>

namespace codegraph::bench {

std::string number(double value) {
    char digits[64];
    const double size = std::fabs(value);
    const int decimals = size == 0 || size >= 100 ? 0
                         : size >= 10             ? 1
                         : size >= 1              ? 2
                                                  : 2 - static_cast<int>(std::floor(std::log10(size)));
    std::snprintf(digits, sizeof digits, "%.*f", decimals, value);
    std::string text = digits;
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
        return text;
    }
    for (size_t i = text.size(); i > 3 + (text[0] == '-'); i -= 3) text.insert(i - 3, 1, ',');
    return text;
}

}  // namespace codegraph::bench
