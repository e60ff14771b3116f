#!/bin/sh
# Make available what the tests need and Python's package manager cannot bring: a Chromium for the browser tests (the
# system's, else the package manager's, else Playwright's), Pango for the PDFs, and Lighthouse where there is npm.
set -eu

wanted=""
browser=no
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        browser=yes
    fi
done
[ "$browser" = yes ] || wanted="chromium fonts-dejavu-core"
if ! .venv/bin/python -W ignore -c 'import weasyprint' >/dev/null 2>&1; then
    wanted="$wanted libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
fi

if command -v npm >/dev/null 2>&1; then
    npm ci --prefix tests/lighthouse --omit=dev --no-audit --no-fund --silent ||
        echo "Lighthouse could not be installed; its tests are skipped." >&2
fi

[ -n "$wanted" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null
    exit 0
fi
case "$wanted" in
    *pango*) echo "WeasyPrint lacks Pango: install it with your package manager, or the tests of PDFs fail." >&2 ;;
esac
[ "$browser" = yes ] || .venv/bin/python -m playwright install chromium
