#!/bin/sh
# Generates the types and builds the pages again from package-lock.json in a temporary folder, and compares them with
# what is committed. Exit status 1 if they differ or the types do not hold.
set -eu

web=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

cd "$web"
cp -R .npmrc package.json package-lock.json vite.config.js tsconfig.json codegen.ts licenses.js index.html graphiql.html public src "$tmp"
cd "$tmp"
npm ci --no-progress
MAILLAGE_SCHEMA="$web/../schema.graphql" npm run generate
if ! diff "$tmp/src/api/generated.ts" "$web/src/api/generated.ts"; then
  echo "web/src/api/generated.ts is not what schema.graphql and the operations give: run 'npm run generate' in web/." >&2
  exit 1
fi
npm run types
npm run build

if diff -r "$tmp/dist" "$web/dist"; then
  echo "web/dist is what the sources build."
else
  echo "web/dist differs from a fresh build: run 'npm ci && npm run build' in web/." >&2
  exit 1
fi
