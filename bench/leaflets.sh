#!/usr/bin/env bash
# Folded leaflets in bulk and one from cold: time, memory, weight.
#
#   bench/leaflets.sh
#
# One article of the sample site as `fold3` for all communes of the registry, and once for nobody in particular.
# Figures are medians of five runs into an empty folder, in memory. LOA names a program to use instead of building one.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
work=$(mktemp -d "$memory/loa-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
loa=${LOA:-}
if [ -z "$loa" ]; then
  (cd "$here" && cargo build --release --quiet)
  loa=${CARGO_TARGET_DIR:-$here/target}/release/loa
fi
cp "$loa" "$work/loa"

site() { # folder, communes
  mkdir -p "$work/$1/content"
  cp -r "$here/content/_facts" "$work/$1/content/"
  cp "$here/content/to-giac/goi-ai-noi-gi.md" "$here/content/to-giac/dien-thoai-113.svg" "$work/$1/content/"
  # Links to other articles of the sample site would be errors here.
  sed -i '/^print: /d; s/, \[\[[a-z-]*\]\]//g; /^Đọc thêm/d' "$work/$1/content/goi-ai-noi-gi.md"
  printf 'title: Đo\n%s\neditions:\n  bao: {channel: web, theme: newspaper, base_url: "https://bao.example/"}\n  to-roi: {channel: print, theme: leaflet, formats: [fold3]}\n' \
    "$2" >"$work/$1/loa.yaml"
  sed -i '/^$/d' "$work/$1/loa.yaml"
}
site bulk 'communes: all'
site one ''

python3 - "$work" <<'PY'
import os, pathlib, shutil, statistics, subprocess, sys, time
work = pathlib.Path(sys.argv[1])

def measure(name):
    runs = []
    for _ in range(5):
        out = work / f"out-{name}"
        shutil.rmtree(out, ignore_errors=True)
        before = time.monotonic()
        child = subprocess.Popen([work / "loa", "build", "--root", work / name, "--out", out, "--today", "2026-11-23", "--quiet"],
                                 stderr=subprocess.PIPE)
        said = child.stderr.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        if status != 0:
            sys.exit(said)
        runs.append((time.monotonic() - before, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
    pdfs = list((work / f"out-{name}").glob("to-roi/**/*.pdf"))
    return [statistics.median(run[place] for run in runs) for place in range(3)], pdfs

(bulk, cpu, peak), many = measure("bulk")
(cold, _, _), one = measure("one")
weights = [path.stat().st_size for path in many + one]
print(f"| | |\n| --- | --: |")
print(f"| {len(many)} folded leaflets, per leaflet | {1000 * bulk / len(many):.1f} ms |")
print(f"| the same, of processor time | {1000 * cpu / len(many):.1f} ms |")
print(f"| most memory | {peak:.0f} MB |")
print(f"| {len(one)} leaflet from cold, with the web page of the article | {1000 * cold:.0f} ms |")
print(f"| heaviest PDF | {max(weights) / 1000:.0f} KB |")
PY
