#!/bin/bash
# What two sessions do to each other under each isolation level, by PostgreSQL's own tester: isolation/specs/ against
# isolation/expected/. Needs the extension installed and a server, in PGHOST, PGPORT, PGUSER (a superuser).
# The spec locks needs one with max_prepared_transactions.
#     isolation.sh [SPEC...]     only these
#     KEEP_RESULTS=DIR isolation.sh SPEC     leaves what was printed in the absolute path DIR, as SPEC.out
# The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/isolation" || exit 1
tester=$(dirname "$("${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}" --pgxs)")/../test/isolation/pg_isolation_regress
database=codegraph_test_isolation
results=$(mktemp -d) || exit 1
clean_database() {
    dropdb --if-exists "$database" >/dev/null 2>&1
    local role
    for role in slow stranger guest; do dropuser --if-exists "codegraph_test_$role" >/dev/null 2>&1; done
}
clean() {
    rm -rf "$results"
    clean_database
}
trap clean EXIT
trap 'exit 1' INT TERM

[[ $# -gt 0 ]] || set -- $(basename -s .spec specs/*.spec)
clean_database
createdb -T template0 --encoding=UTF8 "$database" || exit 1
psql -X -q -v ON_ERROR_STOP=1 -d "$database" -f setup.sql || exit 1
"$tester" --use-existing --bindir= --dbname="$database" --inputdir=. --outputdir="$results" "$@" >"$results/log" 2>&1
sed -nE -e 's/^test ([a-z_]+) +\.\.\. ok.*/ok isolation: \1/p' -e 's/^test ([a-z_]+) +\.\.\. (FAILED|failed).*/FAIL isolation: \1/p' \
    "$results/log" | tee "$results/lines"
passed=$(grep -c '^ok ' "$results/lines")
failed=$(grep -c '^FAIL ' "$results/lines")
if [[ $((passed + failed)) != $# ]]; then
    cat "$results/log"
    failed=$((failed + 1))
fi
[[ ! -e $results/regression.diffs ]] || cat "$results/regression.diffs"
[[ -z ${KEEP_RESULTS:-} ]] || cp "$results"/results/*.out "$results"/output_iso/results/*.out "$KEEP_RESULTS" 2>/dev/null
echo "$passed passed, $failed failed"
[[ $failed == 0 && $passed -gt 0 ]]
