"""All rules: one folder each, in the folder of their family, found by being there.

:func:`load` imports every ``rule.py`` below this folder once and returns them by id, in
the order of their ids. Adding a rule means adding a folder, not editing a list.

A *pack* holds further rules: a package that can be imported, or a folder. Its rules are
folders of the same shape; ``[paths] rules`` of the configuration names it.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from audit.errors import InternalError, UsageError
from audit.model.rule import Result, Rule
from audit.settings.extras import missing_part

OWN = "audit.rules"


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule with its id, its folder and its functions.

    ``source``: the folder as findings name it, from the root of the repository or of the pack.
    ``repair``: takes a source and gives it back mended; ``None`` for rules without one.
    """

    id: str
    folder: Path
    rule: Rule
    applies: Callable[[Any], Iterable[Any]]
    expect: Callable[[Any, Any], Result]
    source: str
    repair: Callable[[Any], Any] | None = None


def load(packs: tuple[str, ...] = ()) -> Mapping[str, LoadedRule]:
    """All rules by id: our own, and those of the packs.

    Raises:
        InternalError: one of our folders holds a ``rule.py`` without the three names.
        UsageError: a pack is not there, a rule of it cannot be loaded, or has the id of another.
    """
    # A folder is kept by its whole path: “rules” is another one in another working folder.
    return _load(tuple(str(Path(pack).resolve()) if Path(pack).is_dir() else pack for pack in packs))


@cache
def _load(packs: tuple[str, ...]) -> Mapping[str, LoadedRule]:
    rules = {rule.id: rule for rule in _own()}
    for pack in packs:
        for rule in _pack(pack):
            other = rules.setdefault(rule.id, rule)
            if other is not rule:
                raise UsageError(
                    f"Two rules have the id “{rule.id}”: {other.source} and {rule.source}.",
                    "Give the folder of yours another name.",
                )
    return dict(sorted(rules.items()))


def load_some(folders: Collection[Path], packs: tuple[str, ...] = ()) -> tuple[LoadedRule, ...]:
    """The rules in some folders, ours or those of packs, by their ids; nothing else is imported.

    ``folders``: of rules that :func:`load` has loaded before, here or in another process.
    """
    found = []
    for pack in (OWN, *packs):
        package, root = _package(pack), folder_of(pack)
        shown = Path(pack).name if Path(pack).is_dir() else pack.replace(".", "/")
        found += [_loaded(package, folder, shown) for folder in folders if folder.is_relative_to(root)]
    return tuple(sorted(found, key=lambda rule: rule.id))


def _own() -> Iterator[LoadedRule]:
    package = importlib.import_module(OWN)
    for folder in _folders(package):
        try:
            yield _loaded(package, folder, OWN.replace(".", "/"))
        except AttributeError as error:
            raise InternalError(f"{folder}/rule.py must define RULE, applies and expect: {error}.") from error


def _pack(pack: str) -> Iterator[LoadedRule]:
    package = _package(pack)
    shown = Path(pack).name if Path(pack).is_dir() else pack.replace(".", "/")
    folders = _folders(package)
    if not folders:
        raise UsageError(
            f"The rule pack {pack} has no rule.", "Each rule is a folder with a rule.py; see docs/rule-packs.md."
        )
    for folder in folders:
        try:
            rule = _loaded(package, folder, shown)
        except AttributeError as error:
            raise UsageError(f"{folder / 'rule.py'} must define RULE, applies and expect: {error}.") from error
        except SyntaxError as error:
            raise UsageError(f"{error.filename}:{error.lineno}: this is not Python: {error.msg}.") from error
        except Exception as error:
            if isinstance(error, ImportError) and (part := missing_part(error)):
                raise UsageError(f"The rule pack {pack} cannot be loaded.", part) from error
            said = f"{type(error).__name__}: {error}"
            raise UsageError(f"{folder / 'rule.py'} cannot be loaded: {said.rstrip('.')}.") from error
        if not isinstance(rule.rule, Rule):
            raise UsageError(f"{folder / 'rule.py'}: RULE must be an audit.model.rule.Rule.")
        yield rule


def _package(pack: str) -> ModuleType:
    folder = Path(pack)
    if not folder.is_dir():
        try:
            return importlib.import_module(pack)
        except ImportError as error:
            raise UsageError(
                f"There is no rule pack “{pack}”: neither a folder nor a package that can be imported.",
                "Correct [paths] rules in stepfree.toml.",
            ) from error
    # A name of its own, so that two folders called rules/ do not meet.
    name = f"stepfree_rules_{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        module = ModuleType(name)
        module.__path__ = [str(folder.resolve())]
        sys.modules[name] = module
    return sys.modules[name]


def folder_of(pack: str) -> Path:
    """Where the code of a pack lies.

    Raises:
        UsageError: there is no such pack.
    """
    return Path(_package(pack).__path__[0])


def _folders(package: ModuleType) -> tuple[Path, ...]:
    """The folders of rules, below the package itself or below a folder for each family."""
    root = Path(package.__path__[0])
    return tuple(file.parent for pattern in ("*/rule.py", "*/*/rule.py") for file in sorted(root.glob(pattern)))


def _loaded(package: ModuleType, folder: Path, shown: str) -> LoadedRule:
    parts = folder.relative_to(package.__path__[0]).parts
    module = importlib.import_module(".".join((package.__name__, *parts, "rule")))
    return LoadedRule(
        folder.name.replace("_", "-"),
        folder,
        module.RULE,
        module.applies,
        module.expect,
        "/".join((shown, *parts)),
        getattr(module, "repair", None),
    )
