#!/bin/sh
# Remakes requirements.lock from pyproject.toml: one file for Python 3.12 and
# newer, Linux and macOS, every file known by its hash, no registry named.
# Arguments go to uv, for instance --upgrade or --upgrade-package pelican.
set -eu
cd "$(dirname "$0")/.."

# Settings of the person's own (another registry, a folder of wheels) must not
# decide what everybody installs.
for name in $(env | sed -n 's/^\(UV_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
# A private registry may still be needed to reach any; its address is not written.
exec .venv/bin/uv pip compile pyproject.toml --all-extras \
    --no-config --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' \
    --group build --group test --group lint --group lock \
    --universal --python-version 3.12 --generate-hashes --quiet \
    --output-file requirements.lock "$@"
