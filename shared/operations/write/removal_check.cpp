#include "operations/write/removal_check.h"

#include "base/error.h"
#include "operations/common/session.h"

namespace codegraph {

Task<> check_may_remove(const Arguments& arguments) {
    if (session_of(arguments).open_operations > 1)
        throw Error(ErrorKind::lock_not_had, "another codegraph call of this connection is still open",
                    "Finish or reset the statement that reads, and try again.");
    co_await refuse_old_views();
}

}  // namespace codegraph
