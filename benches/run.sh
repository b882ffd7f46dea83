#!/usr/bin/env bash
# The whole benchmark: makes a graph, imports it, starts the program and its peers, holds their answers against each other, measures, and writes the
# tables of benches/README.md and docs/benchmark.svg.
#
#   benches/run.sh [S|M|L]
#
# 10,000 / 100,000, 100,000 / 1,000,000 or 1,000,000 / 10,000,000 entities and relations; S when nothing is said. Needs Rust, Node 20 and Python
# 3.10 with their registries. Other settings, as variables:
#
#   MAILLAGE=…   the program to measure; built when absent
#   PEERS=…      which of "graphology networkx kuzu"; none of the first two at L, which take some 2 KB a relation
#   ROUNDS=3 SECONDS_EACH=0.4   how often and how long each question is measured on each server
#   WALKS=0      leave out the walks by hand, whose build takes minutes
#   BENCH=…      where everything is put: target/bench when absent
set -euo pipefail
cd "$(dirname "$0")/.."

size=${1:-S}
work=${BENCH:-target/bench}
mkdir -p "$work"
work=$(cd "$work" && pwd)
peers=$PWD/benches/peers
case $size in
  S | M) default="graphology networkx kuzu" ;;
  L) default="kuzu" ;;
  *) echo "benches/run.sh [S|M|L]" >&2; exit 2 ;;
esac
chosen=${PEERS-$default}

echo "== building"
(cd benches/http && cargo build --release --quiet --locked)
load=$PWD/benches/http/target/release/load
if [ -z "${MAILLAGE:-}" ]; then
  cargo build --release --quiet --locked
  MAILLAGE=$PWD/target/release/maillage
fi
# A copy, so that a build meanwhile does not change what is measured.
cp "$MAILLAGE" "$work/maillage"
if [ "${WALKS:-1}" = 1 ]; then cargo bench --quiet --locked --no-run --bench walks; fi

echo "== the graph"
data=$work/data-$size
if [ ! -e "$data/questions.json" ]; then
  rustc --edition 2024 -O --crate-name generate -o "$work/generate" benches/generate.rs
  "$work/generate" "$size" "$data"
fi
# Anew each time: the questions may have changed.
"$load" prepare "$data"
rm -f "$work/walks-$size.json"

arguments=()
rm -rf "$work/store-$size"
arguments+=(--before "maillage $work/maillage import --data $work/store-$size --nodes $data/nodes.jsonl --edges $data/edges.jsonl -q")
# Once before it is served: what the first opening keeps makes the next one faster.
arguments+=(--first "maillage $work/maillage stats --data $work/store-$size -q")
arguments+=(--server "maillage 8931 $work/maillage serve --data $work/store-$size --port 8931 --no-playground -q")

# A virtual environment of a peer, with what its lock file says.
environment() {
  if [ ! -x "$work/venv-$1/bin/uvicorn" ]; then
    python3 -m venv "$work/venv-$1"
    "$work/venv-$1/bin/pip" --quiet --disable-pip-version-check install -r "$peers/$1/requirements.txt"
  fi
}
uvicorn="uvicorn --no-access-log --log-level warning"
for peer in $chosen; do
  echo "== $peer"
  case $peer in
    graphology)
      (cd "$peers/graphology" && npm ci --silent)
      arguments+=(--server "graphology 8932 node --max-old-space-size=16000 $peers/graphology/server.js $data 8932")
      ;;
    networkx)
      environment networkx
      arguments+=(--server "networkx 8933 env DATA=$data $work/venv-networkx/bin/$uvicorn --app-dir $peers/networkx --port 8933 server:app")
      ;;
    kuzu)
      environment kuzu
      rm -rf "$work/kuzu-$size" "$work/kuzu-$size".*
      arguments+=(--before "kuzu $work/venv-kuzu/bin/python $peers/kuzu/load.py $data $work/kuzu-$size")
      arguments+=(--server "kuzu 8934 env DATABASE=$work/kuzu-$size $work/venv-kuzu/bin/$uvicorn --app-dir $peers/kuzu --port 8934 server:app")
      ;;
    *) echo "no such peer: $peer" >&2; exit 2 ;;
  esac
done

echo "== measuring"
"$load" run "$data" "$work/results-$size.json" --size "$size" --rounds "${ROUNDS:-3}" --seconds "${SECONDS_EACH:-0.4}" "${arguments[@]}"
if [ "${WALKS:-1}" = 1 ]; then
  cargo bench --quiet --locked --bench walks -- "$data" "$work/store-$size" "$work/walks-$size.json"
fi

"$load" report "$work/results-$size.json" "$work/walks-$size.json" benches/README.md docs/benchmark.svg
echo "written: benches/README.md and docs/benchmark.svg, in $SECONDS s"
