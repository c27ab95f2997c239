"""``report.json``: the report as plain data (``docs/schemas/report.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from audit.model.finding import Json
from audit.model.report import Report, Summary, ordered
from audit.reports.codec import encode

SCHEMA = "stepfree-report/1"


def to_json(report: Report) -> bytes:
    """The bytes of ``report.json``: UTF-8, two spaces."""
    text = json.dumps(to_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    # A page may hold half a surrogate pair, which has no UTF-8; a question mark stands for it.
    return text.encode("utf-8", "replace") + b"\n"


def to_data(report: Report) -> dict[str, Json]:
    """The report as plain data, as in the schema.

    A rule names its pages by their places in ``pages``: on a large site the addresses would be most of the file.
    """
    report = ordered(report)
    data = encode(report)
    assert isinstance(data, dict)
    numbers = {page.address: number for number, page in enumerate(report.pages)}
    data["rules"] = [
        {**each, **{key: ranges(numbers[address] for address in each[key] if address in numbers) for key in PLACES}}
        for each in data["rules"]
    ]
    return {"schema": SCHEMA, "summary": summary_data(report.summary), **data}


#: The fields of a rule that hold addresses of pages.
PLACES = ("passed", "inapplicable")


def summary_data(summary: Summary) -> dict[str, Json]:
    """The counts as plain data, as in the schema."""
    data = encode(summary)
    assert isinstance(data, dict)
    return {"cantTell" if key == "cant_tell" else key: value for key, value in data.items()}


def ranges(numbers: Iterable[int]) -> str:
    """Places in the list of pages, written shortly: ``0-3,7``."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
