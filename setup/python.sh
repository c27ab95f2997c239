#!/bin/sh
# Prints the path of a Python that fits (3.12 or newer), or says in one sentence
# what is missing and exits 2.
#
# A name on the PATH proves nothing: pyenv leaves shims for versions it does not
# have, and an old `python3` is common. So every candidate is run.
# PYTHON=/path/to/python is tried first.
set -u

# Prints the real path (shims resolve to what they start) and whether the
# candidate can make a virtual environment with pip in it.
probe='
import importlib.util as u, sys
if sys.version_info < (3, 12): sys.exit(1)
print("whole" if u.find_spec("venv") and u.find_spec("ensurepip") else "bare", sys.executable)
'

candidates() {
    [ -n "${PYTHON:-}" ] && printf '%s\n' "$PYTHON"
    # Tested versions first, then whatever else is there.
    printf '%s\n' python3.13 python3.12 python3.14 python3 python
    kept="${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}/versions"
    for folder in "$kept"/3.13* "$kept"/3.12* "$kept"/3.1[4-9]*; do
        [ -x "$folder/bin/python3" ] && printf '%s\n' "$folder/bin/python3"
    done
    command -v uv >/dev/null 2>&1 && uv python find --no-python-downloads '>=3.12' 2>/dev/null
    return 0
}

# Debian and Ubuntu ship a python3 that cannot make environments; it is taken
# only when there is no better one.
list=$(candidates)
bare=
while IFS= read -r candidate; do
    answer=$("$candidate" -c "$probe" 2>/dev/null </dev/null) || continue
    case $answer in
        "whole "*) printf '%s\n' "${answer#whole }"; exit 0 ;;
        "bare "*) [ -n "$bare" ] || bare=${answer#bare } ;;
    esac
done <<LIST
$list
LIST

if [ -n "$bare" ]; then
    printf '%s\n' "$bare"
    exit 0
fi
echo 'Python 3.12 or newer is needed and none was found: install it (from python.org or your system'\''s packages), or name one with PYTHON=/path/to/python, then run the command again.' >&2
exit 2
