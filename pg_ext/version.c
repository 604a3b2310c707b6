#include "pg_ext/version.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "catalog/pg_extension.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/rel.h"
#include "utils/syscache.h"

/* Counts the changes of pg_proc that this backend has heard of, from 1 on. pg_extension itself has no cache whose
   invalidation could be heard. */
static uint64 changes = 0;
static uint64 checked_at = 0; /* is the count at the last check that found no difference */

static void count_change(Datum argument, int cache, uint32 hash) {
    changes++;
}

/* Returns the version of the extension in this database, or NULL where it has none. */
static char* installed_version(void) {
    Relation extensions = table_open(ExtensionRelationId, AccessShareLock);
    char* version = NULL;
    ScanKeyData name;
    SysScanDesc scan;
    HeapTuple row;

    ScanKeyInit(&name, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ, CStringGetDatum("codegraph"));
    scan = systable_beginscan(extensions, ExtensionNameIndexId, true, NULL, 1, &name);
    row = systable_getnext(scan);
    if (HeapTupleIsValid(row)) {
        bool is_null;
        Datum value = heap_getattr(row, Anum_pg_extension_extversion, RelationGetDescr(extensions), &is_null);

        if (!is_null) version = TextDatumGetCString(value);
    }
    systable_endscan(scan);
    table_close(extensions, AccessShareLock);
    return version;
}

void check_version(void) {
    uint64 now;
    char* version;

    if (changes == 0) {
        CacheRegisterSyscacheCallback(PROCOID, count_change, (Datum)0);
        changes = 1;
    }
    if (checked_at == changes) return;
    now = changes; /* a change that is heard of during the check is not covered by it */
    version = installed_version();
    if (version && strcmp(version, CODEGRAPH_VERSION) != 0)
        ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
                        errmsg("codegraph: the extension in this database is version %s, and the library that this "
                               "connection has loaded is version %s",
                               version, CODEGRAPH_VERSION),
                        errhint("Where the library is newer, run ALTER EXTENSION codegraph UPDATE. Where it is older, "
                                "install the library of version %s; connections that are open must then reconnect.",
                                version)));
    if (version) pfree(version);
    checked_at = now;
}
