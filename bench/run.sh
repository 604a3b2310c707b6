#!/bin/bash
# Builds what the benchmark needs, installs the extension into the machine's PostgreSQL 15, where a throw-away server
# loads it from, and measures; `make bench` is this. The arguments are the benchmark program's: bench/run.sh --help.
# BUILD=DIR builds elsewhere, BENCH_RUNNING_SERVER=1 measures on the server of the environment (PGHOST, PGPORT, …).
set -euo pipefail
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
export BUILD
export PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}
jobs=$(nproc)
program=$BUILD/bench/codegraph-bench

quietly() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
}
build() {
    local launcher=()
    mkdir -p "$BUILD"
    command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    CMAKE_GENERATOR=Ninja quietly "$BUILD/configure.log" cmake -S . -B "$BUILD" -DCODEGRAPH_BENCH=ON \
        -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCODEGRAPH_SANITIZE=OFF "${launcher[@]}"
    quietly "$BUILD/build.log" cmake --build "$BUILD" --parallel "$jobs" --target codegraph-bench codegraph_sqlite
}
install_extension() {
    local as_root=()
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    quietly "$BUILD/pgxs.log" make -s -j"$jobs"
    quietly "$BUILD/install.log" "${as_root[@]}" make -s install PG_CONFIG="$PG_CONFIG"
}

# A careful administrator's settings for a database that fits into memory. Just-in-time compilation is off because it
# costs recursive CTEs more than it saves.
server_settings=(shared_buffers=1GB work_mem=256MB effective_cache_size=4GB random_page_cost=1.1 jit=off
    max_wal_size=8GB checkpoint_timeout=1h autovacuum=off ssl=off)
with_server() {
    local setting options=()
    for setting in "${server_settings[@]}"; do options+=(-o "$setting"); done
    pg_virtualenv -t -v 15 -i "--locale=C.UTF-8 --encoding=UTF8" "${options[@]}" "$@"
}

only_prints_help() { [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; }
wants_postgres() { ! only_prints_help "$@" && [[ " $* " != *" --databases"[=\ ]"sqlite "* ]]; }

tools/install-packages.sh bench >&2
build
if ! wants_postgres "$@"; then
    "$program" "$@"
    exit
fi
install_extension
if [[ -n ${BENCH_RUNNING_SERVER:-} ]]; then
    "$program" "$@"
else
    with_server "$program" "$@"
fi
