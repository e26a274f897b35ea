#!/usr/bin/env bash
# What readers of the sample site wait for on a slow line, in headless Chromium: see vitals.mjs.
#
#   bench/vitals.sh [LOA]              default: builds the release program
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
loa=${1:-}
if [ -z "$loa" ]; then
  (cd "$here/.." && cargo build --release --quiet)
  loa=${CARGO_TARGET_DIR:-$here/../target}/release/loa
fi
. "$here/../tests/browser/tools.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
loa=$(realpath "$loa")
(cd "$here/.." && "$loa" build --out "$work/public" --today 2026-11-24 --quiet 2>"$work/log") || { cat "$work/log"; exit 1; }
(cd "$tools" && node "$here/vitals.mjs" "$work/public" "$chromium")
