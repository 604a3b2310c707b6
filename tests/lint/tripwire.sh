#!/bin/sh
# The core's sources cannot include a database: behind the force-included tripwire sqlite3.h and postgres.h do not
# compile, for that very reason, and a clean source does.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
pg_include=$("${PG_CONFIG:-/usr/lib/postgresql/15/bin/pg_config}" --includedir-server)

compile() {
    printf '%s\n' "$1" | LC_ALL=C g++ -std=c++20 -fsyntax-only -I "$pg_include" -x c++ \
        -include "$root/shared/base/tripwire.h" - 2>&1
}

if ! compile '#include <string>
int main() { return std::string("clean").size() == 5; }'; then
    echo "a clean source does not compile behind the tripwire"
    exit 1
fi
for header in sqlite3.h postgres.h; do
    if output=$(compile "extern \"C\" {
#include <$header>
}
int main() {}"); then
        echo "$header compiles behind the tripwire"
        exit 1
    fi
    if ! echo "$output" | grep -q 'attempt to use poisoned'; then
        echo "$header does not compile, but not because of the tripwire:"
        echo "$output"
        exit 1
    fi
done
