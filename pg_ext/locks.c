/*
 * A row has two locks. Their queues are fair, as all queues of PostgreSQL are: whoever comes later than one that wants
 * the row alone would wait behind it, for as long as the oldest sharer stays. Hence the second lock:
 *
 * - The main lock is shared by sharers. One that wants the row alone takes it exclusively, and so waits for them.
 * - The side lock is shared by those that come while somebody waits for the main lock, and nobody has it alone yet. One
 *   that has got the main lock alone waits for the side lock once. A sharer looks at the main lock again after it has
 *   got the side lock. So one of the two notices the other.
 *
 * Whoever waits for the row alone therefore waits for those that were there, and for those that came until the former
 * had ended. Later ones wait.
 */
#include "pg_ext/locks.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "pg_ext/values.h"
#include "storage/lmgr.h"
#include "storage/lock.h"
#include "tcop/utility.h"
#include "utils/acl.h"
#include "utils/lsyscache.h"

/* The cells of CG_LOCK and CG_FIND_LOCK. */
enum { table_cell, key_cell, mode_cell };

typedef struct RowLock {
    LOCKTAG main, side;
} RowLock;

static Oid find_table(const char* schema, const CgCell* name) {
    const char* table = psprintf("codegraph_%.*s", (int)name->size, name->data);
    Oid oid = get_relname_relid(table, get_namespace_oid(schema, false));

    if (!OidIsValid(oid)) elog(ERROR, "codegraph: no table %s in schema %s", table, schema);
    return oid;
}

/* Returns the locks of a row. Rows whose keys differ by a multiple of 2^32 share them: that makes the one wait for the
   other, and no more. */
static RowLock row_lock(Oid table, int64 key) {
    RowLock lock;

    SET_LOCKTAG_OBJECT(lock.main, MyDatabaseId, table, (uint32)key, 0);
    SET_LOCKTAG_OBJECT(lock.side, MyDatabaseId, table, (uint32)key, 1);
    return lock;
}

/* Whoever may lock rows in SQL (SELECT ... FOR KEY SHARE) may do it here: the right to update a column is enough. */
static void check_may_lock(Oid table) {
    AclResult result = pg_class_aclcheck(table, GetUserId(), ACL_UPDATE);

    if (result != ACLCHECK_OK) result = pg_attribute_aclcheck_all(table, GetUserId(), ACL_UPDATE, ACLMASK_ANY);
    if (result != ACLCHECK_OK) aclcheck_error(result, OBJECT_TABLE, get_rel_name(table));
}

/* Tells whether another transaction has a lock that does not go with this mode. One that is ended, and just about to
   give its locks back, does not count. */
static bool is_held_by_others(const LOCKTAG* lock, LOCKMODE mode) {
    int count;

    pfree(GetLockConflicts(lock, mode, &count));
    return count > 0;
}

static bool enter_by_the_side(const RowLock* lock) {
    if (LockAcquire(&lock->side, ShareLock, false, true) == LOCKACQUIRE_NOT_AVAIL) return false;
    if (!is_held_by_others(&lock->main, ShareLock)) return true;
    LockRelease(&lock->side, ShareLock, false);
    return false;
}

/* Returns whether the transaction did not have the lock before. */
static bool lock_shared(const RowLock* lock) {
    LockAcquireResult result;

    if (LockHeldByMe(&lock->main, ExclusiveLock) || LockHeldByMe(&lock->side, ShareLock)) return false;
    result = LockAcquire(&lock->main, ShareLock, false, true);
    if (result == LOCKACQUIRE_NOT_AVAIL && enter_by_the_side(lock)) return true;
    if (result == LOCKACQUIRE_NOT_AVAIL) result = LockAcquire(&lock->main, ShareLock, false, false);
    return result != LOCKACQUIRE_ALREADY_HELD;
}

static bool lock_alone(const RowLock* lock) {
    LockAcquireResult result = LockAcquire(&lock->main, ExclusiveLock, false, false);

    LockAcquire(&lock->side, ExclusiveLock, false, false);
    LockRelease(&lock->side, ExclusiveLock, false);
    return result != LOCKACQUIRE_ALREADY_HELD;
}

static void answer(const CgRequest* request, bool with_row) {
    codegraph_rows_begin(request->rows, 1);
    if (with_row) keep_value(request->rows, BoolGetDatum(true), BOOLOID, false);
}

void serve_lock(const char* schema, const CgRequest* request) {
    Oid table = find_table(schema, &request->cells[table_cell]);
    RowLock lock = row_lock(table, request->cells[key_cell].integer);
    bool alone = request->cells[mode_cell].integer == CG_LOCK_ALONE;

    PreventCommandIfReadOnly("a writing function of codegraph");
    check_may_lock(table);
    answer(request, alone ? lock_alone(&lock) : lock_shared(&lock));
}

void serve_find_lock(const char* schema, const CgRequest* request) {
    RowLock lock = row_lock(find_table(schema, &request->cells[table_cell]), request->cells[key_cell].integer);

    answer(request, is_held_by_others(&lock.main, ExclusiveLock) || is_held_by_others(&lock.side, ExclusiveLock));
}
