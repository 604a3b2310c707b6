// What a call came to, as text: "ok", or the SQLSTATE and the message of the Error that it threw. Any other exception
// fails the test by passing through.
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
