"""Asks for the fields of a content file, one plain question after the other.

Nothing here knows of a terminal: ``ask`` shows a question and returns the line that was
typed, ``tell`` shows a line. Lists are numbered, so that a choice is a number or a word.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Mapping

from library_forms.draft import USUAL, problems_of
from library_forms.fields import FieldKind, FormField, form_of

type Ask = Callable[[str], str]
type Tell = Callable[[str], None]

_YES = {"y", "yes", "true", "1", "o", "oui"}
_NO = {"n", "no", "false", "0", "non", ""}


class Answers:
    """The answers so far, for a content type, checked as they come."""

    def __init__(self, folder: str, branches: tuple[str, ...], ask: Ask, tell: Tell) -> None:
        self.folder = folder
        self.given: dict[str, object] = {}
        self._branches = branches
        self._ask = ask
        self._tell = tell

    def take_all(self, already: Mapping[str, object]) -> Mapping[str, object]:
        """Ask for every required and usual field, then offer the others; the valid front matter."""
        self.given.update(already)
        usual = USUAL.get(self.folder, ())
        form = form_of(self.folder)
        by_name = {field.name: field for field in form}
        for field in (*(field for field in form if field.required), *(by_name[name] for name in usual)):
            if field.name not in self.given:
                self._take(field)
        self._offer([field for field in form if not field.required and field.name not in usual])
        self._mend(by_name)
        return self.given

    def _take(self, field: FormField) -> None:
        while True:
            value = self._value(field)
            if value is None:
                return
            trial = {**self.given, field.name: value}
            wrong = [problem for problem in problems_of(self.folder, trial, "") if _is_about(problem.field, field.name)]
            if not wrong:
                self.given[field.name] = value
                return
            for problem in wrong:
                self._tell(f"{problem.message} {problem.hint}".strip())

    def _offer(self, optional: list[FormField]) -> None:
        self._tell("You can add more:")
        for number, field in enumerate(optional, start=1):
            self._tell(f"  {number}. {field.label}: {field.help}")
        typed = self._ask("Numbers of what you want to add, with commas between them; Enter for none")
        for part in filter(None, (part.strip() for part in typed.split(","))):
            if part.isdigit() and 1 <= int(part) <= len(optional):
                self._take(optional[int(part) - 1])
            else:
                self._tell(f"There is no number {part} in the list.")

    def _mend(self, by_name: Mapping[str, FormField]) -> None:
        """Ask again where the answers do not fit together."""
        while problems := problems_of(self.folder, self.given, ""):
            for problem in problems:
                self._tell(f"{problem.message} {problem.hint}".strip())
            names = ", ".join(by_name)
            typed = self._ask("Which field shall we ask again? Type its name").strip().replace(" ", "_").lower()
            near = difflib.get_close_matches(typed, by_name, n=1)
            if near:
                self.given.pop(near[0], None)
                self._take(by_name[near[0]])
            else:
                self._tell(f"The fields are: {names}.")

    def _value(self, field: FormField) -> object:
        """One answer, or ``None`` when the field is left out."""
        if field.kind in (FieldKind.GROUP, FieldKind.PICTURE):
            return self._group(field)
        if field.kind is FieldKind.GROUPS:
            return self._groups(field)
        while True:
            typed = self._ask(_question(field, self._branches)).strip()
            if not typed and not field.required:
                return None
            if not typed:
                self._tell("This one is needed.")
                continue
            value = _read(field, typed, self._branches)
            if value is not None:
                return value
            self._tell(f"“{typed}” is not in the list.")

    def _group(self, field: FormField) -> object:
        if not field.required and self._ask(f"{field.label}: {field.help}. Add it? yes or no").lower() not in _YES:
            return None
        self._tell(f"{field.label}: {field.help}")
        inner = {part.name: self._value(part) for part in field.fields}
        return {name: value for name, value in inner.items() if value not in (None, [], {})}

    def _groups(self, field: FormField) -> object:
        found: list[object] = []
        word = "Add one" if field.required else "Add one?"
        while self._ask(f"{field.label}: {field.help}. {word} yes or no").lower() in _YES:
            inner = {part.name: self._value(part) for part in field.fields}
            found.append({name: value for name, value in inner.items() if value is not None})
            word = "Another?"
        return found or None


def _is_about(field: str, name: str) -> bool:
    return field == name or field.startswith((f"{name}.", f"{name}[", f"{name} "))


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


def _read(field: FormField, typed: str, branches: tuple[str, ...]) -> object:
    """What was typed as the value that front matter holds; ``None`` when it is not one of the choices."""
    match field.kind:
        case FieldKind.YES_NO:
            return True if typed.lower() in _YES else False if typed.lower() in _NO else None
        case FieldKind.NUMBER:
            return int(typed) if typed.lstrip("-").isdigit() else _decimal(typed)
        case FieldKind.DATE:
            return _date(typed)
        case FieldKind.CHOICE:
            return _choice(typed, field.choices)
        case FieldKind.BRANCH:
            return _choice(typed, branches)
        case FieldKind.CHOICES | FieldKind.BRANCHES:
            known = field.choices or branches
            picked = [_choice(part, known) for part in _parts(typed)]
            return picked if picked and None not in picked else None
        case FieldKind.TEXTS | FieldKind.CONTENT_FILES:
            return _parts(typed)
        case _:
            return typed


def _parts(typed: str) -> list[str]:
    return [part.strip() for part in typed.split(",") if part.strip()]


def _choice(typed: str, choices: tuple[str, ...]) -> str | None:
    if typed.isdigit() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    return next((choice for choice in choices if choice.lower() == typed.strip().lower()), None)


def _decimal(typed: str) -> object:
    try:
        return float(typed)
    except ValueError:
        return typed


def _date(typed: str) -> object:
    """A date, so that YAML writes it plainly; anything else is judged by the schema."""
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        return typed
