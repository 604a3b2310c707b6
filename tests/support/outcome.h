// outcome_of(call) makes a call and returns how it ended: "ok", or the SQLSTATE and the message of the Error that it
// threw. Another exception passes through and fails the test.
#pragma once
#include <string>

#include "base/error.h"

namespace codegraph {

template <class Call>
std::string outcome_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(sqlstate_of(error.kind)) + " " + error.what();
    }
    return "ok";
}

}  // namespace codegraph
