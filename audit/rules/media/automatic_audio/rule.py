"""Sound that starts by itself for more than three seconds needs a control."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.media import medium_of, seconds
from audit.semantics.words import words

RULE = Rule(
    title="Sound starts by itself",
    family=Family.MEDIA,
    requirements=Requirements(wcag=("1.4.2",), act=("80f0bf", "4c31df", "aaa1bf")),
    fixer=Fixer.AUTHOR,
    why="People who listen to a screen reader cannot hear it over the sound, nor find the way to stop it.",
    since="0.1.0",
    aliases=("automatic-sound",),
)


#: Seconds for which sound may play without a control (WCAG 1.4.2).
LIMIT = 3
#: Words of buttons that stop the sound or turn it down. English and French.
CONTROLS = frozenset(
    {"pause", "stop", "mute", "unmute", "play", "sound", "audio", "volume", "silence", "quiet"}
    | {"arrêter", "arrêt", "son", "muet", "lecture", "couper"}
)


def applies(page: Page) -> Iterable[Element]:
    """Audio and video that plays by itself with sound."""
    for medium in page.media or ():
        element = page.document.by_node.get(medium.node)
        if element is not None and medium.playing and not medium.muted and medium.has_audio is not False:
            yield element


def expect(page: Page, target: Element) -> Result:
    medium = medium_of(page, target)
    length = seconds(medium)
    if length is not None and length <= LIMIT and not medium.loop:
        return passed(seconds=length)
    if medium.controls and (target.rendered or target.tag == "audio") and target.exposed:
        return passed(control="its own")
    buttons = [each for each in page.document.roles("button") if each.rendered and each.exposed and each.name.strip()]
    if any(CONTROLS & set(words(each.name)) for each in buttons):
        return passed(control="a button")
    fix = (
        "Do not start it by itself; let the visitor do so. Otherwise put a button to stop it at the start of the page."
    )
    lasting = f"{length:g} seconds" if length is not None else "an unknown time"
    unclear = [each for each in buttons if not _sends_a_form(page, each)]
    if unclear or medium.has_audio is None or length is None:
        return ask(f"A {target.tag} starts by itself and plays for {lasting}. What on the page stops its sound?", fix)
    return failed(
        f"A {target.tag} starts by itself, sounds for {lasting}, and nothing on the page stops it.", fix, seconds=length
    )


def _sends_a_form(page: Page, button: Element) -> bool:
    """Whether it is the button of a search or another form with something to fill in."""
    kind = (button.get("type") or ("submit" if button.tag == "button" else "")).lower()
    form = page.document.closest(button, lambda each: each.tag == "form") if kind == "submit" else None
    return form is not None and any(
        each.tag in {"input", "select", "textarea"} and each.get("type") not in {"hidden", "submit"}
        for each in page.document.descendants(form)
    )
