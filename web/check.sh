#!/bin/sh
# Rebuilds the page from package-lock.json in a temporary folder and compares
# it with the committed dist/. Exit status 1 if they differ.
set -eu

web=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM

cd "$web"
cp -R .npmrc package.json package-lock.json vite.config.js licenses.js index.html src "$tmp"
cd "$tmp"
npm ci --no-progress
npm run build

if diff -r "$tmp/dist" "$web/dist"; then
  echo "web/dist is what the sources build."
else
  echo "web/dist differs from a fresh build: run 'npm ci && npm run build' in web/." >&2
  exit 1
fi
