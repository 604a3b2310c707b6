// Tells a long loop when a checkpoint is due:
//     Pace pace;
//     for (const Item& item : items) {
//         work_on(item);
//         if (pace.is_due()) co_await checkpoint();
//     }
#pragma once
#include <cstddef>

#include "engine/request.h"

namespace codegraph {

class Pace {
public:
    // Adds work, in items that take about a microsecond each. Returns true when about 20 milliseconds of it have passed
    // since it last did.
    bool is_due(size_t items = 1) {
        done_ += items;
        if (done_ < items_between_checkpoints) return false;
        done_ = 0;
        return true;
    }

private:
    static constexpr size_t items_between_checkpoints = 1 << 14;
    size_t done_ = 0;
};

}  // namespace codegraph
