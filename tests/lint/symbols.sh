#!/bin/sh
# usage: symbols.sh MODULE EXPECTED...   The module's dynamic symbols are exactly the expected ones.
set -eu
module=$1
shift
actual=$(nm -D --defined-only "$module" | awk '{ sub(/@.*/, "", $NF); if ($(NF - 1) != "A") print $NF }' | sort)
expected=$(printf '%s\n' "$@" | sort)
if [ "$actual" != "$expected" ]; then
    echo "$module exports"
    echo "$actual" | sed 's/^/    /'
    echo "but should export only"
    echo "$expected" | sed 's/^/    /'
    exit 1
fi
