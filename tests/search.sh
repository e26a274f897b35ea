#!/usr/bin/env bash
# Looks for words in a built site with headless Chromium, as a reader would, below a sub-folder of a host.
#
#   tests/search.sh LOA
set -euo pipefail
loa=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/loa/browser
mkdir -p "$tools"
[ -d "$tools/node_modules/playwright-core" ] || (cd "$tools" && npm install --no-save --no-package-lock --no-audit --no-fund playwright-core >/dev/null)
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
python3 "$here/../bench/generate.py" 1000 "$site" >/dev/null
(cd "$tools" && node "$here/browser/search.mjs" "$loa" "$chromium" "$site")
