// One call of one SQL function: the operation, and the transaction it runs in. Steps the operation from row to row and
// serves its requests.
#pragma once
#include <memory>
#include <optional>
#include <span>

#include "engine/function.h"
#include "sqlite_ext/connection.h"
#include "sqlite_ext/savepoint.h"

namespace codegraph::sqlite {

class Call {
public:
    enum class Kind { scalar, cursor };
    Call(SharedConnection connection, const CgFunction& function, std::span<const CgCell> arguments, Kind kind);

    // True: there is a row. False: the end, or `outcome` says what went wrong, and everything is undone.
    bool next_row(Outcome& outcome);
    bool cell(size_t column, CgCell& cell) const {  // of the row, until the next step; false: memory is out
        return codegraph_row_cell(codegraph_operation_request(operation_.get()), column, &cell);
    }

private:
    bool step(Outcome& outcome);
    Outcome answer(CgStep step);
    Outcome inject_fault();
    Outcome enter();
    Outcome begin();
    Outcome finish();

    struct Destroy {
        void operator()(CgOperation* operation) const noexcept { codegraph_operation_destroy(operation); }
    };
    SharedConnection connection_;  // outlives the call, whatever its SQL does
    const CgFunction& function_;
    const Kind kind_;
    int64_t requests_ = 0;
    bool store_exists_ = true;
    std::optional<Savepoint> savepoint_;
    std::optional<ReadView> view_;
    std::unique_ptr<CgOperation, Destroy> operation_;
};

}  // namespace codegraph::sqlite
