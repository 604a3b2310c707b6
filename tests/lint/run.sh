#!/bin/bash
# Everything that is checked without running the product. usage: tests/lint/run.sh BUILD_DIR [NAME...]
# BUILD_DIR has compile_commands.json and sqlite/codegraph.so; the PostgreSQL module is codegraph.so, where it is built.
set -u
cd "$(dirname "$0")/../.."
usage() {
    echo "usage: tests/lint/run.sh BUILD_DIR [NAME...]"
    echo "${1-} is no build folder: it has no CMakeCache.txt"
    exit 2
} >&2
build=${1-}
[[ -e $build/CMakeCache.txt ]] || usage "$@"  # a check that writes would make a folder of this name
shift
passed=0
failed=0

sources() { find shared sqlite_ext pg_ext tests tools bench -name "$1" 2>/dev/null | sort; }

check_arguments_self_test() {
    local words
    for words in "" "layers" "tests layers"; do
        tests/lint/run.sh $words 2>&1 | grep -q "^usage: " || { echo "taken: tests/lint/run.sh $words"; return 1; }
    done
}
check_co_await_self_test() { python3 tests/lint/co_await_forms.py --self-test; }
check_co_await() {
    { sources '*.cpp'; sources '*.h'; } | grep -v co_await_samples | xargs python3 tests/lint/co_await_forms.py
}
check_layers_self_test() { python3 tests/lint/layers.py --self-test; }
check_layers() { python3 tests/lint/layers.py; }
check_positions_self_test() { python3 tests/lint/positions.py --self-test; }
check_positions() { find shared sqlite_ext -name '*.cpp' -o -name '*.h' | sort | xargs python3 tests/lint/positions.py; }
check_stubs_self_test() { python3 tests/lint/stubs.py --self-test; }
check_stubs() {
    { sources '*.cpp'; sources '*.h'; sources '*.c'; ls README.md CONTRIBUTING.md docs/*.md; } |
        grep -v co_await_samples | xargs python3 tests/lint/stubs.py
}
check_tripwire() { sh tests/lint/tripwire.sh; }
check_symbols_sqlite() { sh tests/lint/symbols.sh "$build/sqlite/codegraph.so" sqlite3_codegraph_init; }
check_symbols_postgres() {
    sh tests/lint/symbols.sh codegraph.so Pg_magic_func _PG_init codegraph_scalar codegraph_rows \
        pg_finfo_codegraph_scalar pg_finfo_codegraph_rows
}
check_generated() { make -s check-generated BUILD="$build"; }
check_format() {
    # Names only the places; `clang-format -i FILE` shows and mends the rest.
    { sources '*.cpp'; sources '*.h'; sources '*.c'; } | grep -v co_await_samples | xargs clang-format --dry-run -Werror 2>&1 |
        grep 'error:' | cut -d: -f1,2 | sort -u
    return "${PIPESTATUS[1]}"
}
# clang 14 needs to be told what g++ 12 takes for granted: that coroutines and sized deallocation are there.
check_tidy() {
    run-clang-tidy -quiet -j "$(nproc)" -p "$build" -extra-arg=-D__cpp_impl_coroutine=201902L \
        -extra-arg=-fsized-deallocation "$PWD/(shared|sqlite_ext)/.*" 2>&1 |
        sed 's/\x1b\[[0-9;]*m//g' | grep -E '(error|warning|note): ' | grep -v '/usr/.*note: '
    return "${PIPESTATUS[0]}"
}

all_checks="arguments_self_test co_await_self_test co_await layers_self_test layers positions_self_test positions
    stubs_self_test stubs tripwire symbols_sqlite symbols_postgres generated format tidy"
for name in "${@:-$all_checks}"; do
    for check in $name; do
        if output=$("check_$check" 2>&1); then
            echo "ok $check"
            passed=$((passed + 1))
        else
            echo "FAIL $check"
            echo "$output" | head -100 | sed 's/^/    /'
            failed=$((failed + 1))
        fi
    done
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
