#!/usr/bin/env bash
# Looks for words in a built site with headless Chromium, as a reader would, below a sub-folder of a host.
#
#   tests/search.sh LOA
set -euo pipefail
loa=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)

. "$here/browser/tools.sh"
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
python3 "$here/../bench/generate.py" 1000 "$site" >/dev/null
(cd "$tools" && node "$here/browser/search.mjs" "$loa" "$chromium" "$site")
