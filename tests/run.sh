#!/bin/bash
# Runs every test against real SQLite and a throw-away PostgreSQL 15; `make test` is this. The last line is
# `N passed, N failed`; the exit code is 1 when anything failed. A missing tool is installed or a failure.
#
# usage: tests/run.sh [STEP...]      default: all of them, in this order
#   lint        what is checked without running: forms, layers, symbols, format, clang-tidy, generated files
#   unit        the core's GoogleTest program
#   host        the SQLite module from a host program's side
#   suite       sql/*.sql on SQLite, against the expected files of pg_regress
#   index       the indexer: its GoogleTest program and its scripts
#   fuzz        each fuzz target for FUZZ_SECONDS (default 10), built with clang
#   sanitized   unit, host and suite again, built with AddressSanitizer and UBSan
#   postgres    builds and installs the extension (`make install`), then on a throw-away server: the regression suite
#               with the C locale, tests/postgres/, tests/faults/, tests/cross/, the indexer, and the suite again on a
#               server with ICU's en-US
# One step runs only when it is named; `make test-long` is this:
#   long        kills, full disks, and longer sweeps of tests/cross/ and tests/faults/, on servers of their own
# Everything is built in build/, build/sanitized/ and build/fuzz/. BUILD=DIR builds elsewhere.
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
all_steps=(lint unit host suite index fuzz sanitized postgres)
extra_steps=(long)
BUILD=${BUILD:-build}
export BUILD
export PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}
counts=${CODEGRAPH_TEST_COUNTS:-$BUILD/test-counts}

heading() { printf '\n== %s (%d s after the start)\n' "$*" "$SECONDS"; }
count() { echo "$1 $2" >>"$counts"; }

# A command that tests something else's way counts as one test.
check() {
    local name=$1
    shift
    if "$@"; then
        echo "ok $name"
        count 1 0
    else
        echo "FAIL $name (exit code $?)"
        count 0 1
        return 1
    fi
}

# run READER COMMAND...: runs it and counts what its output says. A runner that fails without saying so, or that ran
# nothing, is itself a failure.
run() {
    local reader=$1 log passed failed code
    shift
    log=$(mktemp)
    "$@" 2>&1 | tee "$log"
    code=${PIPESTATUS[0]}
    read -r passed failed < <("$reader" "$log")
    rm -f "$log"
    if [[ $code != 0 && $failed == 0 ]] || [[ $((passed + failed)) == 0 ]]; then
        echo "FAIL $* (exit code $code after $passed passed tests)"
        failed=$((failed + 1))
    fi
    count "$passed" "$failed"
}

read_closing_line() {
    sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$1" | tail -n 1 | grep . || echo 0 0
}
# GoogleTest: what ran and did not pass, skipped tests among it, is failed.
read_gtest() {
    awk '/^\[=+\] [0-9]+ tests? from .* ran/ { ran = $2 } /^\[  PASSED  \]/ { passed = $4 }
         END { print passed + 0, ran - passed }' "$1"
}
read_pg_regress() {
    awk '/^test .*\.\.\. ok/ { passed++ } /^test .*\.\.\. (FAILED|failed)/ { failed++ } END { print passed + 0, failed + 0 }' "$1"
}

# Says only what went wrong.
quietly() {
    local log=$1
    shift
    "$@" >"$log" 2>&1 || { cat "$log"; return 1; }
}
# A build folder that `make generate` made first keeps its generator. Debug information is of lines only, for the time
# that all of it takes to compile.
build() {
    local folder=$1
    shift
    mkdir -p "$folder"
    CMAKE_GENERATOR=Ninja quietly "$folder/configure.log" cmake -S . -B "$folder" -DCODEGRAPH_TESTS=ON \
        -DCODEGRAPH_WERROR=ON -DCODEGRAPH_FAULT_INJECTION=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-$optimized -g1 -DNDEBUG" "${launcher[@]}" "$@" &&
        quietly "$folder/build.log" cmake --build "$folder" --parallel "$(nproc)" --target "${targets[@]}"
}
targets=(all)
optimized=O2
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)

step_lint() {
    heading "Checks without running"
    quietly "$BUILD/pgxs.log" make -s -j"$(nproc)" COPT="-Werror -g1"
    run read_closing_line tests/lint/run.sh "$BUILD"
}

# A GoogleTest program, as many parts of it at once as there are processors.
gtest() {
    local parts logs part ids=() code
    parts=$(nproc)
    logs=$(mktemp -d)
    for ((part = 0; part < parts; part++)); do
        GTEST_BRIEF=1 GTEST_TOTAL_SHARDS=$parts GTEST_SHARD_INDEX=$part "$@" >"$logs/$part" 2>&1 &
        ids+=($!)
    done
    for ((part = 0; part < parts; part++)); do
        wait "${ids[part]}"
        code=$?
        run read_gtest show "$logs/$part" "$code"
    done
    rm -r "$logs"
}
show() { cat "$1"; return "$2"; }

step_unit() {
    heading "Unit tests of the core"
    gtest "$BUILD/tests/codegraph_unit_tests"
}
step_host() {
    heading "The SQLite module in a host program"
    gtest "$BUILD/tests/sqlite/codegraph_sqlite_tests"
}
play_suite() {
    run read_closing_line "$1/tests/sql/codegraph_sql_runner" --module "$1/sqlite/codegraph.so" --results "$1/results-sqlite"
}
step_suite() {
    heading "The SQL suite on SQLite"
    play_suite "$BUILD"
}

# tests/FOLDER/*.sh and *.py of the folders, each a program that ends with `N passed, N failed`, as many at once as there
# are processors. They find the build in $BUILD, and each has a database of its own.
run_scripts() {
    local folder script
    for folder in "$@"; do
        for script in tests/"$folder"/*.sh tests/"$folder"/*.py; do
            [[ ! -x $script ]] || echo "$script"
        done
    done | CODEGRAPH_TEST_COUNTS=$counts xargs -P "$(nproc)" -n 1 tests/run.sh --script ||
        { echo "FAIL a script of $* was not run to its end"; count 0 1; }
}
# A script that hangs is a failure like another: it does not hold up the rest.
script_minutes=25
run_script() {
    local output begun=$SECONDS
    output=$(echo "-- $1"; run read_closing_line timeout "${script_minutes}m" "$1" 2>&1)
    echo "$output (in $((SECONDS - begun)) s)"
}
index_end_to_end() {
    run read_closing_line tests/index/end_to_end.py --indexer "$(realpath "$BUILD/tools/codegraph-index/codegraph-index")" "$@"
}
step_index() {
    heading "The indexer"
    gtest "$BUILD/tests/index/codegraph_index_tests"
    index_end_to_end --sqlite "$(realpath "$BUILD/sqlite/codegraph.so")"
}

step_fuzz() {
    heading "Fuzz targets"
    local targets=(codegraph_fuzz)
    check "fuzz build" build "$BUILD/fuzz" -DCODEGRAPH_FUZZ=ON -DCODEGRAPH_TESTS=OFF \
        -DCMAKE_C_COMPILER=clang-14 -DCMAKE_CXX_COMPILER=clang++-14 || return
    run read_closing_line tests/fuzz/run.py
}

step_sanitized() {
    heading "Core and SQLite module under AddressSanitizer and UBSan"
    export ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
    local targets=(codegraph_unit_tests codegraph_sqlite codegraph_sqlite_tests codegraph_sql_runner) optimized=Og
    check "sanitized build" build "$BUILD/sanitized" -DCODEGRAPH_SANITIZE=ON || return
    gtest "$BUILD/sanitized/tests/codegraph_unit_tests"
    gtest "$BUILD/sanitized/tests/sqlite/codegraph_sqlite_tests"
    play_suite "$BUILD/sanitized"
    unset ASAN_OPTIONS UBSAN_OPTIONS
}

install_extension() {
    local as_root=()
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    make -s -j"$(nproc)" COPT="-Werror -g1" && "${as_root[@]}" make -s install PG_CONFIG="$PG_CONFIG" >/dev/null
}
# with_server "INITDB OPTIONS" STEP: runs the step of this script on a new server, which is gone afterwards.
with_server() {
    local marker=$BUILD/server-step-done
    rm -f "$marker"
    CODEGRAPH_TEST_COUNTS=$counts pg_virtualenv -t -v 15 -o max_prepared_transactions=4 -i "$1" \
        bash -c 'tests/run.sh --on-server "$1"; touch "$2"' - "$2" "$marker"
    [[ -e $marker ]] || { echo "FAIL the throw-away server did not start"; count 0 1; }
}
step_postgres() {
    heading "PostgreSQL: build, and install into $("$PG_CONFIG" --pkglibdir) (as the README's installation does)"
    check "the extension builds and installs" install_extension || return
    heading "PostgreSQL: on a throw-away server"
    with_server "--locale=C.UTF-8 --encoding=UTF8" server
    heading "PostgreSQL: on a throw-away server with ICU's en-US"
    with_server "--locale=C.UTF-8 --encoding=UTF8 --locale-provider=icu --icu-locale=en-US" server_icu
}
installcheck() {
    run read_pg_regress make -s installcheck "$@"
    [[ ! -s regression.diffs ]] || cat regression.diffs
}
on_server() {
    installcheck
    run_scripts faults cross postgres
    createdb -E UTF8 -T template0 index_end_to_end && index_end_to_end --postgres dbname=index_end_to_end
}
on_server_icu() { installcheck REGRESS_LOCALE=; }

# What the other steps run for seconds, run for minutes. docs/reliability.md has the figures.
long_commands() {
    cat <<END
tests/long/kills.py
tests/long/full_disks.py
tests/faults/memory.py --most 100
tests/cross/damage_sweep.py --all
tests/cross/store_oracle.py --steps 10000
tests/cross/graph_oracle.py --rounds 200
tests/cross/search_oracle.py --queries 600
tests/cross/stress.py 60
tests/cross/growth.py --long
END
}
on_server_long() {
    local command
    while read -r command; do
        echo "-- $command"
        # shellcheck disable=SC2086
        run read_closing_line $command </dev/null
    done < <(long_commands)
}
step_long() {
    heading "Long sweeps"
    check "the extension builds and installs" install_extension || return
    with_server "--locale=C.UTF-8 --encoding=UTF8" server_long
}

case ${1:-} in
    -h | --help)
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0"
        exit
        ;;
    --on-server)
        "on_${2}"
        exit
        ;;
    --script)
        run_script "$2"
        exit
        ;;
esac

steps=("${@:-}")
[[ $# -gt 0 ]] || steps=("${all_steps[@]}")
for step in "${steps[@]}"; do
    [[ " ${all_steps[*]} ${extra_steps[*]} " == *" $step "* ]] ||
        { echo "no step $step; there are: ${all_steps[*]} ${extra_steps[*]}" >&2; exit 2; }
done

mkdir -p "$BUILD"
: >"$counts"
heading "Packages"
if check "the packages are there" tools/install-packages.sh test; then
    heading "Build"
    # The benchmark is compiled, so that no change of the core breaks it unnoticed. `make bench` runs it.
    if check "build" build "$BUILD" -DCODEGRAPH_BENCH=ON; then
        for step in "${steps[@]}"; do "step_$step"; done
    fi
fi
echo
awk '{ passed += $1; failed += $2 } END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }' "$counts"
