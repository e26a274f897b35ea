#!/usr/bin/env bash
# Looks at `loa serve` in Chromium while files are saved.
#
#   tests/serve.sh LOA
set -euo pipefail
loa=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)

. "$here/browser/tools.sh"
(cd "$tools" && node "$here/browser/serve.mjs" "$loa" "$chromium")
