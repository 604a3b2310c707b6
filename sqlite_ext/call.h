// Runs one call of one SQL function. A Call steps the operation from row to row, serves its requests, and gives a
// writer a savepoint and a scalar reader a read view.
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

    // Goes on to the next row. Returns false at the end, and after an error, which `outcome` then tells; what a writer
    // did is undone by then.
    bool next_row(Outcome& outcome);
    // Reads a column of the row. The cell is valid until the next row. Returns false when memory is out.
    bool cell(size_t column, CgCell& cell) const {
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
    SharedConnection connection_;  // keeps the connection's state alive, whatever the call's SQL does
    const CgFunction& function_;
    const Kind kind_;
    int64_t requests_ = 0;
    bool store_exists_ = true;
    std::optional<Savepoint> savepoint_;
    std::optional<ReadView> view_;
    std::unique_ptr<CgOperation, Destroy> operation_;
};

}  // namespace codegraph::sqlite
