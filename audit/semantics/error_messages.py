"""Error messages of forms: which texts are some, and which field each is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audit.model.document import Document, Element
from audit.semantics.words import words

_CALLED = re.compile(r"(?:^|[-_\s])(?:error|errors|invalid|erreurs?)(?:$|[-_\s])", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SAYS = re.compile(
    r"\b(?:errors?|invalid|not valid|incorrect|wrong|must (?:be|have|contain|include|match)|(?:is|are) required|cannot be|can't be"
    r"|please (?:enter|fill|select|choose|provide|correct|check)|missing|too (?:short|long|small|large)|fix"
    r"|erreurs?|invalides?|incorrecte?s?|obligatoires?|veuillez|doit (?:être|contenir))\b",
    re.IGNORECASE,
)
#: How words begin that say what to do with a field.
_ASKS = re.compile(
    r"^\W*(?:add|agree|attach|choose|complete|confirm|enter|fill|give|pick|provide|select|tell|tick|type|upload|write"
    r"|ajoutez|choisissez|cochez|confirmez|donnez|entrez|écrivez|indiquez|précisez|remplissez|saisissez|sélectionnez|téléversez)\b",
    re.IGNORECASE,
)
_FIELDS = frozenset({"input", "select", "textarea"})
_NO_FIELDS = frozenset({"hidden", "submit", "button", "reset", "image"})
#: What says that something is wrong, and nothing more.
SAYS_NOTHING = frozenset(
    [
        "a",
        "an",
        "the",
        "this",
        "that",
        "your",
        "it",
        "is",
        "are",
        "was",
        "has",
        "have",
        "not",
        "in",
        "isn't",
        "aren't",
        "valid",
        "invalid",
        "error",
        "errors",
        "wrong",
        "incorrect",
        "bad",
        "value",
        "values",
        "field",
        "entry",
        "input",
        "format",
        "please",
        "check",
        "correct",
        "try",
        "again",
        "enter",
        "of",
        "for",
        "there",
        "with",
        "must",
        "be",
        "fix",
        "le",
        "la",
        "les",
        "un",
        "une",
        "des",
        "votre",
        "ce",
        "cette",
        "est",
        "n'est",
        "pas",
        "erreur",
        "erreurs",
        "invalide",
        "invalides",
        "incorrect",
        "incorrecte",
        "valeur",
        "champ",
        "veuillez",
        "vérifier",
    ]
)
#: Words of what a page says back. English and French.
_ANSWERS = frozenset({
    "added", "changed", "copied", "deleted", "done", "failed", "found", "invalid", "loading", "please", "removed", "reserved",
    "saved", "selected", "sent", "sorry", "success", "successfully", "thank", "thanks", "updated", "uploaded", "wrong",
    "ajouté", "ajoutée", "chargement", "copié", "copiée", "enregistré", "enregistrée", "envoyé", "envoyée", "merci",
    "réservé", "réussi", "supprimé", "supprimée", "trouvé", "trouvés", "veuillez",
})  # fmt: skip
#: An answer has this many words at most.
ANSWER = 12
#: An error message is short; a text about errors is not.
LONGEST = 240


def fields(document: Document) -> tuple[Element, ...]:
    """The fields that a person fills in."""
    return tuple(
        element
        for element in document
        if element.tag in _FIELDS and (element.get("type") or "text").lower() not in _NO_FIELDS and element.rendered
    )


_FORMATS = frozenset({"email", "url", "date", "time", "month", "week", "datetime-local", "number"})
#: Attributes that say which values a field takes.
BOUNDS = ("pattern", "min", "max", "minlength", "step")


def has_format(field: Element) -> bool:
    """Whether a field takes values of a certain form only."""
    kind = (field.get("type") or "text").lower()
    return kind in _FORMATS or any(field.has(name) for name in BOUNDS)


def says_error(text: str) -> bool:
    """Whether a short text says that something is wrong, or what is wanted."""
    return len(text) <= LONGEST and _SAYS.search(text) is not None


def asks_for(text: str) -> bool:
    """Whether a short text begins with what to do with a field: “Enter your date of birth”."""
    return len(text) <= LONGEST and _ASKS.match(text) is not None


def is_answer(text: str) -> bool:
    """Whether a short text surely tells what became of something that was done: “Copied”, “3 books found”."""
    said = words(text)
    return len(said) <= ANSWER and not _ANSWERS.isdisjoint(said)


def is_called_error(element: Element) -> bool:
    """Whether its id, class or role says that it is one."""
    called = " ".join((element.get("id") or "", element.get("class") or ""))
    return _CALLED.search(" ".join(_CAMEL.split(called))) is not None or element.role == "alert"


def is_marked_as_error(document: Document, element: Element) -> bool:
    """Whether it is called one, or a field that is wrong refers to it."""
    if is_called_error(element):
        return True
    identifier = element.get("id")
    return identifier is not None and any(
        identifier in (field.get("aria-errormessage") or "").split()
        or (field.get("aria-invalid") == "true" and identifier in (field.get("aria-describedby") or "").split())
        for field in fields(document)
    )


def error_messages(document: Document) -> Iterator[Element]:
    """Elements on pages with fields that are marked as errors and say what errors say, hidden ones too."""
    if not fields(document):
        return
    for element in document:
        if element.tag in {
            "form",
            "fieldset",
            "body",
            "html",
            "label",
            "input",
            "select",
            "textarea",
            "script",
            "style",
        }:
            continue
        text = document.text(element)
        if not text or len(text) > LONGEST or not _SAYS.search(text):
            continue
        if not is_marked_as_error(document, element) and not _is_bare(document, element, text):
            continue
        if not any(document.contains(element, field) for field in fields(document)):
            yield element


def _is_bare(document: Document, element: Element, text: str) -> bool:
    """Whether it is shown in a form and says that something is wrong, and nothing else."""
    bare = element.rendered and set(words(text)) <= SAYS_NOTHING and element.role in {"paragraph", "generic", "strong"}
    return bare and document.closest(element, lambda each: each.tag == "form") is not None


def referring(document: Document, message: Element) -> tuple[Element, ...]:
    """The fields that refer to the message, or whose label holds it."""
    around = {message.get("id")} | {each.get("id") for each in document.ancestors(message)} - {None}
    around |= {each.get("id") for each in document.descendants(message)}
    found = []
    for field in fields(document):
        ids = {
            each
            for name in ("aria-describedby", "aria-errormessage", "aria-labelledby")
            for each in (field.get(name) or "").split()
        }
        label = document.closest(message, lambda each: each.tag == "label")
        inside = label is not None and (_is_for(label, field) or document.contains(label, field))
        if ids & around or inside:
            found.append(field)
    return tuple(found)


def named(document: Document, message: Element) -> dict[str, tuple[Element, ...]]:
    """Labels whose words stand in the message, each with the fields that are called so."""
    said = words(document.text(message))
    table: dict[str, list[Element]] = {}
    for field in fields(document):
        label = " ".join(word for word in words(field.name) if word not in {"required", "optional", "obligatoire"})
        if label:
            table.setdefault(label, []).append(field)
    found = {}
    for label, called in table.items():
        parts = label.split()
        long_words = [part for part in parts if len(part) > 2] or parts
        if any(part in said for part in long_words):
            found[label] = tuple(called)
    return found


def _is_for(label: Element, field: Element) -> bool:
    return label.get("for") is not None and label.get("for") == field.get("id")
