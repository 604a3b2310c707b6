#!/bin/sh
# What only PostgreSQL can get wrong: owners of memory after errors, search_path, renamed schemas, cursors, timeouts,
# rights, dumps. Needs the extension installed and a server to try it on, in PGHOST, PGPORT, PGUSER (a superuser): for
# instance, as a user other than root,   pg_virtualenv -v 15 tests/postgres/run.sh
#     run.sh [NAME...]     only these files: failures, faults, ...
# Every check prints `ok name` or `FAIL name`; the last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")" || exit 1
database=codegraph_test_postgres
results=$(mktemp) || exit 1
trap 'rm -f "$results"' EXIT

query() { psql -X -q -t -A -v ON_ERROR_STOP=1 -d "$@"; }
fresh_database() { # name, further options of createdb
    dropdb --if-exists "$1" >/dev/null 2>&1
    createdb -T template0 "$@"
}
report() { # ok or FAIL, name
    echo "$1 $2" | tee -a "$results"
}
check_equal() { # name, expected, got
    if [ "$2" = "$3" ]; then report ok "$1"; else
        report FAIL "$1"
        printf '     expected: %s\n     got:      %s\n' "$2" "$3"
    fi
}

run_file() {
    fresh_database "$database" --encoding=UTF8 || { report FAIL "$1: no database"; return; }
    # An error by its code alone is one that the file makes on purpose, under \set VERBOSITY sqlstate.
    query "$database" -f "$1.sql" 2>&1 | grep -v -E '^$|ERROR:  [0-9A-Z]{5}$' | tee -a "$results"
    grep -q "^ok $1: reached the end\$" "$results" || report FAIL "$1: stopped before its end"
}

state='SELECT md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM codegraph_'
restored_as_it_was() { # how it was restored
    for table in repositories snapshots refs log tree_nodes files chunks symbols definitions contents content_segments \
        content_grams content_roots; do
        check_equal "dump: $1: codegraph_$table comes back as it was" \
            "$(query "$database" -c "$state$table t")" "$(query "${database}_restored" -c "$state$table t")"
    done
    check_equal "dump: $1: what comes back is sound" '' "$(query "${database}_restored" -c 'SELECT * FROM cg_verify()' 2>&1)"
    answers=$(query "$database" -f dump_questions.sql 2>&1)
    check_equal "dump: $1: there are answers without errors" '' "$([ ${#answers} -gt 10000 ] || echo few; echo "$answers" | grep ERROR)"
    check_equal "dump: $1: the questions are answered alike" "$answers" "$(query "${database}_restored" -f dump_questions.sql 2>&1)"
    check_equal "dump: $1: keys go on where they were" 'after' \
        "$(query "${database}_restored" -c "SELECT cg_save_repository('after')" 2>&1)"
    for call in "cg_create_snapshot('r', 'c', NULL, NULL, 'b')" "cg_restore_file_chunks('r', 'c', 'f8')" "cg_snapshot_root('r', 'c')"; do
        check_equal "dump: $1: $call does the same" \
            "$(query "$database" -c "SELECT $call" 2>&1)" "$(query "${database}_restored" -c "SELECT $call" 2>&1)"
    done
    query "$database" -c "SELECT cg_delete_snapshot('r', 'c')" >/dev/null
    dropdb --if-exists "${database}_restored"
}
run_dump() {
    fresh_database "$database" --encoding=UTF8
    query "$database" -f dump_fill.sql >/dev/null || { report FAIL 'dump: cannot fill'; return; }
    fresh_database "${database}_restored" --encoding=UTF8
    pg_dump "$database" | query "${database}_restored" >/dev/null || report FAIL 'dump: cannot restore'
    restored_as_it_was plain
    fresh_database "${database}_restored" --encoding=UTF8
    archive=$(mktemp) || return
    { pg_dump -Fc -f "$archive" "$database" && pg_restore --exit-on-error -d "${database}_restored" "$archive"; } ||
        report FAIL 'dump: cannot restore the custom format'
    rm -f "$archive"
    restored_as_it_was 'custom format'
}

run_encoding() {
    fresh_database "$database" --encoding=LATIN1 --locale=C
    check_equal 'encoding: a database that is not UTF8 is refused' \
        'ERROR:  0A000: codegraph: the encoding of the database must be UTF8, not LATIN1' \
        "$(query "$database" -v VERBOSITY=verbose -c 'CREATE EXTENSION codegraph' -c 'SELECT cg_version()' 2>&1 |
            grep '^ERROR')"
}

# Calls over all repositories name those that they leave out.
run_left_out() {
    fresh_database "$database" --encoding=UTF8
    query "$database" -c 'CREATE EXTENSION codegraph' -c "SELECT cg_save_repository('newer')" \
        -c "SELECT cg_create_snapshot('newer', 's')" -c 'UPDATE codegraph_repositories SET format = format + 1' >/dev/null
    for call in 'cg_gc()' 'cg_index_content()' "cg_search_content('x')" "cg_chunks_by_fqn('x')"; do
        check_equal "left_out: $call names a repository of a newer version" \
            'NOTICE:  repository "newer" was written by a newer version of codegraph, and is left out' \
            "$(query "$database" -c "SELECT count(*) FROM $call" 2>&1 | grep NOTICE)"
    done
}

# A trigger makes the beginning of the work take longer than five seconds: then the rest says how far it is.
run_progress() {
    fresh_database "$database" --encoding=UTF8
    query "$database" -c 'CREATE EXTENSION codegraph' -c "SELECT cg_save_repository('r')" -c "SELECT cg_create_snapshot('r', 's')" \
        -c "SELECT cg_replace_files('r', 's', 's', (SELECT json_agg(json_build_object('file_path', 'f' || n, 'chunks',
            json_build_array(json_build_object('content', 'text ' || n)))) FROM generate_series(1, 200) n)::text)" \
        -c "SELECT cg_index_content('r')" -c "SELECT cg_create_snapshot('r', 'gone', NULL, NULL, 's')" \
        -c "SELECT cg_save_chunk('r', 'gone', '{\"file_path\": \"new\", \"content\": \"x\"}')" -c "SELECT cg_delete_snapshot('r', 'gone')" \
        -c 'CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(5.1); RETURN NULL; END $$' \
        -c 'CREATE TRIGGER wait AFTER DELETE ON codegraph_content_roots FOR EACH STATEMENT EXECUTE FUNCTION wait()' \
        -c 'CREATE TRIGGER wait AFTER DELETE ON codegraph_tree_nodes FOR EACH STATEMENT EXECUTE FUNCTION wait()' >/dev/null
    check_equal 'progress: cg_index_content says how far it is, and not only at its end' \
        'NOTICE:  indexed 64 of 201 file versions of repository "r"' \
        "$(query "$database" -c "SELECT cg_index_content('r', true)" 2>&1 | grep NOTICE)"
    check_equal 'progress: cg_gc says how far it is' 'NOTICE' \
        "$(query "$database" -c "SELECT cg_gc('r')" 2>&1 | grep -o NOTICE | head -1)"
    query "$database" -c "SELECT cg_save_repository('s')" -c "SELECT cg_create_snapshot('s', 's')" \
        -c "SELECT cg_save_chunk('s', 's', '{\"file_path\": \"f\", \"content\": \"x\"}')" -c "SELECT cg_index_content('s')" \
        -c "SELECT cg_replace_files('r', 's', 's', (SELECT json_agg(json_build_object('file_path', 'f' || n, 'deleted', true))
            FROM generate_series(1, 200) n)::text)" -c "SELECT cg_prune('r', 1)" \
        -c 'DROP TRIGGER wait ON codegraph_tree_nodes' -c "SELECT cg_gc('r')" \
        -c 'CREATE TRIGGER wait AFTER DELETE ON codegraph_content_grams FOR EACH STATEMENT EXECUTE FUNCTION wait()' >/dev/null 2>&1
    check_equal 'progress: cg_index_content says that it cleans' \
        'NOTICE:  cleaned 0 of 1 segments of the content index of repository "s"' \
        "$(query "$database" -c 'SELECT cg_index_content()' 2>&1 | grep NOTICE)"
}

# Plans of our statements, made while the tables are small and analysed, without policies and with each of two.
plans_of_statements() { # condition of the policies; nothing: none
    query "$database" -v condition="$1" -f statement_plans.sql 2>&1
}
run_statement_plans() {
    fresh_database "$database" --encoding=UTF8
    for condition in '' 'repo_key IN (SELECT t.repo_key FROM tenants t WHERE t.tenant = current_user)' \
        'repo_key IN (SELECT r.repo_key FROM codegraph_repositories r)'; do
        plans=$(plans_of_statements "$condition")
        with="statement_plans: ${condition:-no policy}"
        check_equal "$with: the plans were seen" 'seen' "$([ "$(echo "$plans" | grep -c 'Query Text')" -gt 50 ] && echo seen)"
        check_equal "$with: no error" '' "$(echo "$plans" | grep -A 1 ERROR:)"
        check_equal "$with: nothing is hashed or merged for a join" '' "$(echo "$plans" | grep -E '(Hash|Merge) [A-Za-z ]*Join')"
        check_equal "$with: no table but that of repositories is read without its index" '' \
            "$(echo "$plans" | grep -E 'Seq Scan on (public\.)?codegraph_' | grep -v -E 'codegraph_(repositories|[a-z]*_key) ')"
        check_equal "$with: the parameters come first, the tables then" '' "$(echo "$plans" | grep 'Join Filter: ((r\.')"
    done
}

[ $# -gt 0 ] || set -- catalog plans statement_plans failures faults search_path schema version analyzer sets interrupts \
    rights row_security triggers graph_cache dump encoding left_out progress
for name in "$@"; do
    case $name in
        dump) run_dump ;;
        encoding) run_encoding ;;
        left_out) run_left_out ;;
        progress) run_progress ;;
        statement_plans) run_statement_plans ;;
        *) run_file "$name" ;;
    esac
done
dropdb --if-exists "$database"
passed=$(grep -c '^ok ' "$results")
failed=$(grep -c '^FAIL ' "$results")
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
