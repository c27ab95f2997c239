"""The button that sends the same form should have the same name on all pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SiteForm, SitePlace
from audit.semantics.published import content_pages
from audit.semantics.vocabulary import primary
from audit.semantics.words import words

RULE = Rule(
    title="Same form, another button",
    family=Family.SITE,
    requirements=Requirements(wcag=("3.2.4",)),
    fixer=Fixer.THEME,
    why="People who have learnt a word, or say it aloud to press the button, do not find it on the next page.",
    since="0.1.0",
)


@dataclass(frozen=True, slots=True)
class FormPlace(SitePlace):
    """A form on a page. ``name``: of its button here; ``usual``: of that on most pages."""

    name: str = ""
    usual: str = ""


def applies(site: Site) -> Iterable[FormPlace]:
    """Forms with the same fields that are sent to the same place from several pages of one language;
    of each name the first page only.
    """
    found: dict[tuple[str, str, tuple[str, ...]], list[tuple[str, SiteForm]]] = {}
    for page in content_pages(site):
        for form in page.forms:
            if form.fields and all(form.fields) and words(form.button):
                found.setdefault((primary(page.lang), form.url, form.fields), []).append((page.address, form))
    for forms in found.values():
        if len({address for address, _ in forms}) > 1:
            usual = Counter(words(form.button) for _, form in forms).most_common(1)[0][0]
            written = next(form.button for _, form in forms if words(form.button) == usual)
            first = {words(form.button): (address, form) for address, form in reversed(forms)}
            for address, form in first.values():
                yield FormPlace(address, form.selector, form.static, form.html, None, None, form.button, written)


def expect(site: Site, target: FormPlace) -> Result:
    del site
    if words(target.name) == words(target.usual):
        return passed()
    return ask(
        f"The button of this form is called “{target.name}” here and “{target.usual}” on other pages, where the same form is. "
        "Is there a reason that visitors understand?",
        f"Call it “{target.usual}” everywhere, or choose one better name for all pages.",
        usual=target.usual,
    )
