"""The sandbox that Chromium puts around pages, and machines that do not let it: many containers, and the user root."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

#: Where it is ``off``, the browser starts without its sandbox: for a container in which nothing else is.
VARIABLE = "STEPFREE_SANDBOX"
#: Seconds that a browser may take to say that it cannot.
_PATIENCE = 20.0
_SAID = "no usable sandbox"


def used() -> bool:
    """Whether the browser is started with it. As root it never starts with one."""
    return os.environ.get(VARIABLE) != "off" and not (hasattr(os, "geteuid") and os.geteuid() == 0)


def refused(binary: Path | None) -> bool:
    """Whether this is why a browser did not start: the driver does not pass on what the browser says, so it is asked again."""
    if binary is None or not used():
        return False
    with tempfile.TemporaryDirectory() as profile:
        order = [str(binary), "--headless=new", f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            said = subprocess.run(order, capture_output=True, timeout=_PATIENCE, check=False).stderr
        except (OSError, subprocess.TimeoutExpired):
            return False
    return _SAID in said.decode(errors="replace").lower()
