/*
 * The settings under which our statements are analysed and planned: with our search_path nothing of the caller's can
 * stand in front of the functions and operators that a text means. What runs is bound already. So whatever of the
 * user's runs with our statements (triggers, functions in policies, an analyzer) runs under the caller's settings.
 */
#ifndef CODEGRAPH_SETTINGS_H
#define CODEGRAPH_SETTINGS_H
#include "pg_ext/postgres_base.h"

typedef struct Settings {
    bool sees_all; /* whether PostgreSQL must refuse what row-level security would filter */
    int level;     /* is the nest level of our settings, or 0 while the caller's are in force */
} Settings;

extern void use_own_settings(Settings* settings);
/* Is also done by PostgreSQL, after an error, with the rest of the caller's transaction. */
extern void use_callers_settings(Settings* settings);

#endif
