#!/usr/bin/env bash
# Looks at both web themes in Chromium, with the accessibility checker axe: every sort of page in both
# languages and colour schemes, on a phone and on a desk, by keyboard, on a slow line, without styles.
#
#   tests/themes.sh LOA
set -euo pipefail
loa=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)

. "$here/browser/tools.sh"
(cd "$tools" && node "$here/browser/themes.mjs" "$loa" "$chromium")
