#!/bin/bash
# Installs the Debian packages that are missing; says what it installs; does nothing when all are there.
# usage: tools/install-packages.sh build|test|bench...
#   build   the SQLite module, the indexer and the demo
#   test    all of that, the PostgreSQL extension, and what `make test` runs
#   bench   the SQLite module, the PostgreSQL extension and a server, and pgRouting to measure beside
set -euo pipefail

build=(make cmake ninja-build g++ pkg-config git libssl-dev libsqlite3-dev sqlite3 libgit2-dev
    libcli11-dev nlohmann-json3-dev libpq-dev universal-ctags)
test=("${build[@]}" postgresql-common postgresql-15 postgresql-client-15 postgresql-server-dev-15 libgtest-dev
    googletest clang-format clang-tidy clang-14 libclang-rt-14-dev python3 diffutils binutils)
bench=("${build[@]}" postgresql-common postgresql-15 postgresql-client-15 postgresql-server-dev-15
    postgresql-15-postgis-3 postgresql-15-pgrouting)

missing=()
for group in "${@:?usage: tools/install-packages.sh build|test|bench}"; do
    case $group in build | test | bench) ;; *) echo "unknown group of packages: $group" >&2; exit 2 ;; esac
    declare -n packages=$group
    for package in "${packages[@]}"; do
        status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
        [[ $status == installed || " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
    done
done
[[ ${#missing[@]} == 0 ]] && exit 0

fail() {
    echo "$1" >&2
    echo "Install these packages and try again: ${missing[*]}" >&2
    exit 1
}
command -v apt-get >/dev/null || fail "apt-get is not here: this is made for Debian 12."
as_root=()
if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || fail "Packages are missing, and this is neither root nor is there sudo."
    as_root=(sudo)
fi
echo "Installing with apt-get: ${missing[*]}"

apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q --no-install-recommends "$@"; }
install() {
    local log
    log=$(mktemp)
    apt install -o Dpkg::Options::=--force-confold "$@" >"$log" 2>&1 || { tail -n 20 "$log" >&2; rm "$log"; return 1; }
    rm "$log"
}
compgen -G '/var/lib/apt/lists/*_Packages*' >/dev/null || apt update >/dev/null

# Debian's server package makes and starts a cluster of its own when first installed. Nobody asked us for that: it is
# told not to, for this installation only.
clusters=/etc/postgresql-common/createcluster.conf
keep_clusters_as_they_are() {
    install postgresql-common || return 1
    local saved
    saved=$(mktemp)
    cp "$clusters" "$saved"
    trap '"${as_root[@]}" cp "'"$saved"'" "$clusters"; rm -f "'"$saved"'"' EXIT
    echo 'create_main_cluster = false' | "${as_root[@]}" tee -a "$clusters" >/dev/null
}
[[ " ${missing[*]} " != *" postgresql-15 "* ]] || keep_clusters_as_they_are || fail "apt-get could not install them."

if ! install "${missing[@]}"; then
    echo "Trying again with fresh package lists"
    apt update && install "${missing[@]}" || fail "apt-get could not install them."
fi
