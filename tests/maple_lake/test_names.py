"""The tool knows nothing of this library."""

from __future__ import annotations

import ast
import re
from urllib.parse import urlsplit

import yaml

from tests.site.projects import REPOSITORY as ROOT


def test_the_auditor_names_no_library() -> None:
    """What ``content/library.yml`` says of one library stands in no module, list or text of the auditor."""
    library = yaml.safe_load((ROOT / "content/library.yml").read_text(encoding="utf-8"))
    branches = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "content/branches").glob("*.md"))]
    titles = [match[1].strip(" \"'") for text in branches if (match := re.search(r"^title: (.+)$", text, re.MULTILINE))]
    address = library["address"]
    names = {
        library["name"],
        library["short_name"],
        address["town"],
        address["street"],
        library["phone"],
        library["email"],
        library["timezone"],
        f"{library['languages'][0]}-{library['country']}",
    }
    names |= {urlsplit(library["url"]).hostname, *(re.sub(r" (?:Branch|Library)$", "", title) for title in titles)}
    assert len(names) > 8
    files = [
        file
        for pattern in ("*.py", "*.toml", "*.js", "*.css", "doc.md")
        for file in sorted((ROOT / "audit").rglob(pattern))
        if "examples" not in file.parts
    ]
    wrong = [
        f"{file.relative_to(ROOT)} names {name}"
        for file in files
        for text in (file.read_text(encoding="utf-8"),)
        for name in sorted(names)
        if re.search(rf"\b{re.escape(name)}\b", text)
    ]
    assert wrong == []


def test_its_rules_know_no_folder_of_this_content() -> None:
    """A rule that asks for a folder of our content never runs on another site: it belongs in the pack of this one."""
    folders = {each.name for each in (ROOT / "content").iterdir() if each.is_dir()}
    folders.remove("pages")  # what documents are counted in, too
    assert {"booklists", "e-resources", "notices", "programs"} <= folders
    files = sorted((ROOT / "audit/rules").rglob("rule.py"))
    assert len(files) > 200
    named = [
        f"{file.relative_to(ROOT)}:{node.lineno} names {node.value}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value in folders or any(node.value.startswith(f"content/{each}") for each in folders))
    ]
    assert named == []
