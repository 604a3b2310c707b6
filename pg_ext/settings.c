#include "pg_ext/settings.h"

#include "utils/guc.h"

static void set(const char* name, const char* value) {
    (void)set_config_option(name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
}

void use_own_settings(Settings* settings) {
    if (settings->level) return;
    settings->level = NewGUCNestLevel();
    set("search_path", "pg_catalog, pg_temp");
    if (settings->sees_all) set("row_security", "off");
}

void use_callers_settings(Settings* settings) {
    if (settings->level) AtEOXact_GUC(true, settings->level);
    settings->level = 0;
}
