#!/bin/bash
# Readers on a hot standby of the server that PGHOST, PGPORT and PGUSER (a superuser) name: every reader gives the
# primary's rows, a writer says that it is read-only. The standby is made for this and gone afterwards; it runs as
# postgres when this runs as root. The last line is `N passed, N failed`.
set -u
primary=codegraph_test_standby
work=$(mktemp -d) || exit 1
bin=$("${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}" --bindir)
port=$((20000 + $$ % 20000))
as_owner=()
if [[ $(id -u) == 0 ]]; then
    chown postgres "$work"
    as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi
owner() { (cd / && "${as_owner[@]}" "$@"); }
clean() {
    [[ ! -e $work/data/postmaster.pid ]] || owner "$bin/pg_ctl" -D "$work/data" -m immediate -w stop >/dev/null
    rm -rf "$work"
    dropdb --if-exists "$primary" >/dev/null 2>&1
}
trap clean EXIT
trap 'exit 1' INT TERM

passed=0 failed=0
check_equal() { # name, expected, got
    if [[ $2 == "$3" ]]; then
        passed=$((passed + 1))
        echo "ok standby: $1"
    else
        failed=$((failed + 1))
        printf 'FAIL standby: %s\n     expected: %s\n     got:      %s\n' "$1" "${2:0:1000}" "${3:0:1000}"
    fi
}
on_primary() { psql -X -q -At -v ON_ERROR_STOP=1 -d "$primary" "$@" 2>&1; }
on_standby() {
    PGOPTIONS='-c TimeZone=UTC' psql -X -q -At -v VERBOSITY=verbose -h "$work" -p "$port" -U "${PGUSER:-postgres}" \
        -d "$primary" "$@" 2>&1
}

dropdb --if-exists "$primary" >/dev/null 2>&1
createdb -T template0 --encoding=UTF8 "$primary" || exit 1
on_primary >/dev/null -c 'CREATE EXTENSION codegraph' -c "ALTER DATABASE $primary SET TimeZone = 'UTC'" \
    -c "SELECT cg_save_repository('r')" -c "SELECT cg_create_snapshot('r', 'a', NULL, 'main')" \
    -c "SELECT cg_replace_files('r', 'a', 'a', (SELECT json_agg(json_build_object('file_path', 'f' || f, 'chunks',
        json_build_array(json_build_object('content', 'x', 'fqn', 'm' || f, 'kind', 'function')), 'dependencies',
        json_build_array(json_build_object('from_fqn', 'm' || f, 'to_fqn', 'm' || (f + 1) % 50),
                         json_build_object('from_fqn', 'm' || f, 'to_fqn', 'external'))))
        FROM generate_series(0, 49) f)::text)" \
    -c "SELECT cg_replace_file('r', 'a', 'b', 'f7', '[{\"content\":\"y\",\"fqn\":\"m7\"},{\"content\":\"z\",\"start_line\":2}]')"

owner "$bin/pg_basebackup" -D "$work/data" -R -X stream -c fast || exit 1
cat >>"$work/data/postgresql.auto.conf" <<EOF
port = $port
listen_addresses = ''
unix_socket_directories = '$work'
hot_standby = on
EOF
# The configuration may be outside of the primary's data directory, and then is not in the copy.
[[ -e $work/data/postgresql.conf ]] || owner touch "$work/data/postgresql.conf"
echo 'local all all trust' >"$work/data/pg_hba.conf"
: >"$work/data/pg_ident.conf"
[[ $(id -u) != 0 ]] || chown postgres "$work"/data/pg_*.conf
owner "$bin/pg_ctl" -D "$work/data" -l "$work/log" -w start >/dev/null || { cat "$work/log"; exit 1; }
position=$(on_primary -c 'SELECT pg_current_wal_flush_lsn()')
for _ in {1..100}; do
    [[ $(on_standby -c "SELECT pg_last_wal_replay_lsn() >= '$position'") != t ]] || break
    sleep 0.1
done
check_equal 'it is one' t "$(on_standby -c 'SELECT pg_is_in_recovery()')"

calls=(
    "cg_repositories()" "cg_snapshots('r')" "cg_files('r', 'b')" "cg_changed_files('r', 'b', '{\"f1\":\"0\"}')"
    "cg_chunks('r', 'b')" "cg_chunk('r', 'b', 'm7')" "cg_file_chunks('r', 'b', 'f7')"
    "cg_chunks_by_kind('r', 'b', 'function')" "cg_chunks_by_fqn('m7')" "cg_file_hash('r', 'b', 'f7')"
    "cg_count_chunks('r', 'b')" "cg_snapshot_root('r', 'main')" "cg_dependencies('r', 'b')"
    "cg_dependencies_from('r', 'b', 'm1')" "cg_dependencies_to('r', 'b', 'external')"
    "cg_transitive_dependencies('r', 'a', 'm1')" "cg_transitive_dependents('r', 'b', 'external')"
    "cg_count_dependencies('r', 'a', 'm1')" "cg_count_dependents('r', 'b', 'm3')"
    "cg_dependency_path('r', 'a', 'm9', 'm3')" "cg_cycles('r', 'a')" "cg_importance('r', 'b')"
    "cg_unreferenced('r', 'b')" "cg_impact('r', 'a', 'b')" "cg_graph_dot('r', 'b', 'm1')"
    "cg_graph_mermaid('r', 'b', 'm1')" "cg_compare_commits('r', 'a', 'b')" "cg_compare_files('r', 'a', 'b')"
    "cg_log('r')" "cg_chunk_history('r', 'm7')" "cg_search_content('x', 50, 'r', 'b')" "cg_export('r')"
    "cg_stats()" "cg_version()")
for call in "${calls[@]}"; do
    expected=$(on_primary -c "SELECT * FROM $call")
    [[ -n $expected && $expected != *ERROR* ]] || expected="rows, not: $expected"
    check_equal "$call" "$expected" "$(on_standby -c "SELECT * FROM $call")"
done
check_equal "cg_verify()" 0 "$(on_standby -c "SELECT count(*) FROM cg_verify()")"
# cg_config is the one function that neither reads nor writes tables.
check_equal 'no reader is missing here' "$(printf '%s\n' "${calls[@]%%(*}" cg_verify | sort -u)" "$(on_primary -c "SELECT DISTINCT
    proname COLLATE \"C\" FROM pg_proc WHERE proname ~ '^cg_' AND provolatile <> 'v' ORDER BY 1")"
for call in "cg_save_repository('x')" "cg_create_snapshot('r', 'c')" "cg_soft_delete_file_chunks('r', 'b', 'f1')" \
    "cg_replace_file('r', 'b', 'c', 'f1', '[]')" "cg_delete_snapshot('r', 'a')"; do
    check_equal "$call is refused" 25006 "$(on_standby -c "SELECT $call" | sed -nE 's/^ERROR:  (\w{5}):.*/\1/p')"
done

echo "$passed passed, $failed failed"
[[ $failed == 0 && $passed -gt 0 ]]
