#!/bin/sh
# Makes .venv with exactly the packages of requirements.lock and the `stepfree`
# command. Does nothing when that is done already.
#
# The stamp holds a checksum of what was installed and where, so a changed lock,
# a moved checkout or a copied .venv is noticed, and an interrupted run is
# taken up again.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
wanted="$(pwd -P) $(cat requirements.lock pyproject.toml setup/environment.sh | cksum)"

works() { "$venv/bin/python" -c "$1" >/dev/null 2>&1; }
fits='import sys; sys.exit(sys.version_info < (3, 12))'

if [ -f "$venv/stamp" ] && [ "$(cat "$venv/stamp")" = "$wanted" ] && works "$fits"; then
    exit 0
fi

# A user's pip settings may name registries of their own; hashes make that safe.
# These would put the packages somewhere else:
unset PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV PYTHONHOME || true

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}
may_apt() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

make_venv() {
    rm -rf "$venv"
    "$1" -m venv "$venv" >/dev/null 2>&1 && return 0
    # Debian and Ubuntu keep this in a package of its own.
    if may_apt; then
        package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        echo "Installing $package with apt …" >&2
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || true
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null 2>&1 || true
        rm -rf "$venv"
        "$1" -m venv "$venv" >/dev/null 2>&1 && return 0
    fi
    rm -rf "$venv"
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --seed --python "$1" "$venv" >/dev/null 2>&1 && return 0
        rm -rf "$venv"
    fi
    "$1" -m virtualenv --quiet "$venv" >/dev/null 2>&1 && return 0
    rm -rf "$venv"
    echo "$1 cannot make a virtual environment: install its venv package (on Debian and Ubuntu: sudo apt-get install python3-venv), then run the command again." >&2
    exit 2
}

# Kept when it was made here and still works; a moved one has wrong paths inside.
if ! { works "$fits; import pip" && [ "$(sed 's/ [0-9]* [0-9]*$//' "$venv/stamp" 2>/dev/null || pwd -P)" = "$(pwd -P)" ]; }; then
    python=$(sh setup/python.sh)
    echo "Making $venv with $("$python" --version 2>&1) …" >&2
    make_venv "$python"
fi
printf '%s 0 0' "$(pwd -P)" >"$venv/stamp"

count=$(grep -c '^[a-z0-9].*==' requirements.lock)
echo "Installing the $count packages of requirements.lock (the first time about 300 MB) …" >&2
pip() { "$venv/bin/python" -m pip -qq --disable-pip-version-check --no-input "$@"; }
if ! pip install --require-hashes --requirement requirements.lock; then
    echo 'The packages could not be installed; pip'\''s message above says why. Once that is fixed, run the command again.' >&2
    exit 2
fi
# The command itself: its build tool is in the lock, so nothing else is fetched.
pip install --no-deps --no-build-isolation --no-index --editable .

printf '%s' "$wanted" >"$venv/stamp"
