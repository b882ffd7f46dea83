#!/usr/bin/env bash
# A writer, three replicas and a PostgreSQL server, through what goes wrong between machines: tests/postgres/run.sh [PROGRAM]
# Builds the program when none is given. Needs Linux, root (for networks of its own), Python 3.10, iproute2 and PostgreSQL's programs.
# Says so and ends with 0 where something of that is missing; ends with 1 on any finding. Takes one to four minutes, with what else the machine does.
set -euo pipefail
program=${1:+$(realpath "$1")}
cd "$(dirname "$0")"

skip() {
  printf '== tests/postgres/run.sh: skipped, %s\n' "$*"
  exit 0
}

[ "$(id -u)" = 0 ] || skip "networks of its own need root"
command -v ip >/dev/null || skip "there is no iproute2"
unshare --net true 2>/dev/null || skip "no network of its own can be made here"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || skip "there is no Python 3.10"
bin=
for folder in /usr/lib/postgresql/*/bin $(tr : ' ' <<<"$PATH"); do
  if [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/psql" ]; then bin=$folder; fi
done
[ -n "$bin" ] || skip "there is no PostgreSQL"

if [ -z "$program" ]; then
  (cd ../.. && cargo build --locked --bin maillage)
  program=$(cd ../.. && pwd)/target/debug/maillage
fi
# Everything below lives in a network of its own, and with it all processes end.
exec timeout --kill-after=10 400 unshare --net --pid --mount-proc --fork --kill-child python3 faults.py "$program" "$bin"
