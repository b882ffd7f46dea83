#!/usr/bin/env bash
# Asks the API with the tools of its peers, from the versions pinned here: tests/wire/run.sh [PROGRAM]
# Builds the program when none is given. Needs Node 20.19, Python 3.10 and registries that answer. Ends with 1 on any finding.
set -euo pipefail
program=${1:+$(realpath "$1")}
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

if [ -z "$program" ]; then
  (cd "$root" && cargo build --locked --bin maillage)
  program=$root/target/debug/maillage
fi
corpus=$root/corpus
generated=$PWD/generated
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

step() { printf '\n-- %s\n' "$*"; }

step "tools"
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
export PATH="$PWD/node_modules/.bin:$PATH"

rm -rf "$generated"
mkdir -p "$generated/relay"
"$program" schema > "$generated/schema.graphql"
echo '{}' > "$generated/relay-operations.json"

step "the schema: graphql-schema-linter, graphql-eslint"
graphql-schema-linter --except enum-values-sorted-alphabetically,interface-fields-sorted-alphabetically,input-object-fields-sorted-alphabetically,type-fields-sorted-alphabetically \
  "$generated/schema.graphql"
node lint.js

step "the documented queries: graphql-inspector"
node coverage.js

step "clients: relay-compiler, graphql-codegen, tsc"
(cd relay && relay-compiler relay.config.json)
(cd codegen && graphql-codegen --config codegen.ts && tsc -p tsconfig.json)

step "the audit of GraphQL over HTTP"
node audit.js "$program" "$corpus"

step "a typed client asks"
node client.js "$program" "$corpus"

step "WebSockets and streams of events"
"$program" ingest --quiet --data "$scratch/store" "$corpus"
token=$("$program" token new --data "$scratch/store" wire 2>/dev/null | tail -1)
node streams.js "$program" "$scratch/store" "$token"

step "operations that the server knows"
node operations.js "$program" "$corpus"

step "a part of a federated graph"
node federation.js "$program" "$corpus"

step "hostile requests"
node hostile.js "$program" "$corpus"

step "schemathesis"
node schemathesis.js "$program" "$corpus" .venv/bin/schemathesis

printf '\nThe wire holds.\n'
