"""The handbook shows a document that does not pass, with what the check says of it today."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from audit.reports.terminal import show
from audit.run.order import Order
from audit.run.run import audit
from benchmarks.documents.description import Description
from benchmarks.documents.making import make

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook.md"
#: As somebody writes a report who has never heard of styles.
REPORT: Description = {
    "title": "Microsoft Word - board-report-v3.docx",
    "language": "en-CA",
    "body": [
        {"paragraph": "Summer reading", "bold": True},
        {"paragraph": "Six hundred children read with us this summer, a third more than in the summer before."},
        {"picture": {"alternative": "IMG_2041.jpg"}},
        {"paragraph": "Rooms", "bold": True},
        {"paragraph": "The rooms were booked on most evenings, and groups asked for a second screen in the large one."},
        {"table": {"rows": [["Branch", "Visits"], ["Main", "4,100"], ["East", "1,900"]]}},
        {"paragraph": "Figures are from the counters at the doors.", "colour": "#aaaaaa"},
        {"paragraph": "• Buy a screen"},
        {"paragraph": "• Ask the groups again in spring"},
    ],
}


def said(folder: Path) -> str:
    """What the check says of the report."""
    file = make(REPORT, "docx", folder / "board-report.docx")
    report = audit(Order(str(folder), files=(file,), use_browser=False))
    told = io.StringIO()
    show(report, Console(file=told, width=100, highlight=False, emoji=False, markup=False))
    return told.getvalue().strip()


def test_the_handbook_shows_what_is_said_today(tmp_path: Path) -> None:
    shown = re.search(
        r"^```text\n\$ stepfree audit board-report\.docx\n(.*?)\n```$",
        HANDBOOK.read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert shown is not None
    assert shown[1] == said(tmp_path)
