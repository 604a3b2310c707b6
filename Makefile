# The PostgreSQL extension (PGXS), and the commands of the README. `make help` lists them.
# The SQLite module, the tools and the C++ tests are built by CMakeLists.txt.
.DEFAULT_GOAL := all
BUILD ?= build

EXTENSION_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" pg_ext/codegraph.control)
EXTENSION = pg_ext/codegraph
DATA = $(wildcard pg_ext/codegraph--*.sql)
MODULE_big = codegraph

# Objects have a folder of their own, away from the sources and from CMake's.
OBJECTS = $(BUILD)/pgxs
CORE_SOURCES := $(shell cat shared/sources.txt)
ADAPTER_SOURCES := $(sort $(wildcard pg_ext/*.c))
CORE_OBJECTS = $(CORE_SOURCES:%.cpp=$(OBJECTS)/%.o)
ADAPTER_OBJECTS = $(ADAPTER_SOURCES:%.c=$(OBJECTS)/%.o)
OBJS = $(ADAPTER_OBJECTS) $(CORE_OBJECTS)
EXTRA_CLEAN = $(OBJECTS)

HIDDEN = -fvisibility=hidden
DEPENDENCIES = -MMD -MP -MF $(@:.o=.d)
ADAPTER_FLAGS = -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers $(HIDDEN) \
    -DCODEGRAPH_VERSION='"$(EXTENSION_VERSION)"'
CORE_FLAGS = -std=c++20 -Wall -Wextra $(HIDDEN) -fvisibility-inlines-hidden -Ishared \
    -include shared/base/tripwire.h -DCODEGRAPH_VERSION='"$(EXTENSION_VERSION)"'
SHLIB_LINK = -Wl,--version-script=pg_ext/exports.map -lstdc++ -lcrypto

# `make installcheck REGRESS_LOCALE=` runs the suite under the server's own locale.
REGRESS = $(sort $(patsubst sql/%.sql,%,$(wildcard sql/*.sql)))
REGRESS_LOCALE ?= --no-locale
REGRESS_OPTS = --inputdir=. --encoding=UTF8 $(REGRESS_LOCALE) --load-extension=codegraph

# demo, test, bench and generate must work where PostgreSQL's headers are not (yet) installed.
PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(wildcard $(PGXS)),)
override with_llvm = no
include $(PGXS)

$(ADAPTER_OBJECTS): $(OBJECTS)/%.o: %.c Makefile pg_ext/codegraph.control
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(ADAPTER_FLAGS) $(COPT) $(CPPFLAGS) -Ishared $(DEPENDENCIES) -c -o $@ $<

$(CORE_OBJECTS): $(OBJECTS)/%.o: %.cpp Makefile pg_ext/codegraph.control
	@mkdir -p $(@D)
	$(CXX) $(CXXFLAGS) $(CORE_FLAGS) $(COPT) $(DEPENDENCIES) -c -o $@ $<

# SQLite has no notices, and both databases are to print the same.
installcheck: export PGOPTIONS += -c client_min_messages=warning

codegraph$(DLSUFFIX): pg_ext/exports.map shared/sources.txt
-include $(OBJS:.o=.d)
else
all install uninstall installcheck:
	@echo 'PostgreSQL server headers not found (pg_config: "$(PG_CONFIG)").' >&2
	@echo 'On Debian: apt-get install postgresql-server-dev-15; or give PG_CONFIG=/path/to/pg_config.' >&2
	@false
clean:
	rm -rf $(OBJECTS)
endif

demo:
	tools/demo.sh

test:
	tests/run.sh

test-long:
	tests/run.sh long

# BENCH='--sizes S --out /tmp/out' gives it arguments.
bench:
	bench/run.sh $(BENCH)

# What derives from the registry of functions. Run it after changing shared/registry/ or shared/storage/schema.cpp.
GENERATOR = $(BUILD)/tools/generate/codegraph-generate
INSTALL_SCRIPT = pg_ext/codegraph--$(EXTENSION_VERSION).sql
REFERENCE = docs/reference.md

generator:
	@cmake -S . -B $(BUILD) >/dev/null
	@cmake --build $(BUILD) --target codegraph-generate

generate: generator
	$(GENERATOR) $(INSTALL_SCRIPT) $(REFERENCE)

check-generated: generator
	@$(GENERATOR) $(BUILD)/install-script.sql $(BUILD)/reference.md
	@diff -u $(INSTALL_SCRIPT) $(BUILD)/install-script.sql && diff -u $(REFERENCE) $(BUILD)/reference.md || \
	    { echo 'Generated files are not current: run "make generate".' >&2; exit 1; }

help:
	@echo 'make demo             index this repository into a SQLite file and show what can be asked'
	@echo 'make test             run all tests against real SQLite and PostgreSQL'
	@echo 'make test-long        run the longer sweeps: kills, full disks, more random calls'
	@echo 'make bench            measure codegraph beside plain SQL; writes bench/results/report.md'
	@echo 'make                  build the PostgreSQL extension'
	@echo 'make install          install it (as root); then: CREATE EXTENSION codegraph'
	@echo 'make installcheck     run its regression suite on the running server (PGHOST, PGPORT, PGUSER)'
	@echo 'make generate         rewrite what derives from the registry of functions'
	@echo 'make check-generated  fail when that is not current'
	@echo 'make clean            remove what "make" built'

.PHONY: demo test test-long bench generator generate check-generated help
