"""The page of what was measured: one part for each measurement, which a new one replaces."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).parent / "results.md"
HEAD = """# What was measured

Written by the benchmarks (see [README](README.md)). Ratios within one run carry over to other machines; seconds do not.
"""


def write(heading: str, lines: Sequence[str], day: dt.date, page: Path = PAGE) -> None:
    """Put a measurement of a day onto the page, in the place of the last one of this name."""
    text = page.read_text(encoding="utf-8") if page.is_file() else HEAD
    first, *parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    kept = {part.splitlines()[0]: part.strip() for part in parts}
    kept[f"## {heading}"] = "\n".join([f"## {heading}", "", f"Measured on {day.isoformat()}.", "", *lines]).strip()
    page.write_text("\n\n".join([first.strip(), *kept.values()]) + "\n", encoding="utf-8")
