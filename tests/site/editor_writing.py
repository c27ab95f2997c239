"""What the editor in the browser writes when somebody opens a file there and saves it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, override

import yaml

import library_site
from library_forms.editor import configuration
from library_schemas import CONTENT_TYPES
from tests.site.projects import REPOSITORY, TODAY, Built
from tests.site.whole_site import WholeSite, settings_of

_FRONT = re.compile(r"\A---\n(.*?)\n---\n\n?(.*)\Z", re.DOTALL)
#: Nothing but what YAML 1.2 takes for something else than text (its core schema); dates are text.
_CORE = {
    "tag:yaml.org,2002:bool": (r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    "tag:yaml.org,2002:int": (r"^[-+]?[0-9]+$", "-+0123456789"),
    "tag:yaml.org,2002:float": (r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+0123456789."),
    "tag:yaml.org,2002:null": (r"^(?:~|null|Null|NULL|)$", "~nN"),
}


class _Reader(yaml.SafeLoader):
    """Reads YAML 1.2, as the editor does."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as its base declares it


class _Writer(yaml.SafeDumper):
    """Writes YAML 1.2 with indented lists, as the editor does: ``ON`` and ``10:00`` without quotation marks."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as its base declares it

    @override
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


for _tag, (_pattern, _first) in _CORE.items():
    for _class in (_Reader, _Writer):
        _class.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _as_the_form_holds_it(value: Any, fields: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The values of a file in the order of its form; what nobody filled in is left out."""
    unknown = set(value) - {field["name"] for field in fields}
    assert not unknown, unknown
    found: dict[str, Any] = {}
    for field in fields:
        held = value.get(field["name"])
        if held in (None, "", []):
            continue
        if "fields" in field:
            inner = field["fields"]
            held = (
                [_as_the_form_holds_it(each, inner) for each in held]
                if field["widget"] == "list"
                else _as_the_form_holds_it(held, inner)
            )
        found[field["name"]] = held
    return found


def as_the_editor_writes_it(text: str, fields: Sequence[Mapping[str, Any]]) -> str:
    parts = _FRONT.match(text)
    assert parts, text[:80]
    held = _as_the_form_holds_it(yaml.load(parts[1], _Reader), [field for field in fields if field["name"] != "body"])
    front = yaml.dump(held, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100_000)
    body = parts[2].rstrip("\n")
    return f"---\n{front}---\n" + (f"\n{body}\n" if body else "")


def rebuilt_after_saving(site: WholeSite, folder: Path) -> dict[str, bytes]:
    """Write all content of a library as the editor does, and build it again: the files of the site."""
    content = folder / "content"
    shutil.copytree(site.library / "content", content)
    written = set()
    for collection in yaml.safe_load(configuration("county/site"))["collections"]:
        files = folder / collection["folder"]
        for path in files.glob("**/*.md" if "nested" in collection else "*.md"):
            text = path.read_text(encoding="utf-8")
            path.write_text(as_the_editor_writes_it(text, collection["fields"]), encoding="utf-8")
            written.add(path.relative_to(content).as_posix())
    assert {name.partition("/")[0] for name in written} == set(CONTENT_TYPES)
    assert written == {path.relative_to(content).as_posix() for path in content.rglob("*.md")}
    again = folder / "build"
    settings = {**settings_of(site.library), "PATH": str(content)}
    library_site.build(REPOSITORY / "pelicanconf.py", again / "site", again / "manifest.json", True, TODAY, settings)
    return Built(folder, site.result).files()


def differences(site: WholeSite, again: Mapping[str, bytes]) -> list[str]:
    """Names of files that are not the same in two builds of a site."""
    before = site.files()
    return sorted(name for name in before.keys() | again.keys() if before.get(name) != again.get(name))
