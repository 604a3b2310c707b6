#include "registry/registry.h"

#include "registry/readers.h"
#include "registry/writers.h"

namespace codegraph {

const std::vector<const CgFunction*>& all_functions() {
    static const std::vector<const CgFunction*> all = [] {
        std::vector<const CgFunction*> functions;
        for (const CgFunction& function : writer_functions) functions.push_back(&function);
        for (const CgFunction& function : reader_functions) functions.push_back(&function);
        return functions;
    }();
    return all;
}

const CgFunction* find_function(std::string_view name) {
    for (const CgFunction* function : all_functions())
        if (function->name == name) return function;
    return nullptr;
}

}  // namespace codegraph

extern "C" const CgFunction* codegraph_find_function(const char* name) noexcept {
    try {
        return codegraph::find_function(name);
    } catch (...) {
        return nullptr;
    }
}
