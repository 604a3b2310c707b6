#include "engine/progress.h"

#include "base/time.h"
#include "engine/request.h"

namespace codegraph {

static constexpr int64_t pause_milliseconds = 5000;

Task<> notice(std::string text) {
    Query<1> q{{CG_CHECKPOINT, {}, {}}, {cell(text)}};
    q.request.width = 1;
    q.request.height = 1;
    co_await q;
}

Progress::Progress() : shown_at_(now_milliseconds()) {}

Task<> Progress::report(std::string text) {
    const int64_t now = now_milliseconds();
    if (now >= shown_at_ && now - shown_at_ < pause_milliseconds) {
        co_await checkpoint();
        co_return;
    }
    shown_at_ = now;
    co_await notice(std::move(text));
}

}  // namespace codegraph
