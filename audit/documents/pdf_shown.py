"""Which codes of a typeface the pages of a PDF show (ISO 32000-1, 9.4.3), page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf

#: Pages that are looked through, and drawings within drawings.
PAGES, DEPTH = 60, 6
_SHOWS = frozenset({"Tj", "'", '"', "TJ"})


def shown_codes(
    file: pikepdf.Pdf, wanted: Callable[[int], bool], size: int = 1
) -> Iterator[tuple[int, dict[int, set[int]]]]:
    """For each page its number, and the codes that it shows, by the number of the typeface.

    Only pages with a typeface that is ``wanted`` are looked at, and of these the first :data:`PAGES`. ``size``: the bytes
    of a code, one in a simple typeface.
    """
    looked = 0
    for page, each in enumerate(file.pages, start=1):
        numbers = {number for number in _fonts(each.resources, 0) if wanted(number)}
        if not numbers:
            continue
        found: dict[int, set[int]] = {}
        for number, codes in _shown(each.obj, each.resources, 0):
            if number in numbers:
                pieces = (codes[at : at + size] for at in range(0, len(codes), size))
                found.setdefault(number, set()).update(int.from_bytes(each) for each in pieces)
        if found:
            yield page, found
        looked += 1
        if looked == PAGES:
            return


def _group(resources: Any, kind: str) -> dict[str, Any]:
    group = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return dict(group.items()) if isinstance(group, pikepdf.Dictionary) else {}


def _forms(resources: Any) -> Iterator[tuple[str, pikepdf.Stream]]:
    for name, each in _group(resources, "/XObject").items():
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form":
            yield name, each


def _fonts(resources: Any, depth: int) -> Iterator[int]:
    """The numbers of the typefaces among resources, and among those of what they draw."""
    for each in _group(resources, "/Font").values():
        if isinstance(each, pikepdf.Dictionary):
            yield each.objgen[0]
    if depth < DEPTH:
        for _, form in _forms(resources):
            yield from _fonts(form.get("/Resources"), depth + 1)


def _shown(drawn: Any, resources: Any, depth: int) -> Iterator[tuple[int, bytes]]:
    """The number of a typeface and what is shown with it, piece by piece."""
    fonts, forms = _group(resources, "/Font"), dict(_forms(resources))
    numbers = {name: each.objgen[0] for name, each in fonts.items() if isinstance(each, pikepdf.Dictionary)}
    try:
        steps = pikepdf.parse_content_stream(drawn)
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError, TypeError, ValueError):
        return
    current, kept = 0, list[int]()
    for step in steps:
        operands = step.operands
        match str(step.operator):
            case "q":
                kept.append(current)
            case "Q":
                current = kept.pop() if kept else current
            case "Tf":
                current = numbers.get(str(operands[0]), 0) if len(operands) else 0
            case "Do" if len(operands) and depth < DEPTH and (form := forms.get(str(operands[0]))) is not None:
                yield from _shown(form, form.get("/Resources", resources), depth + 1)
            case shows if current and len(operands) and shows in _SHOWS:
                last: Any = operands[-1]
                for each in last if isinstance(last, pikepdf.Array) else (last,):
                    if isinstance(each, pikepdf.String):
                        yield current, bytes(each)
