#!/bin/sh
# Sees to it that there is a browser to audit with: the one that STEPFREE_BROWSER
# names, else one that is installed, else Chromium with its driver from apt, else
# the one that Selenium's manager keeps. Otherwise one sentence says what to
# install (exit 2).
#
# The path of the one that was found stands in .venv/browser, so that later runs
# need only look whether it is still there.
set -u
cd "$(dirname "$0")/.." || exit 2

if [ -n "${STEPFREE_BROWSER:-}" ]; then
    if command -v "$STEPFREE_BROWSER" >/dev/null 2>&1; then exit 0; fi
    echo "STEPFREE_BROWSER names \"$STEPFREE_BROWSER\", which is not there: name a browser that exists, or unset it." >&2
    exit 2
fi

note=.venv/browser
if [ -f "$note" ] && [ -x "$(cat "$note")" ]; then
    exit 0
fi

# Prints the first installed browser that really starts. On Ubuntu
# `chromium-browser` may be a script that only advises to install a snap.
installed() {
    {
        for name in google-chrome-stable google-chrome chromium chromium-browser chrome; do
            command -v "$name" 2>/dev/null
        done
        printf '%s\n' \
            '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' \
            '/Applications/Chromium.app/Contents/MacOS/Chromium'
    } | while IFS= read -r path; do
        [ -x "$path" ] || continue
        if "$path" --version >/dev/null 2>&1 </dev/null; then
            printf '%s\n' "$path"
            break
        fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}
apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}
# A package called chromium that is no more than a pointer to a snap helps nobody.
apt_has_chromium() {
    version=$(apt-cache policy chromium 2>/dev/null | sed -n 's/^ *Candidate: *//p')
    case $version in
        '' | '(none)' | *snap*) return 1 ;;
    esac
}
from_apt() {
    may_apt || return 1
    as_root apt-get update -qq >/dev/null 2>&1
    apt_has_chromium || return 1
    echo 'Installing Chromium and its driver with apt …' >&2
    # The fonts are only recommended by it; without any, pages have no text.
    apt_install chromium chromium-driver fonts-liberation
}

# Prints where Selenium's manager keeps a browser, fetching it where it may.
managed() {
    [ -x .venv/bin/python ] || return 1
    echo 'No browser is installed; asking Selenium'\''s manager for one …' >&2
    SE_AVOID_STATS=true .venv/bin/python -c '
from selenium.webdriver.common.selenium_manager import SeleniumManager
print(SeleniumManager().binary_paths(["--browser", "chrome"])["browser_path"])
' 2>/dev/null
}

found=$(installed)
if [ -z "$found" ]; then
    from_apt && found=$(installed)
elif ! command -v chromedriver >/dev/null 2>&1; then
    case $found in
        # Chromium needs the driver of its own build. Chrome's is got by Selenium.
        *chromium*) may_apt && as_root apt-get update -qq >/dev/null 2>&1 && apt_has_chromium &&
            echo 'Installing the driver of Chromium with apt …' >&2 && apt_install chromium-driver ;;
    esac
fi
if [ -z "$found" ]; then
    found=$(managed)
    # Fetched, but perhaps without the system libraries that it needs.
    if [ -n "$found" ] && ! "$found" --version >/dev/null 2>&1 </dev/null; then
        found=
    fi
fi

if [ -z "$found" ]; then
    echo 'A browser is needed to audit pages and none could be found or installed: install Google Chrome or Chromium (on Debian: sudo apt-get install chromium chromium-driver), then run the command again.' >&2
    exit 2
fi
printf '%s' "$found" >"$note"
