"""The lock is complete, hashed, fits pyproject.toml and names no registry."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def blocks() -> list[tuple[Requirement, list[str]]]:
    """Each requirement of the lock with its hashes."""
    joined = re.sub(r" *\\\n *", " ", re.sub(r"^ *#.*\n", "", LOCK, flags=re.MULTILINE))
    found = []
    for line in filter(None, joined.splitlines()):
        requirement, *hashes = line.split(" --hash=")
        found.append((Requirement(requirement), hashes))
    return found


def wanted() -> list[str]:
    groups = PROJECT["dependency-groups"].values()
    return [*installed(), *(text for group in groups for text in group)]


def installed() -> list[str]:
    """What the program and its extras need; an extra may hold others."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    texts = [*PROJECT["project"]["dependencies"], *(text for extra in extras for text in extra)]
    return [text for text in texts if not text.startswith("stepfree[")]


def test_every_package_has_one_version_and_its_hashes() -> None:
    assert len(blocks()) > 50
    for requirement, hashes in blocks():
        assert [specifier.operator for specifier in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_no_registry_and_no_machine_is_named() -> None:
    assert "://" not in LOCK
    assert " @ " not in LOCK
    assert not re.search(r"^-", LOCK, re.MULTILINE)


@pytest.mark.parametrize("text", wanted())
def test_what_the_project_asks_for_is_in_it(text: str) -> None:
    """Otherwise pyproject.toml was changed and `make lock` forgotten."""
    requirement = Requirement(text)
    versions = [
        next(iter(locked.specifier)).version
        for locked, _ in blocks()
        if canonicalize_name(locked.name) == canonicalize_name(requirement.name)
    ]
    assert versions, f"{requirement.name} is not in the lock: run make lock"
    assert all(requirement.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("version", ["3.12", "3.13"])
def test_every_package_is_for_every_supported_python(version: str) -> None:
    """A marker may tell systems and interpreters apart, but not the versions that we support."""
    for requirement, _ in blocks():
        if requirement.marker is not None and "python_version" in str(requirement.marker):
            assert requirement.marker.evaluate({"python_version": version, "python_full_version": version + ".0"})


def test_every_dependency_says_why_it_is_here() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    head, _, tail = text.partition("[project.scripts]")
    lines = re.findall(r'^  "[\w.-]+[><=].*$', head, re.MULTILINE)
    assert len(lines) == len(installed())
    assert [line for line in lines if "# " not in line] == []
    assert tail


def test_the_pinned_python_is_one_that_is_supported() -> None:
    pinned = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    assert Requirement(f"python{PROJECT['project']['requires-python']}").specifier.contains(pinned)
