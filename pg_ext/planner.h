/*
 * Steers PostgreSQL's planner while it plans statements of ours, and only then. Plans are kept: one that was made while
 * a table was small, or not yet analysed (as all tables are during a load), would go on reading the whole table. So
 * wherever our tables are read, the plan goes by their indexes, row by row of the parameters.
 *
 * A policy on our tables is planned along with the statement. Where it reads tables of the user's, these are planned as
 * the user's settings say. Hence no setting of PostgreSQL's can do what is done here.
 */
#ifndef CODEGRAPH_PLANNER_H
#define CODEGRAPH_PLANNER_H
#include "pg_ext/postgres_base.h"

/* Puts the hooks in place. They do nothing before plans_are_ours(). */
extern void install_planner_hooks(void);

/* Says whether the next statement to be planned is ours. Returns what was said before, which must be put back, also
   after an error. */
extern bool plans_are_ours(bool ours);

#endif
