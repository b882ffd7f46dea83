#!/usr/bin/env bash
# The explorer in a real browser, with the versions pinned here: tests/web/run.sh [PROGRAM]
# Builds the program when none is given. Needs Node 20.19, Python 3.10, and Chromium, which is installed with apt-get where it is
# missing and may be. Ends with 1 on any finding.
set -euo pipefail
program=${1:+$(realpath "$1")}
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

if [ -z "$program" ]; then
  (cd "$root" && cargo build --locked --bin maillage)
  program=$root/target/debug/maillage
fi
step() { printf '\n-- %s\n' "$*"; }

step "tools"
if [ ! -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium
fi
[ -d node_modules ] && cmp -s package-lock.json node_modules/.installed || {
  npm ci --no-progress --loglevel=error
  cp package-lock.json node_modules/.installed
}
[ -f .venv/installed ] && cmp -s requirements.txt .venv/installed || {
  rm -rf .venv
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt
  cp requirements.txt .venv/installed
}

step "what people do"
node explorer.js "$program" "$root/corpus"

step "a drawing of 5,000 entities"
node frames.js "$program"

printf '\nThe explorer holds.\n'
