#!/usr/bin/env bash
# Checks a built site with other people's programs: every page in Chromium, every script for
# digits, every leaflet with qpdf, pdftotext and a QR reader.
#
#   tests/published.sh PUBLIC_DIR
set -euo pipefail
public=$1
here=$(cd "$(dirname "$0")" && pwd)

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/loa/browser
mkdir -p "$tools"
[ -d "$tools/node_modules/playwright-core" ] || (cd "$tools" && npm install --no-save --no-package-lock --no-audit --no-fund playwright-core >/dev/null)
(cd "$tools" && node "$here/browser/check.mjs" "$(cd "$OLDPWD" && cd "$public" && pwd)" "$chromium")

python3 "$here/scripts.py" "$public"
python3 "$here/leaflets.py" "$public"
