"""What of the program is installed: the auditor always, the rest as extras that somebody asks for.

``[project.optional-dependencies]`` of ``pyproject.toml`` names the packages of each extra, and this
table the modules that they bring; a test holds the one against the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec

#: Extra → the modules that are there only with it.
EXTRAS: Mapping[str, tuple[str, ...]] = {
    "documents": ("fontTools", "page", "pikepdf", "pypdfium2"),
    "site": (
        "babel",
        "brotli",
        "font_source_sans_pro",
        "font_source_serif_pro",
        "jsonschema",
        "markdown",
        "pelican",
        "phonenumbers",
        "watchfiles",
    ),
    "imports": ("icalendar", "mammoth", "openpyxl", "recurring_ical_events"),
}
#: Modules that come with a package of an extra, and that we import as well.
_BESIDE = {"blinker": "site", "jinja2": "site", "markupsafe": "site", "pypdfium2_raw": "documents"}
_PURPOSES = {
    "documents": "reading PDF documents",
    "site": "building a website",
    "imports": "taking over what other programs have written",
}


def has(extra: str) -> bool:
    """Whether everything of an extra is installed."""
    return all(find_spec(module) is not None for module in EXTRAS[extra])


def missing_part(error: ImportError) -> str | None:
    """What to install, if a module could not be imported because an extra is not installed; else ``None``."""
    module = (error.name or "").split(".", 1)[0]
    extra = _BESIDE.get(module) or next((name for name, modules in EXTRAS.items() if module in modules), None)
    if extra is None:
        return None
    return f'The part of Stepfree for {_PURPOSES[extra]} is not installed. Install it: pip install "stepfree[{extra}]"'
