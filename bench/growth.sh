#!/usr/bin/env bash
# How the time of a full build grows with the number of articles.
#
#   bench/growth.sh [N ...]          default: 100 1000 10000
#
# Builds each corpus three times from clean into memory (/dev/shm when there is one) and prints
# the median wall time, the time per article and the peak memory.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
loa=${LOA:-}
if [ -z "$loa" ]; then
  (cd "$here" && cargo build --release --quiet)
  loa=${CARGO_TARGET_DIR:-$here/target}/release/loa
fi
memory=/dev/shm
[ -d "$memory" ] || memory=${TMPDIR:-/tmp}
work=$(mktemp -d "$memory/loa-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- 100 1000 10000
printf '%10s %12s %16s %12s\n' articles 'seconds' 'ms per article' 'peak MB'
for n in "$@"; do
  python3 "$here/bench/generate.py" "$n" "$work/site-$n"
  for _ in 1 2 3; do
    rm -rf "$work/out"
    /usr/bin/env time -f '%e %M' -o "$work/time" "$loa" build --root "$work/site-$n" --out "$work/out" --today 2026-11-01 --quiet 2>"$work/log" || { cat "$work/log"; exit 1; }
    cat "$work/time" >>"$work/times-$n"
  done
  sort -n "$work/times-$n" | sed -n 2p | awk -v n="$n" '{printf "%10d %12.2f %16.3f %12.0f\n", n, $1, 1000 * $1 / n, $2 / 1024}'
  rm -rf "$work/site-$n" "$work/out"
done
