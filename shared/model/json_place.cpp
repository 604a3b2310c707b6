#include "model/json_place.h"

#include "base/error.h"

namespace codegraph {

std::string Place::words() const {
    if (!outer_) return std::string(name_);
    std::string words = outer_->words();
    switch (step_) {
        case Step::field:
            return words + "." + std::string(name_);
        case Step::member:
            return words + "[" + quote(name_) + "]";
        case Step::element:
            break;
    }
    return words + "[" + std::to_string(index_) + "]";
}

}  // namespace codegraph
