#!/usr/bin/env bash
# Checks a built site with other people's programs: every page in Chromium, every script for
# digits, every leaflet with qpdf, pdftotext and a QR reader.
#
#   tests/published.sh PUBLIC_DIR
set -euo pipefail
public=$1
here=$(cd "$(dirname "$0")" && pwd)

. "$here/browser/tools.sh"
(cd "$tools" && node "$here/browser/check.mjs" "$(cd "$OLDPWD" && cd "$public" && pwd)" "$chromium")

python3 "$here/scripts.py" "$public"
python3 "$here/leaflets.py" "$public"
