"""Sound that starts by itself for more than three seconds needs a control."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.document import Element
from audit.model.finding import Family, Fixer, Requirements
from audit.model.observations import Sound
from audit.model.page import Page
from audit.model.rule import Result, Rule, ask, failed, passed
from audit.semantics.media import medium_of, seconds
from audit.semantics.words import counted, words

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
#: Words of buttons that plainly do something else. English and French.
OTHERS = frozenset(
    {"print", "share", "send", "email", "copy", "download", "save", "menu", "search", "filter", "sort", "subscribe"}
    | {"imprimer", "partager", "envoyer", "courriel", "copier", "télécharger", "enregistrer", "rechercher", "filtrer"}
    | {"trier", "abonner"}
)


def applies(page: Page) -> Iterable[Element | None]:
    """Audio and video that plays by itself with sound; the page itself where a script starts sound without either."""
    if _unseen(page):
        yield None
    for medium in page.media or ():
        element = page.document.by_node.get(medium.node)
        if element is not None and medium.playing and not medium.muted and medium.has_audio is not False:
            yield element


def expect(page: Page, target: Element | None) -> Result:
    if target is None:
        return _judge_unseen(page)
    medium = medium_of(page, target)
    length = seconds(medium)
    if length is not None and length <= LIMIT and not medium.loop:
        return passed(seconds=length)
    if medium.controls and (target.rendered or target.tag == "audio") and target.exposed:
        return passed(control="its own")
    what = f"{'An' if target.tag == 'audio' else 'A'} {'audio recording' if target.tag == 'audio' else target.tag}"
    return _by_buttons(page, what, length, sure=medium.has_audio is not None)


def _unseen(page: Page) -> list[Sound]:
    """Sounds that a script started when the page was opened, long enough to need a control."""
    return [each for each in page.observed.sounds if not each.muted and not each.failed]


def _judge_unseen(page: Page) -> Result:
    lengths = [each.seconds for each in _unseen(page)]
    loops = any(each.loop for each in _unseen(page))
    known = [each for each in lengths if each is not None]
    length = max(known) if len(known) == len(lengths) else None
    if length is not None and length <= LIMIT and not loops:
        return passed(seconds=length)
    return _by_buttons(page, f"A script starts a sound, {_unseen(page)[0].source}. It", length, sure=True)


def _by_buttons(page: Page, what: str, length: float | None, *, sure: bool) -> Result:
    """What the buttons of the page say about a sound for which nothing else is there."""
    buttons = [each for each in page.document.roles("button") if each.rendered and each.exposed and each.name.strip()]
    if any(CONTROLS & set(words(each.name)) for each in buttons):
        return passed(control="a button")
    fix = (
        "Do not start it by itself; let the visitor do so. Otherwise put a button to stop it at the start of the page."
    )
    lasting = counted(length, "second", "seconds") if length is not None else "an unknown time"
    unclear = [each for each in buttons if not (OTHERS & set(words(each.name)) or _sends_a_form(page, each))]
    if unclear or not sure or length is None:
        return ask(f"{what} starts by itself and plays for {lasting}. What on the page stops its sound?", fix)
    return failed(
        f"{what} starts by itself, sounds for {lasting}, and nothing on the page stops it.", fix, seconds=length
    )


def _sends_a_form(page: Page, button: Element) -> bool:
    """Whether it is the button of a search or another form with something to fill in."""
    kind = (button.get("type") or ("submit" if button.tag == "button" else "")).lower()
    form = page.document.closest(button, lambda each: each.tag == "form") if kind == "submit" else None
    return form is not None and any(
        each.tag in {"input", "select", "textarea"} and each.get("type") not in {"hidden", "submit"}
        for each in page.document.descendants(form)
    )
