"""What reading a document costs: measured in the process that reads it."""

from __future__ import annotations

import json
import resource
from pathlib import Path

from audit.documents.process import Limits, apart, facts


def weighed(path: Path) -> bytes:
    """Read a document; seconds of a processor and megabytes, as JSON."""
    facts(path)
    used = resource.getrusage(resource.RUSAGE_SELF)
    return json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]).encode("ascii")


def cost(path: Path) -> tuple[float, int]:
    """Seconds of a processor and megabytes that the reading of a document takes."""
    ((_, data, reason),) = apart(weighed, [("", path)], 1, Limits())
    assert data is not None, reason
    seconds, memory = json.loads(data)
    return float(seconds), int(memory)
