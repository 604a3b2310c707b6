/*
 * Locks rows of our tables by their keys, without a mark in the row. The locks are heavyweight locks of PostgreSQL.
 * They end with the transaction or savepoint, stay with a prepared transaction, and take part in the detection of
 * deadlocks and in lock_timeout. In pg_locks such a lock is an `object` whose class is the table and whose id is the
 * key. No SQL command locks an object of that class, so nobody takes such a lock but through our functions.
 */
#ifndef CODEGRAPH_LOCKS_H
#define CODEGRAPH_LOCKS_H
#include "pg_ext/postgres_base.h"

/* Answers CG_LOCK. The caller must have the right to update the table, as for a row lock of SQL. */
extern void serve_lock(const char* schema, const CgRequest* request);

/* Answers CG_FIND_LOCK. */
extern void serve_find_lock(const char* schema, const CgRequest* request);

#endif
