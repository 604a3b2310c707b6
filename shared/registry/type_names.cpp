#include "registry/type_names.h"

namespace codegraph {

const char* postgres_type(Type type) {
    switch (type) {
        case Type::text:
            return "text";
        case Type::json:
            return "json";
        case Type::integer:
            return "integer";
        case Type::bigint:
            return "bigint";
        case Type::real:
            return "double precision";
        case Type::boolean:
            return "boolean";
        case Type::time:
            return "timestamptz";
    }
    return "";
}

const char* sqlite_type(Type type) {
    switch (type) {
        case Type::text:
        case Type::json:
        case Type::time:
            return "TEXT";
        case Type::integer:
        case Type::bigint:
            return "INTEGER";
        case Type::real:
            return "REAL";
        case Type::boolean:
            return "BOOLEAN";
    }
    return "";
}

}  // namespace codegraph
