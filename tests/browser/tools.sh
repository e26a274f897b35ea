# To be sourced. Sets `chromium`, a browser, and `tools`, a folder with what drives and checks it.
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
tools=${XDG_CACHE_HOME:-$HOME/.cache}/loa/browser
mkdir -p "$tools"
[ -d "$tools/node_modules/axe-core" ] || (cd "$tools" && npm install --no-save --no-package-lock --no-audit --no-fund playwright-core axe-core >/dev/null)
