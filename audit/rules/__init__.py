"""All rules: one folder each, in the folder of their family, found by being there.

:func:`load` imports every ``rule.py`` below this folder once and returns them by id, in
the order of their ids. Adding a rule means adding a folder, not editing a list.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from audit.errors import InternalError
from audit.model.rule import Result, Rule

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LoadedRule:
    """A rule with its id, its folder and its two functions."""

    id: str
    folder: Path
    rule: Rule
    applies: Callable[[Any], Iterable[Any]]
    expect: Callable[[Any, Any], Result]


@cache
def load() -> Mapping[str, LoadedRule]:
    """All rules by id.

    Raises:
        InternalError: a folder holds a ``rule.py`` without the three names.
    """
    rules: dict[str, LoadedRule] = {}
    for file in sorted(FOLDER.glob("*/*/rule.py")):
        name, family = file.parent.name, file.parent.parent.name
        module = importlib.import_module(f"audit.rules.{family}.{name}.rule")
        try:
            rule = LoadedRule(name.replace("_", "-"), file.parent, module.RULE, module.applies, module.expect)
        except AttributeError as error:
            raise InternalError(
                f"audit/rules/{family}/{name}/rule.py must define RULE, applies and expect: {error}."
            ) from error
        rules[rule.id] = rule
    return rules
