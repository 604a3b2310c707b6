/*
 * Includes PostgreSQL, what differs between its versions, and the core's C face. Every file of the adapter includes
 * this header first. The adapter is C because PostgreSQL reports errors with longjmp, and C has no destructors to jump
 * over.
 */
#ifndef CODEGRAPH_POSTGRES_BASE_H
#define CODEGRAPH_POSTGRES_BASE_H

/* Before PostgreSQL 16 this was empty, and -fvisibility=hidden would then hide the entry points. */
#define PGDLLEXPORT __attribute__((visibility("default")))
#include "postgres.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

#include "engine/port.h"

#endif
