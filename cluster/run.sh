#!/usr/bin/env bash
# The job on a small set of documents, with all that is killed in its tests: cluster/run.sh [PROGRAM [DOCUMENTS]]
# Builds the program and makes 2,000 documents when none are given. Needs Python 3.10, Java 17 and PyPI. Five minutes on two free cores; ends with 1
# on any finding.
set -euo pipefail
program=${1:+$(realpath "$1")}
documents=${2:+$(realpath "$2")}
cd "$(dirname "$0")"
root=$(cd .. && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

if [ -z "$program" ]; then
  (cd "$root" && cargo build --release --locked --bin maillage)
  program=$root/target/release/maillage
fi
if [ -z "$documents" ]; then
  documents=$scratch/releases.jsonl
  (cd "$root" && cargo run --release --quiet --locked --example releases -- 2000) > "$documents"
fi
java -version 2>&1 | grep -q 'version "\(17\|21\)' || {
  echo "Spark needs Java 17 or 21: apt-get install openjdk-17-jre-headless" >&2
  exit 1
}
[ -f .venv/installed ] && cmp -s requirements.txt .venv/installed || {
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
  cp requirements.txt .venv/installed
}
export PYTHONPATH=$PWD MAILLAGE_PROGRAM=$program MAILLAGE_DOCUMENTS=$documents MAILLAGE_SCRATCH=$scratch

printf '\n-- the pipe and what goes into it\n'
.venv/bin/python tests/test_pipe.py
printf '\n-- a Spark of two workers\n'
.venv/bin/python tests/test_cluster.py -v
printf '\nThe cluster holds.\n'
