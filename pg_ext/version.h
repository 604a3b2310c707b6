/*
 * Checks that the library and the extension's objects in the database are of one version. They are not when a new
 * library was installed without ALTER EXTENSION UPDATE, or when the extension was updated while a server, or a
 * connection, still has the old library.
 */
#ifndef CODEGRAPH_VERSION_H
#define CODEGRAPH_VERSION_H
#include "pg_ext/postgres_base.h"

/* Raises an error when the versions differ. Looks again after a change of any function in the database, which every
   update of the extension makes; otherwise it costs a comparison of two numbers. */
extern void check_version(void);

#endif
