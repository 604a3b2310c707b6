#!/bin/bash
# `make demo`: installs what is missing, builds the SQLite module and the indexer, indexes this repository's own history
# into build/demo.db, and shows what can be asked, each answer with the SQL that gave it. Run again, it indexes only new
# commits.
set -euo pipefail
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
database=$BUILD/demo.db
module=$BUILD/sqlite/codegraph.so
repo=codegraph

heading() { printf '\n\033[1m%s\033[0m\n' "$*"; }
[[ -t 1 ]] || heading() { printf '\n%s\n' "$*"; }
# The answer as bare text, for this script.
value() { sqlite3 -batch -noheader -cmd ".load $module" "$database" "$1"; }
# The question and the answer, for the reader.
ask() {
    heading "$1"
    printf '%s\n' "$2" | sed 's/^/    /'
    sqlite3 -batch -cmd ".load $module" -cmd '.mode box --wrap 0' "$database" "$2"
}
quote() { printf "'%s'" "${1//\'/\'\'}"; }

heading "Building the SQLite module and the indexer in $BUILD/"
tools/install-packages.sh build
mkdir -p "$BUILD"
log=$BUILD/demo-build.log
if ! { CMAKE_GENERATOR=Ninja cmake -S . -B "$BUILD" &&
    cmake --build "$BUILD" --parallel "$(nproc)" --target codegraph_sqlite codegraph-index; } >"$log" 2>&1; then
    tail -n 40 "$log"
    echo "The build failed; all of its output is in $log." >&2
    exit 1
fi

heading "Indexing this repository's history into $database"
if ! CODEGRAPH_SQLITE_MODULE=$(realpath "$module") "$BUILD/tools/codegraph-index/codegraph-index" \
    --db "$database" --repo "$repo" .; then
    echo "Indexing failed. If $database is from another version of codegraph, remove it and run this again." >&2
    exit 1
fi

newest=$(value "SELECT snapshot_id FROM cg_snapshots('$repo') ORDER BY committed_at DESC, created_at DESC LIMIT 1")
[[ -n $newest ]] || { echo "Nothing was indexed: the repository has no commit." >&2; exit 1; }
at="'$repo', $(quote "$newest")"

ask "The newest snapshots, one a commit" \
    "SELECT substr(snapshot_id, 1, 10) AS snapshot, branch_name, committed_at, json_extract(attrs, '\$.message') AS message,
       cg_count_chunks('$repo', snapshot_id) AS chunks
FROM cg_snapshots('$repo') ORDER BY committed_at DESC, created_at DESC LIMIT 8;"

# The newest commit that changed any code, and the one before it.
changed=$(value "SELECT base_snapshot_id || ' ' || snapshot_id FROM
    (SELECT * FROM cg_snapshots('$repo') WHERE base_snapshot_id IS NOT NULL
     ORDER BY committed_at DESC, created_at DESC LIMIT 50) AS recent
    WHERE EXISTS (SELECT 1 FROM cg_compare_commits('$repo', base_snapshot_id, snapshot_id))
    ORDER BY committed_at DESC, created_at DESC LIMIT 1")
if [[ -n $changed ]]; then
    read -r before after <<<"$changed"
    ask "What one commit changed, function by function (its first lines)" \
        "SELECT change, kind, fqn, dependencies_added AS added, dependencies_removed AS removed
FROM cg_compare_commits('$repo', $(quote "$before"), $(quote "$after")) LIMIT 12;"
else
    heading "What one commit changed: there is only one commit with code here (a shallow clone?), so nothing to compare."
fi

# A name that several definitions share makes several dependencies of low confidence; a unique one has 0.9. SQLite can
# index what is MATERIALIZED; two table functions joined directly are a nested loop.
most_used="WITH functions AS MATERIALIZED (SELECT chunk_id, fqn FROM cg_chunks_by_kind($at, 'function'))
SELECT functions.fqn, count(DISTINCT d.from_fqn) AS used_by
FROM cg_dependencies($at) AS d JOIN functions ON functions.chunk_id = d.to_chunk_id
WHERE d.confidence > 0.5 GROUP BY functions.fqn ORDER BY used_by DESC, functions.fqn LIMIT 5"
ask "The functions that most others depend on, in the newest commit" "$most_used;"

symbol=$(value "SELECT fqn FROM ($most_used) LIMIT 1")
if [[ -n $symbol ]]; then
    ask "What may break when $symbol changes: its dependents, and theirs (3 levels, confidence 0.5 and up)" \
        "SELECT depth, fqn, relationship, file_path || ':' || start_line AS place
FROM cg_transitive_dependents($at, $(quote "$symbol"), 3, NULL, 0.5) LIMIT 15;"
    ask "The same function looked up by its name: every version of it that there was" \
        "SELECT file_path || ':' || start_line AS place, kind, substr(content_hash, 1, 10) AS content,
       count(*) AS snapshots, substr(content, 1, instr(content || char(10), char(10)) - 1) AS first_line
FROM cg_chunks_by_fqn($(quote "$symbol"), '$repo')
GROUP BY content_hash ORDER BY min(indexed_at) LIMIT 5;"
else
    heading "No function is called by another one here yet, so there are no dependents to show."
fi

ask "Where a text is, in the newest commit: every byte counts, but for the case of ASCII letters" \
    "SELECT file_path || ':' || start_line AS place, kind, name FROM cg_search_content('co_await query(', 5, $at);"

ask "What is stored: shared content counts once" "SELECT * FROM cg_stats('$repo');"

heading "Go on by hand:"
echo "    sqlite3 -cmd '.load $module' $database"
