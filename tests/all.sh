#!/usr/bin/env bash
# All tests, with what they need: format, lints, unit and integration tests, documents, then the
# sample site built from clean and looked at with other programs.
set -euo pipefail
cd "$(dirname "$0")/.."

need=()
for pair in chromium:chromium qpdf:qpdf pdftotext:poppler-utils zbarimg:zbar-tools node:nodejs npm:npm python3:python3; do
  command -v "${pair%%:*}" >/dev/null || need+=("${pair##*:}")
done
if [ ${#need[@]} -gt 0 ]; then
  echo "installing: ${need[*]}"
  as_root=; [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "${need[@]}" >/dev/null
fi

step() { echo; echo "== $1"; }
step 'format'
cargo fmt --check
step 'lints'
cargo clippy --all-targets --quiet -- -D warnings
step 'tests'
cargo test
step 'documents'
RUSTDOCFLAGS='-D warnings' cargo doc --no-deps --document-private-items --quiet
step 'sample site'
cargo build --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${CARGO_TARGET_DIR:-target}/release/loa" build --out "$work/public" --today 2026-11-23 2>"$work/log" || { cat "$work/log"; exit 1; }
tail -n 9 "$work/log"
step 'preview'
bash tests/serve.sh "${CARGO_TARGET_DIR:-target}/release/loa"
step 'themes'
bash tests/themes.sh "${CARGO_TARGET_DIR:-target}/release/loa"
step 'search'
bash tests/search.sh "${CARGO_TARGET_DIR:-target}/release/loa"
step 'hosting'
bash tests/hosting.sh "${CARGO_TARGET_DIR:-target}/release/loa"
step 'published files'
bash tests/published.sh "$work/public"
