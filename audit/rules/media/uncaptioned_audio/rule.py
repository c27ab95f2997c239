"""A video goes on to sound where its captions say nothing."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, passed
from audit.semantics.media import cues, medium_of, played

RULE = Rule(
    title="Is anything said here?",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.2.2",)),
    fixer=Fixer.AUTHOR,
    why="Deaf people see mouths move and read nothing, and do not know whether they miss anything.",
    since="0.1.0",
    aliases=("sound-without-caption",),
    covers=("video-without-captions",),
)
#: Seconds of sound without a caption that need a reason: music would be named.
LONGEST = 8
#: A breath between two words is no end of the sound.
BREATH = 2


def applies(page: Page) -> Iterable[Element]:
    """Videos with a caption file that can be read, and sound that could be decoded."""
    for element, _ in played(page, "video"):
        if _captioned(page, element) and _heard(page, element):
            yield element


def _heard(page: Page, element: Element) -> str:
    """A 1 for each second with sound."""
    return page.observed.heard.get(element.node, "")


def _captioned(page: Page, element: Element) -> tuple[tuple[float, float], ...]:
    medium = medium_of(page, element)
    tracks = [each for each in medium.tracks if each["kind"] in {"captions", "subtitles"} and each["loaded"] == "yes"]
    return next((found for each in tracks if (found := cues(each["text"]))), ())


def expect(page: Page, target: Element) -> Result:
    shown = _captioned(page, target)
    gaps = [gap for gap in _gaps(_heard(page, target), shown) if gap[1] - gap[0] >= LONGEST]
    if not gaps:
        return passed(captions=len(shown))
    places = ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in gaps[:4])
    more = f" and {len(gaps) - 4} more times" if len(gaps) > 4 else ""
    return ask(
        f"There is sound and no caption from {places}{more}. Is anything said or heard there that matters?",
        "Write what is said; name music and noises that matter: “[applause]”, “[music]”.",
        gaps=[[start, end] for start, end in gaps],
    )


def _gaps(heard: str, shown: tuple[tuple[float, float], ...]) -> list[tuple[int, int]]:
    """Spans of seconds with sound and no caption, breaths included."""
    bare = [
        each == "1" and not any(start < at + 1 and end > at for start, end in shown) for at, each in enumerate(heard)
    ]
    covered = [any(start < at + 1 and end > at for start, end in shown) for at in range(len(heard))]
    found: list[tuple[int, int]] = []
    for at, silent in enumerate(bare):
        if not silent:
            continue
        if found and at - found[-1][1] <= BREATH and not any(covered[found[-1][1] : at]):
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"
