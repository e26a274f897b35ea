#!/usr/bin/env bash
# Serves a built site with nginx as `_nginx.conf` says, at the root of a host and in a folder of one, and looks
# at what comes: headers, compressed twins, types, pages that are not there.
#
#   tests/hosting.sh LOA
set -euo pipefail
loa=$(realpath "$1")
if ! command -v nginx >/dev/null && [ ! -x /usr/sbin/nginx ]; then
  as_root=; [ "$(id -u)" -eq 0 ] || as_root=sudo
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends nginx libnginx-mod-http-brotli-static >/dev/null
fi
nginx=$(command -v nginx || echo /usr/sbin/nginx)

work=$(mktemp -d)
trap '[ ! -e "$work/pid" ] || kill "$(cat "$work/pid")"; rm -rf "$work"' EXIT
mkdir -p "$work/site/content/tin" "$work/temp"
cat >"$work/site/loa.yaml" <<'END'
title: Thử
approval: optional
editions:
  goc: {channel: web, theme: newspaper, base_url: "https://bao.example/", compress: [gzip, brotli]}
  tinh: {channel: web, theme: broadcaster, base_url: "https://tinh.example/a/b/", compress: [gzip]}
END
cat >"$work/site/content/tin/hop.md" <<'END'
---
title: Họp dân
summary: Mời bà con.
date: 2026-08-10
kind: programme
programme: {starts: 2026-08-20T19:00, place: Sân ấp}
---
Mời bà con.
END
"$loa" build --root "$work/site" --today 2026-08-19 --quiet

# The module is there only where the host has it.
module=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
load=
if [ -e "$module" ]; then
  load="load_module $module;"
  sed -i 's/^# brotli_static on;/brotli_static on;/' "$work/site/public/goc/_nginx.conf"
fi
port=$((20000 + RANDOM % 20000))
types=/etc/nginx/mime.types
chmod -R a+rX "$work"
user=; [ "$(id -u)" -ne 0 ] || user='user root;'
cat >"$work/nginx.conf" <<END
$load
$user
pid $work/pid;
error_log $work/error.log;
events {}
http {
  include $types;
  default_type application/octet-stream;
  access_log off;
  client_body_temp_path $work/temp; proxy_temp_path $work/temp; fastcgi_temp_path $work/temp; uwsgi_temp_path $work/temp; scgi_temp_path $work/temp;
  server { listen 127.0.0.1:$port; root $work/site/public/goc; include $work/site/public/goc/_nginx.conf; }
  server { listen 127.0.0.1:$((port + 1)); location /a/b/ { alias $work/site/public/tinh/; include $work/site/public/tinh/_nginx.conf; } }
}
END
"$nginx" -p "$work" -c "$work/nginx.conf" -e "$work/error.log"

bad=0
# asks PLACE HEADER… : what a host answers, its headers without case.
asks() {
  local place=$1; shift
  curl --silent --show-error --max-time 5 --dump-header - --output "$work/body" "$@" "$place" | tr -d '\r' | tr '[:upper:]' '[:lower:]' >"$work/head"
}
has() { grep -qx "$1" "$work/head" || { echo "$2: no line \"$1\""; cat "$work/head"; bad=1; }; }
has_no() { ! grep -q "$1" "$work/head" || { echo "$2: a line \"$1\""; bad=1; }; }

look() {
  local base=$1 folder=$2
  for path in '' tin/hop/ tin/hop/calendar.ics atom.xml _nothing/; do
    asks "$base$path"
    for line in 'x-content-type-options: nosniff' 'x-frame-options: deny' 'referrer-policy: same-origin' 'cross-origin-opener-policy: same-origin' "content-security-policy: script-src 'self'; .*frame-ancestors 'none'"; do
      has "$line" "$base$path"
    done
  done
  asks "${base}tin/hop/"
  has 'http/1.1 200 ok' page; has 'content-type: text/html' page; has_no content-encoding page
  asks "${base}tin/hop/" -H 'Accept-Encoding: gzip'
  has 'content-encoding: gzip' gzip; has 'vary: accept-encoding' gzip
  gzip -dc "$work/body" | cmp - "$folder/tin/hop/index.html"
  asks "${base}tin/hop/calendar.ics" -H 'Accept-Encoding: gzip'
  has 'content-type: text/calendar' calendar; has 'content-encoding: gzip' calendar
  local style
  style=$(cd "$folder" && ls assets/style.*.css)
  asks "$base$style"
  has 'cache-control: max-age=315360000' style; has 'x-content-type-options: nosniff' style; has 'content-type: text/css' style
  asks "${base}_nginx.conf"; has 'http/1.1 404 not found' 'the lines themselves'
  asks "${base}_headers"; has 'http/1.1 404 not found' 'the lines themselves'
}
look "http://127.0.0.1:$port/" "$work/site/public/goc"
look "http://127.0.0.1:$((port + 1))/a/b/" "$work/site/public/tinh"
asks "http://127.0.0.1:$port/khong-co/"
has 'http/1.1 404 not found' 'a page that is not there'
cmp "$work/body" "$work/site/public/goc/404.html"
if [ -n "$load" ]; then
  asks "http://127.0.0.1:$port/tin/hop/" -H 'Accept-Encoding: gzip, br'
  has 'content-encoding: br' brotli
fi
[ "$bad" -eq 0 ] && echo 'hosting: nginx answers as it should'
exit "$bad"
