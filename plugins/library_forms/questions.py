"""Asks for the fields of a content file, one plain question after the other.

Nothing here knows of a terminal: ``ask`` shows a question and returns the line that was
typed, ``tell`` shows a line. Lists are numbered, so that a choice is a number or a word.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any

from library_base.errors import Problem, did_you_mean, listed
from library_forms.draft import USUAL
from library_forms.fields import FieldKind, FormField, form_of
from library_frontmatter.spoken import choice, day, moment
from library_schemas import OwnPage

type Ask = Callable[[str], str]
type Tell = Callable[[str], None]
#: What the site would say about a file with these answers.
type Check = Callable[[Mapping[str, object]], tuple[Problem, ...]]
type _Place = tuple[str | int, ...]

_YES = {"y", "yes", "true", "1", "o", "oui"}
_NO = {"n", "no", "false", "0", "non", ""}
#: Between the names of a field in a field, as complaints write it.
_IN = " › "


class _Unknown(ValueError):
    """An answer that is none of the choices; the text says so."""


class Answers:
    """The answers so far, for a content type, checked one by one as they come."""

    def __init__(self, folder: str, branches: tuple[str, ...], ask: Ask, tell: Tell, check: Check) -> None:
        self.folder = folder
        self.given: dict[str, object] = {}
        self._branches = branches
        self._ask = ask
        self._tell = tell
        self._check = check

    def take_all(self, already: Mapping[str, object]) -> Mapping[str, object]:
        """Ask for every required and usual field, then offer the others; the valid front matter."""
        self.given.update(already)
        usual = USUAL.get(self.folder, ())
        form = form_of(self.folder)
        by_name = {field.name: field for field in form}
        for field in (*(field for field in form if field.required), *(by_name[name] for name in usual)):
            if field.name not in self.given:
                self._take((), field)
        # What only this type has comes first: it is what people look for.
        rare = [field for field in form if not field.required and field.name not in usual]
        self._offer(sorted(rare, key=lambda field: field.name in OwnPage.model_fields))
        self._mend(by_name)
        return self.given

    def _take(self, place: _Place, field: FormField) -> None:
        """Ask for one field until its answer is right, or left out where it may be."""
        here = (*place, field.name)
        while True:
            if not self._answer(here, field):
                _drop(self.given, here)
                return
            about = _spoken(here)
            wrong = [p for p in self._check(self.given) if p.field == about or p.field.startswith(about + _IN)]
            if not wrong:
                return
            _drop(self.given, here)
            for problem in wrong:
                self._say(problem)

    def _offer(self, optional: list[FormField]) -> None:
        self._tell("You can add more:")
        for number, field in enumerate(optional, start=1):
            self._tell(f"  {number}. {field.label}: {field.help}")
        while True:
            typed = self._ask("Numbers of what you want to add, with commas between them; Enter for none")
            wanted = _parts(typed)
            unknown = [part for part in wanted if not (part.isdigit() and 1 <= int(part) <= len(optional))]
            if not unknown:
                break
            self._tell(f"There is no number {listed(unknown)} in the list.")
        for part in wanted:
            self._take((), optional[int(part) - 1])

    def _mend(self, by_name: Mapping[str, FormField]) -> None:
        """Ask again where the answers do not fit together."""
        labels = {field.label.lower(): name for name, field in by_name.items()} | {name: name for name in by_name}
        while problems := self._check(self.given):
            for problem in problems:
                self._say(problem)
            named = {problem.field.partition(_IN)[0] for problem in problems}
            if named <= by_name.keys():
                for name in sorted(named, key=list(by_name).index):
                    self.given.pop(name, None)
                    self._take((), by_name[name])
                continue
            said = set(re.findall(r"\w+", " ".join(problem.message.lower() for problem in problems)))
            about = listed([name for name in by_name if name in said] or ["its name"])
            typed = self._ask(f"Which field shall we ask again? Type {about}").strip().lower()
            near = difflib.get_close_matches(typed, labels, n=1) or difflib.get_close_matches(
                typed.replace(" ", "_"), labels, n=1
            )
            if near:
                name = labels[near[0]]
                self.given.pop(name, None)
                self._take((), by_name[name])
            else:
                self._tell(f"The fields are: {', '.join(by_name)}.")

    def _say(self, problem: Problem) -> None:
        self._tell(f"{problem.message} {problem.hint}".strip())

    def _answer(self, here: _Place, field: FormField) -> bool:
        """Put one answer in its place; ``False`` when the field is left out."""
        if field.kind in (FieldKind.GROUP, FieldKind.PICTURE):
            return self._group(here, field)
        if field.kind is FieldKind.GROUPS:
            return self._groups(here, field)
        while True:
            typed = self._ask(_question(field, self._branches)).strip()
            if not typed and not field.required:
                return False
            if not typed:
                self._tell("This one is needed.")
                continue
            try:
                _put(self.given, here, _read(field, typed, self._branches, self._first_day()))
            except _Unknown as unknown:
                self._tell(str(unknown))
            else:
                return True

    def _first_day(self) -> dt.date | None:
        """The day on which the thing begins: a time alone is meant on it."""
        starts = self.given.get("starts")
        if isinstance(starts, str):
            try:
                return dt.datetime.fromisoformat(starts).date()
            except ValueError:
                return None
        return starts if isinstance(starts, dt.date) else None

    def _group(self, here: _Place, field: FormField) -> bool:
        if not field.required and not self._agreed(f"{field.label}: {field.help}. Add it? yes or no"):
            return False
        self._tell(f"{field.label}: {field.help}")
        _put(self.given, here, {})
        for part in field.fields:
            self._take(here, part)
        return field.required or bool(_at(self.given, here))

    def _groups(self, here: _Place, field: FormField) -> bool:
        _put(self.given, here, [])
        number = 0
        word = "Add one" if field.required else "Add one?"
        while self._agreed(f"{field.label}: {field.help}. {word} yes or no"):
            _put(self.given, (*here, number), {})
            for part in field.fields:
                self._take((*here, number), part)
            number += 1
            word = "Another?"
        return field.required or number > 0

    def _agreed(self, question: str) -> bool:
        while True:
            typed = self._ask(question).strip().lower()
            if typed in _YES | _NO:
                return typed in _YES
            self._tell(f"“{typed}” is neither yes nor no.")


def _at(root: Any, place: _Place) -> Any:
    for step in place:
        root = root[step]
    return root


def _put(root: Any, place: _Place, value: object) -> None:
    owner = _at(root, place[:-1])
    if isinstance(owner, list) and place[-1] == len(owner):
        owner.append(value)
    else:
        owner[place[-1]] = value


def _drop(root: Any, place: _Place) -> None:
    owner = _at(root, place[:-1])
    if isinstance(owner, dict):
        owner.pop(place[-1], None)


def _spoken(place: _Place) -> str:
    return _IN.join(str(step + 1) if isinstance(step, int) else step for step in place)


def _question(field: FormField, branches: tuple[str, ...]) -> str:
    hint = "" if field.required else " Enter to leave it out."
    lines = [f"{field.label}. {field.help}.{hint}"]
    choices = branches if field.kind in (FieldKind.BRANCH, FieldKind.BRANCHES) else field.choices
    lines += [f"  {number}. {choice}" for number, choice in enumerate(choices, start=1)]
    if field.kind in (FieldKind.CHOICES, FieldKind.BRANCHES, FieldKind.TEXTS, FieldKind.CONTENT_FILES):
        lines.append("  Put commas between several.")
    if field.kind is FieldKind.YES_NO:
        lines.append("  yes or no")
    return "\n".join(lines)


def _read(field: FormField, typed: str, branches: tuple[str, ...], first: dt.date | None) -> object:
    """What was typed as the value that front matter holds.

    Raises:
        _Unknown: it is none of the choices.
    """
    match field.kind:
        case FieldKind.YES_NO:
            if typed.lower() not in _YES | _NO:
                raise _Unknown(f"“{typed}” is neither yes nor no.")
            return typed.lower() in _YES
        case FieldKind.NUMBER:
            return int(typed) if typed.lstrip("-").isdigit() else _decimal(typed)
        case FieldKind.DATE:
            return day(typed) or typed
        case FieldKind.DATE_AND_TIME:
            found = moment(typed, first)
            return f"{found:%Y-%m-%d %H:%M}" if found else day(typed) or typed
        case FieldKind.CHOICE:
            return _choice(typed, field.choices)
        case FieldKind.BRANCH:
            return _choice(typed, branches)
        case FieldKind.CHOICES:
            return [_choice(part, field.choices) for part in _parts(typed)]
        case FieldKind.BRANCHES:
            return [_choice(part, branches) for part in _parts(typed)]
        case FieldKind.TEXTS | FieldKind.CONTENT_FILES:
            return _parts(typed)
        case _:
            return typed


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _choice(typed: str, choices: tuple[str, ...]) -> str:
    if typed.isdigit() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    found = choice(typed, choices)
    if found is None:
        raise _Unknown(f"“{typed}” is not in the list. {did_you_mean(typed, choices)}".strip())
    return found


def _decimal(typed: str) -> object:
    try:
        return float(typed)
    except ValueError:
        return typed
