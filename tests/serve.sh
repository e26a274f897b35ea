#!/usr/bin/env bash
# Looks at `loa serve` in Chromium while files are saved.
#
#   tests/serve.sh LOA
set -euo pipefail
loa=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/loa/browser
mkdir -p "$tools"
[ -d "$tools/node_modules/playwright-core" ] || (cd "$tools" && npm install --no-save --no-package-lock --no-audit --no-fund playwright-core >/dev/null)
(cd "$tools" && node "$here/browser/serve.mjs" "$loa" "$chromium")
