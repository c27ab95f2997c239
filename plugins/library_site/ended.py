"""The page of something that is over: that it has ended, when, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from library_model.model import Page, PageKind, Site
from library_model.placing import ON_LISTING
from library_views.views import EndedView, Words
from library_words import format_date, translate
from library_words.voice import language_folder

#: Its template. Programs that are over keep their own, with all that was said of them.
ENDED_TEMPLATE = "ended"
_SENTENCES = {
    "notices": "This notice ended on {date}.",
    "news": "This news item ended on {date}.",
    "programs": "This program ended on {date}.",
    "redirects": "This short link stopped working on {date}.",
}


def ended_view(site: Site, page: Page) -> EndedView:
    """Say when the page of a content file ended, and where a visitor finds what it was about now."""
    assert page.ended is not None
    trial = getattr(page.record, "trial_until", None)
    words = (
        "This trial ended on {date}."
        if trial == page.ended
        else _SENTENCES.get(page.type, "This page was retired on {date}.")
    )
    sentence = translate(words, page.lang, date=format_date(page.ended, "long", page.lang))
    return EndedView(sentence, tuple(_instead(site, page)))


def _instead(site: Site, page: Page) -> Iterator[Words]:
    """What replaces it, as its file says; otherwise what it led to. Then the listing of its type."""
    record: Any = page.record
    replaced = getattr(record, "replaced_by", None)
    if not replaced:
        yield from (Words(link.text, link.url) for link in getattr(record, "links", ()))
    for name in [replaced] if replaced else getattr(record, "related", ()):
        other = site.named(name, page.lang)
        if other is not None and other.kind is PageKind.PAGE:
            yield Words(other.title, other.url)
    prefix = language_folder(page.lang)
    above = site.by_path.get(f"{prefix}/{page.type}/") or site.by_path.get(f"{prefix}/")
    if above is not None and page.type not in ON_LISTING:
        yield Words(above.title, above.url)
