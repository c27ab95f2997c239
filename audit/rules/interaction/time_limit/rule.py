"""A script will take people away after a time, or a clock runs down."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audit.model.document import Document, Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.observations import TimeLimit
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.activation import controls, speaks_of
from audit.semantics.error_messages import fields
from audit.semantics.text_blocks import text_blocks
from audit.semantics.words import counted, sentences

RULE = Rule(
    title="Can people have more time?",
    family=Family.INTERACTION,
    requirements=Requirements(wcag=("2.2.1",)),
    fixer=Fixer.THEME,
    why="People who read or type slowly lose what they had entered when the time is over.",
    since="0.1.0",
)
#: Milliseconds: criterion 2.2.1 excepts limits longer than 20 hours.
LIMIT = 72_000_000
#: Milliseconds: what comes sooner is no limit, but may count to one.
SHORTEST = 5_000
#: Milliseconds from which on what is taken away may be what somebody works at.
LONG = 20_000
_MORE = re.compile(
    r"\b(?:more time|extend|extra time|stay (?:signed|logged) in|keep me|turn off the (?:timer|limit)|no time limit|continue"
    r"|plus de temps|prolonger|rester connect|sans limite)",
    re.IGNORECASE,
)
#: What says of a limit that people can have more time, or are asked before.
_OFFERED = re.compile(
    r"\b(?:can|may|could|let you|allow you to|able to|ask (?:you )?(?:if|whether)|pou[rv]\w+|vous demand\w+)\b[^.!?]{0,40}"
    r"\b(?:more time|extend|extra time|longer|stay|plus de temps|prolonger)\b",
    re.IGNORECASE,
)
_AMOUNT = r"\b(?:\d+|one|two|three|five|ten|fifteen|twenty|thirty|une?|deux|cinq|dix|quinze|vingt|trente)[- ](?:minute|second|seconde|hour|heure)s?\b"
# What ends, in the words of a page: a session, a booking that is held, or time to fill something in.
_ENDS = (
    r"\b(?:log(?:ged)?|sign(?:ed)?|time[sd]?) (?:you )?out\b|\bsession\b.{0,20}\b(?:ends?|expires?|closes?)\b|\bwill expire\b"
    r"|\b(?:to|you) (?:finish|complete|fill|answer|submit|pay)\b"
    r"|\bdéconnect\w+|\bsession\b.{0,20}\b(?:prend fin|expire\w*|se ferme\w*|se termine\w*)|\bpour (?:remplir|terminer|répondre|payer|compléter)\b"
)
_HELD = r"\b(?:held|kept|reserved|saved) for (?:you for )?(?:only )?\w+[- ](?:minute|second)s?\b"
_TOLD = re.compile(rf"{_HELD}|{_AMOUNT}.{{0,60}}(?:{_ENDS})|(?:{_ENDS}).{{0,60}}{_AMOUNT}", re.IGNORECASE)
# A form that says how long it takes sets no limit.
_TAKES = re.compile(r"\b(?:takes?|about|only|less than|prend|faut|environ|moins de)\b.{0,20}$", re.IGNORECASE)


def applies(page: Page) -> Iterable[Element | None]:
    """Blocks of text that tell of a limit; the page, where a timer says that it leads away, or that it takes something from a page on which people fill in
    fields or read a message; elements with the role of a timer.
    """
    if _limits(page):
        yield None
    for element in page.document.roles("timer"):
        if element.rendered and not _is_of_a_player(page.document, element):
            yield element
    for block in text_blocks(page.document):
        if block.element.role != "timer" and _told(block.text):
            yield block.element


def _is_of_a_player(document: Document, clock: Element) -> bool:
    """Whether a clock stands beside a video or a recording with its buttons: it shows how much of it was played."""
    for above in document.ancestors(clock):
        inner = [
            each for each in document.descendants(above) if each.tag in {"video", "audio"} or each.role == "button"
        ]
        if any(each.tag in {"video", "audio"} for each in inner):
            return any(each.role == "button" for each in inner)
        if above.tag in {"main", "body"}:
            return False
    return False


def _told(text: str) -> str:
    """The sentence in which the page itself tells of a limit of time; empty without one."""
    for sentence in sentences(text):
        found = _TOLD.search(sentence)
        if found is not None and not _TAKES.search(sentence[: found.start()] + found.group(0)[:1]):
            return sentence
    return ""


def _limits(page: Page) -> list[TimeLimit]:
    found = [each for each in page.observed.time_limits if each.delay <= LIMIT and _matters(page, each)]
    # What a minute is counted by is no limit itself, but the limit it counts is not known.
    return sorted(found, key=lambda each: (each.delay < SHORTEST, each.delay, each.says))


def _matters(page: Page, limit: TimeLimit) -> bool:
    if not limit.takes:
        return True
    # What goes after a short time is mostly a sign that the page loads; a message has a role.
    if limit.delay < LONG:
        return any(each.rendered for role in ("alert", "status") for each in page.document.roles(role))
    return _is_filled(page)


def _is_filled(page: Page) -> bool:
    """Whether people fill in something that they could lose: more than what they search for."""
    search = ("search", "searchbox")
    return any(each.get("type") not in search and each.role not in search for each in fields(page.document))


def expect(page: Page, target: Element | None) -> Result:
    document = page.document
    more = next((each for each in controls(document) if speaks_of(document, each, _MORE)), None)
    if more is not None:
        return passed(control=more.selector)
    fix = "Warn people at least 20 seconds before, and let them press one key for more time; or drop the limit."
    if target is None:
        limit = _limits(page)[0]
        seconds = limit.delay / 1000
        if limit.surely and not any(not each.disabled for each in controls(document)):
            return failed(
                f"After {_span(seconds)} a script leaves this page or loads it again (“{limit.says}”), and the page has no control "
                "by which people could have more time.",
                fix,
                seconds=seconds,
                script=limit.says,
            )
        when = (
            "Again and again a script looks whether to do"
            if limit.delay < SHORTEST
            else f"After {_span(seconds)} a script does"
        )
        return ask(
            f"{when} something that reads “{limit.says}”. Are people warned, and can they have more time?",
            fix,
            seconds=seconds,
            script=limit.says,
        )
    if target.role != "timer" and _OFFERED.search(document.visible_text(target)):
        return passed(offered=True)
    if target.role != "timer":
        return ask(
            f"The page says “{_told(document.visible_text(target))[:120]}”. Are people warned, and can they have more time?",
            fix,
        )
    return ask(
        f"A clock runs on this page (“{document.visible_text(target)[:40]}”). What happens at its end, and can people have more time?",
        fix,
    )


def _span(seconds: float) -> str:
    return counted(seconds / 60, "minute", "minutes") if seconds >= 120 else counted(seconds, "second", "seconds")
