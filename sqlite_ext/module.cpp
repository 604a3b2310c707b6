// Registers the functions of the registry with the connection that loads the module.
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#include "registry/registry.h"
#include "sqlite_ext/connection.h"
#include "sqlite_ext/debug_functions.h"
#include "sqlite_ext/scalar_functions.h"
#include "sqlite_ext/table_functions.h"

namespace codegraph::sqlite {

// Registers the keeper last. When the module is loaded a second time by a running statement (SELECT
// load_extension(...)), SQLite refuses to replace a function, and what was registered before must go on working.
static int register_all(const SharedConnection& connection) {
    for (const CgFunction* function : all_functions()) {
        int code = function->returns_rows() ? register_table_function(connection, *function)
                                            : register_scalar_function(connection, *function);
        if (code != SQLITE_OK) return code;
    }
    int code = register_debug_functions(connection);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_module_v2(connection->db, keeper_name, &keeper_module, new SharedConnection(connection),
                                    [](void* shared) { delete static_cast<SharedConnection*>(shared); });
}

}  // namespace codegraph::sqlite

extern "C" __attribute__((visibility("default"))) int sqlite3_codegraph_init(sqlite3* db, char** error,
                                                                             const sqlite3_api_routines* api) {
    SQLITE_EXTENSION_INIT2(api)
    using namespace codegraph::sqlite;
    constexpr int oldest = 3035000;  // RETURNING
    if (sqlite3_libversion_number() < oldest) {
        *error = sqlite3_mprintf("codegraph needs SQLite 3.35 or newer, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    // Nothing is thrown before the core has looked whether that is possible: glibc gives out a library half initialised
    // when an earlier dlopen() of it failed for want of memory.
    OwnedSession session(codegraph_session_new(CG_SQLITE));
    if (!session) return SQLITE_NOMEM;
    try {
        int code = register_all(std::make_shared<Connection>(db, std::move(session)));
        if (code != SQLITE_OK)
            *error = sqlite3_mprintf("codegraph cannot register its functions: %s", sqlite3_errmsg(db));
        return code;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}
