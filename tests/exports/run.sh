#!/usr/bin/env bash
# Reads every format of an export with a program that others wrote, from the versions pinned here: tests/exports/run.sh [PROGRAM]
# Builds the program when none is given. Needs Python 3.10 with venv and a registry that answers. Ends with 1 on any finding.
set -euo pipefail
program=${1:+$(realpath "$1")}
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

if [ -z "$program" ]; then
  (cd "$root" && cargo build --locked --bin maillage)
  program=$root/target/debug/maillage
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf '\n-- %s\n' "$*"; }

step "tools"
[ -f .venv/installed ] && cmp -s requirements.txt .venv/installed || {
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
  cp requirements.txt .venv/installed
}

step "a graph with every sort of sign"
store=$scratch/store
"$program" ingest --quiet --data "$store" "$root/corpus" >/dev/null
"$program" import --quiet --data "$store" --nodes odd.nodes.jsonl --edges odd.edges.jsonl --namespace odd >/dev/null

step "its exports"
for format in graphml gexf jsonld turtle cypher dot; do
  "$program" export --quiet --data "$store" --format "$format" --output "$scratch/graph.$format"
done
for format in csv parquet ftm; do
  "$program" export --quiet --data "$store" --format "$format" --output "$scratch/$format"
done
"$program" export --quiet --data "$store" --format graphml > "$scratch/again.graphml"
cmp "$scratch/graph.graphml" "$scratch/again.graphml"

.venv/bin/python readers.py "$program" "$store" "$scratch"

printf '\nEvery reader reads the same graph.\n'
